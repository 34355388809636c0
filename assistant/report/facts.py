"""The ledger: what the user said, each statement with the words it came from. Data only."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, PlainSerializer
from pydantic_core import core_schema

__all__ = [
    "ASPECTS",
    "Ask",
    "Aspect",
    "Choice",
    "Claim",
    "Evidence",
    "Fact",
    "FactKind",
    "FactStatus",
    "Frozen",
    "Origin",
    "Value",
    "to_number",
    "to_value",
]


class Frozen(BaseModel):
    """Base of all data of the package: immutable, unknown keys refused."""

    # built when first used: a check that never drafts must not pay for the draft's schema
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def to_value(raw: object) -> int | Decimal:
    """Exact number from int, Decimal, float or numeric text; whole numbers become int. ValueError otherwise."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise ValueError(f"不是数字：{raw!r}")
    if isinstance(raw, int):
        return raw
    try:
        number = Decimal(str(raw))
    except ArithmeticError as error:
        raise ValueError(f"不是数字：{raw!r}") from error
    if not number.is_finite():
        raise ValueError(f"不是有限的数字：{raw!r}")
    return (
        int(number) if number == number.to_integral_value() and abs(number) < 10**18 else number.normalize()
    )


def to_number(value: int | Decimal) -> int | float | str:
    """JSON form of a value: a number where that is exact, else text."""
    if isinstance(value, int):
        return value
    return float(value) if Decimal(str(float(value))) == value else str(value)


class _Figure:
    """Validates by :func:`to_value`, whole numbers without calling it: a report has two hundred of them."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        exact = core_schema.no_info_before_validator_function(to_value, handler(source))
        return core_schema.union_schema(
            [core_schema.int_schema(strict=True), exact],
            mode="left_to_right",
            custom_error_type="figure",
            custom_error_message="不是数字",
        )


Value = Annotated[
    int | Decimal, _Figure(), PlainSerializer(to_number, return_type=int | float | str, when_used="json")
]
"""A figure: int for counts, Decimal for amounts that are not whole. Blank is None, never 0."""


class Evidence(Frozen):
    """Where a statement stands: ``quote == source_text[start:end]`` (characters, end exclusive)."""

    source: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str


class FactKind(StrEnum):
    """What a fact speaks of; decides how ``Fact.where`` reads."""

    CELL = "cell"
    """where = table.row.col"""
    AGGREGATE = "aggregate"
    """where = aggregate.line, for sums that are no cell of the form (deny_subtotal.total)"""
    ZERO = "zero"
    """where = a scope that is declared empty: table4, table3.rest, table3.granted.orgs"""
    PRIOR = "prior"
    """where = table.row.col of last year's report"""
    FEE = "fee"
    """where = info_fee.yuan or info_fee.cases (信息处理费)"""
    TEXT = "text"
    """where = table.row.col; the user quotes a sentence of the prose that gives this figure"""
    ACTIVITY = "activity"
    """where = an aspect or section (Aspect); ``text`` holds the user's words"""
    OPEN = "open"
    """where = the cells it may belong to, table.row.col (``*`` for any; ``*.*.*``: any other as well) apart by blanks, empty where nothing is known: words with
    a figure that nobody could place. ``value`` and ``unit`` are the figure's, ``text`` the words around it. It never fills a cell, and no zero and nothing derived may stand where it may belong; once it is ``stated`` it only says again
    what one of these cells holds"""
    CONFIRMED = "confirmed"
    """where = table.row.col; a person looked at the figure the cell had (``value``) and said that it is right"""
    PASSAGE = "passage"
    """where = preamble or a section (s1 … s6); ``text`` is its prose in a finished report of this year, printed as it stands"""


class FactStatus(StrEnum):
    """Standing of a fact in the ledger. Only a person upgrades it, never a model."""

    STATED = "stated"
    HEDGED = "hedged"
    """the user was not sure (应该没有): asked, not used"""
    SUPERSEDED = "superseded"
    """the user corrected it later"""
    WITHDRAWN = "withdrawn"
    """the user took it back"""
    CONFLICTING = "conflicting"
    """another statement about the same cell differs and nothing says which holds"""
    REJECTED = "rejected"
    """not grounded in the source"""


class Aspect(StrEnum):
    """Where an activity belongs: the five aspects of section one, then sections five and six."""

    DISCLOSURE = "disclosure"
    REQUESTS = "requests"
    MANAGEMENT = "management"
    PLATFORM = "platform"
    OVERSIGHT = "oversight"
    PROBLEM = "problem"
    IMPROVEMENT = "improvement"
    OTHER = "other"


ASPECTS: dict[Aspect, str] = {
    Aspect.DISCLOSURE: "主动公开",
    Aspect.REQUESTS: "依申请公开",
    Aspect.MANAGEMENT: "政府信息管理",
    Aspect.PLATFORM: "政府信息公开平台建设",
    Aspect.OVERSIGHT: "监督保障",
    Aspect.PROBLEM: "存在的主要问题",
    Aspect.IMPROVEMENT: "改进情况",
    Aspect.OTHER: "其他需要报告的事项",
}
"""Official names; the first five are the aspects of section one (国办公开办函〔2021〕30号)."""


class Origin(StrEnum):
    """How a cell got its value; a blank cell has none."""

    STATED = "stated"
    DERIVED = "derived"
    CARRIED = "carried"
    CONFIRMED_ZERO = "confirmed_zero"
    EDITED = "edited"


class Claim(Frozen):
    """What an answer would put into a cell. ``base`` is what is known to be there already where it was not stated yet."""

    where: str
    value: Value
    base: Value = 0


class Choice(Frozen):
    """One answer to the question about open figures, and what follows from it; without claims they are left out.

    ``counted``: the values are added to what was counted (rows of a register); else they are what the cells hold. ``zero`` is a
    scope that the answer declares empty.
    """

    text: str
    claims: tuple[Claim, ...] = ()
    counted: bool = False
    zero: str = ""


class Ask(Frozen):
    """The question about open figures, asked once for all of them."""

    code: str
    text: str
    choices: tuple[Choice, ...] = ()

    @property
    def topic(self) -> str:
        """What it is about, the same however many rows or figures it is asked for: an answer is kept under it."""
        return _FIGURES.sub("", self.text)


_FIGURES = re.compile(r"\d+(?:[、,.]\d+)*")


class Fact(Frozen):
    """One statement of the user, in statutory terms, with its evidence."""

    id: str
    kind: FactKind
    where: str
    value: Value | None = None
    unit: str = ""
    text: str = ""
    status: FactStatus = FactStatus.STATED
    evidence: tuple[Evidence, ...] = ()
    mapped_from: str = ""
    """the everyday wording, when it is not the official label (gives a MAPPED finding)"""
    corrects: str = ""
    """id of the fact this one replaces"""
    read_by: str = ""
    """where a language model took part: ``both`` readers found it, or only the ``model``; else empty"""
    sure: bool = True
    """False where only one reader took it so, and not with label and figure side by side: its cell waits to be confirmed"""
    ask: Ask | None = Field(default=None, exclude_if=lambda ask: ask is None)
    """of an open figure: the question about it, where it has one of its own"""
    edited: bool = False
    """a person set it in the table or by a correction, so that its cell has the origin ``edited``"""
