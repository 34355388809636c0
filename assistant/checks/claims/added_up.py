"""Finds lists that end with their own sum: 734条、291条、166条，共1191条; 应公开764件，已公开612件，其余152件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.checks.claims.passages import Passage
from assistant.checks.claims.quantities import Quantity
from assistant.checks.lazy import regex
from assistant.numerals import parse_numeral
from assistant.report.facts import Value

__all__ = ["AddedUp", "added_up_in"]

_SUM = regex(
    r"^(?:[，,])?(?:以上)?(?:(?P<count>[两二三四五六七八九]|\d)(?:项|类|者|种))?(?P<word>合计|共计|总计|共|加起来)(?:为|有)?$"
)
_DONE = regex(
    r"应(?P<verb>[\u4e00-\u9fff]{1,4})(?P<all>\d+)(?P<unit>件|条|份|个|项)，已(?P=verb)(?P<done>\d+)(?P=unit)，(?:其余|剩余|尚有|其他)(?P<rest>\d+)(?P=unit)",
    needs="其余|剩余|尚有|其他",
)
_JOINED = ("、", "和", "及", "与")


class AddedUp(NamedTuple):
    """A list whose stated sum is not that of its parts; offsets are those of the compact text."""

    start: int
    end: int
    parts: tuple[Value, ...]
    stated: Value
    unit: str


def added_up_in(passage: Passage) -> Iterator[AddedUp]:
    """The sums of a passage that do not hold."""
    text, quantities = passage.compact, passage.quantities
    for index, total in enumerate(quantities):
        before = _SUM.match(text[quantities[index - 1].end : total.start]) if index > 1 else None
        if before is None or total.hedged or not total.unit or total.unit == "%":
            continue
        parts = _parts(text, quantities[:index], total.unit, before["count"])
        if (
            parts
            and sum(part.value for part in parts) != total.value
            and not _some_suffix(text, quantities[:index], total)
        ):
            yield AddedUp(
                parts[0].label_start, total.end, tuple(p.value for p in parts), total.value, total.unit
            )
    for match in _DONE.finditer(text):
        whole, done, rest = (int(match[name]) for name in ("all", "done", "rest"))
        if done + rest != whole:
            yield AddedUp(match.start(), match.end(), (done, rest), whole, match["unit"])


def _parts(text: str, before: Sequence[Quantity], unit: str, count: str | None) -> list[Quantity]:
    """The figures the sum is of: as many as it says (三项合计), else those joined to the last one by 、."""
    if count is not None:
        wanted = parse_numeral("二" if count == "两" else count)
        last = list(before[-wanted:]) if isinstance(wanted, int) else []
        start = text.rfind("。", 0, last[-1].end) + 1 if last else 0
        fits = len(last) == wanted and all(q.unit == unit and not q.hedged and q.start >= start for q in last)
        return last if fits else []
    parts = [before[-1]]
    for quantity in reversed(before[:-1]):
        between = text[quantity.end : parts[0].start]
        # bare figures side by side (分别为734条、291条、166条): named ones may have a whole before them
        if between not in _JOINED:
            break
        parts.insert(0, quantity)
    if len(parts) < 2 or any(q.unit != unit or q.hedged for q in parts):
        return []
    return parts


def _some_suffix(text: str, before: Sequence[Quantity], total: Quantity) -> bool:
    """Whether the sum is that of some more or fewer of the figures before it in the sentence."""
    start = max(text.rfind(mark, 0, total.start) for mark in "。\n") + 1
    added: Value = 0
    for quantity in reversed([q for q in before if q.start >= start and q.unit == total.unit]):
        added += quantity.value
        if added == total.value:
            return True
    return False
