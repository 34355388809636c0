"""Holds that what the clerk tells of the year's work comes into the aspect it belongs to, and talk does not."""

from __future__ import annotations

import pytest

from assistant.extraction.sources import read_sources
from assistant.report.facts import FactKind


def _told(text: str) -> list[tuple[str, str]]:
    facts = read_sources({"input": text}, year=2025).facts
    return [(fact.where, fact.text) for fact in facts if fact.kind is FactKind.ACTIVITY]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "平台建设：网站专栏由专人维护。社会评议满意率98%。",
            [("platform", "网站专栏由专人维护"), ("oversight", "社会评议满意率98%")],
        ),
        (
            "信息管理：目录更新2次，社会评议没有不满意。",
            [("management", "目录更新2次"), ("oversight", "社会评议没有不满意")],
        ),
        ("监督保障：培训2次。", [("oversight", "培训2次")]),
        ("监督保障：培训2次，社会评议合格。", [("oversight", "培训2次，社会评议合格")]),
        ("问题：社会评议参与的群众不多。", [("problem", "社会评议参与的群众不多")]),
        ("规章没有 信息处理费没收 主动公开13561条 解读117篇", [("disclosure", "主动公开13561条 解读117篇")]),
        ("小李，信息公开年报的数我报一下哈，今年收了3件申请", []),
        ("今年收了3个人的申请，两个要征地补偿公示的，一个要低保公示的", []),
        ("清源县档案馆", []),
        ("依申请0件（书面0，平台0，转办0）", []),
        ("监督保障：责任追究0件。", [("oversight", "责任追究0件")]),
    ],
)
def test_each_piece_of_work_has_its_aspect(text: str, told: list[tuple[str, str]]) -> None:
    assert _told(text) == told
