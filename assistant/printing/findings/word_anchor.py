"""Finds the runs of a Word document that a comment on a finding hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.documents.places import compact
from assistant.documents.word.markup import W
from assistant.documents.word.places import Spot, word_places
from assistant.documents.word.reading import paragraphs_of
from assistant.documents.word.runs import prints, runs_of
from assistant.printing.findings.passages import Passages
from assistant.printing.findings.places import cell_of, in_words
from assistant.reading.compose import compose_placed
from assistant.report import AnnualReport, Printed, PrintedHeading
from assistant.report.facts import Evidence
from assistant.report.findings import Finding

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["Anchor", "Anchors"]


@dataclass(frozen=True)
class Anchor:
    """A paragraph and, counted without white space, the characters in it; None means all of it."""

    paragraph: Any
    characters: range | None = None

    def runs(self) -> tuple[Any, Any]:
        """The first and the last run; runs are cut where the words begin and end, an empty paragraph gets one."""
        return runs_of(self.paragraph, self.characters)


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
            line = compact(text[begin : (text + "\n").find("\n", span.start)])
            for spot in self._spots_of(span.key):
                lead = compact(spot.text).find(line) if line else -1
                if lead >= 0:
                    first = lead + len(compact(text[begin : span.start]))
                    return self._anchor(spot, first, len(compact(text[span.start : span.end])))
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
        wanted = compact(label.expected)
        spot = next((s for s in self._spots_of(section) if compact(s.text) == wanted), None)
        return None if spot is None else _whole(spot)

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
        title = compact(self._printed.title)
        spots = [spot for spot in self._places.spots if spot.text] or list(self._places.spots)
        found = next((s for s in spots if title and compact(s.text) in title), spots[0])
        return _whole(found)

    def _at(self, offset: int, words: str = "") -> Anchor | None:
        """The words at an offset of the printed text; the whole cell or paragraph without words."""
        spot = self._places.at(offset)
        if spot is None:
            return None
        if not words:
            return _whole(spot)
        first = len(compact(spot.text[: offset - spot.start]))
        return self._anchor(spot, first, len(compact(words)))

    def _anchor(self, spot: Spot, start: int, length: int) -> Anchor:
        """So many characters of the words, white space not counted, in the paragraph that prints them; a cell as a whole."""
        if spot.element.tag != f"{W}p":
            return _whole(spot)
        inside = [at for at, char in enumerate(spot.text, spot.start) if compact(char)]
        wanted = inside[start : start + length]
        begin = inside[start] if start < len(inside) else spot.start + len(spot.text)
        end = wanted[-1] + 1 if wanted else begin
        return Anchor(spot.element, self._places.characters(spot, begin, end))


def _whole(spot: Spot) -> Anchor:
    """The paragraph that prints the words; of several in a cell the first that prints anything."""
    paragraphs = paragraphs_of(spot.element)
    return Anchor(next((p for p in paragraphs if prints(p)), paragraphs[0]))
