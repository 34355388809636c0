"""Says in Chinese where a finding is, and which cells of the form a name stands for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.forms import CellKey, Form

__all__ = ["cell_of", "in_words", "part_name", "place_name"]

_NAMES = {"title": "标题", "preamble": "前言", "previous": "与上年年报对照"}


def cell_of(form: Form, name: str) -> CellKey | None:
    """The cell of that name (table.row.col); None when the form has none."""
    parts = name.split(".")
    if len(parts) != 3:
        return None
    key = CellKey(*parts)
    return key if form.has(key) else None


def in_words(form: Form, where: str) -> bool:
    """Whether a finding is about a passage: where its words contradict a table, the words are its place."""
    return where in ("title", "preamble") or where in {section.key for section in form.sections}


def part_name(form: Form, table: str) -> str:
    """Which part of the report a table is: 第三部分表格."""
    return f"第{form.section(form.table(table).section).title.partition('、')[0]}部分表格"


def place_name(form: Form, where: str, cells: Sequence[str] = ()) -> str:
    """A place in words: 第三部分表格“予以公开·自然人”, 一、总体情况, 标题; what is no place of the form stays as it is."""
    sections = {section.key: section.title for section in form.sections}
    if where in _NAMES or where in sections:
        return _NAMES.get(where) or sections[where]
    key = cell_of(form, where) or next((k for k in (cell_of(form, c) for c in cells) if k is not None), None)
    if key is not None:
        return f"{part_name(form, key.table)}“{form.label(key)}”"
    table, _, line = where.partition(".")
    if table not in {t.key for t in form.tables}:
        return where or "全文"
    label = next((r.name for r in form.table(table).rows if r.key == line), "") or next(
        (c.label for c in form.table(table).columns if c.key == line), ""
    )
    return f"{part_name(form, table)}“{label}”" if label else part_name(form, table)
