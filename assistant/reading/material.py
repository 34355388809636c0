"""Tells a finished report from raw facts by what it holds, whatever the file is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from assistant.documents.blocks import Blocks
from assistant.documents.document import Document, Piece
from assistant.documents.opening import load_source, read_document
from assistant.errors import InputError
from assistant.forms import FORM_VERSIONS, CellKey, load_form
from assistant.reading.compose import compose_placed
from assistant.reading.data import is_json, read_json
from assistant.reading.labels import core
from assistant.report import AnnualReport
from assistant.report.facts import Evidence

__all__ = ["Finished", "Material", "read_material", "recognised"]

_TITLES, _ROWS = 4, 15
"""section titles and rows of table 3 that only a report has: clerks paste a table or two, never the whole frame"""
_MOST_TITLES, _CELLS = 5, 10
"""titles that make a report of less: one whose table 3 is missing or an image"""
_SAME = 8
"""characters that a section title has in common with the variants of real reports"""
_MARGIN = 24
"""characters that blanks and line ends inside a cell may add to its words"""


@dataclass(frozen=True)
class Finished:
    """A report in its final shape, with the words each figure stands in."""

    report: AnnualReport
    places: Mapping[CellKey, tuple[int, int]]
    """start and end of each figure in the material's text (characters, end exclusive)"""

    def evidence(self, key: CellKey, source: str, text: str) -> tuple[Evidence, ...]:
        """Where the figure of a cell stands; empty where only the shape of a table gives it."""
        if key not in self.places:
            return ()
        start, end = self.places[key]
        return (Evidence(source=source, start=start, end=end, quote=text[start:end]),)


@dataclass(frozen=True)
class Material:
    """What a user gave to draft from: its text, the finished report that it is, if it is one, else its blocks.

    Without blocks the text is all there is: it was pasted, piped, or comes from a program.
    """

    text: str
    finished: Finished | None = None
    blocks: Blocks | None = None

    @property
    def raw(self) -> str | Blocks:
        """What a reader of raw facts takes."""
        return self.text if self.blocks is None else self.blocks


def read_material(source: str | Path | bytes, name: str = "") -> Material:
    """Any file, or its bytes. InputError when it cannot be read; JSON that is no report of ours is raw text."""
    data, name = load_source(source, name)
    if is_json(data):
        try:
            report = read_json(data, name)
        except InputError:
            return _raw(data, name)
        return _listed(report)
    raw = _raw(data, name)
    if not _may_be_report(raw.text):
        return raw
    return _of_document(read_document(data, name), name) or raw


def _raw(data: bytes, name: str) -> Material:
    from assistant.documents.reading_blocks import blocks_of

    blocks = blocks_of(data, name)
    return Material(blocks.text, blocks=blocks)


def recognised(text: str, name: str) -> Material:
    """A text that was given as it is: pasted, piped, or by a program."""
    if not (text.lstrip("\ufeff").lstrip().startswith("{") or _may_be_report(text)):
        return Material(text)
    found = read_material(text.encode(), f"{PurePath(name).stem}.txt")
    return found if found.finished is not None else Material(text)


def _may_be_report(text: str) -> bool:
    """Whether the words of most section titles occur at all, which is quick to see."""
    plain = core(text)
    return sum(core(s.title)[:_SAME] in plain for s in load_form(FORM_VERSIONS[-1]).sections) >= _TITLES


def _of_document(document: Document, name: str) -> Material | None:
    """The report a document is, None where it has not a report's frame."""
    report, places = compose_placed(document, name)
    printed = report.printed
    titles = sum(heading.key is not None for heading in printed.headings) if printed is not None else 0
    rows = len({key.row for key in places if key.table == "table3"})
    framed = titles >= _TITLES and rows >= _ROWS
    if not framed and not (titles >= _MOST_TITLES and len(places) >= _CELLS):
        return None
    spans = {key: _span(document.text, piece) for key, piece in places.items()}
    return Material(document.text, Finished(report, {key: span for key, span in spans.items() if span}))


def _span(text: str, piece: Piece) -> tuple[int, int] | None:
    """Where the words of a cell stand, blanks and line ends between them included; None for a blank cell."""
    words = re.sub(r"\s", "", piece.text)
    if not words:
        return None
    found = re.compile(r"\s*".join(map(re.escape, words))).search(
        text, piece.start, piece.start + len(piece.text) + _MARGIN
    )
    return found.span() if found else None


def _listed(report: AnnualReport) -> Material:
    """JSON has no words of its own: its figures are listed by their names, so that each can be pointed at."""
    if report.printed is not None and report.printed.text:
        report = report.model_copy(update={"printed": None})
    form = report.layout
    parts, places, length = [], {}, 0
    for key, value in report.filled():
        label, figure = f"{form.label(key)}：", str(value)
        places[key] = (length + len(label), length + len(label) + len(figure))
        parts.append(f"{label}{figure}\n")
        length += len(parts[-1])
    for section in form.sections:
        if report.sections[section.key]:
            parts.append(f"{section.title}\n{report.sections[section.key]}\n")
    return Material("".join(parts), Finished(report, places))
