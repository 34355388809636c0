"""What must hold for every text: each figure has its account, noise changes nothing, hostile text takes linear time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from assistant.documents.reading_blocks import blocks_of_text
from assistant.extraction.inventory import inventory_of
from assistant.extraction.sentences.cutting import blanked
from assistant.extraction.statements import Places, Span
from tests.extraction.sentences.reading import read, told

_MESSAGES = yaml.safe_load((Path(__file__).parent / "messages.yaml").read_text(encoding="utf-8"))
_NOISE = (
    "张科长您好，材料发您，请查收。\n{}",
    "{}\n联系人：李敏，电话0371-68521234，手机13800001111",
    "{}\n2025年1月9日",
    "收到，谢谢大家\n{}",
    "{}\n下属执法大队新收19件，予以公开7件，单独报送。",
    "{}\n> 去年报告写的是：新收申请99件，予以公开98件。",
    "{}\n门户网站发布信息1,204条，公众号推送356篇。",
    "{}\n新收申请算不算17件？",
)


@pytest.mark.parametrize("case", _MESSAGES, ids=[case["id"] for case in _MESSAGES])
def test_every_figure_has_an_account(case: dict[str, str]) -> None:
    text = case["message"]
    reading = read(text, int(case["year"]), case.get("unit", ""))
    told_at = Places(span for s in reading.statements for span in (s.spans or [s.span]))
    left = Places([a.span for a in reading.accounts] + [s for u in reading.unplaced for s in u.spans])
    figures = inventory_of(blanked(text, blocks_of_text(text).blocks))
    lost = [f.text for f in figures if not told_at.touched_by(*f.span) and not left.touched_by(*f.span)]
    assert lost == []


@pytest.mark.parametrize("case", _MESSAGES, ids=[case["id"] for case in _MESSAGES])
def test_a_figure_of_a_statement_is_not_left_out_as_well(case: dict[str, str]) -> None:
    reading = read(case["message"], int(case["year"]), case.get("unit", ""))
    used = {span for s in reading.statements if s.kind == "value" for span in s.spans}
    left = {a.span for a in reading.accounts} | {span for u in reading.unplaced for span in u.spans}
    assert used & left == set()


@pytest.mark.parametrize("noise", _NOISE)
def test_noise_changes_no_statement(noise: str) -> None:
    changed = {}
    for case in _MESSAGES:
        text, year, unit = case["message"].rstrip("\n"), int(case["year"]), case.get("unit", "")
        before, after = told(text, year, unit), told(noise.format(text), year, unit)
        if before != after:
            changed[case["id"]] = before ^ after
    assert changed == {}


def test_two_readings_of_a_text_are_equal() -> None:
    for case in _MESSAGES:
        assert told(case["message"], int(case["year"])) == told(case["message"], int(case["year"]))


@pytest.mark.parametrize(
    "piece",
    [
        "都",
        "申请",
        "7",
        "7、",
        "7 ",
        "3+",
        "新收",
        "新收3",
        "（",
        "都是自然人，",
        "其余",
        "不是3件，",
        "公开、",
        "7-",
        "份份物",
        "、",
        "：3",
        "都 自然人 1 ",
        "没有 申请 3 ",
        "“",
        "7/",
        "新收3（",
        "不掌握 ",
        "其中3，",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * 8000
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 6


def test_spans_lie_in_the_text() -> None:
    for case in _MESSAGES:
        text = case["message"]
        for statement in read(text, int(case["year"])).statements:
            for span in (statement.span, *statement.spans):
                assert Span(0, 0) <= span <= Span(len(text), len(text))
                assert span.start < span.end <= len(text)
