"""Settles items told one by one: numbered items that are taken back, and single requests told as 那件."""

from __future__ import annotations

import re
from bisect import bisect_right

from assistant.extraction.clause_state import Reading
from assistant.extraction.statements import Statement, Target
from assistant.numerals import parse_chinese

__all__ = ["numbered_items_taken_back", "single_requests"]

_TAKEN_BACK = re.compile(
    r"第\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[条点项](?:更正|说的|那条|的)*[，, ]?(?:作废|不算|取消|撤回|撤销|当我没说|不作数)"
)
_ITEM = re.compile(
    r"(?m)^[ \t]*(?:[（(]?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）.．、:：]|第(\d{1,2}|[一二三四五六七八九十]{1,3})条)"
)


def numbered_items_taken_back(reading: Reading, source: str) -> None:
    """第3条作废，还按第2条填: what the third item said does not count, its corrections included."""
    if "第" not in source:
        return
    items = [(_number(m[1] or m[2]), m.start()) for m in _ITEM.finditer(source)]
    until = {_number(match[1]): match.start() for match in _TAKEN_BACK.finditer(source)}
    starts = [start for _, start in items]
    ends = [*starts[1:], len(source)]
    for statement in reading.live if until else ():
        item = bisect_right(starts, statement.span.start) - 1
        if item >= 0 and ends[item] <= until.get(items[item][0], -1):
            statement.dropped = "taken back"


def _number(text: str) -> int:
    value = int(text) if text.isdigit() else parse_chinese(text)
    return value if isinstance(value, int) else 0


def single_requests(reading: Reading) -> None:
    """问工资的那件没有公开: one request each; of several with the same outcome the first counts them all.

    Where the number of an outcome was told besides, 部分公开那件 only points at one of them and adds nothing.
    """
    counted: dict[Target, Statement] = {}
    live = reading.live
    numbers = {s.target for s in live if s.kind == "value" and not s.single and s.value}
    rows = {target[:2] for target in numbers}
    for statement in live:
        if not statement.single:
            continue
        # 科研院所那件是部分公开 is one of the row's, and nobody else counted that applicant there
        in_row = statement.target.col == "total" and statement.target[:2] in rows
        told = statement.target in numbers or in_row
        first = counted.setdefault(statement.target, statement)
        if told:
            statement.dropped = "told"
        elif first is not statement:
            assert isinstance(first.value, int), "single requests are counted in whole numbers"
            first.value += 1
            first.spans = first.spans or [first.span]
            first.spans.append(statement.span)
            statement.dropped = "counted"
