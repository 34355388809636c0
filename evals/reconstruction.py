"""Prints a page that sets the facts behind published reports beside our drafts, table by table and cell by cell."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.forms import CellKey
from assistant.printing.reports.view import build_view
from assistant.report import AnnualReport
from assistant.report.draft import Draft
from assistant.report.facts import Value
from evals.cases import DATASETS, Case, load_cases
from evals.outputs import fill
from evals.tasks import draft_case

__all__ = ["write"]

_NAME = "reconstruction.html"


def write(folder: Path) -> Path:
    """Write the page into a folder; the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _NAME
    path.write_text(fill("reconstruction.html.j2", reports=list(_views())), encoding="utf-8")
    return path


def _cases() -> Iterator[Case]:
    """Whole reports, and published ones whose table 3 is known completely."""
    yield from load_cases(DATASETS / "whole.yaml")
    for case in load_cases(DATASETS / "samples.yaml"):
        if case.complete_table3 and case.published:
            yield case


def _views() -> Iterator[dict[str, Any]]:
    for case in _cases():
        draft = draft_case(case).draft
        right = {str(key): _published(case, key) for key in draft.report.layout.cells}
        known = {name: value for name, value in right.items() if value is not None}
        values = {str(key): value for key, value in draft.report.filled()}
        equal = sum(values.get(name) == value for name, value in known.items())
        view = build_view(draft.report, ())
        yield {
            "id": case.id,
            "title": view["title"] or f"{case.org}{case.year}年",
            "facts": list(_marked(case, draft)),
            "equal": equal,
            "known": len(known),
            "blank": sum(name not in values for name in known),
            "sections": view["sections"],
            "right": {name: _text(value) for name, value in known.items()},
            "ours": {name: _text(value) for name, value in values.items()},
            "origins": _origins(draft),
        }


def _published(case: Case, key: CellKey) -> Value | None:
    """The published figure of a cell; None where the source does not show it."""
    name = str(key)
    if case.rest is not None:
        return case.cells.get(name, case.rest)
    if name in case.published:
        return case.published[name]
    return case.cells.get(name, 0 if key.table == "table3" else None)


def _text(value: Value) -> str:
    return str(value)


def _marked(case: Case, draft: Draft) -> Iterator[dict[str, Any]]:
    """The facts as runs of text: words that a cell rests on are marked with that cell's name."""
    for source, text in case.sources.items():
        spans = sorted(
            (e.start, e.end, f"{c.table}.{c.row}.{c.col}") for c in draft.cells for e in c.evidence if e.source == source
        )  # fmt: skip
        at = 0
        for start, end, name in spans:
            if start < at:
                continue
            yield {"text": text[at:start], "cell": ""}
            yield {"text": text[start:end], "cell": _label(draft.report, name)}
            at = end
        yield {"text": text[at:] + "\n", "cell": ""}


def _label(report: AnnualReport, name: str) -> str:
    return report.layout.label(CellKey.parse(name))


_ORIGINS = {
    "stated": "材料中写明",
    "derived": "推算得出",
    "carried": "由上年结转",
    "confirmed_zero": "确认其余为 0",
    "edited": "人工修改",
}


def _origins(draft: Draft) -> dict[str, str]:
    out = {}
    for cell in draft.cells:
        if cell.origin is not None:
            quote = f"：“{cell.evidence[0].quote}”" if cell.evidence else ""
            out[f"{cell.table}.{cell.row}.{cell.col}"] = _ORIGINS[cell.origin] + quote
    return out


if __name__ == "__main__":
    print(write(Path(sys.argv[1] if len(sys.argv) > 1 else "out/evals")))
