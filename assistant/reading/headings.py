"""Finds the headings of the six sections, as printed and in the variants that real reports use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.document import Document, Paragraph
from assistant.forms import Form, Section
from assistant.numerals import fold
from assistant.reading.labels import bare, core, likeness, vocabulary
from assistant.report import PrintedHeading

__all__ = ["Heading", "find_headings"]

_ORDINAL = re.compile(r"^\s*([一二三四五六七八九十]{1,2})\s*[、.．,，]")
_LIST_ORDINAL = re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[）)]|^\s*\d")
_SENTENCE = re.compile(r"[。；！？]")
_LONGEST = 42
_SAME_PLACE, _ANY_PLACE = 0.5, 0.72
"""likeness to a section title that makes a heading, with the right ordinal and without"""


@dataclass(frozen=True)
class Heading:
    """A section heading: ``item`` is its place among the document's items; ``rest`` is prose on the same line."""

    key: str | None
    text: str
    item: int
    start: int
    rest: str = ""
    rest_start: int = 0

    def printed(self, body_start: int) -> PrintedHeading:
        """For :class:`Printed`."""
        return PrintedHeading(key=self.key, text=self.text, start=self.start, body_start=body_start)


def find_headings(document: Document, form: Form) -> list[Heading]:
    """All section headings in reading order, each section at most once; unknown headings have no key."""
    found: dict[str, tuple[float, Heading]] = {}
    for number, item in enumerate(document.items):
        if not isinstance(item, Paragraph):
            continue
        for section in form.sections:
            match = _match(item, section, number)
            # the first of two equal ones stands, unless it is a line of a table of contents
            if match and (section.key not in found or match[0] > found[section.key][0]):
                found[section.key] = match
    contents = _contents([h for _, h in found.values()], document)
    if contents:
        return _headings_after(document, form, contents)
    taken: dict[int, tuple[float, Heading]] = {}
    for score, heading in found.values():
        if heading.item not in taken or score > taken[heading.item][0]:
            taken[heading.item] = (score, heading)
    known = [heading for _, heading in taken.values()]
    return sorted([*known, *_unknown(document, form, known)], key=lambda h: h.item)


def _headings_after(document: Document, form: Form, last: int) -> list[Heading]:
    """The headings that come after a table of contents which ends at item ``last``."""
    blank = Paragraph("", 0)
    rest = tuple(blank if i <= last else item for i, item in enumerate(document.items))
    return find_headings(Document(document.text, rest, document.kind, document.furnished), form)


def _contents(headings: Sequence[Heading], document: Document) -> int:
    """The last item of a table of contents, 0 when there is none: all headings in a row, and again further down."""
    places = sorted(h.item for h in headings)
    if len(places) < 4 or places[-1] - places[0] >= len(places) + 2:
        return 0
    titles = {bare(h.text)[:8] for h in headings}
    later = sum(
        isinstance(item, Paragraph) and bare(item.text)[:8] in titles
        for item in document.items[places[-1] + 1 :]
    )
    return places[-1] if later >= 4 else 0


def _match(item: Paragraph, section: Section, number: int) -> tuple[float, Heading] | None:
    """How surely a paragraph is the heading of a section (3 is verbatim), None when it is not."""
    text = item.text
    if bare(text) == section.title:
        return 3.0, Heading(section.key, text, number, item.start)
    run_in = _run_in(text, section)
    if run_in:
        head, at = run_in
        return 2.0, Heading(section.key, head, number, item.start, text[at:].strip(), item.start + at)
    if len(text) > _LONGEST or _SENTENCE.search(text[:-1]):
        return None
    words, name = core(text.rstrip("。：:")), core(section.title)
    ordinal = _ORDINAL.match(fold(text))
    same = (
        ordinal is not None
        and ordinal[1] == section.title[: len(ordinal[1])]
        and section.title[len(ordinal[1])] == "、"
    )
    alike = _title_likeness(words, name)
    if alike < (_SAME_PLACE if same else _ANY_PLACE) or len(words) < 3:
        return None
    if _LIST_ORDINAL.match(fold(text)):
        alike -= 0.6
    bonus = 0.8 if same else 0.4 if ordinal is None else 0.0
    return (alike + bonus, Heading(section.key, text, number, item.start)) if alike > 0 else None


def _title_likeness(words: str, name: str) -> float:
    if words == name:
        return 1.0
    if name in words and len(words) <= len(name) + 14:
        return 0.95
    if not words:
        return 0.0
    alike = likeness(words, name)
    # 存在问题及改进措施 shares most of its words, in order, with the official title
    shared = sum(1 for i in range(len(words) - 1) if words[i : i + 2] in name)
    return max(alike, shared / max(len(words) - 1, 1) * 0.8 if len(words) >= 5 else 0.0)


def _run_in(text: str, section: Section) -> tuple[str, int] | None:
    """A heading with the section's words on the same line: the heading, and where the words begin."""
    at = 0
    for wanted in section.title:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != wanted:
            return None
        at += 1
    rest = text[at:]
    mark = re.match(r"\s*[：:。．]\s*|\s+", rest)
    return (text[:at], at + mark.end()) if mark and len(rest) > mark.end() else None


def _unknown(document: Document, form: Form, known: Sequence[Heading]) -> list[Heading]:
    """Lines that look like a heading of the first level but belong to no section of the form."""
    taken = {h.item for h in known}
    labels = [vocabulary(form, table.key) for table in form.tables]
    first = min((h.item for h in known), default=len(document.items))
    return [
        Heading(None, item.text, number, item.start)
        for number, item in enumerate(document.items)
        if isinstance(item, Paragraph)
        and number > first
        and number not in taken
        and len(item.text) <= 30
        and _ORDINAL.match(item.text)
        and not re.search(r"[。；，：:！？]", item.text)
        and not any(v.resembles(item.text) for v in labels)
    ]
