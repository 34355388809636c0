"""Reads a message with the sentence reader alone, and lays its statements out as cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from assistant.documents.reading_blocks import blocks_of_text
from assistant.extraction.lexicon import default_lexicon
from assistant.extraction.sentences import read_sentences
from assistant.extraction.statements import Statement
from assistant.extraction.structure import Situation, StructureReading
from assistant.forms import CellKey, Form, form_for_year

Amount = int | Decimal


@dataclass
class Cells:
    """Cells as the statements have them; ``sure`` those that need no confirmation, ``rivals`` those told twice and differently."""

    values: dict[str, Amount] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)
    rivals: set[str] = field(default_factory=set)


def read(text: str, year: int = 2024, unit: str = "") -> StructureReading:
    """The reading of a plain text."""
    blocks = blocks_of_text(text).blocks
    return read_sentences(text, blocks, Situation(year, unit), form_for_year(year), default_lexicon())


def told(text: str, year: int = 2024, unit: str = "") -> set[tuple[str, str, object, bool]]:
    """What the statements say, without where they say it."""
    return {(s.kind, ".".join(s.target), s.value, s.prior) for s in read(text, year, unit).statements}


def cells_of(reading: StructureReading, year: int) -> Cells:
    """The cells that are not 0: values, and what holds for all or the rest of a row."""
    form, found = form_for_year(year), Cells()
    for statement in reading.statements:
        elsewhere = statement.prior or statement.text_channel
        if statement.kind == "value" and not elsewhere and form.has(CellKey(*statement.target)):
            _put(found, statement)
    for statement in reading.statements:
        if statement.kind in ("only", "rest_only") and not statement.prior:
            _spread(found, statement)
    found.values = {key: value for key, value in found.values.items() if value}
    return found


def _put(found: Cells, statement: Statement) -> None:
    key, value = ".".join(statement.target), statement.value
    assert value is not None
    if key in found.values and found.values[key] != value and not statement.corrects:
        found.rivals.add(key)
        return
    if found.values.get(key, value) != value:
        found.sure.discard(key)
    elif statement.sure:
        found.sure.add(key)
    found.values[key] = value


def _spread(found: Cells, statement: Statement) -> None:
    row, col = statement.target.row, statement.target.col
    rows = [row] if row != "*" else sorted({k.split(".")[1] for k in found.values if k.startswith("table3.")})
    for name in rows:
        whole = found.values.get(f"table3.{name}.total")
        key = f"table3.{name}.{col}"
        if whole is None or key in found.values or (statement.kind == "rest_only" and name == "result_total"):
            continue
        others = [
            value
            for other, value in found.values.items()
            if other.startswith(f"table3.{name}.") and not other.endswith((".total", f".{col}"))
        ]
        found.values[key] = whole - sum(others) if statement.kind == "rest_only" else whole
        if statement.sure and f"table3.{name}.total" in found.sure:
            found.sure.add(key)


def form_of(year: int) -> Form:
    """The form of a report year."""
    return form_for_year(year)
