"""What a model is asked to return: a small flat schema whose cell names come from the form, and nothing that is zero or blank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.forms import CellKey, Form
from assistant.report.facts import ASPECTS, FactKind

__all__ = ["ALL_ROWS", "VERBS", "Names", "Place", "reading_schema"]

VERBS = ("replace", "withdraw")
"""what a correction may do"""
ALL_ROWS = "all"


@dataclass(frozen=True)
class Place:
    """What a name stands for in the ledger: kind and ``where`` of a fact."""

    kind: FactKind
    where: str

    @property
    def key(self) -> CellKey | None:
        """The cell, for places that are one."""
        return CellKey.parse(self.where) if self.kind in (FactKind.CELL, FactKind.PRIOR) else None


class Names:
    """The short names of one form. Rows are unique over the tables, so the table is not said; neither is the column where it
    is the total or the only one: ``granted`` for table3.granted.total, ``granted.natural_person``, ``admin_license``,
    ``deny_subtotal`` for a sum people speak of, ``info_fee.yuan`` for the fee. Short names keep answers short."""

    def __init__(self, form: Form) -> None:
        self.form = form
        columns = [c.key for c in form.table("table3").columns]
        self.applicants = tuple(c for c in columns if c != "total")
        self.rows = tuple(r.key for r in form.table("table3").rows)
        found = [(f"{key.row}.{key.col}", Place(FactKind.CELL, str(key))) for key in form.cells]
        for aggregate in form.aggregates:
            if aggregate.along == "rows":
                lines = columns if aggregate.table == "table3" else ["total"]
                sums = [f"{aggregate.key}.{line}" for line in lines]
            else:
                sums = [f"{row.key}.{aggregate.key}" for row in form.table(aggregate.table).rows]
            found += [(name, Place(FactKind.AGGREGATE, name)) for name in sums]
        found += [(f"info_fee.{part}", Place(FactKind.FEE, f"info_fee.{part}")) for part in ("yuan", "cases")]
        self._short = {full: self._shortened(full) for full, _ in found}
        self.places: dict[str, Place] = {}
        for full, place in found:
            self.places.setdefault(self._short[full], place)

    def _shortened(self, full: str) -> str:
        row, _, column = full.partition(".")
        alone = any(
            r.key == row and len(table.columns_of(row)) == 1 for table in self.form.tables for r in table.rows
        )
        return row if column == "total" or alone else full

    def name(self, name: str) -> str:
        """The short name for a name in any form (table3.granted.total, granted.total); an unknown one as it is."""
        name = name.strip()
        bare = name.partition(".")[2] if name.startswith("table") else name
        return self._short.get(bare, bare)

    def place(self, name: str) -> Place | None:
        """The place of a name in any form. None when there is no such cell."""
        return self.places.get(self.name(name))

    def describe(self) -> list[str]:
        """One line for each row with its columns, in Chinese, for the prompt."""
        lines = []
        for table in self.form.tables:
            columns: dict[tuple[str, ...], list[str]] = {}
            for row in table.rows:
                keys = tuple(c.key for c in table.columns_of(row.key))
                columns.setdefault(keys, []).append(f"{row.key}={row.name}")
            for keys, rows in columns.items():
                held = [c for c in table.columns_of(rows[0].partition("=")[0]) if c.key in keys]
                labels = "、".join(f"{c.key}={c.label}" for c in held if c.key != "total")
                if len(held) == 1:
                    labels = f"只有一列（{held[0].label}），只写行名"
                elif len(labels) and any(c.key == "total" for c in held):
                    labels += "；总计只写行名"
                lines.append(f"行：{'、'.join(rows)}\n列：{labels}")
        sums = "、".join(f"{a.key}={a.label}" for a in self.form.aggregates)
        lines.append(
            f"表外合计（只在材料没有细分时用）：{sums}\n信息处理费：info_fee.yuan=金额（元）、info_fee.cases=件数"
        )
        return lines


def reading_schema(names: Names) -> dict[str, Any]:
    """The JSON Schema of an answer: flat, strict, every field required, cells from an enumeration.

    A figure is not written down again: the quote holds it, and the code reads it from there. See docs/models.md.
    """
    cell = {"type": "string", "enum": list(names.places)}
    text = {"type": "string"}
    number = {"type": "number"}
    figures = _object(quote=text, cells=_list(cell))
    applicants = _object(
        rows={"type": "string", "enum": [ALL_ROWS, *names.rows]},
        applicant={"type": "string", "enum": list(names.applicants)},
        quote=text,
    )
    correction = _object(verb={"type": "string", "enum": list(VERBS)}, cell=cell, value=number, quote=text)
    activity = _object(aspect={"type": "string", "enum": [a.value for a in ASPECTS]}, quote=text)
    whole = _object(
        figures=_list(figures),
        last_year=_list(figures),
        applicants=_list(applicants),
        corrections=_list(correction),
        activities=_list(activity),
    )
    return {"title": "Reading", **whole}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
