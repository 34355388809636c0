"""Accepted findings: in force while their evidence is unchanged, open again with a note when it changes."""

from __future__ import annotations

import datetime
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from assistant.checks.check_report import check_report
from assistant.errors import InputError, UsageError
from assistant.forms import CellKey
from assistant.interfaces.cli.accepting import Wanted, register
from assistant.interfaces.cli.app import run
from assistant.interfaces.cli.files import alone_with
from assistant.office.decisions import Decision, decide, judged
from assistant.office.decisions_file import FILE, read_decisions, written
from assistant.printing.findings.data import check_contract
from assistant.printing.reports import render
from assistant.reading import read_report
from assistant.report import AnnualReport
from assistant.report.findings import Acceptance, Finding
from evals.lawful import lawful_report

WHY = Acceptance(reason="原件“如此”\n已核", person="张某", date=datetime.date(2026, 1, 15))
TOTAL = CellKey("table4", "review", "total")
REPORT = lawful_report(3)
WRONG = REPORT.with_cells({TOTAL: 91}).with_sections({"s5": "政策解读较少，台帐更新不及时。台帐也不全。"})


def _found(report: AnnualReport, *decisions: Decision) -> dict[str, Finding]:
    result = check_report(report, file="a.docx", decisions=decisions)
    return {f"{f.code} {f.where}": f for f in result.findings}


def _decision(report: AnnualReport, code: str) -> Decision:
    finding = next(f for f in check_report(report).findings if f.code == code)
    return decide(finding, report, "年报.docx", WHY)


def test_it_stays_accepted_while_nothing_changes() -> None:
    decision = _decision(WRONG, "T4_SUM")
    found = _found(WRONG, decision)[f"T4_SUM {TOTAL}"]
    assert found.accepted == WHY
    assert not found.blocks
    elsewhere = WRONG.with_sections({"s6": "无其他需要报告的事项。"})
    assert _found(elsewhere, decision)[f"T4_SUM {TOTAL}"].accepted == WHY


def test_a_changed_cell_opens_it_again() -> None:
    decision = _decision(WRONG, "T4_SUM")
    found = _found(WRONG.with_cells({TOTAL: 92}), decision)[f"T4_SUM {TOTAL}"]
    assert found.accepted is None
    assert found.blocks
    assert "原已接受，数据已变化" in found.message
    assert "张某" in found.message
    again = decide(found, WRONG, "a.docx", WHY)
    assert "原已接受" not in again.message


def test_a_part_that_changes_opens_it_again_too() -> None:
    decision = _decision(WRONG, "T4_SUM")
    part = CellKey("table4", "review", "upheld")
    changed = WRONG.with_cells({part: (WRONG.value(part) or 0) + 1})
    assert _found(changed, decision)[f"T4_SUM {TOTAL}"].accepted is None


def test_changed_words_open_it_again() -> None:
    decision = _decision(WRONG, "TYPO")
    found = [f for f in check_report(WRONG, decisions=[decision]).findings if f.code == "TYPO"]
    assert all(f.accepted for f in found), "the same words twice are the same exception"
    other = WRONG.with_sections({"s5": "部暑不到位。"})
    (typo,) = [f for f in check_report(other, decisions=[decision]).findings if f.code == "TYPO"]
    assert typo.accepted is None
    assert "原已接受" not in typo.message, "another word is another finding"


def test_it_holds_for_the_report_in_any_format_and_for_no_other_unit() -> None:
    decision = _decision(WRONG, "T4_SUM")
    for fmt in ("docx", "html", "txt", "xlsx"):
        printed = render(WRONG, fmt)
        read = read_report(printed if isinstance(printed, bytes) else printed.encode(), f"x.{fmt}")
        assert _found(read, decision)[f"T4_SUM {TOTAL}"].accepted == WHY
    other = WRONG.model_copy(update={"org": WRONG.org.model_copy(update={"name": "双庙镇人民政府"})})
    assert _found(other, decision)[f"T4_SUM {TOTAL}"].accepted is None


def test_the_contract_has_the_key_only_where_it_is_accepted() -> None:
    result = check_report(WRONG, decisions=[_decision(WRONG, "T4_SUM")])
    for finding in check_contract(result)["findings"]:
        wanted = {"code", "severity", "where", "message", "expected", "got", "fix"}
        assert wanted <= set(finding)
        if finding["code"] == "T4_SUM":
            assert finding["accepted"] == {"reason": WHY.reason, "person": "张某", "date": "2026-01-15"}
        else:
            assert "accepted" not in finding
    assert Finding.model_validate_json(result.findings[0].model_dump_json()) == result.findings[0]


def test_the_file_is_readable_and_always_the_same(tmp_path: Path) -> None:
    decisions = [_decision(WRONG, code) for code in ("TYPO", "T4_SUM")]
    text = written(decisions)
    assert text == written(reversed(decisions)) == written([*decisions, *decisions])
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    assert set(read_decisions(path)) == set(decisions)
    assert written(read_decisions(path)) == text
    assert "张某" in text
    assert "2026-01-15" in text


def _commented() -> tuple[str, Decision, Decision]:
    """A file of two decisions that a person has written comments into."""
    first, second = (_decision(WRONG, code) for code in ("T4_SUM", "TYPO"))
    own = written([first, second])
    (one, other) = (f'[[accepted]]\nunit = "{first.unit}"', 'code = "TYPO"')
    text = own.replace(one, f"# 科长已签字\n{one}  # 单位全称", 1).replace(other, f"# 方言用字\n{other}")
    end = text.rindex("[[accepted]]")
    return f"# 本局说明\n{text[:end]}# 以下为文字类\n\n# 老张问过\n{text[end:]}\n# 文末备注\n", first, second


def test_what_a_person_wrote_into_the_file_stays() -> None:
    text, first, second = _commented()
    assert written([second, first], text) == text, "nothing changes: nothing is written otherwise"
    third = first.model_copy(update={"code": "T4_SUM", "where": "table4.review.upheld", "evidence": "0"})
    more = written([first, second, third], text)
    for comment in ("本局说明", "科长已签字", "单位全称", "方言用字", "以下为文字类", "老张问过", "文末备注"):
        assert comment in more
    assert more.index("科长已签字") < more.index('code = "T4_SUM"') < more.index("老张问过")
    less = written([first], text)
    assert "方言用字" not in less, "goes with the entry that it stands in"
    assert "老张问过" not in less, "goes with the entry that it stands above"
    for comment in ("本局说明", "科长已签字", "以下为文字类", "文末备注"):
        assert comment in less


def test_the_comment_above_an_entry_goes_on_to_the_one_that_replaces_it() -> None:
    text, first, second = _commented()
    again = second.model_copy(update={"evidence": "anew"})
    new = written([first, again], text)
    assert "# 老张问过\n[[accepted]]" in new
    assert second.evidence not in new


def test_comments_beside_entries_in_an_array_stay() -> None:
    decision = _decision(WRONG, "T4_SUM")
    assert "# 手写" in written([decision], "# 手写\naccepted = [\n # 无\n]\n")


@pytest.mark.parametrize("text", ["[[accepted]]\n", "[[accepted\n", "accepted = 1\n"])
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_decisions(path)
    assert "\n" not in str(caught.value)
    assert "；" in str(caught.value)


def test_only_decisions_of_this_report_count() -> None:
    result = check_report(WRONG)
    stranger = _decision(WRONG, "T4_SUM").model_copy(update={"year": 2020})
    assert judged(result.findings, WRONG, [stranger]) == result.findings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a wrong report in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "年报.txt").write_text(str(render(WRONG, "txt")), encoding="utf-8")
    return tmp_path


def _accept(*extra: str) -> int:
    return run(
        ["accept", "年报.txt", *extra, "--reason", "经审计", "--person", "张某", "--date", "2026-01-15"]
    )


def test_accept_list_and_revoke(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "年报.txt"]) == 1
    assert _accept("T4_SUM", "--where", str(TOTAL)) == 0
    capsys.readouterr()
    assert run(["check", "年报.txt"]) == 0, "an accepted error is no error"
    shown = capsys.readouterr().out
    assert "[例外] T4_SUM" in shown
    assert "经审计（张某，2026-01-15）" in shown
    assert run(["check", "年报.txt", "-f", "json"]) == 0
    found = {f["code"]: f for f in json.loads(capsys.readouterr().out)["findings"]}
    assert found["T4_SUM"]["accepted"]["person"] == "张某"
    assert run(["accept", "--list"]) == 0
    assert "经审计" in capsys.readouterr().out
    assert run(["accept", "年报.txt", "T4_SUM", "--revoke"]) == 0
    assert run(["check", "年报.txt"]) == 1


def test_accept_and_revoke_keep_comments(folder: Path) -> None:
    assert _accept("T4_SUM", "--where", str(TOTAL)) == 0
    file = folder / FILE
    file.write_text("# 由办公室保管\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert _accept("TYPO", "--all") == 0
    assert "# 由办公室保管" in file.read_text(encoding="utf-8")
    assert run(["accept", "年报.txt", "TYPO", "--revoke", "--all"]) == 0
    assert "# 由办公室保管" in file.read_text(encoding="utf-8")
    assert len(read_decisions(file)) == 1


def test_several_places_are_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (folder / "年报.txt").read_text(encoding="utf-8").replace("不及时", "不及时，部暑不到位")
    (folder / "年报.txt").write_text(text, encoding="utf-8")
    assert _accept("TYPO") == 2
    assert "--words" in capsys.readouterr().err
    assert _accept("TYPO", "--words", "部暑") == 0
    assert len(read_decisions(folder / FILE)) == 1
    assert _accept("TYPO", "--all") == 0
    assert _accept("TYPO", "--all") == 2
    assert "已经接受过" in capsys.readouterr().err


def test_what_is_missing_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["accept", "年报.txt", "T4_SUM"]) == 2
    assert "--reason" in capsys.readouterr().err
    assert _accept("LENGTH") == 2
    assert "nianbao check" in capsys.readouterr().err
    assert run(["accept"]) == 2
    assert run(["accept", "年报.txt", "T4_SUM", "--revoke"]) == 2
    assert not (folder / FILE).exists()


def test_people_who_accept_at_one_moment_lose_nothing(tmp_path: Path) -> None:
    units = [f"{name}县水利局" for name in "甲乙丙丁戊己庚辛"]
    together = Barrier(len(units))

    def accept(unit: str) -> list[str]:
        org = WRONG.org.model_copy(update={"name": unit})
        result = check_report(WRONG.model_copy(update={"org": org}), file=f"{unit}.docx")
        together.wait()
        return list(register(tmp_path / FILE, result, Wanted("T4_SUM", str(TOTAL)), WHY))

    with ThreadPoolExecutor(len(units)) as pool:
        assert all(pool.map(accept, units))
    assert {d.unit for d in read_decisions(tmp_path / FILE)} == set(units)


def test_a_file_that_another_program_keeps_is_said(tmp_path: Path) -> None:
    with (
        alone_with(tmp_path / FILE),
        pytest.raises(UsageError, match="稍后再试"),
        alone_with(tmp_path / FILE, seconds=0),
    ):
        raise AssertionError("the file is kept by somebody else")


def test_decisions_may_lie_elsewhere(folder: Path) -> None:
    place = folder / "意见" / "2026.toml"
    assert _accept("T4_SUM", "--decisions", str(place)) == 0
    assert place.is_file()
    assert run(["check", "年报.txt"]) == 1
    assert run(["check", "年报.txt", "--decisions", str(place)]) == 0
