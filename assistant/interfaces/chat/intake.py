"""Takes in uploaded files: raw facts as text, last year's report as a report."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import InputError
from assistant.interfaces.chat.turns import Event
from assistant.report import AnnualReport
from assistant.report.draft import Draft

__all__ = ["file_event", "previous_event"]


def file_event(file: Path | bytes, name: str, draft: Draft) -> Event:
    """The event an uploaded file, or its bytes, makes: last year's report when it is one, raw facts otherwise.

    InputError if unreadable, or if it is a finished report of this year: that holds no raw facts to draft from.
    """
    from assistant.reading.material import read_material

    material = read_material(file, name)
    if material.finished is None:
        return Event(kind="file", name=name, text=material.text)
    report, year = material.finished.report, draft.report.year
    if year is not None and report.year is not None and report.year >= year:
        raise InputError(
            f"“{name}”是已成文的 {report.year} 年年报，不是原始材料；接着改请打开“我的草稿”，只用其中的表格请复制后粘贴到“三张表”，"
            "核对成稿请用 nianbao check"
        )
    return _previous(report, name, draft)


def previous_event(file: Path | bytes, name: str, draft: Draft) -> Event:
    """Last year's report as an event; InputError when the file is no report, or that of another year."""
    from assistant.reading import read_report

    return _previous(read_report(file, name), name, draft)


def _previous(report: AnnualReport, name: str, draft: Draft) -> Event:
    from assistant.checks.together.previous import wrong_year

    if not any(True for _ in report.filled()):
        raise InputError(f"“{name}”里没有找到年报的表格；请换成上一年度的年报")
    year = draft.report.year
    if year is not None and (why := wrong_year(draft.report, report)):
        raise InputError(f"“{name}”不能用：{why}；请换成 {year - 1} 年的年报，或先更正报告年度")
    return Event(
        kind="previous", name=name, report=report.model_copy(update={"printed": None}).model_dump_json()
    )
