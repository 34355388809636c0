"""Columns of a pasted table that are no headers of the form: serial numbers, and the years of a comparison."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.extraction.pasted import GridCell
from assistant.numerals import fold

__all__ = ["without_serials", "years_of"]

_SERIAL = re.compile(r"序号|编号|行次|行号|项次|No\.?|#", re.IGNORECASE)


def without_serials(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """The rows without a first column that only counts them (序号 1, 2, 3 …)."""
    counted = [
        r for r in rows if r and r[0].number is not None and len(r) > 2 and r[1].number is None and r[1].text
    ]
    named = [r for r in rows if r and _SERIAL.fullmatch(fold(r[0].text).strip())]
    numbers = [r[0].number for r in counted]
    runs = len(numbers) >= 3 and all(b > a for a, b in pairwise(n for n in numbers if n is not None))
    if not counted or not (named or (runs and numbers[0] == 1)):
        return rows
    serial = {id(r) for r in (*counted, *named)}
    return [r[1:] if id(r) in serial else r for r in rows]


def years_of(row: list[GridCell], year: int | None) -> list[int | None]:
    """指标 2022年 2023年: the year of each column of a comparison; empty when the line is no such header.

    ``year`` is the report year; one of the columns must be its own.
    """
    years = [_year(c.text, year) for c in row]
    named = [y for y in years if y is not None]
    rest = [c for c, y in zip(row, years, strict=True) if y is None and c.text]
    fits = len(named) >= 2 and year in named and len(rest) <= 1 and years[0] is None
    return years if fits else []


def _year(text: str, year: int | None) -> int | None:
    words = fold(text).strip()
    match = re.fullmatch(r"(20\d\d)(?:年度?)?(?:数|数据|情况)?", words)
    if match:
        return int(match[1])
    near = re.fullmatch(r"(?:(今年|本年度?|本期)|(上年度?|去年|上期))(?:数|数据)?", words)
    if near is None or year is None:
        return None
    return year - (near[2] is not None)
