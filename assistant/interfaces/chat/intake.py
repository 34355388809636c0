"""Takes in uploaded files: raw facts as text, last year's report as a report."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.errors import InputError
from assistant.interfaces.chat.turns import Event
from assistant.report.draft import Draft

__all__ = ["file_event", "previous_event"]

_REPORT_NAME = re.compile("年报|年度(?:工作)?报告")
_REPORT_CELLS = 150
"""filled cells that show a file to be a finished report and not notes about one"""


def file_event(file: Path | bytes, name: str, draft: Draft) -> Event:
    """The event an uploaded file, or its bytes, makes: last year's report when it is one, raw facts otherwise.

    InputError if unreadable, or if it is a finished report of this year: that holds no raw facts to draft from.
    """
    from assistant.documents.opening import read_source

    if _REPORT_NAME.search(name):
        found = _as_previous(file, name, draft)
        if found is not None:
            return found
    return Event(kind="file", name=name, text=read_source(file, name))


def previous_event(file: Path | bytes, name: str, draft: Draft) -> Event:
    """Last year's report as an event; InputError when the file is no report, or that of another year."""
    from assistant.reading import read_report

    report = read_report(file, name)
    if not any(True for _ in report.filled()):
        raise InputError(f"“{name}”里没有找到年报的表格；请换成上一年度的年报")
    year = draft.report.year
    if year is not None and report.year is not None and report.year != year - 1:
        raise InputError(
            f"“{name}”是 {report.year} 年的年报，本年报是 {year} 年度；请换成 {year - 1} 年的年报，或先更正报告年度"
        )
    return Event(
        kind="previous", name=name, report=report.model_copy(update={"printed": None}).model_dump_json()
    )


def _as_previous(file: Path | bytes, name: str, draft: Draft) -> Event | None:
    """A finished report of an earlier year, dropped among the facts."""
    from assistant.reading import read_report

    try:
        report = read_report(file, name)
    except InputError:
        return None
    if sum(1 for _ in report.filled()) < _REPORT_CELLS:
        return None
    year = draft.report.year
    if year is not None and report.year is not None and report.year >= year:
        raise InputError(
            f"“{name}”是已成文的 {report.year} 年年报，不是原始材料；接着改请打开“我的草稿”，只用其中的表格请复制后粘贴到“三张表”，"
            "核对成稿请用 nianbao check"
        )
    return previous_event(file, name, draft)
