"""Reads comparisons that carry their own figures: 197件，比上年的168件增加29件，增长17.3%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.checks.claims.passages import Passage
from assistant.checks.lazy import regex
from assistant.numerals import parse_numeral
from assistant.report.facts import Value

__all__ = ["Change", "changes_of"]

_NUMBER = r"(?<!\d)\d{1,20}(?:,\d{3}){0,6}(?:\.\d{1,20})?"
"""from its first digit on: a long run of digits is not tried again from each of them"""
_UNIT = r"(?:万|亿)?(?:件次|件|份|宗|起|条|篇|次|场|人次|人|期|个|项|家|户|元)"
_UP, _DOWN = "增加|增长|上升|提高|增多|多", "减少|下降|降低|下滑|少"
_YEAR = r"(?:上年度?|去年|上一年度?|前一年|\d{4}年度?)(?:同期)?的?"
_COMPARED = regex(
    rf"(?:(?P<now>{_NUMBER})(?P<now_unit>{_UNIT})，?)?(?:比|较|同|与){_YEAR}(?:(?P<base>{_NUMBER})(?P<base_unit>{_UNIT}))?(?:相比)?，?(?:共)?"
    rf"(?P<sign>{_UP}|{_DOWN})了?(?P<diff>{_NUMBER})(?P<diff_unit>{_UNIT})"
    rf"(?:，?(?:同比)?(?:增长|下降|降|增|上升|减少|增幅|降幅|增幅为|降幅为|增长率为?)(?P<percent>{_NUMBER})%)?",
    needs="比|较|同|与",
)
_SIDE_BY_SIDE = regex(
    rf"(?P<now>{_NUMBER})(?P<unit>{_UNIT})，{_YEAR}[^，。；\d]{{0,6}}(?P<base>{_NUMBER})(?P=unit)，(?:同比|比上年|较上年)(?P<sign>{_UP}|{_DOWN})了?(?P<diff>{_NUMBER})(?P=unit)",
    needs="年",
)
_FROM_TO = regex(
    rf"(?:增长|下降)(?P<before>{_NUMBER})%，(?:即)?由(?P<base>{_NUMBER})(?P<unit>{_UNIT})(?:增加|减少|上升|下降|提高|增长|降低)[到至](?P<now>{_NUMBER})(?P=unit)"
    rf"|由(?P<base2>{_NUMBER})(?P<unit2>{_UNIT})(?:增加|减少|上升|下降|提高|增长|降低)[到至](?P<now2>{_NUMBER})(?P=unit2)，(?:增长|下降|增幅|降幅)(?P<after>{_NUMBER})%",
    needs="由",
)


class Change(NamedTuple):
    """A comparison that its own figures refute."""

    start: int
    end: int
    percent: bool
    """the percentage is wrong, not the difference"""
    words: str
    right: str
    """what it should say, in Chinese"""
    expected: Value
    got: Value


def changes_of(passage: Passage) -> Iterator[Change]:
    """The comparisons of a passage that do not follow from the figures in them; offsets are those of the compact text."""
    text = passage.compact
    for match in _COMPARED.finditer(text):
        units = {match[name] for name in ("now_unit", "base_unit", "diff_unit")} - {None}
        # 1.2万条 and 300条 are not of one unit
        if len(units) == 1:
            yield from _compared(
                text,
                match.span(),
                {name: _number(match[name]) for name in ("now", "base", "diff", "percent")},
                match["sign"],
            )
    for match in _SIDE_BY_SIDE.finditer(text):
        found = {name: _number(match[name]) for name in ("now", "base", "diff")}
        yield from _compared(text, match.span(), {**found, "percent": None}, match["sign"])
    for match in _FROM_TO.finditer(text):
        base, now = (_number(match[a] or match[b]) for a, b in (("base", "base2"), ("now", "now2")))
        said = match["before"] or match["after"]
        if base and now is not None:
            yield from _percent(text, match.span(), max(now - base, base - now), base, said)


def _number(text: str | None) -> Value | None:
    return None if text is None else parse_numeral(text)


def _compared(
    text: str, span: tuple[int, int], found: dict[str, Value | None], sign: str
) -> Iterator[Change]:
    now, base, diff = found["now"], found["base"], found["diff"]
    if diff is None:
        return
    up = sign in _UP.split("|")
    if now is not None and base is not None:
        change = now - base
        if change != (diff if up else -diff):
            word = "持平" if not change else f"{'增加' if change > 0 else '减少'} {max(change, -change)}"
            yield Change(*span, False, text[slice(*span)], f"应为{word}", max(change, -change), diff)
            return
    if base is None and now is not None:
        base = now - diff if up else now + diff
    percent = found["percent"]
    if base and percent is not None:
        stated = text[slice(*span)].rpartition("%")[0]
        digits = stated[max(stated.rfind(c) for c in "长降增升少幅为率") + 1 :]
        yield from _percent(text, span, diff, base, digits)


def _percent(text: str, span: tuple[int, int], diff: Value, base: Value, said: str) -> Iterator[Change]:
    stated = parse_numeral(said)
    if stated is None:
        return
    exact = Decimal(diff) * 100 / Decimal(base)
    decimals = len(said.partition(".")[2])
    # rounded or cut off at the decimals given
    if abs(exact - Decimal(stated)) >= Decimal(1).scaleb(-decimals):
        right = round(exact, max(decimals, 1))
        yield Change(*span, True, text[slice(*span)], f"应为 {right}%", right, stated)
