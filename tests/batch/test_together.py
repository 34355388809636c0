"""The drafts of one run are checked beside each other, and what shows stands in the index and with its unit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant import BatchOptions, UnitInput, draft_batch
from assistant.checks import RuleSettings
from assistant.drafting.pipeline import DraftOptions
from assistant.interfaces.cli.app import run

_TEXT = (
    "2024年新收申请{count}件，都是自然人，没有结转，全部予以公开，其余都是0。\n"
    "主动公开：在便民服务大厅设置政务公开专区供群众查阅。\n管理：建立信息发布审核制度并由专人负责登记。\n"
    "问题：惠民补贴清单的公开不够及时群众不易查找。措施：每月五日以前更新一次惠民补贴清单。"
)
_UNITS = [
    UnitInput(f"清河县{town}人民政府", {"input": _TEXT.format(count=n)})
    for n, town in enumerate(("双庙镇", "沙坪镇"), 2)
]
_COUNTY = UnitInput(
    "清河县人民政府", {"input": "2024年新收申请4件，都是自然人，没有结转，全部予以公开，其余都是0。"}
)


def _options(output: Path | None, **more: Any) -> BatchOptions:
    settings = RuleSettings(roster=("清河县双庙镇人民政府", "清河县沙坪镇人民政府", "清河县水利局"))
    draft = DraftOptions(year=2024, settings=settings)
    return BatchOptions(output=output, draft=draft, formats=("json",), jobs=1, **more)


def _codes(done: Any) -> dict[str, set[str]]:
    return {key: {finding.code for finding in findings} for key, findings in done.together.items()}


_EXPECTED = {
    "清河县双庙镇人民政府": {"TWIN_TEXT"},
    "清河县沙坪镇人民政府": {"TWIN_TEXT"},
    "清河县人民政府": {"ROLLUP"},
}


def test_what_shows_between_the_units_stands_in_the_index(tmp_path: Path) -> None:
    done = draft_batch([*_UNITS, _COUNTY], _options(tmp_path / "out"))
    assert len(list(done)) == 3
    assert _codes(done) == _EXPECTED
    assert done.missing == ["清河县水利局"]
    index = (tmp_path / "out" / "总览.html").read_text(encoding="utf-8")
    assert "与清河县沙坪镇人民政府的报告雷同" in index
    assert "汇总缺少 1 个单位的报告：清河县水利局" in index


def test_a_resumed_run_judges_the_units_it_kept_anew(tmp_path: Path) -> None:
    list(draft_batch(_UNITS[:1], _options(tmp_path / "out")))
    done = draft_batch([*_UNITS, _COUNTY], _options(tmp_path / "out", resume=True))
    assert [result.kept for result in sorted(done, key=lambda one: one.number)] == [True, False, False]
    assert _codes(done) == _EXPECTED


def test_nothing_is_written_for_a_run_in_memory() -> None:
    done = draft_batch([*_UNITS, _COUNTY], _options(None))
    list(done)
    assert _codes(done) == _EXPECTED


def test_the_units_own_words_are_not_stored_twice(tmp_path: Path) -> None:
    list(draft_batch(_UNITS, _options(tmp_path / "out")))
    manifest = json.loads((tmp_path / "out" / "清河县双庙镇人民政府" / ".nianbao.json").read_bytes())
    assert "专区" not in json.dumps(manifest["result"]["sibling"], ensure_ascii=False)


def test_the_command_says_it_and_ends_with_the_status_of_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "材料"
    source.mkdir()
    for unit in (*_UNITS, _COUNTY):
        (source / f"{unit.org}.txt").write_text(unit.texts["input"], encoding="utf-8")
    (source / "nianbao.toml").write_text('[rules]\nroster = ["清河县水利局"]\n', encoding="utf-8")
    status = run(
        [
            "batch",
            str(source),
            "-o",
            str(tmp_path / "out"),
            "--year",
            "2024",
            "--engine",
            "offline",
            "-f",
            "json",
        ]
    )
    said = capsys.readouterr().err
    assert status == 1
    assert "清河县人民政府：ROLLUP  汇总缺少 1 个单位的报告：清河县水利局" in said
    assert "清河县双庙镇人民政府：TWIN_TEXT" in said
    assert "应报单位中有 1 个没有材料：清河县水利局" in said
