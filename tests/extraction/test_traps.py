"""Sentences that speak of something else must fill nothing unasked; each of these was misread once."""

from __future__ import annotations

import pytest

from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.extraction.sources import read_sources
from assistant.report.facts import Fact, FactKind, FactStatus

FILLS = (FactKind.CELL, FactKind.ZERO, FactKind.AGGREGATE)


_NOT_YET = pytest.mark.xfail(
    strict=True, reason="the reader does not know it; one that it learns leaves the mark"
)


def _stated(text: str) -> list[Fact]:
    facts = read_sources({"input": text}, year=2023).facts
    return [f for f in facts if f.kind in FILLS and f.status is FactStatus.STATED]


def _filled(text: str) -> set[tuple[str, str]]:
    return {(f.where, str(f.value)) for f in _stated(text)}


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
        "涉文化市场的行政复议3件，维持2件。",
        "不服行政处罚的官司29件。",
        "全面贯彻党的二十大和二十届三中全会精神。",
        "局办公室设专职政务公开岗位2个。",
        "信访件办了34件，其中重复访5件。",
        "2026年拟制发规范性文件2件。",
        "填报示例：如新收申请200件，则填200。",
        "各结果是谁申请的，台账里没有。",
        "处罚：执法队说直接报您了，我这没有。",
        "今年新收自然人来得多。",
        "窗口代收的1,430件都是区局的事项。",
        "转送别的单位：3",
        "主动公开总数2599条：机构职能25、许可69、重大项目90",
    ],
)
def test_nothing_is_filled_unasked(text: str) -> None:
    """What is not sure is marked in the draft and listed in the question CONFIRM."""
    assert [f.where for f in _stated(text) if f.sure] == []


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
        ("行政事业性收费\t元\t31500\n行政许可\t件\t5", "table2.admin_fee.amount_wan", "3.15"),
        (
            "项目\t数量\t金额（元）\n行政事业性收费\t\t31500\n行政许可\t5\t",
            "table2.admin_fee.amount_wan",
            "3.15",
        ),
        ("单位：元\n行政事业性收费\t31500\n行政许可\t5", "table2.admin_fee.amount_wan", "3.15"),
        ("行政事业性收费（万元）\t3.15\n行政许可\t5", "table2.admin_fee.amount_wan", "3.15"),
        ("收费3万2", "table2.admin_fee.amount_wan", "3.2"),
        (
            "收费（单位元）：不动产登记费 386,250 + 耕地开垦费 4,120,000 = 4,506,250",
            "table2.admin_fee.amount_wan",
            "450.625",
        ),
        ("新收申请：党政办6、执法大队3，合计9", "table3.new_received.total", "9"),
        ("自＝自然人 企＝商业企业\n新收 自41+企9＝50", "table3.new_received.total", "50"),
        (
            "表三，括号里依次：自然人,商业企业,科研,公益,律所,其他\n新收(63,11,0,2,5,1) 82",
            "table3.new_received.legal_service_org",
            "5",
        ),
        ("表四，依次：纠正,维持,其他,未结\n复议 2,9,3,1 合15", "table4.review.corrected", "2"),
        ("予以公开50件，6件企业申请全在这里面。", "table3.granted.biz_enterprise", "6"),
        ("去年还有3件没办完的，今年总共办掉177件。", "table3.carried_over.total", "3"),
        ("上年转来的呢？\n七件，个人五，公司二。", "table3.carried_over.total", "7"),
        ("新收一百二十八？\n对，个人一百二十八。", "table3.new_received.natural_person", "128"),
        ("仍有3件自然人申请在法定期限内办理，结转下年。", "table3.carried_forward.natural_person", "3"),
        ("3）予以公开7\n4）更正：予以公开改成8\n5）第4条作废", "table3.granted.total", "7"),
        ("规章、规范性文件没有制发也没有废止。", "table2.rules.abolished", "0"),
        ("许可：1,209。收费\n本年收费金额（单位：万元） 3.2", "table2.admin_fee.amount_wan", "3.2"),
        ("办结12件，全部公开了", "table3.granted.total", "12"),
    ],
)
def test_what_is_said_is_read(text: str, where: str, value: str) -> None:
    if where:
        assert (where, value) in _filled(text)
        return
    fees = {
        (f.where, str(f.value))
        for f in read_sources({"input": text}, year=2023).facts
        if f.kind is FactKind.FEE
    }
    assert fees == {("info_fee.cases", "2"), ("info_fee.yuan", "1240")}


@pytest.mark.parametrize(
    ("text", "open_place"),
    [
        ("处罚数执法队还没报上来。许可5件。其余都是0。", "table2.admin_penalty.decisions"),
        ("许可5件，处罚数等法规科报。没提到的都是0。", "table2.admin_penalty.decisions"),
        ("表二全是0，处罚数等法规科报。", "table2.admin_penalty.decisions"),
        ("表二的数执法中队还没交。没收到申请。其余都是0。", "table2.admin_license.decisions"),
        ("处罚大概3件，许可5件。其余都是0。", "table2.admin_penalty.decisions"),
        pytest.param(
            "处罚应该是3件吧，许可4件。其余都是0。", "table2.admin_penalty.decisions", marks=_NOT_YET
        ),
        ("复议的数司法局没报过来，诉讼没有。其余为0。", "table4.review.upheld"),
        (
            "事项 甲类 乙类 丙类 丁类\n新收 3 4 1 8\n予以公开 3 4 1 8\n没列出来的都是0。",
            "table3.new_received.total",
        ),
    ],
)
def test_what_is_still_to_come_is_not_zero(text: str, open_place: str) -> None:
    draft = draft_text(text, DraftOptions(org="某县水利局", year=2025))
    cells = {f"{c.table}.{c.row}.{c.col}": c.value for c in draft.cells}
    assert cells[open_place] is None
    assert 0 in cells.values(), "what was declared to be zero must be"


def test_the_figure_said_later_fills_what_was_open() -> None:
    draft = draft_text("处罚数还没报上来。其余都是0。处罚数来了，3件。", DraftOptions(year=2025))
    cells = {f"{c.table}.{c.row}.{c.col}": c.value for c in draft.cells}
    assert cells["table2.admin_penalty.decisions"] == 3


def test_rows_in_brackets_follow_the_order_that_their_table_declares() -> None:
    text = (
        "表三，括号里依次：自然人,商业企业,科研,公益,律所,其他；后面是总计\n新收(63,11,0,2,5,1) 82\n"
        "不处理—重复(2,0,0,0,1,0) 3\n结转下年(3,0,0,0,0,0) 4\n表四，依次：纠正,维持,其他,未结\n复议 2,9,3,1 合15"
    )
    told = {fact.where: (fact.value, fact.sure) for fact in _stated(text)}
    rows = {
        "new_received": (63, 11, 0, 2, 5, 1, 82),
        "np_repeat": (2, 0, 0, 0, 1, 0, 3),
        "carried_forward": (3, 0, 0, 0, 0, 0, 4),
    }
    columns = (
        "natural_person",
        "biz_enterprise",
        "research_inst",
        "public_welfare_org",
        "legal_service_org",
        "other_org",
        "total",
    )
    for row, values in rows.items():
        # 3 is not 4: a row that does not add up to its sum is sure of nothing
        sure = row != "carried_forward"
        assert [told[f"table3.{row}.{col}"] for col in columns] == [(value, sure) for value in values]
    results = {"corrected": 2, "upheld": 9, "other": 3, "pending": 1, "total": 15}
    assert {col: told[f"table4.review.{col}"][0] for col in results} == results
