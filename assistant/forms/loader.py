"""Loads a form version from its TOML file and refuses data that does not fit together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from assistant.errors import FormError
from assistant.forms.model import Aggregate, Block, CellKey, Column, Form, Identity, Row, Section, Table

__all__ = ["FORM_VERSIONS", "form_for_year", "load_form"]

FORM_VERSIONS = ("2019", "2021")


@cache
def load_form(version: str) -> Form:
    """Load a form version (``2019`` or ``2021``); FormError when unknown or inconsistent."""
    if version not in FORM_VERSIONS:
        raise FormError(f"没有“{version}”这一版年报格式；可用：{'、'.join(FORM_VERSIONS)}")
    raw = tomllib.loads((Path(__file__).parent / f"{version}.toml").read_text(encoding="utf-8"))
    tables = tuple(_table(t) for t in raw["table"])
    form = Form(
        version=raw["version"],
        years=(raw["years"][0], raw["years"][1]),
        citation=raw["citation"],
        title=raw["title"],
        first_header=raw["first_header"],
        sections=tuple(Section(**s) for s in raw["section"]),
        tables=tables,
        identities=tuple(_identities(raw["sum"], {t.key: t for t in tables})),
        aggregates=tuple(Aggregate(**{**a, "parts": tuple(a["parts"])}) for a in raw["aggregate"]),
    )
    _verify(form)
    return form


def form_for_year(year: int | None) -> Form:
    """The form that a report year must use; an unknown year gets the current form."""
    for version in reversed(FORM_VERSIONS):
        form = load_form(version)
        if year is None or form.years[0] <= year <= form.years[1]:
            return form
    return load_form(FORM_VERSIONS[-1])


def _table(raw: Mapping[str, Any]) -> Table:
    blocks = raw.get("block") or [{"heading": "", "columns": raw["columns"], "rows": raw["rows"]}]
    return Table(
        key=raw["key"],
        section=raw["section"],
        layout=raw["layout"],
        corner=raw.get("corner", ""),
        columns_title=raw.get("columns_title", ""),
        blocks=tuple(
            Block(
                heading=b["heading"],
                columns=tuple(Column(**c) for c in b["columns"]),
                rows=tuple(Row(**{**r, "path": tuple(r.get("path", ()))}) for r in b["rows"]),
            )
            for b in blocks
        ),
    )


def _identities(sums: list[dict[str, Any]], tables: Mapping[str, Table]) -> Iterator[Identity]:
    for raw in sums:
        table = tables[raw["table"]]
        by_rows = raw["along"] == "rows"
        for line in table.columns if by_rows else table.rows:
            left, right = (
                tuple(
                    CellKey(table.key, n, line.key) if by_rows else CellKey(table.key, line.key, n)
                    for n in raw[side]
                )
                for side in ("left", "right")
            )
            yield Identity(raw["code"], table.key, line.key, left, right)


def _verify(form: Form) -> None:
    """Every name in a sum or aggregate must be a cell; keys must be unique."""
    if len(set(form.cells)) != len(form.cells):
        raise FormError(f"{form.version} 版格式中有重复的单元格")
    for identity in form.identities:
        for key in identity.cells:
            if not form.has(key):
                raise FormError(f"{form.version} 版格式的 {identity.name} 提到不存在的单元格 {key}")
    for aggregate in form.aggregates:
        table = form.table(aggregate.table)
        line = (table.columns if aggregate.along == "rows" else table.rows)[0].key
        for key in aggregate.cells(line):
            if not form.has(key):
                raise FormError(f"{form.version} 版格式的 {aggregate.key} 提到不存在的单元格 {key}")
