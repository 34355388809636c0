"""Settles items told one by one: numbered items that are taken back, and single requests told as 那件."""

from __future__ import annotations

import re

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
    for match in _TAKEN_BACK.finditer(source):
        wanted = _number(match[1])
        for (number, start), (_, end) in zip(items, [*items[1:], (0, len(source))], strict=True):
            if number == wanted and end <= match.start():
                for statement in reading.live:
                    if start <= statement.span.start < end:
                        statement.dropped = "taken back"


def _number(text: str) -> int:
    value = int(text) if text.isdigit() else parse_chinese(text)
    return value if isinstance(value, int) else 0


def single_requests(reading: Reading) -> None:
    """问工资的那件没有公开: one request each; of several with the same outcome the first counts them all.

    Where the number of an outcome was told besides, 部分公开那件 only points at one of them and adds nothing.
    """
    counted: dict[Target, Statement] = {}
    for statement in reading.live:
        if not statement.single:
            continue
        told = any(
            s.kind == "value"
            and not s.single
            and s.value
            # 科研院所那件是部分公开 is one of the row's, and nobody else counted that applicant there
            and (
                s.target == statement.target
                or (s.target[:2] == statement.target[:2] and statement.target.col == "total")
            )
            for s in reading.live
        )
        first = counted.setdefault(statement.target, statement)
        if told:
            statement.dropped = "told"
        elif first is not statement:
            assert isinstance(first.value, int), "single requests are counted in whole numbers"
            first.value += 1
            first.spans = [*(first.spans or [first.span]), statement.span]
            statement.dropped = "counted"
