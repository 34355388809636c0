"""Finds figures given by the numbers of the form: 一 88，二 6；三（一）40；（四）三行依次：3、0、1; rows counted 1 to 25."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.documents.blocks import Block, Cell
from assistant.extraction.statements import Span
from assistant.forms import Form, load_form
from assistant.numerals import fold

__all__ = ["Coded", "coded_fields", "counted_rows", "is_listed"]

_WHO = "[自个企商科社益公法律其他余]"
"""applicants by one character: 一、 自812 企97 计971"""
_ITEM = rf"(?:、?\d(?:[.、]\s*(?=[-—/无\d])|[.、]?(?=\s*[:：=])|[.、]?(?=\s*{_WHO}\d)))?"
"""1. of （三）1. 3/0/1"""
_CODE = re.compile(
    r"(?:(?<=^)|(?<=[\s;；,，。、(（:：]))(?P<code>[一二三四](?:、?(?:第)?[(][一二三四五六七][)]{item})?|[(][一二三四五六七][)]{item})"
    r"(?:(?P<list>\s*(?:下|项下|各|的)?\s*(?:[一二三四五六七八\d]{0,2}\s*[行项])?\s*(?:分别|依次)(?:为|是|填)?)|(?P<rows>\s*[一二三四五六七八]行))?"
    r"\s*[:：=、]?\s*(?=[-—/无\d]|{who}\d)".replace("{item}", _ITEM).replace("{who}", _WHO)
)
_ANSWER = re.compile(
    rf"(?:(?:{_WHO}|合?计|共)\d[\d,]*[件\s、，]*)+[\s;；,，。、]*|[\d\s、,，/\-—件份项无和及]*(?:[(（][^()（）]{{1,40}}[)）])?[\s;；,，。、]*"
)
_LEAST = 2
"""numbers of the form in one block; a single one may be the number of anything, unless figures follow in a row's order"""


_FEWEST_LINES = 3
"""lines of a list that gives one number of the form a line"""
_FEWEST_ROWS = 5
"""rows counted 1, 2, 3 … of a table without labels"""
_VECTOR = re.compile(r"\d[\d,]*(?:\s*[/、|]\s*\d[\d,]*)+")


@dataclass(frozen=True)
class Coded:
    """A number of the form with what stands behind it; ``rows`` are the rows it names, in the form's order."""

    label: Span
    answer: Span
    rows: tuple[str, ...]


def coded_fields(text: str, start: int, end: int, form: Form, going_on: bool) -> Iterator[Coded]:
    """The numbers of the form in one block; none where the block also holds other words, so that they may number a list.

    ``going_on``: a block before gave figures by numbers, so that one alone (四：4) is enough.
    """
    folded = fold(text[start:end])
    if not re.search("[一二三四五六七]", folded):
        return
    found = list(_CODE.finditer(folded))
    named = [(match, _rows(match["code"], form.version)) for match in found]
    if not named or any(not rows for _, rows in named):
        return
    in_order = any(match["list"] or match["rows"] for match, _ in named)
    if (
        not in_order
        and not going_on
        and (len(named) < _LEAST or not any(m["code"] == "一" for m, _ in named))
    ):
        return
    fields: list[Coded] = []
    for index, (match, rows) in enumerate(named):
        stop = named[index + 1][0].start() if index + 1 < len(named) else len(folded)
        answer = folded[match.end() : stop]
        if _ANSWER.fullmatch(answer) is None:
            return
        # what stands before the first number (表三：) goes with it
        label = Span(start + (match.start("code") if fields else 0), start + match.end())
        fields.append(
            Coded(
                label,
                Span(start + match.end(), start + match.end() + len(answer.rstrip(" ;；,，。、(（"))),
                rows,
            )
        )
    if re.sub(r"[\s第表三3:：(（)）]", "", folded[: named[0][0].start()]):
        return
    yield from fields


def is_listed(text: str, blocks: Sequence[Block], form: Form) -> bool:
    """Whether several lines give a number of the form each, the first of them among them."""
    alone = [b for b in blocks if b.table is None and any(coded_fields(text, b.start, b.end, form, True))]
    first = any(text[b.start : b.end].lstrip().startswith("一") for b in alone)
    return first and len(alone) >= _FEWEST_LINES


def counted_rows(rows: Sequence[Sequence[Cell]], form: Form, width: int) -> Iterator[Coded]:
    """Rows that are only counted, as the form counts them (1 to 25), with the figures of all columns or of the ``width`` columns
    that a line names; none unless all rows are so."""
    table = form.table("table3")
    usual = width or len(table.columns)
    numbers = [int(cells[0].text) if cells[0].text.isdecimal() else 0 for cells in rows]
    fits = all(_figures(cells) == usual for cells in rows)
    rising = all(a < b for a, b in pairwise(numbers))
    if (
        len(rows) < _FEWEST_ROWS
        or not fits
        or not rising
        or not 0 < numbers[0] <= numbers[-1] <= len(table.rows)
    ):
        return
    for number, cells in zip(numbers, rows, strict=True):
        label, answer = cells[0], Span(cells[1].start, cells[-1].end)
        yield Coded(Span(label.start, label.end), answer, (table.rows[number - 1].key,))


def _figures(cells: Sequence[Cell]) -> int:
    """How many figures stand behind the first cell; 0 where anything else does."""
    if len(cells) == 2 and _VECTOR.fullmatch(cells[1].text):
        return len(re.split(r"[/、|]", cells[1].text))
    plain = all(re.fullmatch(r"\d[\d,]*", cell.text) for cell in cells[1:])
    return len(cells) - 1 if plain else 0


@lru_cache(maxsize=4)
def _table(version: str) -> dict[str, tuple[str, ...]]:
    """Rows by their numbers in the form, brackets left out: 一, 三一, 三三 (all its items), 三三4; also without the leading 三."""
    found: dict[str, tuple[str, ...]] = {}
    for row in load_form(version).table("table3").rows:
        parts = [_ordinal(label) for label in (*row.path, row.label)]
        code = "".join(parts)
        for depth in range(1, len(parts) + 1):
            key = "".join(parts[:depth])
            if key and key != "三":
                found[key] = (*found.get(key, ()), row.key)
        found[code] = (row.key,)
    shorter = {code[1:]: rows for code, rows in found.items() if code.startswith("三") and len(code) > 1}
    return {**{k: v for k, v in shorter.items() if k not in found}, **found}


def _rows(code: str, version: str) -> tuple[str, ...]:
    bare = re.sub(r"[、.()第\s]", "", code)
    table = _table(version)
    if code.startswith("("):
        return table.get("三" + bare, ())
    return table.get(bare, ())


def _ordinal(label: str) -> str:
    match = re.match(r"([一二三四])、|（([一二三四五六七])）|(\d)\.", label)
    return next((part for part in match.groups() if part), "") if match else ""
