"""How a finished report was printed: what rules about wording and layout look at. Data only."""

from pydantic import Field

from assistant.report.facts import Frozen

__all__ = ["Printed", "PrintedCell", "PrintedHeading", "PrintedLabel", "PrintedRival"]


class PrintedHeading(Frozen):
    """A section heading as printed; ``key`` is None where no section of the form is recognised."""

    key: str | None
    text: str
    start: int
    """offset of the heading in Printed.text"""
    body_start: int
    """offset in Printed.text where the section's own text starts"""


class PrintedLabel(Frozen):
    """A row label, column header or corner note that is not printed as the form has it, or is missing."""

    table: str
    kind: str
    """row, column, block or corner"""
    key: str
    """row or column key; the label that was expected is the form's"""
    expected: str
    text: str
    """as printed; empty when missing"""
    start: int = 0


class PrintedCell(Frozen):
    """What stands in a cell that holds no plain number: blank, “/”, “无”, words, or a misprinted number."""

    where: str
    text: str
    start: int = 0


class PrintedRival(Frozen):
    """A cell of our own workbook that was changed in two sheets, each time to another figure."""

    where: str
    text: str
    """in the sheet of the statutory table; this one is taken"""
    other: str
    """in the flat sheet of all cells"""
    start: int = 0
    other_start: int = 0
    """offsets of both in Printed.text"""


class Printed(Frozen):
    """How a finished report was printed; rules about wording and layout read this."""

    source: str = ""
    text: str = ""
    """the whole report as plain text; all offsets of findings refer to it"""
    title: str = ""
    headings: tuple[PrintedHeading, ...] = ()
    labels: tuple[PrintedLabel, ...] = ()
    cells: tuple[PrintedCell, ...] = ()
    old_form_marks: tuple[str, ...] = ()
    """labels of the 2019 form found in the tables"""
    merged_other: bool = False
    """the three rows under （六）其他处理 are printed as one"""
    unread: tuple[str, ...] = ()
    """tables or cells that could not be located, in plain words"""
    rivals: tuple[PrintedRival, ...] = Field(default=(), exclude_if=lambda rivals: not rivals)
    """cells printed twice with different figures"""
    edited: tuple[str, ...] = Field(default=(), exclude_if=lambda edited: not edited)
    """cells (table.row.col) of our own workbook that a person changed after it was made"""
