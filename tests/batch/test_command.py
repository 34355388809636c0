"""``nianbao batch`` lists, drafts, resumes, and tells by its exit status how it went."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.interfaces.cli.app import run
from assistant.interfaces.cli.commands import batch
from tests.batch.support import folder_of

_COMMON = ["--year", "2024", "--zeros", "confirm", "-f", "json", "--jobs", "1"]


def test_the_whole_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, output = folder_of(tmp_path / "in", 3), tmp_path / "out"
    (source / "越权局.txt").write_text(
        "规章制发2件。新收申请5件，都是自然人，予以公开5件，没有结转，其余为0。", encoding="utf-8"
    )
    assert run(["batch", str(source), "-o", str(output), *_COMMON]) == 1
    said = capsys.readouterr().err
    assert "共 4 个单位：完成 4 个" in said
    assert "起草 4/4" in said
    page = (output / "总览.html").read_text(encoding="utf-8")
    assert "越权局" in page
    assert 'data-state="error"' in page
    assert "://" not in page
    book = load_workbook(output / "总览.xlsx")
    assert book.sheetnames == ["单位", "核对发现", "待答问题", "来源与用量"]
    rows = list(book["单位"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows[:4]] == sorted(p.stem for p in source.iterdir())
    link = book["单位"].cell(2, 2).hyperlink
    assert link is not None
    assert str(link.target).endswith(".json")
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
    codes = {row[7] for row in book["核对发现"].iter_rows(min_row=2, values_only=True)}
    assert "AUTHORITY_RULES" in codes
    assert run(["batch", str(source), "-o", str(output), *_COMMON, "--resume"]) == 1
    assert "沿用 4 个" in capsys.readouterr().err


def test_a_unit_that_fails_gives_status_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", 1)
    (source / "坏局.docx").write_bytes(b"\x00\x01\x02")
    assert run(["batch", str(source), "-o", str(tmp_path / "out"), *_COMMON]) == 2
    said = capsys.readouterr().err
    assert "坏局：" in said
    assert "Traceback" not in said


def test_a_dry_run_lists_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", 2)
    assert run(["batch", str(source), "-o", str(tmp_path / "out"), "--dry-run"]) == 0
    said = capsys.readouterr()
    assert said.out.count("上年年报：未找到") == 2
    assert "没有写出文件" in said.err
    assert not (tmp_path / "out").exists()


def test_ctrl_c_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder_of(tmp_path / "in", 3)

    def pressed(result: object) -> str:
        signal.raise_signal(signal.SIGINT)
        return ""

    monkeypatch.setattr(batch, "_line", pressed)
    # a test run in the background inherits that SIGINT is ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    assert run(["batch", str(source), "-o", str(tmp_path / "out"), *_COMMON]) == 130
    said = capsys.readouterr().err
    assert "已中断" in said
    assert "--resume" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments", [["没有的文件夹", "-o", "x"], ["."], [".", "-o", "x", "--runner", "ray"]]
)
def test_bad_usage_is_one_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["batch", *arguments]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_settings_beside_the_units_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "某园区.txt").write_text(
        "规章制发2件。新收申请5件，都是自然人，予以公开5件，没有结转，其余为0。", encoding="utf-8"
    )
    command = ["batch", str(source), "-o", str(output), *_COMMON, "--resume"]
    assert run(command) == 1
    (source / "nianbao.toml").write_text("[unit]\nmay_make_rules = true\n", encoding="utf-8")
    # the changed settings make the kept result an old one
    assert run(command) == 0
    assert "沿用" not in capsys.readouterr().err
    (source / "nianbao.toml").write_text('[unit]\nlevle = "town"\n', encoding="utf-8")
    assert run(command) == 2
    assert "最接近的是“level”" in capsys.readouterr().err
