"""Takes in uploaded files: raw facts as text, last year's report as a report; nothing uploaded stays lying around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.errors import InputError
from assistant.interfaces.chat.turns import Event
from assistant.outcome import Draft

__all__ = ["LARGEST", "file_event", "previous_event", "taken"]

LARGEST = 20 * 1024 * 1024
"""bytes of one uploaded file"""
_REPORT_NAME = re.compile("年报|年度(?:工作)?报告")
_REPORT_CELLS = 150
"""filled cells that show a file to be a finished report and not notes about one"""


@contextmanager
def taken(path: str) -> Iterator[Path]:
    """An uploaded file, deleted as soon as it has been read."""
    file = Path(path)
    try:
        yield file
    finally:
        with suppress(OSError):
            file.unlink()
            file.parent.rmdir()


def file_event(path: Path, name: str, draft: Draft) -> Event:
    """The event an uploaded file makes: last year's report when it is one, raw facts otherwise. InputError if unreadable."""
    from assistant.reading import read_source

    if _REPORT_NAME.search(name):
        found = _as_previous(path, name, draft)
        if found is not None:
            return found
    return Event(kind="file", name=name, text=read_source(path))


def previous_event(path: Path, name: str) -> Event:
    """Last year's report as an event; InputError when the file is no report."""
    from assistant.reading import read_report

    report = read_report(path)
    if not any(True for _ in report.filled()):
        raise InputError(f"“{name}”里没有找到年报的表格；请换成上一年度的年报")
    return Event(
        kind="previous", name=name, report=report.model_copy(update={"printed": None}).model_dump_json()
    )


def _as_previous(path: Path, name: str, draft: Draft) -> Event | None:
    """A finished report of an earlier year, dropped among the facts."""
    from assistant.reading import read_report

    try:
        report = read_report(path)
    except InputError:
        return None
    year = draft.report.year
    earlier = year is None or report.year is None or report.year < year
    filled = sum(1 for _ in report.filled())
    return previous_event(path, name) if filled >= _REPORT_CELLS and earlier else None
