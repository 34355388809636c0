"""SAME_TWICE: one quantity has one value wherever the prose names it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from assistant.checks.claims.passages import Span
from assistant.checks.context import CheckInput
from assistant.checks.lazy import one_of, regex
from assistant.checks.naming import figure, reading_name
from assistant.checks.registry import Hit, Unknown, rule
from assistant.forms import CellKey
from assistant.report.facts import Value
from assistant.report.findings import Severity

# 主动公开信息 N 条, in total or through one named channel, and nothing else in the label
_DISCLOSED = regex(
    rf"(?:\d{{4}}年度?|全年|本年度?|年内|截至年底|我{one_of('局镇乡县市区委')}|本机关|共|共计|累计|总计|通过|在|利用|依托|政府|人民|区|县|市|门户)*"
    r"(?P<channel>网站|官网|公众号|微信公众号|政务微信|微博|政务微博|抖音|公开栏|政务新媒体|新媒体|信息公开平台|平台)?(?:平台|专栏|上)?"
    r"(?:共|共计|累计)?(?:主动公开|公开)(?:各类|政府|政务)*信息(?:数量|总数|共计|共|累计|总计|达|为|合计)*",
    needs="公开信息|公开各类|公开政府|公开政务",
)


@rule("SAME_TWICE", "同一数字前后一致", Severity.ERROR, "format_figures")
def same_twice(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：同一件事、同一渠道的数字在正文中出现两次而不相同，至少有一处是错的。
    不合格：前文写“全年主动公开政府信息20条”，后文写“全年主动公开政府信息16条”。
    合格：两处都写“全年主动公开政府信息20条”。
    修改：按台账核实后统一；统计范围或者渠道不同的，写明范围或者渠道。
    """
    named: dict[tuple[CellKey, ...], list[tuple[Value, str, Span]]] = defaultdict(list)
    for claim in ctx.claims.figures:
        if len(claim.readings) == 1 and not any(
            claim.agrees(value) for value, _, _ in named[claim.readings[0]]
        ):
            named[claim.readings[0]].append((claim.value, claim.words, claim.span))
    for cells, found in named.items():
        if len(found) > 1:
            yield _hit(
                f"“{reading_name(ctx.form, cells)}”",
                found,
                ".".join(cells[0]) if len(cells) == 1 else "",
                cells,
            )
    for channel, found in _disclosed(ctx).items():
        if len(found) > 1:
            yield _hit(f"“{f'通过{channel}' if channel else ''}主动公开信息条数”", found, "", ())


def _disclosed(ctx: CheckInput) -> dict[str, list[tuple[Value, str, Span]]]:
    """Items made public this year, by channel; several different figures of one channel contradict each other."""
    found: dict[str, list[tuple[Value, str, Span]]] = defaultdict(list)
    for passage in ctx.sections:
        text = passage.compact
        if "公开" not in text or "条" not in text:
            continue
        for quantity in passage.quantities:
            match = (
                _DISCLOSED.fullmatch(quantity.label)
                if quantity.unit == "条" and not quantity.hedged
                else None
            )
            year = re.match(r"\d{4}", quantity.label)
            if match is None or (year and int(year.group()) != ctx.report.year):
                continue
            before = text[max(0, quantity.label_start - 16) : quantity.label_start]
            if re.search(r"上年|去年|其中[：，]?$|全[县市区省]|\d{4}年[^。]*$", before):
                continue
            group = found[match["channel"] or ""]
            if quantity.value not in [value for value, _, _ in group]:
                words = text[quantity.label_start : quantity.end]
                group.append((quantity.value, words, passage.span(quantity.label_start, quantity.end)))
    return found


def _hit(name: str, found: list[tuple[Value, str, Span]], where: str, cells: tuple[CellKey, ...]) -> Hit:
    shown = "；".join(f"“{words}”" for _, words, _ in found)
    values = "、".join(figure(value) for value, _, _ in found)
    return Hit(
        where or found[0][2].key,
        f"{name}前后不一致，分别写为 {values}：{shown}",
        expected=found[0][0],
        got=found[1][0],
        cells=cells,
        spans=tuple(span for _, _, span in found),
    )
