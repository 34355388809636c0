"""Years told by words are those of the day of writing: in January 去年 is the report year, and 前年 the year before it."""

from __future__ import annotations

import re

__all__ = ["in_report_year"]

_SHIFTED = (("今年", "明年"), ("去年", "今年"), ("前年", "去年"))
"""in this order each word takes the place of what it means in the report year; both are two characters, so offsets stay"""
_THAT_IS = re.compile(r"去年[度]?\s*[（(，,]?\s*(?:就是|也就是|即|指)?[^。\n，,]{0,6}?((?:20)?\d{2})\s*年")


def in_report_year(text: str, year: int | None) -> str:
    """The text with its words for years as seen from the report year; the text itself where they are so already.

    They are not where 去年 is said to be the report year (去年（就是2024年）), or where 前年 stands beside 去年 and nothing is
    told of 今年 but what is planned.
    """
    if year is None or "去年" not in text:
        return text
    named = {int(match[1]) % 100 for match in _THAT_IS.finditer(text)}
    if year % 100 in named or ("前年" in text and "今年" not in text and not named):
        for said, meant in _SHIFTED:
            text = text.replace(said, meant)
    return text
