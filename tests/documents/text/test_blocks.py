"""Kinds of blocks in plain text: what each line is, which headings rule it, and that offsets point into the text as given."""

from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest

from assistant.documents.blocks import BlockKind, Blocks
from assistant.documents.reading_blocks import blocks_of_text
from assistant.errors import InputError
from evals.cases import DATASETS, READER, load_cases


def kinds(text: str) -> list[tuple[str, str]]:
    """The blocks of a text as (kind, words)."""
    blocks = blocks_of_text(text)
    return [(str(block.kind), blocks.text[block.start : block.end]) for block in blocks.blocks]


def sound(blocks: Blocks) -> None:
    """What holds for all blocks: order, offsets, cells in their places, every word in a block."""
    at = 0
    for block in blocks.blocks:
        assert block.start >= at
        assert block.end > block.start
        at = block.end
        if block.table is None:
            continue
        assert len({len(row) for row in block.table.grid}) == 1
        for y, row in enumerate(block.table.grid):
            for x, cell in enumerate(row):
                if cell is None:
                    continue
                assert cell.row <= y < cell.row + cell.height
                assert cell.col <= x < cell.col + cell.width
                assert "".join(blocks.text[cell.start : cell.end].split()) == "".join(cell.text.split())


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("一、申请情况", "heading"),
        ("（二）政策法规股", "heading"),
        ("# 依申请公开", "heading"),
        ("**复议诉讼**", "heading"),
        ("【局机关】", "heading"),
        ("—— 市局机关 ——", "heading"),
        ("依申请公开情况：", "heading"),
        ("一、提高站位，把政务公开摆上重要位置", "heading"),
        ("一、规章没有", "item"),
        ("7、规章我们没有", "item"),
        ("1. 规章：0、0、0", "item"),
        ("2、2024年收到申请5件", "item"),
        ("一、本年新收：12件", "item"),
        ("一 88，二 6", "paragraph"),
        ("2.5万元收费", "paragraph"),
        ("同意公开2件", "paragraph"),
        ("同意。张三 1月5日", "approval"),
        ("同意上报", "approval"),
        ("请办公室汇总。李四 2026年1月6日", "approval"),
        ("同意，其中公开3件", "paragraph"),
        ("大家好！", "greeting"),
        ("各位领导辛苦了", "greeting"),
        ("此致", "greeting"),
        ("你好，新收12件", "paragraph"),
        ("> 去年新收9件", "quoted"),
        ("是否收取信息处理费：□是 ☑否", "field"),
        ("填报单位：某县水利局", "field"),
        ("复议：维持1 纠正1，共2", "paragraph"),
        ("张敏 9:02", "paragraph"),
        ("许可102 罚8 强0 费36.2万", "paragraph"),
    ],
)
def test_a_line_is_known_by_its_words(line: str, kind: str) -> None:
    assert kinds(f"本年有关情况说一下。\n{line}\n后面还有一句话。")[1] == (kind, line)


def test_headings_rule_what_follows_outermost_first() -> None:
    blocks = blocks_of_text(
        "某县水利局2025年材料\n一、申请\n（一）新收\n新收3件\n（二）结果\n公开3件\n二、诉讼\n没有"
    )
    ruled = {blocks.text[b.start : b.end]: b.headings for b in blocks.blocks}
    title = "某县水利局2025年材料"
    assert ruled["新收3件"] == (title, "一、申请", "（一）新收")
    assert ruled["公开3件"] == (title, "一、申请", "（二）结果")
    assert ruled["没有"] == (title, "二、诉讼")


def test_units_between_dashes_stand_on_one_level() -> None:
    blocks = blocks_of_text("一、申请\n—— 市局机关 ——\n新收3件\n—— 城关分局 ——\n新收5件\n二、诉讼\n没有诉讼")
    ruled = {blocks.text[b.start : b.end]: b.headings for b in blocks.blocks}
    assert ruled["新收3件"] == ("一、申请", "市局机关")
    assert ruled["新收5件"] == ("一、申请", "城关分局")
    assert ruled["没有诉讼"] == ("二、诉讼",)


def test_a_colon_rules_down_to_a_blank_line() -> None:
    blocks = blocks_of_text("县公安局：\n收9件\n办结9件\n\n规章没有")
    assert [b.headings for b in blocks.blocks] == [(), ("县公安局",), ("县公安局",), ()]


def test_a_heading_with_its_text_on_one_line_comes_apart() -> None:
    assert kinds("一、申请情况。新收24件。") == [("heading", "一、申请情况。"), ("paragraph", "新收24件。")]
    assert kinds("【局机关】新收12件") == [("heading", "【局机关】"), ("paragraph", "新收12件")]


def test_a_letter_has_address_and_signature() -> None:
    text = "局办公室：\n按照通知要求，现将数据报送如下。\n新收12件。\n政策法规科\n联系人：张三 电话：0571-88888888\n2026年1月12日"
    assert [kind for kind, _ in kinds(text)] == [
        "address", "paragraph", "paragraph", "signature", "signature", "signature",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "last",
    [
        "信息处理费 收取金额/件数 = 0/0",
        "复议3件",
        "截至12月31日结转3件",
        "2026年1月5日前办结2件",
        "许可12/8/3",
        "收费0元",
    ],
)
def test_figures_at_the_end_are_no_signature(last: str) -> None:
    assert "signature" not in dict(kinds(f"新收12件。\n{last}"))


def test_a_forwarded_mail_is_quoted_beside_own_figures() -> None:
    text = "新收12件，见下。\n-----原始邮件-----\n发件人：李四\n去年新收9件\n\n结转2件"
    found = kinds(text)
    assert found[0][0] == "paragraph"
    assert {kind for kind, _ in found[1:]} == {"quoted"}


def test_a_forwarded_mail_alone_is_the_material() -> None:
    assert "quoted" not in dict(kinds("请看下面\n-----原始邮件-----\n新收9件，结转2件"))


def test_words_of_last_years_report_in_a_sentence() -> None:
    found = kinds("去年报告写的是“新收9件”，今年新收12件。")
    assert ("quoted", "“新收9件”") in found
    assert found[-1] == ("paragraph", "，今年新收12件。")


def test_question_and_answer_are_one_field() -> None:
    blocks = blocks_of_text("问：今年收到多少件申请？\n答：12件\n1.有没有复议？没有")
    assert [b.kind for b in blocks.blocks] == [BlockKind.FIELD, BlockKind.FIELD]
    first = blocks.blocks[0]
    assert blocks.text[first.start : first.label_end] == "问：今年收到多少件申请？"


def test_a_run_of_labels_with_short_answers_is_a_form() -> None:
    blocks = blocks_of_text("本年新收：12件\n上年结转：2\n规章：无\n收费：35.6万元")
    assert {b.kind for b in blocks.blocks} == {BlockKind.FIELD}
    assert [blocks.text[b.start : b.label_end] for b in blocks.blocks] == [
        "本年新收",
        "上年结转",
        "规章",
        "收费",
    ]


def test_the_known_messages_are_sound() -> None:
    cases = [*load_cases(DATASETS / "samples.yaml", *sorted(READER.glob("tune_*.yaml")))]
    assert len(cases) > 400
    for text in (text for case in cases for text in case.sources.values()):
        blocks = blocks_of_text(text)
        assert blocks.text == text
        sound(blocks)
        assert not any(b.kind is BlockKind.SIGNATURE for b in blocks.blocks)


def test_any_mixture_of_lines_is_sound_and_loses_no_figure() -> None:
    words = ["新收", "结转", "一、", "（三）", "：", "，", "\t", "  ", "12", "3,456", "|", "—", "0", "“", "”", "同意", ">", "件", "\n", "\n", " ", '"', "；", "。", "无"]  # fmt: skip
    for seed in range(1500):
        rng = random.Random(seed)
        text = "".join(rng.choice(words) for _ in range(rng.randint(1, 60)))
        blocks = blocks_of_text(text)
        sound(blocks)
        for place, char in enumerate(text):
            if char.isdigit():
                assert any(b.start <= place < b.end for b in blocks.blocks), (seed, text)
        for block in blocks.tables():
            held = "".join(cell.text for cell in block.table.cells) if block.table else ""
            told = text[block.start : block.end]
            assert sum(map(str.isdigit, held)) >= sum(map(str.isdigit, told)), (seed, text)


@pytest.mark.parametrize(
    "unit",
    ["1", "1,", "a\t", "  ", "a  ", "|", "a | ", '"', '",', "：a", "新收12件，", "-", "（一）", "**a", "_a", "1月2日", "去年报告写的是“", "问：a？", "□a", "—— a"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(unit: str) -> None:
    started = time.perf_counter()
    for text in (unit * (40_000 // len(unit)), (unit * 6 + "\n") * 2_500):
        # a flood of tabs is refused
        with suppress(InputError):
            blocks_of_text(text)
    assert time.perf_counter() - started < 4
