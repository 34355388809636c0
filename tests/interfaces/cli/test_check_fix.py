"""``nianbao check --fix``, --diff, --in-place, folders, settings: what is written, and what never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.forms import CellKey
from assistant.interfaces.cli.app import run
from assistant.printing.reports import render
from assistant.reading import read_report
from evals.lawful import lawful_report

REPORT = lawful_report(3)
WRONG = REPORT.with_cells({CellKey("table4", "review", "total"): 91}).with_sections(
    {"s5": "存在问题.主要包括台帐更新不及时。"}
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a wrong report in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "年报.txt").write_text(str(render(WRONG, "txt")), encoding="utf-8")
    return tmp_path


def test_a_new_file_beside_the_old_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "年报.txt").read_bytes()
    assert run(["check", "年报.txt", "--fix"]) == 0
    shown = capsys.readouterr().out
    assert "     - 91\n     + " in shown
    assert "     + 存在问题。主要包括" in shown
    assert "主要包括台账更新" in shown
    assert "\033[" not in shown, "no colour where nobody sees it"
    assert "已写出：年报.修正.txt" in shown
    assert (folder / "年报.txt").read_bytes() == before
    assert read_report(folder / "年报.修正.txt").tables == REPORT.tables
    assert run(["check", "年报.txt", "--fix"]) == 0
    assert sorted(p.name for p in folder.iterdir()) == ["年报.txt", "年报.修正.txt", "年报.修正2.txt"]


def test_a_preview_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "年报.txt", "--diff"]) == 1
    assert "没有写出文件" in capsys.readouterr().out
    assert run(["check", "年报.txt", "--fix", "--diff"]) == 1
    assert [p.name for p in folder.iterdir()] == ["年报.txt"]


def test_in_place_keeps_a_copy(folder: Path) -> None:
    path = folder / "年报.txt"
    before = path.read_bytes()
    path.chmod(0o640)
    assert run(["check", "年报.txt", "--fix", "--in-place"]) == 0
    assert (folder / "年报.txt.bak").read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o640
    assert read_report(path).tables == REPORT.tables
    assert run(["check", "年报.txt", "--fix", "--in-place"]) == 0
    assert len(list(folder.iterdir())) == 2, "nothing left to repair, nothing written"


def test_data_and_preview_do_not_mix(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "年报.txt", "--fix", "-f", "json"]) == 0
    out = capsys.readouterr()
    assert json.loads(out.out)["file"] == "年报.修正.txt"
    assert "可修正" in out.err


@pytest.mark.parametrize(
    "options", [["--in-place"], ["--fix", "--in-place", "--diff"]], ids=["alone", "with a preview"]
)
def test_options_that_contradict(
    folder: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "年报.txt", *options]) == 2
    assert "--in-place" in capsys.readouterr().err
    assert run(["check", "-", "--fix"]) == 2


def test_a_pdf_becomes_a_word_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pdfplumber")
    import shutil

    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice (apt)")
    printed = render(WRONG, "pdf")
    assert isinstance(printed, bytes)
    (folder / "扫描.pdf").write_bytes(printed)
    assert run(["check", "扫描.pdf", "--fix", "--in-place"]) == 2
    capsys.readouterr()
    assert run(["check", "扫描.pdf", "--fix"]) == 0
    assert "PDF 不能直接修改" in capsys.readouterr().out
    assert read_report(folder / "扫描.修正.docx").tables == REPORT.tables


def test_an_old_word_file_becomes_a_new_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import shutil
    import subprocess

    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice (apt)")
    printed = render(WRONG, "docx")
    assert isinstance(printed, bytes)
    (folder / "旧.docx").write_bytes(printed)
    home = (folder / "profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={home}", "--convert-to", "doc", "旧.docx"]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert run(["check", "旧.doc", "--fix"]) == 0
    assert "转换为 docx" in capsys.readouterr().out
    assert read_report(folder / "旧.修正.docx").tables == REPORT.tables


def test_a_folder_in_several_processes_gives_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in range(5):
        (folder / f"{seed}.json").write_text(str(render(lawful_report(seed), "json")), encoding="utf-8")
    (folder / "坏.json").write_text("{", encoding="utf-8")
    outputs = []
    for jobs in ("1", "2"):
        assert run(["check", ".", "-f", "json", "--jobs", jobs]) == 2
        out = capsys.readouterr()
        assert out.err.count("nianbao：坏.json：") == 1
        outputs.append(json.loads(out.out))
    assert outputs[0] == outputs[1]
    names = [Path(one["file"]).name for one in outputs[0] if "error" not in one]
    assert names == [*(f"{n}.json" for n in range(5)), "年报.txt"]


def test_the_settings_beside_the_reports_are_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "nianbao.toml").write_text('[rules]\ndisabled = ["T4_SUM"]\n', encoding="utf-8")
    assert run(["check", "年报.txt"]) == 0
    (folder / "nianbao.toml").write_text('[rules]\ndisable = ["T4_SUM"]\n', encoding="utf-8")
    assert run(["check", "年报.txt"]) == 2
    assert "最接近的是“disabled”" in capsys.readouterr().err


def test_a_draft_takes_the_unit_of_the_settings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "我.toml").write_text('[unit]\nname = "清源县水利局"\n', encoding="utf-8")
    (folder / "数据.txt").write_text(
        "2023年收到申请5件，都是自然人，全部予以公开。其余都是0。", encoding="utf-8"
    )
    run(["draft", "数据.txt", "--year", "2023", "--profile", "我.toml", "--engine", "offline", "-f", "json"])
    assert json.loads(capsys.readouterr().out)["report"]["org"]["name"] == "清源县水利局"
