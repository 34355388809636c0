"""The commands as people run them: what they print, where files go, how they fail."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from assistant.interfaces.cli.app import run

FACTS = "2023年收到申请5件，都是自然人，没有上年结转。予以公开4件，不掌握1件，没有结转下年。其余都是0。"


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def facts(tmp_path: Path) -> str:
    path = tmp_path / "数据.txt"
    path.write_text(FACTS, encoding="utf-8")
    return str(path)


def test_draft_prints_the_contract_object(facts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(["draft", facts, "--org", "青溪县水利局", "--year", "2023", "-f", "json", "--engine", "offline"])
        == 0
    )
    data = _json(capsys)
    assert {
        "report",
        "cells",
        "aggregates",
        "findings",
        "not_assessable",
        "questions",
        "activities",
        "model",
    } <= set(data)
    report = data["report"]
    assert isinstance(report, dict)
    assert {"form", "org", "year", "tables", "sections", "info_fee"} <= set(report)
    assert report["tables"]["table3"]["granted"] == {
        "natural_person": 4,
        "biz_enterprise": 0,
        "research_inst": 0,
        "public_welfare_org": 0,
        "legal_service_org": 0,
        "other_org": 0,
        "total": 4,
    }
    cells = data["cells"]
    assert isinstance(cells, list)
    total = next(c for c in cells if (c["table"], c["row"], c["col"]) == ("table3", "new_received", "total"))
    assert (total["value"], total["origin"]) == (5, "stated")
    assert total["evidence"][0]["quote"] == FACTS[total["evidence"][0]["start"] : total["evidence"][0]["end"]]


def test_standard_input_is_the_default_source() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "assistant.interfaces",
            "draft",
            "-",
            "--year",
            "2023",
            "-f",
            "json",
            "--engine",
            "offline",
        ],
        input=FACTS,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["report"]["tables"]["table3"]["na_not_held"]["total"] == 1


def test_several_formats_become_files_of_one_name(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "结果" / "年报"
    assert (
        run(
            [
                "draft",
                facts,
                "--org",
                "青溪县水利局",
                "--year",
                "2023",
                "-f",
                "docx",
                "-f",
                "html",
                "-f",
                "json",
                "-o",
                str(out),
            ]
        )
        == 0
    )
    names = {p.name for p in out.parent.iterdir()}
    assert {"年报.docx", "年报.html", "年报.json"} <= names
    assert zipfile.is_zipfile(out.with_suffix(".docx"))
    assert "已写出" in capsys.readouterr().err


def test_what_draft_writes_read_and_check_understand(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "年报.docx"
    run(
        [
            "draft",
            facts,
            "--org",
            "青溪县水利局",
            "--year",
            "2023",
            "-f",
            "docx",
            "-o",
            str(out),
            "--zeros",
            "confirm",
        ]
    )
    capsys.readouterr()
    assert run(["read", str(out)]) == 0
    assert _json(capsys)["year"] == 2023
    status = run(["check", str(out), "-f", "json"])
    data = _json(capsys)
    assert {"file", "report", "findings", "not_assessable"} == set(data)
    findings = data["findings"]
    assert isinstance(findings, list)
    assert status == int(any(f["severity"] == "error" for f in findings))
    assert not [f for f in findings if f["code"].startswith(("T3_", "T4_", "SECTIONS", "LABEL"))]


def test_render_turns_json_into_text(facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["draft", facts, "--org", "青溪县水利局", "--year", "2023", "-f", "txt"])
    direct = capsys.readouterr().out
    path = tmp_path / "年报.txt"
    path.write_text(direct, encoding="utf-8")
    assert run(["read", str(path), "-o", str(tmp_path / "年报.json")]) == 0
    assert run(["render", str(tmp_path / "年报.json"), "-f", "txt"]) == 0
    assert capsys.readouterr().out == direct


def test_rules_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules"]) == 0
    assert "T3_BALANCE" in capsys.readouterr().out
    assert run(["rules", "t3_balance"]) == 0
    assert "勾稽" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["draft", "--colour"], "--colour"),
        (["check", "没有这个文件.docx"], "没有这个文件.docx"),
        (["rules", "NO_SUCH"], "NO_SUCH"),
        (["frobnicate"], "frobnicate"),
        (["draft", "-f", "docy"], "docy"),
        (["render"], "缺少"),
    ],
)
def test_bad_usage_is_one_chinese_line_and_status_two(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FACTS.encode())))
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("nianbao：")
    assert error.count("\n") == 1
    assert words in error


def test_unreadable_input_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    noise = tmp_path / "noise.bin"
    noise.write_bytes(bytes(range(256)) * 400)
    renamed = tmp_path / "x.docx"
    with zipfile.ZipFile(renamed, "w") as archive:
        archive.writestr("x.txt", "收到申请5件")
    for path in (noise, renamed):
        for command in ("draft", "check", "read"):
            assert run([command, str(path)]) == 2
            error = capsys.readouterr().err
            assert (error.startswith("nianbao："), error.count("\n")) == (True, 1)


def test_an_empty_message_gives_a_blank_draft_with_questions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "空.txt"
    empty.write_text("\n", encoding="utf-8")
    assert run(["draft", str(empty), "--year", "2023", "-f", "json"]) in (0, 2)
    captured = capsys.readouterr()
    if captured.out:
        data = json.loads(captured.out)
        assert all(cell["value"] is None for cell in data["cells"])
        assert data["questions"]


def test_absurd_counts_are_findings_and_never_silently_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "怪.txt"
    path.write_text("收到申请-5件。予以公开1000000000000件。", encoding="utf-8")
    assert run(["draft", str(path), "--year", "2023", "-f", "json", "--engine", "offline"]) == 1
    data = _json(capsys)
    findings = data["findings"]
    assert isinstance(findings, list)
    assert {f["where"] for f in findings if f["code"] == "CELL_TYPE"} == {"table3.granted.total"}
    questions = data["questions"]
    assert isinstance(questions, list)
    assert any("-5件" in q["text"] for q in questions)
    cells = data["cells"]
    assert isinstance(cells, list)
    received = next(c for c in cells if (c["row"], c["col"]) == ("new_received", "total"))
    assert received["value"] is None
