"""Finds figures given by the numbers of the form: 一 88，二 6；三（一）40；（四）三行依次：3、0、1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.extraction.statements import Span
from assistant.forms import Form, load_form
from assistant.numerals import fold

__all__ = ["Coded", "coded_fields"]

_CODE = re.compile(
    r"(?:(?<=^)|(?<=[\s;；,，。、(（:：]))(?P<code>[一二三四](?:、?(?:第)?[(][一二三四五六七][)](?:、?\d[.、]?(?=\s*[:：=]))?)?|[(][一二三四五六七][)](?:、?\d[.、]?(?=\s*[:：=]))?)"
    r"(?:(?P<list>\s*(?:下|项下|各|的)?\s*(?:[一二三四五六七八\d]{0,2}\s*[行项])?\s*(?:分别|依次)(?:为|是|填)?)|(?P<rows>\s*[一二三四五六七八]行))?"
    r"\s*[:：=]?\s*(?=[-—/无\d])"
)
_ANSWER = re.compile(r"[\d\s、,，/\-—件份项无和及]*(?:[(（][^()（）]{2,40}[)）])?[\s;；,，。、]*")
_LEAST = 2
"""numbers of the form in one block; a single one may be the number of anything, unless figures follow in a row's order"""


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
    bare = re.sub(r"[、.()第]", "", code)
    table = _table(version)
    if code.startswith("("):
        return table.get("三" + bare, ())
    return table.get(bare, ())


def _ordinal(label: str) -> str:
    match = re.match(r"([一二三四])、|（([一二三四五六七])）|(\d)\.", label)
    return next((part for part in match.groups() if part), "") if match else ""
