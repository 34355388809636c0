"""Findings as text: the cells drawn, no escape codes in files and pipes, what to return first at the end."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path
from unicodedata import east_asian_width

from rich.console import Console

from assistant.forms import CellKey
from assistant.printing.findings import FORMATS, Review
from assistant.printing.findings.excerpt import excerpt_of
from assistant.printing.findings.terminal import show
from assistant.printing.reports import render as render_report
from assistant.report.findings import Finding, Severity
from evals.lawful import lawful_report
from tests.printing.findings.checked import checked, faulty, review, unreadable, write


def text(found: Review) -> str:
    printed = FORMATS["text"].render(found)
    assert isinstance(printed, str)
    return printed


def test_the_cells_that_take_part_are_drawn_and_the_likeliest_is_starred(tmp_path: Path) -> None:
    lines = text(review(write(tmp_path, faulty(), "txt"))).splitlines()
    at = next(n for n, line in enumerate(lines) if "T4_SUM" in line)
    assert lines[at + 1].split() == ["第四部分表格", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert lines[at + 2].split() == ["行政复议", "[0]", "[2]", "[1]", "[0]", "[4]*"]


def test_columns_stand_below_each_other_though_characters_differ_in_width(tmp_path: Path) -> None:
    lines = text(review(write(tmp_path, faulty(), "txt"))).splitlines()
    at = next(n for n, line in enumerate(lines) if "T4_SUM" in line)

    def column(line: str, words: str) -> int:
        return sum(2 if east_asian_width(c) in "WFA" else 1 for c in line[: line.index(words)])

    assert column(lines[at + 1], "总计") == column(lines[at + 2], "[4]*")


def test_text_has_no_escape_codes_and_does_not_load_what_draws_colours(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "json")
    program = (
        "import sys; from assistant.interfaces.cli.app import run; run(['check', sys.argv[1]]); "
        "print(sorted({'rich', 'jinja2', 'openpyxl', 'docx', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert "\x1b" not in done.stdout
    assert "T4_SUM" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_several_files_close_with_what_to_return_first(tmp_path: Path) -> None:
    clean = write(tmp_path, lawful_report(5), "txt", "无误")
    wrong = write(tmp_path, faulty(), "txt", "有误")
    lines = text(review(clean, unreadable(), wrong)).splitlines()
    at = lines.index("退回次序（先处理排在前面的）")
    assert [line.split()[1] for line in lines[at + 2 :]] == ["退回改正", "重新报送", "可以通过"]
    assert "无法读取" in "\n".join(lines)


def test_an_accepted_finding_counts_no_longer_and_names_its_reason(tmp_path: Path) -> None:
    found = review(checked(write(tmp_path, faulty(), "txt"), accepted="T4_SUM"))
    assert not found.has_errors
    assert found.units[0].counts[Severity.ERROR] == 0
    assert "[例外] T4_SUM" in text(found)
    assert "经核实无误" in text(found)


def test_the_terminal_shows_the_same_findings_with_their_tables(tmp_path: Path) -> None:
    out = StringIO()
    console = Console(file=out, width=120, force_terminal=True, color_system="standard")
    found = review(write(tmp_path, faulty(), "txt"), unreadable())
    show(found, console)
    printed = out.getvalue()
    assert "\x1b[" in printed
    for item in found.units[0].items:
        assert item.finding.code in printed
    assert "行政复议" in printed
    assert "退回次序" in printed


def test_markup_of_the_terminal_in_a_report_is_printed_as_it_is(tmp_path: Path) -> None:
    report = faulty().with_sections({"s6": "[bold red]2023年部暑[/bold red]工作[link=x]。"})
    out = StringIO()
    show(review(write(tmp_path, report, "txt")), Console(file=out, width=120))
    assert "部暑" in out.getvalue()


def test_of_a_long_column_the_rows_that_are_not_zero_are_shown() -> None:
    report = lawful_report(7)
    rows = [row.key for row in report.layout.table("table3").rows]
    cells = tuple(str(CellKey("table3", row, "total")) for row in reversed(rows))
    finding = Finding(code="X", severity=Severity.ERROR, where=cells[0], message="", cells=cells)
    excerpt = excerpt_of(report, finding)
    assert excerpt is not None
    assert len(excerpt.rows) <= 8
    assert excerpt.left_out
    assert [f.role for _, figures in excerpt.rows for f in figures].count("suspect") == 1


def test_a_blank_cell_is_not_shown_as_zero() -> None:
    key = CellKey("table4", "review", "other")
    report = lawful_report(7).with_cells({key: None})
    finding = Finding(code="X", severity=Severity.ERROR, where=str(key), message="", cells=(str(key),))
    excerpt = excerpt_of(report, finding)
    assert excerpt is not None
    assert excerpt.rows[0][1][0].text == "空白"


def test_the_report_itself_is_not_changed_by_printing_findings(tmp_path: Path) -> None:
    path = write(tmp_path, faulty(), "txt")
    before = path.read_bytes()
    text(review(path))
    assert path.read_bytes() == before == str(render_report(faulty(), "txt")).encode()
