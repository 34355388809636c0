"""Holds the flat sheet of our own workbook against its statutory tables: who edits either of them loses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.documents.document import FlatCell, Piece
from assistant.forms import CellKey, Form
from assistant.reading.figures import read_figure
from assistant.report import PrintedRival, Tables
from assistant.report.facts import Value

__all__ = ["Merged", "merge_flat"]


@dataclass
class Merged:
    """What the two sheets together say."""

    changes: dict[CellKey, Value | None] = field(default_factory=dict)
    """figures that were changed in the flat sheet alone"""
    places: dict[CellKey, Piece] = field(default_factory=dict)
    """where those stand"""
    rivals: list[PrintedRival] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)


def merge_flat(
    flat: Sequence[FlatCell], tables: Tables, places: Mapping[CellKey, Piece], form: Form
) -> Merged:
    """A change in one sheet stands; where both were changed, and not to the same figure, they are rivals.

    A workbook that does not keep what it was made with cannot show who changed what: two different figures are rivals.
    """
    merged = Merged()
    for one in flat:
        key = CellKey.parse(one.where) if one.where.count(".") == 2 else None
        if key is None or not form.has(key):
            continue
        column = form.column(key)
        here, there = tables[key.table][key.row][key.col], read_figure(one.value.text, column)[0]
        made = here if one.made is None else read_figure(one.made, column)[0]
        if here == there:
            merged.edited += [one.where] if here != made else []
        elif one.made is not None and there == made:
            merged.edited.append(one.where)
        elif one.made is not None and here == made:
            merged.edited.append(one.where)
            merged.changes[key], merged.places[key] = there, one.value
        else:
            place = places.get(key)
            merged.rivals.append(
                PrintedRival(
                    where=one.where,
                    text=place.text if place is not None else "",
                    other=one.value.text,
                    start=place.start if place is not None else 0,
                    other_start=one.value.start,
                )
            )
    return merged
