"""Reads what stands in a cell: a figure, a blank, or words that are no figure."""

from __future__ import annotations

import re

from assistant.forms import Column
from assistant.numerals import fold
from assistant.report.facts import Value, to_value
from assistant.report.pending import PENDING_SIGN

__all__ = ["is_figure", "read_figure"]

_NUMBER = re.compile(
    r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,12})?)(万元|元|件|条|项|个|次|份|宗|起|人)?"
)
_BLANKS = frozenset(
    ["", "/", "\\", "-", "--", "—", "——", "―", "―― ", "–", "*", "无", "空", "N/A", "n/a", "．", "."]
)


def is_figure(text: str) -> bool:
    """Whether the words fill the place of a figure: a number, or a mark that stands for none."""
    words = _plain(text)
    return words in _BLANKS or _NUMBER.fullmatch(words) is not None


def read_figure(text: str, column: Column) -> tuple[Value | None, bool]:
    """The value printed, and whether it is a valid figure of that column (国办公开办函〔2021〕30号: counts are whole).

    A blank, a dash or words give None and False. A misprinted number (negative, with decimals) is given as printed.
    """
    found = _NUMBER.fullmatch(_plain(text))
    if found is None:
        return None, False
    unit = found[2]
    if unit and unit != column.unit and (unit.endswith("元") or column.unit.endswith("元")):
        # a sum in another unit than the column's would be wrong by a factor of 10 000
        return None, False
    value = to_value(found[1].replace(",", ""))
    if column.kind == "amount":
        return value, value >= 0
    whole = "." not in found[1]
    return value, whole and (column.kind == "signed" or value >= 0)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text)).replace("，", ",").removesuffix(PENDING_SIGN)
