"""Sums and percentages inside the prose facts: published items and their parts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from operator import itemgetter

from assistant.extraction.statements import Remark, Span, Statement
from assistant.numerals import Numeral, find_numerals

__all__ = ["narrative_remarks"]

_RESULT_ROWS = ("granted", "partial", "deny_", "na_", "np_", "ot_")
_TOTAL = re.compile(r"(?:总数|总计|合计|共|总量|累计|全年|公开|信息|发布)[^。；\n：:（(，,]{0,12}?$")
_OPENER = re.compile(r"([:：(（]|[，,](?=其中|包括)|(?<=[类种块])[，,])((?:其中|包括)[:：，,]?)?|[。；;\n]")
"""what a list of parts follows, with the total before it; or the end of a clause"""
_BEFORE_LIST = re.compile(
    r"\s*(?:余|多)?(?:条|篇|项|期|次)?\s*[，,]?(?:共?分(?:为|成)?[两二三四五六七八九\d]+(?:大?类|种|项|块|个?方面)|具体(?:为|是)|分别(?:为|是))?"
)
"""860条，分为四类：…"""
_UNIT = re.compile(r"\s*(条|篇|件|项|期|个|次|份)?")


def narrative_remarks(folded: str, statements: Sequence[Statement]) -> list[Remark]:
    """Broken sums (NARRATIVE_SUM), rounded totals beside exact parts (UNIT) and wrong percentages (PERCENT) of a folded text."""
    return [*_sums(folded), *_percents(folded, statements)]


def _sums(text: str) -> list[Remark]:
    out = []
    head_from = 0
    for match in _OPENER.finditer(text):
        head, opener = text[head_from : match.start()], match.group(1)
        start, head_from = head_from, match.end()
        if opener is None:
            continue
        numerals = [n for n in find_numerals(head) if not n.chinese]
        if not numerals:
            continue
        total = numerals[-1]
        tail = head[total.end :]
        if not _BEFORE_LIST.fullmatch(tail) or ("条篇项期次" and not re.search("[条篇项期次]", tail)):
            continue
        listed = _listed(text, match.end(), opener)
        if listed is None or len(listed[1]) < 3:
            continue
        body, parts = listed
        span = Span(start + total.start, match.end() + len(body))
        approx = bool(re.search(r"[约近余多]", head[max(0, total.start - 2) : total.start] + tail))
        out += _compare(total.value, sum(parts), approx, bool(match.group(2)), span)
    return out


def _listed(text: str, at: int, opener: str) -> tuple[str, list[int | Decimal]] | None:
    """The list behind the opener and the figures of its parts; None when it is too long for one."""
    body = _body(text, at, opener)
    return None if body is None else (body, _parts(body))


def _body(text: str, at: int, opener: str) -> str | None:
    """The list behind the opener, nested brackets left out; None when an item of it is longer than a part may be, or the
    whole than a list of parts is."""
    depth, out = 0, []
    item = 0
    for char in text[at : at + _LONGEST_LIST + 2]:
        if char in "(（":
            depth += 1
        elif char in ")）":
            if depth == 0 and opener in "(（":
                break
            depth = max(0, depth - 1)
            out.append(" ")
            continue
        if depth == 0 and (char in "。\n" or (char in ";；" and opener in ":：")):
            break
        out.append(char if depth == 0 else " ")
        item = 0 if char in _PARTING else item + (depth == 0 and not char.isspace())
        if item > _LONGEST_ITEM or len(out) > _LONGEST_LIST:
            return None
    return "".join(out)


def _parts(body: str) -> list[int | Decimal]:
    """Figures of a list 名称12、名称3条…; empty when an item does not look like a part."""
    parts: list[int | Decimal] = []
    for item in re.split(r"[、，；;](?!\d{3}\b)|,(?!\d{3})", body):
        found = [n for n in find_numerals(item) if not n.chinese or n.end - n.start > 1]
        if not found or not _is_part(item, found[-1]):
            return []
        parts.append(found[-1].value)
    return parts


def _is_part(item: str, number: Numeral) -> bool:
    name, tail = item[: number.start].strip(), item[number.end :]
    return (
        bool(name) and len(name) <= 16 and re.fullmatch(r"\s*(条|篇|件|项|期|个|次|份)?\s*", tail) is not None
    )


def _compare(
    total: int | Decimal, found: int | Decimal, approx: bool, open_list: bool, span: Span
) -> list[Remark]:
    if approx:
        if found and abs(Decimal(found) - total) * 50 <= total:
            return [
                Remark(
                    "UNIT",
                    "s1 主动公开总数",
                    f"约数 {total} 与分项之和 {found} 相近，正文请用准数 {found}",
                    span,
                    "info",
                    expected=found,
                    got=total,
                )
            ]
        return []
    # an open list (其中) may leave things out; a small gap is worth a look all the same
    if found == total or (open_list and found < total and (total - found) * 10 > total):
        return []
    return [
        Remark(
            "NARRATIVE_SUM",
            "s1 主动公开分类",
            f"分项合计 {found}，与总数 {total} 相差 {abs(total - found)}，请核对",
            span,
            "warning",
            expected=found,
            got=total,
        )
    ]


_PERCENT = re.compile(r"(?<!\d)(\d+(?:\.\d+)?)\s*[%％]")


_RATE = {"办结": "result_total", "办理": "result_total", "答复": "result_total", "公开": "granted"}


_LONGEST_ITEM, _LONGEST_LIST = 80, 2000
"""characters: a part is its name and figure, a list a sentence"""
_PARTING = frozenset("、，；;,")


class _Told:
    """What the statements give for rates to be compared with, gathered once for all rates of a text."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        self._text = text
        self._values = [s for s in statements if s.kind == "value" and s.target.col == "total"]
        ours = [s for s in self._values if not s.prior and isinstance(s.value, int) and s.value]
        self.totals = list(
            dict.fromkeys(
                s.value
                for row in ("result_total", "new_received", "received_all")
                for s in ours
                if s.target.row == row and isinstance(s.value, int)
            )
        )
        self.requests = [s for s in self._values if s.target.table == "table3" and not s.prior]
        self.results = [s for s in self.requests if s.target.row.startswith(_RESULT_ROWS)]
        self._starts = [s.span.start for s in self.results]
        self.counts = {s.target.row: s.value for s in self.requests if isinstance(s.value, int)}

    def results_before(self, at: int, count: int) -> list[int | Decimal | None]:
        """The last results told before a place."""
        found: list[int | Decimal | None] = []
        for index in range(bisect_left(self._starts, at) - 1, -1, -1):
            if len(found) == count:
                break
            if self.results[index].span.end <= at:
                found.append(self.results[index].value)
        return found[::-1]

    @cached_property
    def whole(self) -> int | Decimal | None:
        """The first total of requests that is told."""
        rows = ("new_received", "result_total")
        return next((s.value for s in self._values if s.target.row in rows), None)

    @cached_property
    def _in_time(self) -> list[tuple[int, int]]:
        return [(m.end(), int(m[1])) for m in _IN_TIME.finditer(self._text)]

    def done_in_time(self, at: int) -> int | None:
        """按时办结12件: the last such figure before a place."""
        before = bisect_right(self._in_time, at, key=itemgetter(0))
        return self._in_time[before - 1][1] if before else None


_MOST_TOTALS = 20
"""different totals a share is compared with"""
_IN_TIME = re.compile(r"按时(?:答复|办结|办理)[了]?\s*(\d{1,12})\s*件")


def _share(part: int, text: str, at: int, told: _Told) -> tuple[int, int] | None:
    """予以公开30件，占60%: the share of the results or of the requests, whichever fits; the results when neither does."""
    totals = told.totals[:_MOST_TOTALS]
    given = _PERCENT.match(text, at)
    if given is None or not totals:
        return None
    digits = len(given.group(1).partition(".")[2])
    for total in totals:
        if abs(Decimal(part * 100) / total - Decimal(given.group(1))) <= Decimal(1).scaleb(-digits):
            return None
    return part, totals[0]


_COUNTED = {"两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}
_SEVERAL = re.compile(r"([两二三四234])项(?:合计|共计|之和|加起来|合在一起)?(?:约)?占[^。；，,\d]{0,10}$")


def _several(count: int, at: int, told: _Told) -> tuple[int, int] | None:
    """予以公开52件，部分公开29件，两项占办结的65%: the last results told before, of all results."""
    parts = told.results_before(at, count)
    whole = next((s.value for s in told.requests if s.target.row == "result_total"), None)
    numbers = [p for p in parts if isinstance(p, int)]
    return (sum(numbers), whole) if len(numbers) == count and isinstance(whole, int) else None


def _operands(text: str, at: int, told: _Told) -> tuple[int, int] | None:
    """The two counts a rate speaks of: printed beside it (111/115), or 办结 against 新收 and 上年结转."""
    share = re.search(
        r"(\d+)\s*件[，,（(]?\s*(?:约)?占(?:比|(?:全部|全年)?(?:办结|新收|收到|申请)?(?:总[数量])?的?)?\s*$",
        text[max(0, at - 24) : at],
    )
    if share is not None:
        return _share(int(share.group(1)), text, at, told)
    several = _SEVERAL.search(text[max(0, at - 24) : at])
    if several is not None:
        return _several(_COUNTED[several.group(1)], at, told)
    ratio = re.search(r"(\d+)\s*/\s*(\d+)", text[max(0, at - 30) : at + 30])
    if ratio is not None:
        return int(ratio.group(1)), int(ratio.group(2))
    timely = re.search(r"按时(?:答复|办结|办理)?率[^。；\n]{0,6}$", text[max(0, at - 12) : at])
    in_time = told.done_in_time(at) if timely is not None else None
    if in_time is not None:
        return (in_time, told.whole) if isinstance(told.whole, int) else None
    rate = re.search(r"(办结|办理|答复)率[^。；\n]{0,6}$", text[max(0, at - 14) : at])
    if rate is None:
        return None
    counts = told.counts
    done, received = counts.get(_RATE[rate.group(1)]), counts.get("received_all", counts.get("new_received"))
    if done is None or received is None:
        return None
    return done, received + (counts.get("carried_over", 0) if "received_all" not in counts else 0)


def _percents(text: str, statements: Sequence[Statement]) -> list[Remark]:
    """答复率 96.5%（111/115）: a percentage beside its two operands in the same sentence part."""
    out = []
    told = _Told(text, statements)
    for match in _PERCENT.finditer(text):
        operands = _operands(text, match.start(), told)
        if operands is None or operands[1] == 0:
            continue
        digits = len(match.group(1).partition(".")[2])
        exact = Decimal(operands[0] * 100) / Decimal(operands[1])
        given = Decimal(match.group(1))
        if abs(exact - given) > Decimal(1).scaleb(-digits):
            expected = round(exact, max(digits, 1))
            out.append(
                Remark(
                    "PERCENT",
                    "正文百分比",
                    f"{operands[0]}/{operands[1]} 应为 {expected}%，写的是 {given}%",
                    Span(*match.span()),
                    "warning",
                    expected=expected,
                    got=given,
                )
            )
    return out
