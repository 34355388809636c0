"""Finds the statutory tables among the rows of a source and reads each by its layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.documents.document import Line, Paragraph, Piece
from assistant.forms import FORM_VERSIONS, Form, Table, form_for_year, load_form
from assistant.reading.bands import read_bands
from assistant.reading.blocks import read_blocks
from assistant.reading.figures import is_figure
from assistant.reading.found import Found
from assistant.reading.labels import core, vocabulary
from assistant.reading.loose import loosen
from assistant.reading.matrix import read_matrix
from assistant.reading.rows import entries

__all__ = ["Placed", "Tables", "choose_form", "old_marks", "read_tables"]

_READERS = {"blocks": read_blocks, "matrix": read_matrix, "bands": read_bands}
_MAX_LINES = 2_000
"""rows; far more than any report has"""


@dataclass(frozen=True)
class Placed:
    """An item of the source with the section it stands in (empty before the first heading)."""

    item: Paragraph | Line
    section: str


@dataclass
class Tables:
    """What was found of each table, and which items of the source belong to them."""

    found: dict[str, Found] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def choose_form(placed: Sequence[Placed], year: int | None) -> Form:
    """The form whose own labels are printed in the tables; without a difference the one the year asks for."""
    current = form_for_year(year)
    hits = {version: len(old_marks(placed, load_form(version))) for version in FORM_VERSIONS}
    best = max(hits.values())
    if hits[current.version] == best:
        return current
    return load_form(next(version for version in reversed(FORM_VERSIONS) if hits[version] == best))


def old_marks(placed: Sequence[Placed], form: Form) -> list[Piece]:
    """Labels in the tables of a source that only this version of the form has."""
    others = {core(label) for v in FORM_VERSIONS if v != form.version for label in _own_labels(load_form(v))}
    own = {core(label) for label in _own_labels(form)} - others
    found: dict[str, Piece] = {}
    for entry in placed:
        item = entry.item
        if isinstance(item, Line):
            pieces = item.words
        elif entry.section == form.table2.section and len(item.text) <= 120:
            pieces = [Piece(word, item.start) for word in item.text.split()]
        else:
            continue
        for piece in pieces:
            found.setdefault(core(piece.text), piece)
    return [found[text] for text in own if text in found]


def _own_labels(form: Form) -> list[str]:
    table = form.table2
    labels = [row.label for row in table.rows] + [block.heading for block in table.blocks]
    return labels + [column.label for column in table.columns]


def read_tables(placed: Sequence[Placed], form: Form) -> Tables:
    """All tables of the form; a table that is not printed as one is put together from its words."""
    result = Tables()
    shares = _share_out(placed, form)
    for table in form.tables:
        words = vocabulary(form, table.key)
        headers, data = entries(shares[table.key], words)
        found = _READERS[table.layout](table, words, headers, data)
        used = {id(line) for line in shares[table.key]}
        if found.printed * 2 < len(table.cells):
            again, their = _from_words(table, form, placed, result.used)
            if again.printed > found.printed:
                found, used = again, their
        if not found.printed and not found.cells:
            found.unread = ["没有找到表格"]
        result.found[table.key] = found
        result.used |= used
    return result


def _share_out(placed: Sequence[Placed], form: Form) -> dict[str, list[Line]]:
    """Rows by table: by the labels in a row, else like the row before it in the same grid, else by its section."""
    by_section = {table.section: table.key for table in form.tables}
    shares: dict[str, list[Line]] = {table.key: [] for table in form.tables}
    known = {table.key: vocabulary(form, table.key) for table in form.tables}
    grids: dict[int, list[tuple[Line, str | None]]] = {}
    count = 0
    for entry in placed:
        if isinstance(entry.item, Line) and count < _MAX_LINES:
            count += 1
            hits = {key: sum(words.knows(p.text) for p in entry.item.words) for key, words in known.items()}
            best = max(hits.values())
            winners = [key for key, count in hits.items() if count == best]
            own = winners[0] if best and len(winners) == 1 else None
            grids.setdefault(entry.item.grid, []).append((entry.item, own))
    sections = {id(entry.item): entry.section for entry in placed}
    for lines in grids.values():
        first = next((own for _, own in lines if own), None)
        current = first or by_section.get(sections[id(lines[0][0])])
        for line, own in lines:
            current = own or current
            # a grid without a single label is a part of a table only where it holds figures
            if current is not None and (first or _is_all_figures(line)):
                shares[current].append(line)
    return shares


def _is_all_figures(line: Line) -> bool:
    return len(line.words) > 1 and all(is_figure(piece.text) for piece in line.words)


def _from_words(
    table: Table, form: Form, placed: Sequence[Placed], taken: set[int]
) -> tuple[Found, set[int]]:
    words = vocabulary(form, table.key)
    items = [entry.item for entry in placed if entry.section == table.section and id(entry.item) not in taken]
    loose = loosen(items, words)
    found = _READERS[table.layout](table, words, [], loose.entries)
    # words in pieces do not show how the labels were printed
    found.labels.clear()
    return found, set(loose.used)
