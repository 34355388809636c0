"""PERCENT: a percentage equals its two figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from assistant.checks.claims.changes import changes_of
from assistant.checks.claims.passages import Passage
from assistant.checks.claims.patterns import COMPARED
from assistant.checks.claims.quantities import Quantity
from assistant.checks.context import CheckInput
from assistant.checks.lazy import regex
from assistant.checks.naming import figure
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report.facts import Value
from assistant.report.findings import Severity

_SHARE = regex(r"占(?:比|总数|总量|全部|申请总?量?|收到|新收|办结|[^，。]{0,12}的)?(?:为|达|到|约)*$")
_RATE = regex(
    r"(?P<what>办结|答复|公开|办理|回复|整改|满意|合格|不合格|采纳|知晓|上传|更新)率(?:为|达到?|是)*$"
)
_WHOLE = regex(
    r"占(?:全年|本年度?|全部|年度)?(?:(?P<done>办结|办理结果|答复)|新收|收到|申请)[^，。]{0,6}总[数量]的?(?:为|达|到|约)*$",
    needs="总",
)
_DONE_RATE = regex(r"(?<!按期)(?<!按时)(?<!如期)(?<!及时)办结率(?:为|达到?|是)*$", needs="办结率")
_TOGETHER = regex(r"[两二三四五几]类|合计|两者|二者|三者|之和|共占|一共|总共|合占")
_APPLICANT = regex(
    r"(自然人|商业企业|科研机构)(?:申请|提出的)?占(?:比|总数|总量|全部)?(?:为|达|约)*$",
    needs="自然人|商业企业|科研机构",
)
_OTHER_MATTER = regex(
    r"复议|诉讼|访问|信访|许可|上年|去年|公开信息|不予公开|予以公开|部分公开|无法提供|不予处理"
)
_NOT_COUNTED = frozenset(("%", "个百分点", "倍", "元", "万元", ""))


@rule("PERCENT", "百分比计算正确", Severity.WARNING, "numerals")
def percent(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：正文给出分子、分母又给出百分比的，三个数字应当吻合，允许四舍五入。
    不合格：收到申请115件，按时办结111件，办结率99%；36件，比上年减少4件，下降16%。
    合格：收到申请115件，按时办结111件，办结率96.5%；36件，比上年减少4件，下降10%。
    修改：按两个数字重新计算百分比，或者改正写错的件数。
    """
    for passage in ctx.sections:
        if "%" not in passage.compact:
            continue
        for sentence in passage.sentences:
            inside = passage.quantities_in(sentence)
            for index, quantity in enumerate(inside):
                # a full hundred is a way of saying all, which ALL_DONE judges
                if quantity.unit == "%" and not quantity.hedged and quantity.value != 100:
                    yield from _judge(ctx, passage, inside, index)
        for change in changes_of(passage):
            if change.percent:
                yield Hit(
                    passage.key,
                    f"“{change.words}”中的百分比与句中的数字不符，{change.right}",
                    expected=change.expected,
                    got=change.got,
                    spans=(passage.span(change.start, change.end),),
                )


def _judge(ctx: CheckInput, passage: Passage, inside: tuple[Quantity, ...], index: int) -> Iterator[Hit]:
    stated = inside[index]
    line = passage.compact.rfind("\n", 0, stated.start) + 1
    before = passage.compact[max(line, stated.start - 20) : stated.start]
    counts = [q for q in inside[:index] if q.unit not in _NOT_COUNTED and not q.hedged]
    rate, share = _RATE.search(before), _SHARE.search(before)
    if COMPARED.search(before) or not (rate or share):
        return
    found = _applicants_share(ctx, passage, stated, before) if share else None
    if found is None:
        found = _counted(ctx, counts, before, stated, rate["what"] if rate else "")
    if found is None:
        return
    part, whole = found
    right = round(Decimal(part) * 100 / Decimal(whole), max(stated.decimals, 1))
    yield Hit(
        passage.key,
        f"“{passage.compact[stated.label_start : stated.end]}”与有关数字不符：{figure(part)}÷{figure(whole)}＝{figure(right)}%",
        expected=right,
        got=stated.value,
        spans=(passage.span(stated.label_start, stated.end),),
    )


def _counted(
    ctx: CheckInput, counts: list[Quantity], before: str, stated: Quantity, what: str
) -> tuple[Value, Value] | None:
    """Part and whole of a percentage that none of the figures before it bears out; None where one does, or none can tell."""
    lead = stated.label.partition("占")[0].strip("的")
    if (
        not what
        and len(lead) > 2
        and not any(q.label.endswith(lead) for q in counts)
        and not _TOGETHER.search(before)
    ):
        # 许可证占许可总数的91.7%: what the share is of is named, and it is not the figure before
        return None
    totals = _named_totals(ctx, before)
    if len(counts) < 2 and not (counts and totals):
        return None
    parts = [q for q in counts if what in q.label] if what else counts[-1:]
    if not parts:
        return None
    part = parts[-1]
    wholes = [
        q for q in counts if q is not part and q.unit == part.unit and q.value >= part.value and q.value
    ]
    pairs = [
        (a.value, b.value)
        for a in counts
        for b in counts
        if a.unit == b.unit and a is not b and a.value <= b.value and b.value
    ]
    pairs += [(a.value, total) for a in counts for total in totals]
    together = _TOGETHER.search(before) is not None
    if together:
        sums = list(accumulate(q.value for q in reversed(counts)))
        pairs += [(a, b) for a in sums for b in (*totals, *(q.value for q in counts)) if a <= b]
    if together or not (wholes or totals) or any(_equals(stated, a, b) for a, b in pairs):
        # what 两类合计 adds up is not always said, so that no other figure can be held against it
        return None
    whole = totals[0] if totals else wholes[0].value
    return (part.value, whole) if whole >= part.value else None


def _applicants_share(
    ctx: CheckInput, passage: Passage, stated: Quantity, before: str
) -> tuple[Value, Value] | None:
    """自然人占89.8%: the applicants of table 3 that no total bears out; None where one does, or where no applicant is named."""
    start = passage.compact.rfind("。", 0, stated.start) + 1
    sentence = passage.compact[start : stated.start]
    named = _APPLICANT.search(before)
    if named is None or "申请" not in sentence or _OTHER_MATTER.search(sentence):
        return None
    column = {"自然人": "natural_person", "商业企业": "biz_enterprise", "科研机构": "research_inst"}[named[1]]
    tables = ctx.report.table3
    fits, first = False, None
    for rows in (("new_received",), ("result_total",), ("new_received", "carried_over")):
        parts, wholes = ([tables[row][col] for row in rows] for col in (column, "total"))
        if None in parts or None in wholes or not (whole := sum(v for v in wholes if v)):
            continue
        part = sum(v for v in parts if v)
        fits = fits or _equals(stated, part, whole)
        first = first or (part, whole)
    return None if fits else first


def _named_totals(ctx: CheckInput, before: str) -> list[Value]:
    """Totals of table 3 that the words before a share name as its whole: 占办结总量的, 占申请总数的."""
    named = _WHOLE.search(before)
    if named is None and _DONE_RATE.search(before) is None:
        return []
    rows = ("result_total",) if named and named["done"] else ("new_received", "carried_over")
    found = [ctx.report.value(CellKey("table3", row, "total")) for row in rows]
    values = [value for value in found if value]
    return [*values[:1], sum(values)] if len(values) > 1 else values


def _equals(stated: Quantity, part: Value, whole: Value) -> bool:
    """Whether the rate is right, rounded or cut off at the decimals given."""
    exact = Decimal(part) * 100 / Decimal(whole)
    return abs(exact - Decimal(stated.value)) < Decimal(1).scaleb(-stated.decimals)
