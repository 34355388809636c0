"""What a reader of structure (tables, registers, forms) returns: what it takes the block to say, and an account of every figure in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from assistant.documents.blocks import Block
from assistant.extraction.statements import Remark, Span, Statement, Target

__all__ = ["Account", "Claimed", "Option", "Situation", "StructureReading", "Unplaced", "Use"]


class Use(StrEnum):
    """What became of a figure that makes no statement of its own."""

    CHECKED = "checked"
    """a printed sum whose parts were read: it agreed, or a finding says that it did not"""
    COUNTED = "counted"
    """a row of a register that was counted"""
    NARRATIVE = "narrative"
    """a count of something that is no cell of the form"""
    LEFT_OUT = "left_out"
    """a date, serial, other year, other unit, difference, percentage …; ``why`` says which"""


@dataclass(frozen=True)
class Account:
    """Where the figure at ``span`` went. ``why``: a few Chinese words for the clerk (上年数, 其他单位, 日期, 序号, 同比)."""

    span: Span
    use: Use
    why: str = ""


class Claimed(NamedTuple):
    """What would be in a cell. ``base`` is what the reader counted there already and holds back until the answer is known."""

    target: Target
    value: int | Decimal
    base: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Option:
    """One answer to the question about what nobody could place, and what would be stated then.

    ``words`` follow the quoted words that the question is about (归予以公开, 不计入). ``counted`` claims are added to what was
    counted; others are what the cells hold. ``zero`` is a scope that is empty then.
    """

    words: str
    claims: tuple[Claimed, ...] = ()
    counted: bool = False
    zero: str = ""


@dataclass(frozen=True)
class Unplaced:
    """Words and figures that stand for something of the form, and the reader does not know for what.

    ``places`` are the targets they may belong to (a row with col ``*`` where only the row is known; empty where nothing is);
    no zero and no derived value may stand there. ``question`` is asked once for all ``spans`` (rows of a register with the same
    unknown label, say); ``choices`` are offered with it.
    """

    spans: tuple[Span, ...]
    words: str
    places: tuple[Target, ...] = ()
    question: str = ""
    choices: tuple[str, ...] = ()
    code: str = "AMBIGUOUS_MAP"
    """of the question"""
    spreads: bool = False
    """any figure told before may be wrong because of it: 漏登了1件, and nothing says of which row"""
    options: tuple[Option, ...] = ()
    """answers whose consequences the reader knows; ``choices`` are words for others"""


@dataclass(frozen=True)
class Situation:
    """What a reader knows about the draft: never what another reader found."""

    year: int | None
    """the report year"""
    unit: str = ""
    """full name of the reporting body; empty when unknown"""
    kinds: tuple[tuple[str, str], ...] = ()
    """words for applicants and the columns that the material itself says count them (合作社计入商业企业)"""


@dataclass
class StructureReading:
    """The result of one block."""

    statements: list[Statement] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    """what the clerk is to hear besides: figures of another scope, corrections that change nothing …"""
    read: list[Block] = field(default_factory=list)
    """the tables that were read"""
    prose: list[Span] = field(default_factory=list)
    """what stands in them and is told in sentences: answers that are no figures of the form"""
