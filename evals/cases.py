"""The form of an eval case, and where cases are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.forms import CellKey, Form, form_for_year
from assistant.reading.material import Material, read_material
from assistant.report import AnnualReport, Level, Scope, UnitProfile
from assistant.report.facts import Value

__all__ = ["DATASETS", "READER", "Case", "Fee", "Previous", "load_cases", "placed"]

_ROOT = Path(__file__).parent
DATASETS = _ROOT / "datasets"
READER = _ROOT.parent / "tests" / "extraction" / "messages"
"""the reader's own cases; they are read where they lie, so that there is one copy"""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fee(_Data):
    """信息处理费 as the message states it; null = not stated, 0 = stated none."""

    info_fee_yuan: Value | None = None
    info_fee_cases: Value | None = None


class Previous(_Data):
    """Last year's report: cells (table.row.col) and what all other cells are (null = blank)."""

    cells: dict[str, Value] = Field(default_factory=dict)
    rest: Value | None = None


class Case(_Data):
    """Raw facts, and what a careful person makes of them.

    A cell counts as stated when the message gives row and value and the column directly or by a universal clause; sums and
    differences go into ``derived``: a program may fill them, and must then be right.
    """

    id: str
    style: str = ""
    """how the clerk writes"""
    org: str = ""
    level: Level | None = None
    scope: Scope | None = None
    year: int | None = None
    zeros: Literal["ask", "confirm"] = "ask"
    message: str = ""
    turns: tuple[str, ...] = ()
    """a dialogue: what the clerk says one after the other, in place of ``message``"""
    file: str = ""
    """a file in place of ``message``; it lies beside the dataset or in the folder ``files`` there"""
    previous: Previous | None = None
    cells: dict[str, Value] = Field(default_factory=dict)
    derived: dict[str, Value] = Field(default_factory=dict)
    published: dict[str, Value] = Field(default_factory=dict)
    """figures of the report that was published, where there is one"""
    rest: Value | None = None
    """what every cell not named in ``cells`` is in the finished draft; then all cells must be filled"""
    closed: bool = False
    """no cell but those named may hold a figure other than 0"""
    complete_table3: bool = False
    """every cell of table 3 that is not 0 is in ``cells`` or ``derived``"""
    zero: tuple[str, ...] = ()
    """scopes that the message declares to be 0: table4, table3.rest, table2.rules"""
    findings: tuple[str, ...] = ()
    """codes that must be reported, as a finding or as a question"""
    error_findings: tuple[str, ...] = ()
    """those of severity error"""
    also: tuple[str, ...] = ()
    """codes that may be reported"""
    section6: Fee | None = None
    narrative: tuple[str, ...] = ()
    """figures of the message that belong into the prose, each with a word or two about it"""
    words: tuple[str, ...] = ()
    """words of the clerk that must stand in the prose"""
    never: tuple[str, ...] = ()
    """words that must not stand in the report"""
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """Every cell named is a cell of the form; a case has a message, turns or a file."""
        form = self.form
        named = {**self.cells, **self.derived, **self.published}
        wrong = [name for name in named if not form.has(CellKey.parse(name))]
        if wrong:
            raise ValueError(f"{self.id}: no such cells in form {form.version}: {wrong}")
        if [bool(self.message), bool(self.turns), bool(self.file)].count(True) != 1:
            raise ValueError(f"{self.id}: give either message, turns or file")
        return self

    @property
    def form(self) -> Form:
        """The form of the report year."""
        return form_for_year(self.year)

    @property
    def materials(self) -> dict[str, str | Material]:
        """What is drafted from, by source name."""
        if self.message:
            return {"input": self.message}
        if self.file:
            return {Path(self.file).name: read_material(Path(self.file))}
        return {f"第{number}次": text for number, text in enumerate(self.turns, 1)}

    @property
    def sources(self) -> dict[str, str]:
        """The texts of the materials."""
        return {name: one if isinstance(one, str) else one.text for name, one in self.materials.items()}

    @property
    def text(self) -> str:
        """All that the clerk said."""
        return "\n".join(self.sources.values())

    @property
    def last_year(self) -> AnnualReport | None:
        """Last year's report, None when the case gives none."""
        if self.previous is None or self.year is None:
            return None
        form = form_for_year(self.year - 1)
        tables: dict[str, dict[str, dict[str, Value | None]]] = {}
        for key in form.cells:
            value = self.previous.cells.get(str(key), self.previous.rest)
            tables.setdefault(key.table, {}).setdefault(key.row, {})[key.col] = value
        unit = UnitProfile.infer(self.org, self.level, self.scope)
        return AnnualReport(form=form.version, org=unit, year=self.year - 1, tables=tables)


def load_cases(*paths: Path) -> Iterator[Case]:
    """The cases of some YAML files; ValidationError names the file's case that does not fit."""
    for path in paths:
        raw: list[Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in raw:
            yield Case.model_validate(placed(case, path.parent))


def placed(case: Mapping[str, Any], home: Path) -> Mapping[str, Any]:
    """A case as written, with its file found beside the dataset in ``home``; FileNotFoundError when it is not there."""
    if not case.get("file"):
        return case
    places = [home / case["file"], home / "files" / case["file"]]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise FileNotFoundError(f"{case['id']}: {case['file']}")
    return {**case, "file": str(found)}
