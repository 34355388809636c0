"""Finds the runs of a Word document that a comment on a finding hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.documents.word.places import Spot, word_places
from assistant.documents.word.reading import SKIPPED, W
from assistant.printing.findings.passages import Passages
from assistant.printing.findings.places import cell_of, in_words
from assistant.reading.compose import compose_placed
from assistant.report import AnnualReport, Printed, PrintedHeading
from assistant.report.facts import Evidence
from assistant.report.findings import Finding

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["Anchor", "Anchors"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = re.compile(r"\s+")


def _compact(text: str) -> str:
    """Without white space: the reader and Word differ in nothing else."""
    return _BLANKS.sub("", text)


@dataclass(frozen=True)
class Anchor:
    """A paragraph and, counted without white space, the characters in it; ``end`` None means all of it."""

    paragraph: Any
    start: int = 0
    end: int | None = None

    def runs(self) -> tuple[Any, Any]:
        """The first and the last run; runs are cut where the words begin and end, an empty paragraph gets one."""
        characters = list(_characters(self.paragraph))
        if not characters:
            return self._whole()
        end = len(characters) if self.end is None else min(self.end, len(characters))
        start = min(self.start, len(characters) - 1)
        if end <= start:
            # white space itself: its neighbours show the place
            start, end = max(start - 1, 0), min(start + 1, len(characters))
        (text, at), (last_text, last) = characters[start], characters[end - 1]
        run, last_run = text.getparent(), last_text.getparent()
        if at and _is_plain(run):
            right = _cut(run, text, at)
            if last_run is run:
                last_run, last_text, last = right, right.find(f"{W}t"), last - at
            run = right
        if last + 1 < len(last_text.text) and _is_plain(last_run):
            _cut(last_run, last_text, last + 1)
        return run, last_run

    def _whole(self) -> tuple[Any, Any]:
        runs = [child for child in self.paragraph if child.tag == f"{W}r"]
        if not runs:
            runs = [self.paragraph.add_r()]
        return runs[0], runs[-1]


def _characters(paragraph: Any) -> Iterator[tuple[Any, int]]:
    """Every printed character that is no white space: its ``w:t`` and its place in it."""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag in SKIPPED:
            continue
        if node.tag == f"{W}t":
            yield from ((node, at) for at, c in enumerate(node.text or "") if not c.isspace())
        else:
            stack.extend(reversed(node))


def _is_plain(run: Any) -> bool:
    """Whether a run holds one stretch of text and nothing else, so that it can be cut in two."""
    content = [child.tag for child in run if child.tag != f"{W}rPr"]
    return content == [f"{W}t"]


def _cut(run: Any, text: Any, at: int) -> Any:
    """Cut a run in two of the same look; the right one."""
    words = text.text
    right = deepcopy(run)
    rest = right.find(f"{W}t")
    text.text, rest.text = words[:at], words[at:]
    for part in (text, rest):
        part.set(_SPACE, "preserve")
    run.addnext(right)
    return right


class Anchors:
    """Where findings stand in a Word document: the one that was read, or one in which its report is printed anew."""

    def __init__(self, document: Document, report: AnnualReport, *, printed_anew: bool) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE

        numbering = next(
            (r.target_part for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NUMBERING),
            None,
        )
        body: Any = document.element.body
        self._places = word_places(body, None if numbering is None else numbering.element)
        read, figures = compose_placed(self._places.document, "")
        self._printed = read.printed or Printed()
        self._figures = {str(key): piece.start for key, piece in figures.items()}
        self._report = report
        self._same = not printed_anew
        self._passages = Passages(report)
        self._first: Any = body.add_p() if not self._places.spots else None

    def of(self, finding: Finding) -> Anchor:
        """Its first cell or first words, whichever it is about; else the heading of its section, else the title."""
        cell = self._cell(finding)
        words = next((a for a in map(self._words, finding.evidence) if a is not None), None)
        own = words or cell if in_words(self._report.layout, finding.where) else cell or words
        return own or self._heading(finding.where) or self._title()

    def _cell(self, finding: Finding) -> Anchor | None:
        for name in finding.cells or (finding.where,):
            start = self._figures.get(name)
            if cell_of(self._report.layout, name) is not None and start is not None:
                return self._at(start)
        return None

    def _words(self, evidence: Evidence) -> Anchor | None:
        if self._same and evidence.source == "report":
            return self._at(evidence.start, evidence.quote)
        for span in self._passages.spans(evidence):
            text = self._passages.texts[span.key]
            begin = text.rfind("\n", 0, span.start) + 1
            line = _compact(text[begin : (text + "\n").find("\n", span.start)])
            for spot in self._spots_of(span.key):
                lead = _compact(spot.text).find(line) if line else -1
                if lead >= 0:
                    first = lead + len(_compact(text[begin : span.start]))
                    return _anchor(spot, first, first + len(_compact(text[span.start : span.end])))
        return self._label(evidence)

    def _label(self, evidence: Evidence) -> Anchor | None:
        """A label of a table that was misprinted stands in the report printed anew as the form has it."""
        printed = self._report.printed
        label = next(
            (
                one
                for one in (() if printed is None else printed.labels)
                if one.text and one.start == evidence.start
            ),
            None,
        )
        if label is None:
            return None
        section = self._report.layout.table(label.table).section
        wanted = _compact(label.expected)
        spot = next((s for s in self._spots_of(section) if _compact(s.text) == wanted), None)
        return None if spot is None else _anchor(spot)

    def _spots_of(self, section: str) -> list[Spot]:
        """What is printed between the heading of a section and the next one; before the first for title and preamble."""
        headings = sorted((h for h in self._printed.headings if h.key is not None), key=lambda h: h.start)
        if section in ("title", "preamble"):
            end = headings[0].start if headings else len(self._printed.text)
            return [spot for spot in self._places.spots if spot.start < end]
        number = next((n for n, h in enumerate(headings) if h.key == section), None)
        if number is None:
            return []
        end = headings[number + 1].start if number + 1 < len(headings) else len(self._printed.text) + 1
        return [spot for spot in self._places.spots if headings[number].start <= spot.start < end]

    def _heading(self, where: str) -> Anchor | None:
        head = where.partition(".")[0]
        section = {t.key: t.section for t in self._report.layout.tables}.get(head, head)
        heading: PrintedHeading | None = next(
            (h for h in self._printed.headings if h.key == section and h.key is not None), None
        )
        return None if heading is None else self._at(heading.start, heading.text)

    def _title(self) -> Anchor:
        """The line that is the title, or begins it; the first words of the document where it has none."""
        if self._first is not None:
            return Anchor(self._first)
        title = _compact(self._printed.title)
        spots = [spot for spot in self._places.spots if spot.text] or list(self._places.spots)
        found = next((s for s in spots if title and _compact(s.text) in title), spots[0])
        return _anchor(found)

    def _at(self, offset: int, words: str = "") -> Anchor | None:
        """The words at an offset of the printed text; the whole cell or paragraph without words."""
        spot = self._places.at(offset)
        if spot is None:
            return None
        if not words:
            return _anchor(spot)
        first = len(_compact(spot.text[: offset - spot.start]))
        return _anchor(spot, first, first + len(_compact(words)))


def _anchor(spot: Spot, start: int = 0, end: int | None = None) -> Anchor:
    """The place in the paragraph that prints it: an automatic number is no text of it, several lines are one paragraph."""
    element = spot.element
    if element.tag == f"{W}tc":
        paragraphs = [child for child in element if child.tag == f"{W}p"]
        filled = next((p for p in paragraphs if next(_characters(p), None) is not None), paragraphs[0])
        return Anchor(filled)
    printed = "".join(text.text[at] for text, at in _characters(element))
    words = _compact(spot.text)
    lead = printed.find(words)
    if lead < 0:
        # the paragraph prints less than was read: what is missing is the number before it
        lead = len(printed) - len(words)
    if end is None:
        return Anchor(element)
    return Anchor(element, max(start + lead, 0), max(end + lead, 0))
