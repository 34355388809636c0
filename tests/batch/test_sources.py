"""Units are found in folders, workbooks, tables and JSONL, and what cannot be understood is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant.batch.lastyear import LastYear
from assistant.batch.names import folder_name, plain_name, unit_in, year_of
from assistant.batch.sources import units_in
from assistant.batch.units import UnitInput
from assistant.errors import InputError
from assistant.report import AnnualReport, Level, Scope, UnitProfile
from tests.batch.support import facts_of


@pytest.mark.parametrize(
    ("stem", "unit", "year"),
    [
        ("清源县水利局", "清源县水利局", None),
        ("03_清源县水利局2024年年报数据", "清源县水利局", 2024),
        ("1. 双庙镇人民政府 政府信息公开年报材料", "双庙镇人民政府", None),
        ("清源县信访局依申请公开情况", "清源县信访局", None),
        ("2023年度清源县税务局", "清源县税务局", 2023),
        ("（12）清源县档案馆（2025年）", "清源县档案馆", 2025),
        ("清源县统计局2024年统计表", "清源县统计局", 2024),
        ("清源县公开办2022-2023", "清源县公开办", None),
    ],
)
def test_a_file_name_tells_unit_and_year(stem: str, unit: str, year: int | None) -> None:
    assert unit_in(stem) == unit
    assert year_of(stem) == year


def test_two_spellings_of_one_unit_are_equal() -> None:
    assert plain_name("双庙镇 人民政府") == plain_name("双庙镇")
    assert plain_name("双庙镇") != plain_name("双庙乡")


def test_folder_names_are_safe_and_told_apart() -> None:
    assert folder_name("a/b:c") == "a_b_c"
    assert folder_name("../..") == "未命名单位"
    assert folder_name("水利局", 1) == "水利局（2）"
    assert folder_name("  ") == "未命名单位"


def test_a_folder_gives_one_unit_a_file_or_subfolder(tmp_path: Path) -> None:
    (tmp_path / "甲局2024年数据.txt").write_text("x", encoding="utf-8")
    (tmp_path / "乙局").mkdir()
    for name in ("一.txt", "二.csv", "~$二.docx", "图.png"):
        (tmp_path / "乙局" / name).write_text("x", encoding="utf-8")
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    units = list(units_in(tmp_path))
    assert [(u.org, [f.name for f in u.files], u.year) for u in units] == [
        ("乙局", ["一.txt", "二.csv"], None),
        ("甲局", ["甲局2024年数据.txt"], 2024),
    ]


def test_a_table_gives_one_unit_a_row_and_blanks_say_nothing(tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    table.write_text(
        "序号,单位名称,年度,层级,口径,新收申请,予以公开,材料\n"
        "1,甲局,2024,部门,,12,12,都是自然人\n"
        "2,乙县人民政府,2024年,县级,本级政府,,,全年没有收到申请\n"
        ",,,,,,,\n"
        "3,丙镇,去年,,,1,,\n"
        "4,,2024,,,1,,\n"
        "5,丁局,,科级,,1,,\n",
        encoding="gb18030",
    )
    units = units_in(table)
    assert units.count == 5
    first, second, third, fourth, fifth = units
    assert (first.org, first.year, first.level) == ("甲局", 2024, Level.DEPARTMENT)
    assert list(first.texts.values()) == ["新收申请：12\n予以公开：12\n都是自然人"]
    assert (second.level, second.scope) == (Level.COUNTY, Scope.GOVERNMENT)
    assert list(second.texts.values()) == ["全年没有收到申请"]
    assert "年度" in third.problem
    assert "单位名称" in fourth.problem
    assert "层级" in fifth.problem


def test_a_workbook_gives_rows_or_sheets(tmp_path: Path) -> None:
    book = Workbook()
    rows = book.active
    assert rows is not None
    rows.append(["单位", "新收申请"])
    rows.append(["甲局", 3])
    sheet = book.create_sheet("乙局2024年")
    sheet.append(["", "自然人", "总计"])
    sheet.append(["本年新收", 4, 4])
    book.save(tmp_path / "各单位.xlsx")
    first, second = units_in(tmp_path / "各单位.xlsx")
    assert (first.org, list(first.texts.values())) == ("甲局", ["新收申请：3"])
    assert (second.org, second.year) == ("乙局", 2024)
    assert "本年新收\t4\t4" in second.texts["乙局2024年"]


def test_lines_of_json_are_units_and_bad_lines_are_named(tmp_path: Path) -> None:
    path = tmp_path / "单位.jsonl"
    lines = [
        json.dumps({"org": "甲局", "facts": "新收1件", "year": 2024, "level": "department"}),
        json.dumps({"单位": "乙局", "材料": ["第一条", "第二条"], "files": ["乙.txt"]}),
        "不是 JSON",
        "[1]",
        json.dumps({"org": "丙局", "level": "宇宙"}),
        json.dumps({"org": "丁局", "facts": 5}),
    ]
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    units = units_in(path)
    assert units.count == 6
    first, second, *bad = units
    assert (first.org, first.texts, first.year) == ("甲局", {"input": "新收1件"}, 2024)
    assert second.texts == {"第1条": "第一条", "第2条": "第二条"}
    assert second.files == (tmp_path / "乙.txt",)
    assert [unit.org for unit in bad] == ["第3行", "第4行", "丙局", "丁局"]
    assert all(unit.problem for unit in bad)


def test_mappings_and_units_serve_as_input() -> None:
    units = units_in([{"org": "甲局", "facts": "新收1件"}, UnitInput("乙局", {"a": "b"})])
    assert units.count == 2
    assert [unit.org for unit in units] == ["甲局", "乙局"]


@pytest.mark.parametrize("name", ["没有", "空"])
def test_an_input_without_units_is_one_clear_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(InputError, match=r"；|（"):
        units_in(tmp_path / name)


def _report(org: str, year: int = 2023) -> bytes:
    return AnnualReport(org=UnitProfile.infer(org), year=year).model_dump_json().encode()


def test_last_years_report_is_found_by_the_units_name(tmp_path: Path) -> None:
    (tmp_path / "双庙镇2023年年报.json").write_bytes(_report("双庙镇"))
    (tmp_path / "双庙镇2022年年报.json").write_bytes(_report("双庙镇"))
    (tmp_path / "水利局").mkdir()
    (tmp_path / "水利局" / "年报.json").write_bytes(_report("水利局"))
    (tmp_path / "水利局" / "年报.html").write_text("<p>x", encoding="utf-8")
    (tmp_path / "01.json").write_bytes(_report("清源县档案馆"))
    (tmp_path / "02.docx").write_text("坏文件", encoding="utf-8")
    last = LastYear(tmp_path)
    assert last.find("双庙镇人民政府", 2024) == tmp_path / "双庙镇2023年年报.json"
    assert last.find("双庙镇人民政府", 2026) is None
    assert last.find("水利局", 2024) == tmp_path / "水利局" / "年报.json"
    assert last.find("清源县档案馆", 2024) == tmp_path / "01.json"
    assert last.find("别的局", 2024) is None


def test_facts_of_the_helper_differ() -> None:
    assert facts_of(1) != facts_of(2)
