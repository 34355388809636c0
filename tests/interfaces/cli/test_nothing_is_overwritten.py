"""No command writes over an input, a file that it did not write, or a result that a person has edited since."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from assistant.interfaces.cli.app import run
from assistant.interfaces.cli.outputs import RECORD
from tests.interfaces.cli.test_command_line import FACTS

_DRAFT = ["--org", "青溪县水利局", "--year", "2023", "--engine", "offline"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with raw facts and last year's report in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "数据.txt").write_text(FACTS, encoding="utf-8")
    assert run(["draft", "数据.txt", *_DRAFT, "-f", "json", "-o", "去年/去年.json"]) == 0
    assert run(["render", "去年/去年.json", "-f", "docx", "-o", "去年/去年.docx"]) == 0
    return tmp_path


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "arguments",
    [
        ["draft", "数据.txt", *_DRAFT, "-f", "txt", "-o", "数据.txt"],
        ["draft", "数据.txt", *_DRAFT, "-f", "txt", "-o", "./去年/../数据.txt", "--overwrite"],
        ["draft", "数据.txt", *_DRAFT, "-f", "txt", "-o", "链接.txt", "--overwrite"],
        ["draft", "数据.txt", *_DRAFT, "-f", "txt", "-o", "硬链接.txt", "--overwrite"],
        ["draft", "数据.txt", *_DRAFT, "-f", "txt", "-f", "docx", "-o", "数据"],
        ["draft", "数据.txt", *_DRAFT, "--previous", "去年/去年.docx", "-o", "去年/去年.docx", "--overwrite"],
        ["read", "去年/去年.docx", "-o", "去年/去年.docx", "--overwrite"],
        ["render", "去年/去年.json", "-f", "json", "-o", "去年/去年.json", "--overwrite"],
        ["check", "去年/去年.json", "--previous", "去年/去年.docx", "-f", "docx", "-o", "去年/去年.docx"],
        ["check", "去年", "-f", "html", "-o", "去年/去年.docx", "--overwrite"],
    ],
)
def test_an_input_is_never_written_over(
    home: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "链接.txt").symlink_to("数据.txt")
    os.link(home / "数据.txt", home / "硬链接.txt")
    before = _files(home)
    capsys.readouterr()
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "请用 -o 换一个文件名" in captured.err
    assert captured.out == ""
    assert _files(home) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["draft", "数据.txt", *_DRAFT, "-f", "docx", "-o", "别人的.docx"],
        ["draft", "数据.txt", *_DRAFT, "-f", "html", "-f", "docx", "-o", "别人的"],
        ["read", "去年/去年.docx", "-o", "别人的.docx"],
        ["render", "去年/去年.json", "-o", "别人的.docx"],
        ["check", "去年/去年.json", "-f", "html", "-o", "别人的.docx"],
    ],
)
def test_a_file_of_somebody_else_is_kept_unless_told_so(
    home: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "别人的.docx").write_bytes(b"somebody's work")
    before = _files(home)
    assert run(arguments) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert _files(home) == before
    assert run([*arguments, "--overwrite"]) in (0, 1)
    assert (home / "别人的.docx").read_bytes() != b"somebody's work"


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "md", "txt", "json", "pdf"])
def test_a_result_is_replaced_until_somebody_edits_it(
    home: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["draft", "数据.txt", *_DRAFT, "-f", form, "-o", f"年报.{form}"]
    assert run(command) == 0
    first = (home / f"年报.{form}").read_bytes()
    (home / "数据.txt").write_text(FACTS.replace("收到申请5件", "收到申请6件"), encoding="utf-8")
    assert run(command) in (0, 1)
    assert (home / f"年报.{form}").read_bytes() != first
    edited = (home / f"年报.{form}").read_bytes() + b"\n"
    (home / f"年报.{form}").write_bytes(edited)
    capsys.readouterr()
    assert run(command) == 2
    assert "改动过" in capsys.readouterr().err
    assert (home / f"年报.{form}").read_bytes() == edited


def test_several_results_are_written_all_or_none(home: Path) -> None:
    command = ["draft", "数据.txt", *_DRAFT, "-f", "txt", "-f", "html", "-f", "json", "-o", "出/年报"]
    assert run(command) == 0
    (home / "出" / "年报.html").write_text("改过", encoding="utf-8")
    (home / "数据.txt").write_text(FACTS.replace("收到申请5件", "收到申请6件"), encoding="utf-8")
    before = _files(home / "出")
    assert run(command) == 2
    assert _files(home / "出") == before


def test_the_review_page_that_was_edited_is_kept_too(home: Path) -> None:
    command = ["draft", "数据.txt", *_DRAFT, "-f", "html", "-o", "年报.html"]
    assert run(command) == 0
    (home / "年报.review.html").write_text("批注", encoding="utf-8")
    assert run(command) == 2
    assert (home / "年报.review.html").read_text(encoding="utf-8") == "批注"


def test_a_renamed_result_is_still_ours_and_a_record_that_is_lost_only_asks(home: Path) -> None:
    assert run(["render", "去年/去年.json", "-o", "甲.docx"]) == 0
    (home / "甲.docx").rename(home / "乙.docx")
    assert run(["render", "去年/去年.json", "-f", "docx", "-o", "乙.docx"]) == 0
    (home / RECORD).unlink()
    assert run(["render", "去年/去年.json", "-f", "docx", "-o", "乙.docx"]) == 2
    assert zipfile.is_zipfile(home / "乙.docx")


def test_a_link_stays_a_link_and_an_empty_file_may_be_filled(home: Path) -> None:
    (home / "空.txt").touch()
    (home / "链接.txt").symlink_to("空.txt")
    assert run(["render", "去年/去年.json", "-f", "txt", "-o", "链接.txt"]) == 0
    assert (home / "链接.txt").is_symlink()
    assert "一、总体情况" in (home / "空.txt").read_text(encoding="utf-8")


def test_a_folder_is_no_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "年报.json").mkdir()
    assert run(["read", "去年/去年.docx", "-o", "年报.json"]) == 2
    assert "是一个文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["去年/去年.json", "nianbao.toml"])
def test_decisions_are_not_written_over_another_kind_of_file(
    home: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "nianbao.toml").write_text("[rules]\nlength = 900\n", encoding="utf-8")
    (home / "设置.toml").write_text("[rules]\n", encoding="utf-8")
    before = (home / name).read_bytes()
    command = ["accept", "去年/去年.json", "PREAMBLE", "--reason", "已核实", "--person", "张某"]
    capsys.readouterr()
    assert run([*command, "--profile", "设置.toml", "--decisions", name]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (home / name).read_bytes() == before
