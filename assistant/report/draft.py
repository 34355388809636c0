"""What drafting returns. Data only; what checking returns is loaded alone by a check, and named here beside it."""

from typing import Literal

from pydantic import Field

from assistant.report import AnnualReport
from assistant.report.facts import Evidence, Fact, Frozen, Origin, Value
from assistant.report.figures import FigureAccount
from assistant.report.findings import CheckResult, Finding, NotAssessable, Question

__all__ = ["AggregateValue", "Cell", "CheckResult", "Draft", "ModelUse", "ProseSlot"]


class Cell(Frozen):
    """A filled or blank cell with where its value comes from."""

    table: str
    row: str
    col: str
    value: Value | None = None
    origin: Origin | None = None
    status: Literal["", "unconfirmed", "confirmed"] = ""
    """``unconfirmed`` where the value rests on a single unsure reading; one question (CONFIRM) lists all such cells;
    ``confirmed`` where a person then said that it is right"""
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[str, ...] = ()
    """ids of the facts it rests on; for a derived cell all facts the arithmetic used"""


class AggregateValue(Frozen):
    """A sum the user gave that is no cell of the form."""

    row: str
    col: str
    value: Value
    evidence: tuple[Evidence, ...] = ()


class ProseSlot(Frozen):
    """One figure in the prose: ``sections[section][start:end]`` (characters, end exclusive) comes from ``where``.

    ``where`` is a cell (table3.granted.total), a sum of cells (deny_subtotal.total), info_fee.yuan, info_fee.cases,
    report.year, or the id of the fact whose words hold the figure.
    """

    section: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    where: str


class ModelUse(Frozen):
    """Which engine read the facts, and what it cost."""

    engine: str = "offline"
    name: str = ""
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    rounds: int = Field(default=0, ge=0)
    """repairs that findings led to, after the first reading"""
    requests: int = Field(default=0, ge=0)
    """HTTP requests to the model, retries included"""
    yuan: float | None = Field(default=None, ge=0)
    """what it cost, where prices are configured"""


class Draft(Frozen):
    """The best draft that the facts allow, with everything the clerk must still settle."""

    report: AnnualReport
    cells: tuple[Cell, ...] = ()
    aggregates: tuple[AggregateValue, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_assessable: tuple[NotAssessable, ...] = ()
    questions: tuple[Question, ...] = ()
    activities: tuple[Fact, ...] = ()
    facts: tuple[Fact, ...] = ()
    sources: dict[str, str] = Field(default_factory=dict)
    """the texts the evidence points into, by source name"""
    figures: tuple[FigureAccount, ...] = ()
    """every figure of the sources with its one account"""
    slots: tuple[ProseSlot, ...] = ()
    """where each figure of the prose comes from; the review page shows it"""
    model: ModelUse = ModelUse()

    @property
    def has_errors(self) -> bool:
        """Whether a finding of severity error stands that nobody has accepted."""
        return any(f.blocks for f in self.findings)
