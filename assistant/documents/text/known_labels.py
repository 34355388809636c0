"""The labels that the statutory tables print, to put together again what a copy out of a PDF has broken."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from assistant.forms import FORM_VERSIONS, Block, Table, load_form

__all__ = ["Known", "bands_of", "columns_of", "known", "squeezed"]


class Known(NamedTuple):
    """``kinds`` of each label: row, column, path (a merged label beside rows), head (a label above the table or its columns), over (above all
    columns), section. ``starts``
    are all beginnings of labels."""

    kinds: dict[str, str]
    starts: frozenset[str]


def squeezed(text: str) -> str:
    """Words without blanks and with one kind of quotation marks and brackets."""
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）").replace("．", ".")


@cache
def known() -> Known:
    """The labels of all versions of the form."""
    kinds: dict[str, str] = {}
    for table in _tables():
        named = [
            (table.corner, "head"),
            (table.columns_title, "head"),
            ("信息内容", "head"),
            ("行政诉讼", "head"),
        ]
        for block in table.blocks:
            named.append((block.heading, "head"))
            named += [(c.group, "head") for c in block.columns] + [(c.label, "column") for c in block.columns]
            named += [(p, "path") for row in block.rows for p in row.path]
            named += [(row.label, "row") for row in block.rows]
        for label, kind in named:
            if label:
                kinds.setdefault(squeezed(label), kind)
    for version in FORM_VERSIONS:
        kinds |= {squeezed(section.title): "section" for section in load_form(version).sections}
    return Known(kinds, frozenset(label[:n] for label in kinds for n in range(1, len(label) + 1)))


def columns_of(count: int, labels: set[str]) -> list[tuple[str, str]]:
    """The columns, with their groups, of the form's block that has this many and whose labels are all there, in the form's order."""
    for block in (block for table in _tables() for block in table.blocks):
        names = [squeezed(column.label) for column in block.columns]
        if len(names) == count and labels.issuperset(names):
            return [(name, squeezed(c.group)) for name, c in zip(names, block.columns, strict=True)]
    return []


def bands_of(count: int, labels: set[str]) -> Block | None:
    """The block of tables side by side (行政复议 …) with this many cells, when all its names are there."""
    for table in _tables():
        block = table.blocks[0]
        if table.layout == "bands" and len(table.cells) == count:
            names = {squeezed(row.label) for row in block.rows} | {squeezed(c.label) for c in block.columns}
            if labels >= names:
                return block
    return None


@cache
def _tables() -> tuple[Table, ...]:
    # the newest form first: its labels decide what a word is
    return tuple(table for version in reversed(FORM_VERSIONS) for table in load_form(version).tables)
