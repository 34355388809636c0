"""Sentences that speak of something else must fill nothing; each of these was misread once."""

from __future__ import annotations

import pytest

from assistant.extraction.reader import read_facts
from assistant.facts import FactKind, FactStatus

FILLS = (FactKind.CELL, FactKind.ZERO, FactKind.AGGREGATE)


def _filled(text: str) -> set[tuple[str, str]]:
    facts = read_facts(text, year=2023).facts
    return {(f.where, str(f.value)) for f in facts if f.kind in FILLS and f.status is FactStatus.STATED}


@pytest.mark.parametrize(
    "text",
    [
        "社会评议没有收到意见。",
        "今年收到表扬信2封。",
        "您好，下面是我们单位的材料，麻烦看一下。",
        "办理12345工单328件。",
        "大厅办件量18.6万件，人大建议答复3件。",
        "复议、诉讼由司法局统一提供，尚未收到。",
        "处罚差不多40件，许可大概三百来件。",
        "去年同期收到申请9件，予以公开7件。",
        "这个规范性文件137件要不要填进表二？",
        "食堂下周三起试营业，别的没有。",
        "全年罚5000元。",
        "罚款共计3.2万元。",
        "申请公开的文件有6件。",
    ],
)
def test_nothing_is_filled(text: str) -> None:
    assert _filled(text) == set()


@pytest.mark.parametrize(
    ("text", "where", "value"),
    [
        ("政府信息公开申请全年一件都没收到。", "table3.new_received", "0"),
        (
            "10:02 新收14件\n10:03 公开7件\n10:31 不好意思公开那个多写了，应该是6件",
            "table3.granted.total",
            "6",
        ),
        ("企业没有申请。复议一件维持，诉讼没有。", "table4.review.upheld", "1"),
        ("收取信息处理费2件，共1,240元。", "", ""),
    ],
)
def test_what_is_said_is_read(text: str, where: str, value: str) -> None:
    if where:
        assert (where, value) in _filled(text)
        return
    fees = {(f.where, str(f.value)) for f in read_facts(text, year=2023).facts if f.kind is FactKind.FEE}
    assert fees == {("info_fee.cases", "2"), ("info_fee.yuan", "1240")}
