"""A report with known faults, as files of several kinds, and what a check of them found."""

from __future__ import annotations

from pathlib import Path

from assistant.checks.check_report import check_report
from assistant.forms import CellKey
from assistant.printing.findings import Checked, Review, Unreadable, review_of
from assistant.printing.reports import render
from assistant.reading import read_report
from assistant.report import AnnualReport
from assistant.report.findings import Finding
from evals.lawful import lawful_report

__all__ = ["checked", "faulty", "review", "unreadable", "write"]


def faulty(seed: int = 7) -> AnnualReport:
    """A lawful report with a wrong total in table 4 and a misspelt word, an exact repair, in section six."""
    report = lawful_report(seed)
    total = CellKey("table4", "review", "total")
    right = report.value(total)
    assert right is not None
    return report.with_cells({total: right + 1}).with_sections(
        {"s6": "2023年未收取信息处理费，年度工作已作部暑。"}
    )


def write(folder: Path, report: AnnualReport, fmt: str, name: str = "年报") -> Path:
    """The report as a file."""
    content = render(report, fmt)
    path = folder / f"{name}.{fmt}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def checked(path: Path, accepted: str = "") -> Checked:
    """The file read and checked; findings of the rule ``accepted`` are taken for exceptions."""
    result = check_report(read_report(path), file=str(path))
    exceptions: dict[Finding, str] = {f: "经核实无误" for f in result.findings if f.code == accepted}
    return Checked(result, exceptions)


def review(*outcomes: Path | Checked | Unreadable) -> Review:
    """What was found in some files."""
    return review_of(checked(o) if isinstance(o, Path) else o for o in outcomes)


def unreadable() -> Unreadable:
    """A file that could not be read."""
    return Unreadable("各单位/扫描件.pdf", "“扫描件.pdf”是图片；请提供可复制文字的文件")
