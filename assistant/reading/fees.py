"""Reads from section six what was collected as 信息处理费, only where the words leave no doubt."""

from __future__ import annotations

import re

from assistant.numerals import find_numerals, fold
from assistant.report import InfoFee
from assistant.report.facts import Value

__all__ = ["read_fee"]

_NONE = re.compile(
    r"(未|没有|无|不存在|不涉及)[^。；]{0,24}?(信息处理费|处理费|收费)"
    r"|(信息处理费|处理费)[^。；，,]{0,10}?(为零|未收取|未产生|未发生|没有收取|无$|无[，。；])"
)
_ABOUT = re.compile(r"信息处理费|(?:信息公开|申请)[^。；]{0,12}收费|处理费用?")


def read_fee(prose: str) -> InfoFee:
    """Yuan and number of requests; blank (None) where nothing or something contradictory is said."""
    text = re.sub(r"[ \t]", "", fold(prose))
    sentences = [s for s in re.split(r"[。;；\n]", text) if _ABOUT.search(s)]
    sums = {yuan for s in sentences for yuan in _sums(s)}
    if len(sums) > 1:
        return InfoFee()
    if sums:
        (yuan,) = sums
        if yuan == 0:
            return InfoFee(yuan=0, cases=0)
        cases = {count for s in sentences for count in _counts(s)}
        return InfoFee(yuan=yuan, cases=cases.pop() if len(cases) == 1 else None)
    if any(_NONE.search(s) for s in sentences):
        return InfoFee(yuan=0, cases=0)
    return InfoFee()


def _sums(sentence: str) -> list[Value]:
    return [
        n.value * 10_000 if sentence[n.end :].startswith("万元") else n.value
        for n in find_numerals(sentence)
        if re.match(r"(万)?元", sentence[n.end :])
    ]


def _counts(sentence: str) -> list[Value]:
    return [n.value for n in find_numerals(sentence) if re.match(r"[件笔人]", sentence[n.end :])]
