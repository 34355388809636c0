"""Makes an annual report of a document: head, sections, tables, and how all of it was printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.documents.document import Document, Line, Paragraph, Piece
from assistant.forms import FORM_VERSIONS, CellKey, Form, load_form
from assistant.numerals import parse_numeral
from assistant.reading.fees import read_fee
from assistant.reading.figures import is_figure, read_figure
from assistant.reading.flat import merge_flat
from assistant.reading.found import Found
from assistant.reading.furniture import footer_start
from assistant.reading.head import Head, read_head
from assistant.reading.headings import Heading, find_headings
from assistant.reading.labels import bare, core, vocabulary
from assistant.reading.tables import Placed, Tables, choose_form, old_marks, read_tables
from assistant.report import AnnualReport, InfoFee, Printed, PrintedCell, UnitProfile, blank_tables
from assistant.report import Tables as Values

__all__ = ["compose", "compose_placed"]

_PAGE_NUMBER = re.compile(r"[—－–-]\s*\d{1,3}\s*[—－–-]")
_MANY_ROWS = 3_000
"""rows from which misprinted labels are no longer looked for: no report is so long, noise is"""


def compose(document: Document, source: str) -> AnnualReport:
    """The report as printed: what could not be located is blank and named in ``printed.unread``."""
    return compose_placed(document, source)[0]


def compose_placed(document: Document, source: str) -> tuple[AnnualReport, dict[CellKey, Piece]]:
    """:func:`compose`, and where each cell that was found stands in the document."""
    document = _open_frames(document)
    headings = find_headings(document, load_form(FORM_VERSIONS[-1]))
    known = [h for h in headings if h.key is not None]
    head = read_head(document, known[0].item if known else len(document.items))
    placed = _place(document, known)
    form = choose_form(placed, head.year)
    tables = read_tables(placed, form)
    _take_strays(placed, form, tables)
    values, cells, unread = _values(tables, form)
    places = {key: piece for found in tables.found.values() for key, piece in found.cells.items()}
    merged = merge_flat(document.flat, values, places, form)
    for key, value in merged.changes.items():
        values[key.table][key.row][key.col] = value
    places |= merged.places
    cells = [cell for cell in cells if CellKey.parse(cell.where) not in merged.changes]
    sections = _sections(document, placed, known, tables)
    old = load_form(FORM_VERSIONS[0])
    printed = Printed(
        source=source,
        text=document.text,
        title=head.title,
        headings=tuple(h.printed(_body_start(h, document.text)) for h in headings),
        labels=tuple(label for found in tables.found.values() for label in found.labels),
        cells=tuple(cells),
        old_form_marks=tuple(sorted(p.text for p in old_marks(placed, old))),
        merged_other=_is_merged(tables, form),
        unread=tuple(unread),
        rivals=tuple(merged.rivals),
        edited=tuple(merged.edited),
    )
    report = AnnualReport(
        form=form.version,
        org=UnitProfile.infer(head.unit),
        year=head.year,
        title=head.title,
        preamble=head.preamble,
        tables=values,
        sections=sections,
        info_fee=_fee(document, sections, head),
        printed=printed,
    )
    return report, places


def _open_frames(document: Document) -> Document:
    """Rows of one cell that are no part of a statutory table are paragraphs: many sources frame prose in tables."""
    forms = [load_form(version) for version in FORM_VERSIONS]
    words = [vocabulary(form, table.key) for form in forms for table in form.tables]
    lines = sum(isinstance(item, Line) for item in document.items)
    items: list[Paragraph | Line] = []
    for item in document.items:
        if isinstance(item, Line) and len(item.words) == 1 and not is_figure(item.words[0].text):
            (piece,) = item.words
            known = any(v.knows(piece.text) for v in words)
            if not known and lines < _MANY_ROWS:
                known = any(v.resembles(piece.text) for v in words)
            items.append(item if known else Paragraph(piece.text, piece.start))
        elif not isinstance(item, Line) or item.cells:
            items.append(item)
    return replace(document, items=tuple(items))


def _place(document: Document, known: Sequence[Heading]) -> list[Placed]:
    """Each item with its section; a heading itself belongs to none."""
    starts = {heading.item: heading for heading in known}
    section = ""
    placed = []
    for number, item in enumerate(document.items):
        if number in starts:
            heading = starts[number]
            section = heading.key or ""
            if not heading.rest:
                continue
            item = Paragraph(heading.rest, heading.rest_start)
        placed.append(Placed(item, section))
    return placed


def _body_start(heading: Heading, text: str) -> int:
    """Where the words after a heading begin."""
    start = heading.rest_start if heading.rest else heading.start + len(heading.text)
    return start + len(text[start:]) - len(text[start:].lstrip())


def _sections(
    document: Document, placed: Sequence[Placed], known: Sequence[Heading], tables: Tables
) -> dict[str, str]:
    """Prose by section: paragraphs and rows that belong to no table."""
    prose: dict[str, list[Paragraph]] = {heading.key or "": [] for heading in known}
    for entry in placed:
        if entry.section not in prose or id(entry.item) in tables.used:
            continue
        item = entry.item
        if isinstance(item, Paragraph):
            if not _PAGE_NUMBER.fullmatch(item.text):
                prose[entry.section].append(item)
        elif item.words and not all(is_figure(piece.text) for piece in item.words):
            prose[entry.section].append(Paragraph(" ".join(p.text for p in item.words), item.words[0].start))
    if document.furnished and known:
        last = known[-1].key or ""
        prose[last] = prose[last][: footer_start(prose[last])]
    return {key: "\n".join(p.text for p in paragraphs) for key, paragraphs in prose.items()}


def _take_strays(placed: Sequence[Placed], form: Form, tables: Tables) -> None:
    """A label that its table lacks may stand outside it, as the note above table 3 often does: then it is printed."""
    for table in form.tables:
        found = tables.found[table.key]
        missing = {core(label.expected): label for label in found.labels if not label.text}
        for entry in placed:
            item = entry.item
            if entry.section != table.section or not isinstance(item, Paragraph) or id(item) in tables.used:
                continue
            label = missing.pop(core(item.text), None)
            if label is not None:
                tables.used.add(id(item))
                found.labels.remove(label)
                if bare(item.text) != label.expected:
                    found.labels.append(label.model_copy(update={"text": item.text, "start": item.start}))


def _values(tables: Tables, form: Form) -> tuple[Values, list[PrintedCell], list[str]]:
    """Values of all cells, the cells that hold no plain figure, and what could not be read."""
    values = blank_tables(form)
    cells: list[PrintedCell] = []
    unread: list[str] = []
    for table in form.tables:
        found = tables.found[table.key]
        name = form.section(table.section).title
        unread += [f"“{name}”的表格：{line}" for line in found.unread]
        for key, piece in found.cells.items():
            value, valid = read_figure(piece.text, form.column(key))
            values[key.table][key.row][key.col] = value
            if not valid:
                cells.append(PrintedCell(where=str(key), text=piece.text, start=piece.start))
        unread += _spread_merged(found, form, table.key, values)
    return values, cells, unread


def _spread_merged(found: Found, form: Form, table: str, values: Values) -> list[str]:
    """A row printed instead of its parts fixes the parts only where it is 0: then each of them is 0."""
    unread = []
    for path, figures in found.merged.items():
        parts = [row.key for row in form.table(table).rows if row.path and row.path[-1] == path]
        if any(CellKey(table, part, column) in found.cells for part in parts for column in figures):
            continue
        left = []
        for column, piece in figures.items():
            value, _ = read_figure(piece.text, form.table(table).column(parts[0], column))
            if value == 0:
                for part in parts:
                    values[table][part][column] = 0
            elif piece.text:
                left.append(f"{form.table(table).column(parts[0], column).label} {piece.text}")
        if left or not figures:
            unread.append(f"“{path}”合并为一行（{'、'.join(left)}），无法分到其下 {len(parts)} 行")
    return unread


def _is_merged(tables: Tables, form: Form) -> bool:
    """Whether rows of this form are printed as the single row that an older form has in their place."""
    older = {
        core(r.label) for v in FORM_VERSIONS for t in load_form(v).tables for r in t.rows if v != form.version
    }
    return any(core(path) in older for found in tables.found.values() for path in found.merged)


def _fee(document: Document, sections: dict[str, str], head: Head) -> InfoFee:
    """Fields of their own say it exactly; else the words of the last section."""
    if "fee_yuan" in document.facts or "fee_cases" in document.facts:
        return InfoFee(
            yuan=parse_numeral(document.facts.get("fee_yuan", "")),
            cases=parse_numeral(document.facts.get("fee_cases", "")),
        )
    last = load_form(FORM_VERSIONS[-1]).sections[-1].key
    return read_fee(sections.get(last, ""))
