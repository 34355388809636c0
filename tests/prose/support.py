"""Builds reports and activities for the tests of the prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.forms import CellKey
from assistant.prose import Prose, ProseSlot, figures_of
from assistant.report import AnnualReport, InfoFee, UnitProfile
from assistant.report.facts import Fact, FactKind


def report_of(case: Mapping[str, Any]) -> AnnualReport:
    """The report of a case: org, year, cells by key (or by row), zeros for the rest, fee."""
    report = AnnualReport(
        year=case.get("year"),
        org=UnitProfile.infer(case.get("org", "")),
        info_fee=InfoFee.model_validate(case.get("fee", {})),
    )
    cells: dict[CellKey, Any] = dict.fromkeys(report.layout.cells, 0) if case.get("zeros") else {}
    for where, given in case.get("cells", {}).items():
        columns = given.items() if isinstance(given, Mapping) else [(None, given)]
        for column, value in columns:
            cells[CellKey.parse(f"{where}.{column}" if column else where)] = value
    return report.with_cells(cells)


def activities_of(said: Mapping[str, Sequence[str]]) -> tuple[Fact, ...]:
    """Facts f1, f2 … from texts by aspect."""
    pairs = [(aspect, text) for aspect, texts in said.items() for text in texts]
    return tuple(
        Fact(id=f"f{number}", kind=FactKind.ACTIVITY, where=aspect, text=text)
        for number, (aspect, text) in enumerate(pairs, start=1)
    )


def unsourced(prose: Prose) -> list[str]:
    """Figures of the prose that no slot covers."""
    return [
        f"{section}: {figure.text}"
        for section, text in prose.sections.items()
        for figure in figures_of(text)
        if not any(_covers(slot, section, figure.start, figure.end) for slot in prose.slots)
    ]


def _covers(slot: ProseSlot, section: str, start: int, end: int) -> bool:
    return slot.section == section and slot.start <= start and end <= slot.end
