"""Tries the kinds of registers on tables that belong together."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.blocks import Block, BlockKind
from assistant.extraction.ledgers.cases import read_cases
from assistant.extraction.ledgers.decisions import read_decisions
from assistant.extraction.ledgers.documents import read_documents
from assistant.extraction.ledgers.requests import parts_of, read_parts
from assistant.extraction.structure import Situation, StructureReading
from assistant.forms import Form

__all__ = ["read_register"]

_KINDS = (read_cases, read_documents, read_decisions)
"""in this order, and before requests: what the rows of the first must have, the later do not ask for"""


def read_register(blocks: Sequence[Block], situation: Situation, form: Form) -> StructureReading | None:
    """Counts of a register that one or several table blocks hold: one request, case, document or decision a row.

    The blocks belong together: pages of one list, sheets of quarters. None when they are no register, or when the report
    year is not known. A row that is not understood is asked about once with all rows like it, never guessed.
    """
    tables = [block for block in blocks if block.kind is BlockKind.TABLE and block.table is not None]
    for read in _KINDS if tables else ():
        found = read(tables, situation, form)
        if found is not None:
            return found
    parts = parts_of(tables, form) if tables and situation.year is not None else None
    return None if parts is None else read_parts(parts, situation, form)
