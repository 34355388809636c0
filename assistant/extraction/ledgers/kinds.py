"""Tells what one cell of a register looks like: a date, a code, a type of applicant, an outcome."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.extraction.ledgers.applicants import looks_named, typed
from assistant.extraction.ledgers.dates import parse_day
from assistant.extraction.ledgers.layout import clean
from assistant.extraction.ledgers.outcomes import read_outcome

__all__ = ["kinds_of"]

_CODE = re.compile(
    r"(?=.*\d)[A-Za-z0-9\-_/#.]+(?:-?结转)?|[\u4e00-\u9fff]{0,8}[〔\[(]20\d\d[〕\])]\D{0,3}\d+号?|第\d+号"
)


@lru_cache(maxsize=20_000)
def kinds_of(text: str, version: str) -> tuple[str, ...]:
    """What one cell looks like."""
    folded = clean(text)
    if not folded:
        return ()
    if re.fullmatch(r"\d{1,2}月份?", folded) or re.fullmatch(r"[第]?[一二三四1-4]季度", folded):
        return ("month",)
    if re.fullmatch(r"\d{1,5}", folded):
        return ("int", "date") if len(folded) == 5 and parse_day(folded) else ("int",)
    day = parse_day(folded)
    if day is not None and re.fullmatch(r"[\d年月日号/.\-:T\s]+", folded) and len(folded) <= 22:
        return ("date",)
    if len(folded) <= 24 and _CODE.fullmatch(folded):
        return ("code", "date") if day is not None else ("code",)
    if folded in ("是", "否"):
        return ("yesno",)
    return _worded(text, folded, version, day is not None)


def _worded(text: str, folded: str, version: str, dated: bool) -> tuple[str, ...]:
    kinds: list[str] = []
    applicant = typed(text)
    if applicant.cols and len(folded) <= 24:
        kinds.append("type")
    if looks_named(text):
        kinds.append("name")
    told = read_outcome((text,), version) if len(folded) <= 60 else None
    if told is not None:
        kinds += ["outcome"] * bool(told.rows) + ["open"] * told.open
        kinds += ["closed"] * (told.closed and not told.rows)
    # 2026.1.5予以公开 is an answer with its day, no date
    if dated and len(folded) <= 16 and not (told and told.rows):
        kinds.append("date")
    return tuple(kinds)
