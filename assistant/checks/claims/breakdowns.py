"""Finds breakdowns in prose: a whole, and the parts that the sentence lists for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from assistant.checks.claims.passages import Passage
from assistant.checks.claims.quantities import Quantity
from assistant.checks.lazy import Words, one_of, regex
from assistant.report.facts import Value

__all__ = ["Breakdown", "breakdowns_of"]

_CLOSED = regex(
    r"[，,]?(?:(?:按季度|各季度|四个季度)?(?:依次为|依次是)|(?:按季度|各季度|四个季度)分别为|分别为|分别是|其中包括|具体包括|具体为|包括|包含)[：，]?|："
)
_OPEN = regex(rf"{one_of('，,；')}?(?:其中|含)(?P<colon>[：])?[，,]?")
_NEXT_SENTENCE = regex(
    r"(?:，(?:比|较)(?:上年|去年)(?:增加|减少)\d+[条件篇份个]，(?:增长|下降)[\d.]+%)?[^。；\n\d一二三四五六七八九十]{0,60}。其中(?P<all>包括)?[：，,]?",
    needs="。其中",
)
_NOUN = regex(rf"(?:(?:政府|政务)?信息|文件|(?:政府信息公开)?申请)(?={one_of('，（：')})")
_SEPARATORS = ("、", "；", "，", ",", "和", "及", "与", "以及")
_BETWEEN = Words("。|！|？|\n|：")
"""what never stands between the parts of one list"""
_OTHER_TOPIC = Words(
    "上年|去年|结转|办结|答复|收到|新收|受理|全年|共|累计|较|比|另|此外|同时|下年|平均|每|第|近|达|增|减|访问|浏览|点击|阅读|粉丝|关注"
)
_CHANGE = Words("增加|增少|增长|减加|减少|减长|较|比|上升|下降|提高|降低")
"""A change since last year is no whole: what follows 其中 divides the figure before it."""
_MAX_LABEL = 24
_MOST = 60
"""A list of more parts than that is not looked at to its end."""
_TAKEN_ALL = 3
"""“其中：” followed by at least so many parts announces the whole list."""


class Breakdown(NamedTuple):
    """A whole and its listed parts. ``closed``: the wording says that the list is complete."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    closed: bool
    enumerated: bool
    """the parts are joined by 、 or ； or stand in brackets, so that they belong to one list"""

    @property
    def total(self) -> Value:
        """Sum of the parts."""
        return sum(part.value for part in self.parts)

    @property
    def same_unit(self) -> bool:
        """Whether all parts are counted in the unit of the whole (a part without unit is)."""
        return all(part.unit in ("", self.whole.unit) for part in self.parts)


def breakdowns_of(passage: Passage) -> Iterator[Breakdown]:
    """All breakdowns of a passage with at least two parts, in order."""
    text = passage.compact
    quantities = passage.quantities
    for index, whole in enumerate(quantities[:-1]):
        if not whole.unit or whole.unit in ("%", "个百分点", "倍") or whole.hedged:
            continue
        if _CHANGE.found_in(whole.label):
            continue
        lead = _lead(text, whole.end)
        if lead is None:
            continue
        start, closed, bracket = lead
        if (
            index
            and "。" in text[whole.end : start]
            and not _first_in_sentence(text, quantities[index - 1], whole)
        ):
            continue
        level = _depth(text, start)
        following = quantities[index + 1 : index + 1 + _MOST]
        own = [q for q in following if q.start >= start and _depth(text, q.start) <= level]
        parts = _own_parts(text, whole, list(_parts(text, own, start, bracket)))
        if len(parts) < 2:
            continue
        enumerated = bracket or all("，" not in text[a.end : b.label_start] for a, b in pairwise(parts))
        announced = closed or (text[start - 1] == "：" and len(parts) >= _TAKEN_ALL)
        yield Breakdown(whole, tuple(parts), announced, enumerated)


def _lead(text: str, end: int) -> tuple[int, bool, bool] | None:
    """Where the parts begin, whether the list is closed, whether it stands in brackets; None when no list follows."""
    noun = _NOUN.match(text, end)
    end = noun.end() if noun else end
    if text[end : end + 1] == "（":
        inner = _OPEN.match(text, end + 1)
        return (inner.end(), False, True) if inner else (end + 1, True, True)
    if match := _CLOSED.match(text, end):
        return match.end(), True, False
    if match := _OPEN.match(text, end) or _NEXT_SENTENCE.match(text, end):
        return match.end(), bool(match.groupdict().get("all")), False
    return None


def _parts(text: str, quantities: list[Quantity], start: int, bracket: bool) -> Iterator[Quantity]:
    position = start
    limit = text.find("）", start) if bracket else len(text)
    for quantity in quantities:
        between = text[position : quantity.start]
        label = _without_separators(between)
        if quantity.start > limit >= 0 or _BETWEEN.found_in(between) or len(label) > _MAX_LABEL or not label:
            return
        joined_by_comma = position != start and between[:1] in ("，", ",", "；")
        if _is_other(label) and not bracket and (joined_by_comma or position == start):
            return
        if position != start and not between.startswith(_SEPARATORS) and "）" not in between:
            return
        if quantity.hedged or quantity.unit in ("%", "个百分点", "倍"):
            return
        if label.startswith(("合计", "共计", "总计", "一共")):
            # …、其他25条，合计169条: the whole once more
            return
        if between.startswith("；") and not bracket and _lead(text, quantity.end) is not None:
            # …；复议后起诉5件，其中…: a whole of its own
            return
        yield quantity
        position = quantity.end
        if text[position : position + 1] == "（":
            # a part with a list of its own: go on behind its bracket
            close = text.find("）", position)
            if close < 0:
                return
            position = close + 1


def _own_parts(text: str, whole: Quantity, parts: list[Quantity]) -> list[Quantity]:
    """The parts without what follows them as items of the list that the whole itself stands in.

    不予公开3件，其中甲1件、乙2件；无法提供1件: the semicolon ends the list where it does not stand between all parts and
    what comes behind it would be too much.
    """
    ends = [n for n, (a, b) in enumerate(pairwise(parts), 1) if "；" in text[a.end : b.start]]
    if not ends or sum(part.value for part in parts) <= whole.value:
        return parts
    first = parts[: ends[0]]
    mixed = len(ends) < len(parts) - 1
    return first if mixed or sum(part.value for part in first) == whole.value else parts


def _is_other(label: str) -> bool:
    """Whether a label begins another topic than the parts of a whole."""
    before, inside, _ = label.rpartition("其中")
    # …、不予公开1件，其中属于案卷1件: the last part has parts of its own
    nested = inside != "" and (not before or any(mark in before for mark in "，,；"))
    return _OTHER_TOPIC.found_in(label) or nested


def _without_separators(text: str) -> str:
    while text.startswith(_SEPARATORS):
        text = text.removeprefix("以").lstrip("、；，,和及与")
    return text


def _first_in_sentence(text: str, before: Quantity, whole: Quantity) -> bool:
    """Whether no figure stands before this one in its sentence: then 其中 in the next sentence can only mean this one."""
    return any(mark in text[before.end : whole.start] for mark in "。；\n")


def _depth(text: str, at: int) -> int:
    """How many brackets are open before a character."""
    return text.count("（", 0, at) - text.count("）", 0, at)
