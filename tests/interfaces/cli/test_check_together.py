"""Several reports checked at once: what shows only between them, printed as a reviewer sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant import check, check_many
from assistant.errors import InputError
from assistant.interfaces.cli.app import run
from tests.checks.cases import report_of

_PROSE = {
    "s1": "在便民服务大厅设置政务公开专区供群众查阅。建立信息发布审核制度并明确专人负责。每季度核对一次公开栏内容。",
    "s5": "惠民补贴的公开不够及时，群众不易查找。下一步每月5日前更新补贴清单。",
}
_OTHER = {
    "s1": "依托政务服务网公开办事指南46项。制定文件公开属性认定流程。",
    "s5": "规范性文件的解读偏少，今后每份文件配发图解。",
}


def _write(folder: Path, unit: str, year: int = 2023, **more: Any) -> None:
    folder.mkdir(exist_ok=True)
    report = report_of({"unit": unit, "year": year, "rest": 0, **more})
    (folder / f"{unit}.json").write_text(report.model_dump_json(), encoding="utf-8")


def _received(count: int) -> Mapping[str, int]:
    rows = ("new_received", "granted", "result_total")
    return {f"table3.{row}.{col}": count for row in rows for col in ("natural_person", "total")}


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Three towns of one text, a department, and a county whose sum is one too many; the roster has a fifth unit."""
    folder = tmp_path / "各单位年报"
    for number, town in enumerate(("双庙镇", "沙坪镇", "石桥乡"), 1):
        _write(folder, f"清河县{town}人民政府", sections=_PROSE, cells=_received(number))
    _write(folder, "清河县水利局", sections=_OTHER, cells=_received(4))
    _write(folder, "清河县人民政府", cells=_received(11))
    roster = ["清河县双庙镇人民政府", "清河县沙坪镇人民政府", "清河县石桥乡人民政府", "清河县水利局"]
    (folder / "nianbao.toml").write_text(
        f"[rules]\nroster = {json.dumps(roster, ensure_ascii=False)}\n", encoding="utf-8"
    )
    return folder


def _lines(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    status = run(["check", str(folder), "--select", "ROLLUP,TWIN_TEXT,OUTLIER,FOREIGN_BODY", *options])
    return status, [
        line.strip() for line in capsys.readouterr().out.splitlines() if line.lstrip().startswith("[")
    ]


def test_three_towns_of_one_text_and_a_sum_that_is_off_by_one(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = _lines(county, capsys)
    assert status == 1
    twins = "雷同：除套用格式的语句外，5 句话中有 5 句（100%）相同"
    assert lines == [
        "[错误] ROLLUP  “本年新收”与 4 个单位之和不符：“自然人”本报告 11，各单位之和 10；“总计”本报告 11，各单位之和 10",
        "[错误] ROLLUP  “予以公开”与 4 个单位之和不符：“自然人”本报告 11，各单位之和 10；“总计”本报告 11，各单位之和 10",
        "[错误] ROLLUP  “办理结果总计”与 4 个单位之和不符：“自然人”本报告 11，各单位之和 10；“总计”本报告 11，各单位之和 10",
        f"[警告] TWIN_TEXT  与清河县沙坪镇人民政府、清河县石桥乡人民政府的报告{twins}",
        f"[警告] TWIN_TEXT  与清河县双庙镇人民政府、清河县石桥乡人民政府的报告{twins}",
        f"[警告] TWIN_TEXT  与清河县双庙镇人民政府、清河县沙坪镇人民政府的报告{twins}",
    ]


def test_a_unit_of_the_roster_without_a_report_is_named(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (county / "清河县水利局.json").unlink()
    _, lines = _lines(county, capsys, "--select", "ROLLUP")
    assert lines == ["[错误] ROLLUP  汇总缺少 1 个单位的报告：清河县水利局"]


def test_the_roster_is_compared_without_a_governments_report_too(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("清河县人民政府", "清河县水利局"):
        (county / f"{name}.json").unlink()
    run(["check", str(county)])
    assert "应报单位中有 1 个不在这次核对的报告里：清河县水利局" in capsys.readouterr().err


def test_several_processes_find_the_same(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = _lines(county, capsys, "--jobs", "1")
    assert _lines(county, capsys, "--jobs", "2") == alone


def test_the_api_finds_the_same(county: Path) -> None:
    results = check_many(county, profile=county / "nianbao.toml", select=["ROLLUP", "TWIN_TEXT"])
    assert [len(result.findings) for result in results] == [3, 1, 0, 1, 1]
    files = sorted(county.glob("*.json"))
    assert check_many(files, profile=county / "nianbao.toml", select=["ROLLUP", "TWIN_TEXT"]) == results
    reports = [result.report for result in results]
    again = check_many(reports, profile=county / "nianbao.toml", select=["ROLLUP", "TWIN_TEXT"])
    assert [one.findings for one in again] == [one.findings for one in results]


def test_repaired_reports_are_compared_too(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, lines = _lines(county, capsys, "--diff")
    assert sum("TWIN_TEXT" in line for line in lines) == 3


class TestLastYear:
    """``--previous`` as a folder: each unit gets its own report, and whoever has none is named."""

    @pytest.fixture
    def folders(self, tmp_path: Path) -> tuple[Path, Path]:
        this, last = tmp_path / "今年", tmp_path / "上年"
        open_cases = {"table3.carried_forward.total": 2, "table3.carried_forward.natural_person": 2}
        _write(this, "清河县水利局")
        _write(this, "清河县民政局")
        _write(this, "清河县财政局")
        _write(last, "清河县水利局", 2022, cells=open_cases)
        _write(last, "清河县民政局", 2023)
        (last / "清河县水利局.json").rename(last / "01.json")
        return this, last

    def test_each_unit_gets_its_own(
        self, folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        this, last = folders
        run(
            [
                "check",
                str(this),
                "--previous",
                str(last),
                "-f",
                "json",
                "--select",
                "T3_CROSS_YEAR,WRONG_PREVIOUS",
            ]
        )
        printed = capsys.readouterr()
        codes = {
            Path(one["file"]).stem: [f["code"] for f in one["findings"]] for one in json.loads(printed.out)
        }
        assert codes["清河县水利局"] == ["T3_CROSS_YEAR"]
        assert codes["清河县民政局"] == ["WRONG_PREVIOUS"]
        assert codes["清河县财政局"] == []
        assert "没有找到 1 个单位的上年年报，没有做跨年核对：清河县财政局" in printed.err
        reasons = {r["reason"] for one in json.loads(printed.out) for r in one["not_assessable"]}
        assert f"在文件夹 {last} 里没有找到“清河县财政局” 2022 年度的年报" in reasons

    def test_the_api_pairs_as_the_command_does(self, folders: tuple[Path, Path]) -> None:
        this, last = folders
        results = check_many(this, previous=last, select=["T3_CROSS_YEAR", "WRONG_PREVIOUS"])
        found = {result.report.org.name: {f.code for f in result.findings} for result in results}
        assert found == {
            "清河县水利局": {"T3_CROSS_YEAR"},
            "清河县民政局": {"WRONG_PREVIOUS"},
            "清河县财政局": set(),
        }

    def test_a_folder_of_this_years_reports_is_said_for_every_unit(
        self, folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        this, _ = folders
        run(["check", str(this), "--previous", str(this), "--select", "WRONG_PREVIOUS"])
        assert capsys.readouterr().out.count("提供的对比报告是 2023 年度的，与本报告同一年度") == 3

    def test_a_folder_without_reports_is_refused(
        self, folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "空").mkdir()
        (tmp_path / "空" / "坏.json").write_text("{", encoding="utf-8")
        assert run(["check", str(folders[0]), "--previous", str(tmp_path / "空")]) == 2
        assert "里没有可以读取的上年年报" in capsys.readouterr().err

    def test_a_file_that_cannot_be_read_stops_the_api(self, folders: tuple[Path, Path]) -> None:
        (folders[0] / "坏.json").write_text("{", encoding="utf-8")
        with pytest.raises(InputError):
            check_many(folders[0])


def test_a_siblings_name_left_in_a_copied_text_is_found_only_beside_it(tmp_path: Path) -> None:
    _write(tmp_path, "清河县教育局", sections={"s1": "依法公开信息。档案馆认真落实审核制度。"})
    _write(tmp_path, "清河县档案馆")
    select = ["FOREIGN_BODY"]
    (copy, _) = check_many([tmp_path / "清河县教育局.json", tmp_path / "清河县档案馆.json"], select=select)
    assert [f.got for f in copy.findings] == ["档案馆"]
    assert check(tmp_path / "清河县教育局.json", select=select).findings == ()
