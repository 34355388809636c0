"""Holds where ``nianbao check`` puts its results: formats, files, folders, exit status, what could not be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.interfaces.cli.app import run
from evals.lawful import lawful_report
from tests.printing.findings.checked import faulty, write

_FORMATS = ["text", "json", "html", "xlsx", "sarif", "docx"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports, one of them faulty, and a file that nobody can read."""
    units = tmp_path / "各单位"
    units.mkdir()
    write(units, faulty(), "txt", "甲")
    write(units, lawful_report(5), "docx", "乙")
    (units / "丙.docx").write_bytes(b"PK\x03\x04 damaged")
    return units


@pytest.mark.parametrize("form", _FORMATS)
def test_the_exit_status_says_whether_errors_were_found(form: str, tmp_path: Path) -> None:
    wrong, right = write(tmp_path, faulty(), "txt", "甲"), write(tmp_path, lawful_report(5), "txt", "乙")
    assert run(["check", str(wrong), "-f", form, "-o", str(tmp_path / f"1.{form}")]) == 1
    assert run(["check", str(right), "-f", form, "-o", str(tmp_path / f"2.{form}")]) == 0


@pytest.mark.parametrize("form", _FORMATS)
def test_an_unreadable_file_is_in_every_output_and_gives_two_after_the_rest(
    form: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / ("出/" if form == "docx" else f"结果.{form}")
    assert run(["check", str(folder), "-f", form, "-o", f"{target}/" if form == "docx" else str(target)]) == 2
    error = capsys.readouterr().err
    assert [line for line in error.splitlines() if line.startswith("nianbao：")] != []
    assert "丙.docx" in error
    if form == "docx":
        assert len(list(target.iterdir())) == 2
    elif form == "xlsx":
        cells = [str(cell.value) for row in load_workbook(target).worksheets[0].iter_rows() for cell in row]
        assert any("已损坏" in cell for cell in cells)
    else:
        text = target.read_text(encoding="utf-8")
        assert "已损坏" in text
        assert "T4_SUM" in text


def test_json_keeps_its_shape_and_says_why_a_file_has_no_report(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(folder), "-f", "json"]) == 2
    data = json.loads(capsys.readouterr().out)
    assert [set(entry) >= {"file", "report", "findings", "not_assessable"} for entry in data] == [True] * 3
    (bad,) = [entry for entry in data if entry["report"] is None]
    assert "已损坏" in bad["error"]
    assert all("error" not in entry for entry in data if entry["report"] is not None)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("x.html", "<!DOCTYPE"),
        ("x.sarif", "{"),
        ("x.sarif.json", '{"$schema"'),
        ("x.xlsx", "PK"),
        ("x.docx", "PK"),
    ],
    ids=lambda value: value.strip('{"<!$'),
)
def test_without_a_format_the_name_of_the_output_decides(name: str, start: str, tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "txt")
    assert run(["check", str(path), "-o", str(tmp_path / name)]) == 1
    written = b"".join((tmp_path / name).read_bytes().split())
    assert written.startswith(start.encode())


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_binary_format_without_a_place_goes_beside_and_replaces_nothing(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, faulty(), "docx")
    before = path.read_bytes()
    for _ in range(2):
        assert run(["check", str(path), "-f", form]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("已写出") == 2
    names = {p.name for p in tmp_path.iterdir()}
    assert names == {"年报.docx", f"年报-核对结果.{form}", f"年报-核对结果（2）.{form}"}
    assert path.read_bytes() == before


def test_one_word_file_a_unit_with_safe_names_that_replace_nothing(tmp_path: Path) -> None:
    units = tmp_path / "单位"
    units.mkdir()
    for name in ("甲", "乙"):
        write(units, faulty(), "txt", name)
    out = tmp_path / "批注"
    assert run(["check", str(units), "-f", "docx", "-o", f"{out}/"]) == 1
    first = {p.name: p.read_bytes() for p in out.iterdir()}
    assert len(first) == 2
    assert run(["check", str(units), "-f", "docx", "-o", str(out)]) == 1
    after = {p.name: p.read_bytes() for p in out.iterdir()}
    assert len(after) == 4
    assert after.items() >= first.items()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{folder}", "-f", "docx"], "文件夹"),
        (["{folder}", "-f", "docx", "-o", "批注.docx"], "文件夹"),
        (["{folder}/甲.txt", "-f", "text", "-o", "{folder}/甲.txt"], "换一个文件名"),
        (["{folder}/甲.txt", "-f", "docx", "-o", "{folder}/甲.txt"], "换一个文件名"),
        (["{folder}/甲.txt", "-f", "pdf"], "pdf"),
    ],
)
def test_a_place_that_does_not_do_is_one_line(
    arguments: list[str], words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "甲.txt").read_bytes()
    assert run(["check", *(a.format(folder=folder) for a in arguments)]) == 2
    error = capsys.readouterr().err
    assert (error.startswith("nianbao："), error.count("\n")) == (True, 1)
    assert words in error
    assert (folder / "甲.txt").read_bytes() == before


def test_the_help_shows_examples_and_the_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "nianbao check 年报.docx -f docx" in shown
    assert "退出状态" in shown
    for form in _FORMATS:
        assert form in shown
