"""Reads figures given by the numbers of the form alone: 一：14, 三（一）：6, 三（三）4：1, 四：0."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.extraction.statements import Span, Statement, Target
from assistant.forms import Form
from assistant.numerals import fold

__all__ = ["Numbered", "find_numbered"]

_LINE = re.compile(
    r"^[ \t]*(?P<code>[一二三四](?:[、.]?[(]?[一二三四五六七][)])?(?:[、.]?\d)?)[ \t]*[:：=][ \t]*(?P<value>\d{1,6})[ \t]*+件?[ \t;；,，。]*+$",
    re.MULTILINE,
)
_FIRST = ("一：", "一:", "一=", "一、：", "一 ")
"""how the first number of table 3 is led in; a text without any of these is no such list"""
_LEAST = 3
"""lines; fewer may be a list of something else"""


@dataclass(frozen=True)
class Numbered:
    """The lines of one message that give table 3 by its numbers, and what they say."""

    spans: tuple[Span, ...] = ()
    statements: tuple[Statement, ...] = ()


def find_numbered(text: str, form: Form) -> Numbered:
    """All lines that are a number of table 3 and a figure; none where there are fewer than three or the first is missing."""
    if not any(lead in text for lead in _FIRST):
        return Numbered()
    places = _codes(form)
    found = [(m, places.get(re.sub(r"[、.()]", "", m["code"]))) for m in _LINE.finditer(fold(text))]
    known = [(m, row) for m, row in found if row is not None]
    if len(known) < _LEAST or "new_received" not in {row for _, row in known}:
        return Numbered()
    statements = tuple(
        Statement(
            "value",
            Target("table3", row, "total"),
            Span(*m.span("code")).join(Span(*m.span("value"))),
            int(m["value"]),
        )
        for m, row in known
    )
    return Numbered(tuple(Span(*m.span()) for m, _ in known), statements)


def _codes(form: Form) -> dict[str, str]:
    """Row key by its numbers in the form, brackets left out: 一, 三一, 三三4."""
    codes: dict[str, str] = {}
    for row in form.table("table3").rows:
        code = "".join(_ordinal(label) for label in (*row.path, row.label))
        if code:
            codes[code] = row.key
    return codes


def _ordinal(label: str) -> str:
    match = re.match(r"([一二三四])、|（([一二三四五六七])）|(\d)\.", label)
    return next((part for part in match.groups() if part), "") if match else ""
