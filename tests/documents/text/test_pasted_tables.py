"""Tables pasted into a text, however their cells are parted."""

from __future__ import annotations

import random

import pytest

from assistant.documents.blocks import Table
from assistant.documents.reading_blocks import blocks_of, blocks_of_text

_ROWS = [
    ["项目", "自然人", "企业", "总计"],
    ["本年新收", "36", "2", "38"],
    ["上年结转", "4", "1", "5"],
    ["予以公开", "20", "0", "20"],
]


def tables(text: str) -> list[Table]:
    """The tables of a text."""
    return [block.table for block in blocks_of_text(text).tables() if block.table is not None]


def shown(table: Table) -> list[list[str]]:
    """The grid as words."""
    return [["" if cell is None else cell.text for cell in row] for row in table.grid]


def _written(rows: list[list[str]], way: str) -> str:
    if way == "markdown":
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
    if way == "quoted":
        return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    return "\n".join(way.join(row) for row in rows)


@pytest.mark.parametrize("way", ["\t", "|", ",", "，", ";", "；", "   ", " ", "　", "markdown", "quoted"])
def test_every_way_of_parting_gives_the_same_grid(way: str) -> None:
    text = f"今年的数据如下。\n{_written(_ROWS, way)}\n没列的都是0。"
    assert [shown(table) for table in tables(text)] == [_ROWS]


def test_any_grid_survives_tabs_markdown_and_quotes() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        width = rng.randint(2, 9)
        head = [f"列{'甲乙丙丁戊己庚辛壬'[n]}" for n in range(width)]
        rows = [head]
        for number in range(rng.randint(1, 12)):
            figures = [rng.choice(["", "0", "12", "1,318", "—"]) for _ in range(width - 2)]
            rows.append([f"行{number}", *figures, str(rng.randint(0, 99))])
        for way in ("\t", "markdown", "quoted"):
            assert [shown(t) for t in tables(f"数据。\n{_written(rows, way)}\n完。")] == [rows], (seed, way)


def test_thousands_in_a_line_of_fields_are_one_figure() -> None:
    (table,) = tables("项目,数量\n许可,128,406\n处罚,46,215\n强制,87\n")
    assert shown(table)[1] == ["许可", "128,406"]


def test_a_header_without_the_corner() -> None:
    (table,) = tables("自然人 企业 科研 总计\n新收 3 1 0 4\n公开 2 1 0 3")
    assert shown(table) == [
        ["", "自然人", "企业", "科研", "总计"],
        ["新收", "3", "1", "0", "4"],
        ["公开", "2", "1", "0", "3"],
    ]


def test_a_row_with_too_few_cells_is_never_shifted() -> None:
    found = tables("项目  自然人  企业  总计\n新收  36  2  38\n公开      71\n")
    assert all(row[1] != "71" for table in found for row in shown(table))


@pytest.mark.parametrize(
    "text",
    [
        "新收66件，个人58，企业7，律所1\n公开33件，个人30，企业2，律所1",
        "许可612 处罚93 强制5\n许可102 罚8 强0 费36.2万",
        "新收5,个人3,企业2\n公开4,个人3,企业1",
        "申请 一季度12件 二季度9件 三季度15件 四季度7件\n许可 一季度210 二季度188 三季度305 四季度297",
        "联系人：张三\t",
        "规章 0/0/0 规范性文件（制发/废止/有效）2/1/16\n许可/处罚/强制 = 311/268/54，收费 0",
    ],
)
def test_clauses_with_their_figures_are_no_table(text: str) -> None:
    assert tables(text) == []


def test_a_section_row_without_tabs_stays_inside() -> None:
    (table,) = tables("项目\t一季度\t全年\n新收申请\n自然人\t9\t44\n企业\t1\t4\n办理结果\n公开\t4\t19")
    assert shown(table)[1] == ["新收申请", "", ""]
    assert table.height == 6


def test_a_csv_file_with_commas_in_quotes_and_a_title() -> None:
    data = '某局2025年统计\n"项目","数量","备注"\n"许可","1,024","含,逗号"\n'.encode("gb18030")
    blocks = blocks_of(data, "数据.csv")
    (block,) = blocks.tables()
    assert block.table is not None
    assert shown(block.table)[1] == ["许可", "1,024", "含,逗号"]
    assert block.headings == ("某局2025年统计",)


def test_one_cell_a_line_with_broken_labels() -> None:
    text = (
        "信息内容\n本年制发\n件数\n本年废止\n件数\n现行有效\n件数\n规章\n0\n0\n0\n行政规范性文件\n2\n1\n14\n"
    )
    (table,) = tables(text)
    assert shown(table)[-2:] == [["规章", "0", "0", "0"], ["行政规范性文件", "2", "1", "14"]]
    assert [cell.text for cell in table.grid[-3] if cell][-3:] == [
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
    ]


def test_a_label_over_two_lines_before_its_figures() -> None:
    text = "（五）\n不予处\n理\n1.信访举报投诉类申请 0 0 0 0 0 0 0\n5.要求行政机关确认或重新出具已获取\n信息 1 0 0 0 0 0 1\n"
    (table,) = tables(text)
    assert table.grid[0][0] is table.grid[1][0]
    assert [cell.text for cell in table.grid[1] if cell][:2] == [
        "（五）不予处理",
        "5.要求行政机关确认或重新出具已获取信息",
    ]


def test_everyday_labels_with_figures_below() -> None:
    (table,) = tables("新收\n12\n上年结转\n3\n予以公开\n8\n")
    assert shown(table) == [["新收", "12"], ["上年结转", "3"], ["予以公开", "8"]]
