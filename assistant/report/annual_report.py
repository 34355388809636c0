"""The annual report as data: the unit, the figures, the prose, and (for a finished report) how it was printed."""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Self

from pydantic import Field, model_validator

from assistant.forms import CellKey, Form, form_for_year, load_form
from assistant.report.facts import Frozen, Value
from assistant.report.printed import Printed
from assistant.report.unit import UnitProfile

__all__ = ["AnnualReport", "InfoFee", "Tables", "blank_tables"]

Tables = dict[str, dict[str, dict[str, Value | None]]]
"""{table: {row: {col: value or None}}} with every cell of the form present."""


class InfoFee(Frozen):
    """信息处理费 collected in the year: amount in yuan and number of requests; None = not stated."""

    yuan: Value | None = None
    cases: Value | None = None


def blank_tables(form: Form) -> Tables:
    """All cells of the form, blank."""
    return {
        table: {row: dict.fromkeys(cols) for row, cols in rows.items()}
        for table, rows in _lines(form.version).items()
    }


@cache
def _lines(version: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Columns by table and row."""
    return {
        table.key: {row.key: tuple(c.key for c in table.columns_of(row.key)) for row in table.rows}
        for table in load_form(version).tables
    }


class AnnualReport(Frozen):
    """A 政府信息公开工作年度报告: six sections, three statutory tables. Corrections make a new report."""

    form: str = "2021"
    org: UnitProfile = UnitProfile()
    year: int | None = None
    title: str = ""
    preamble: str = ""
    """text before section one (编制依据、统计期限、联系方式)"""
    tables: Tables = Field(default_factory=dict)
    sections: dict[str, str] = Field(default_factory=dict)
    """prose of each section without its heading and tables; paragraphs separated by newlines"""
    info_fee: InfoFee = InfoFee()
    printed: Printed | None = None

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, data: object) -> object:
        """Lay the given figures over a blank form, so that every cell is present; unknown cells are refused."""
        if not isinstance(data, Mapping):
            return data
        values = dict(data)
        form = load_form(str(values.get("form") or form_for_year(values.get("year")).version))
        tables = blank_tables(form)
        for table, rows in (values.get("tables") or {}).items():
            for row, cols in rows.items():
                line = tables.get(table, {}).get(row, {})
                for col in cols.keys() - line.keys():
                    raise ValueError(f"{form.version} 版格式没有单元格 {table}.{row}.{col}")
                line.update(cols)
        given = values.get("sections") or {}
        values.update(
            form=form.version, tables=tables, sections={s.key: given.get(s.key, "") for s in form.sections}
        )
        return values

    @cached_property
    def layout(self) -> Form:
        """The form this report is made on."""
        return load_form(self.form)

    @property
    def table2(self) -> Mapping[str, Mapping[str, Value | None]]:
        """Table 2 by row and column key (in 2019/2020 reports the table2_2019)."""
        return self.tables[self.layout.table2.key]

    @property
    def table3(self) -> Mapping[str, Mapping[str, Value | None]]:
        """Table 3: ``report.table3["granted"]["natural_person"]``."""
        return self.tables["table3"]

    @property
    def table4(self) -> Mapping[str, Mapping[str, Value | None]]:
        """Table 4: ``report.table4["review"]["upheld"]``."""
        return self.tables["table4"]

    def value(self, key: CellKey) -> Value | None:
        """The figure of one cell, None when blank."""
        return self.tables[key.table][key.row][key.col]

    def filled(self) -> Iterator[tuple[CellKey, Value]]:
        """All cells that are not blank, in reading order."""
        for key in self.layout.cells:
            value = self.value(key)
            if value is not None:
                yield key, value

    def with_cells(self, changes: Mapping[CellKey, Value | None]) -> Self:
        """A new report with some cells replaced."""
        tables = {t: {r: dict(cols) for r, cols in rows.items()} for t, rows in self.tables.items()}
        for key, value in changes.items():
            tables[key.table][key.row][key.col] = value
        return self.model_validate({**self._shallow(), "tables": tables})

    def with_sections(self, changes: Mapping[str, str]) -> Self:
        """A new report with the prose of some sections replaced."""
        return self.model_validate({**self._shallow(), "sections": {**self.sections, **changes}})

    def _shallow(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in type(self).model_fields}
