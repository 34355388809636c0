"""Reads exports of a questionnaire that many bodies answered: the questions are the header, one row is one body's answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.documents.blocks import Block, Cell, Table
from assistant.extraction.tables.units import ours_among
from assistant.numerals import fold

__all__ = ["answers_of_ours"]

_QUESTION = re.compile(r"\s*(?:Q|第)?\d{1,2}(?:[-－—.]\d{1,2})?\s*[、.．:：)）题]")
_UNIT = re.compile("(?:填报|报送|所在|您的|本)?单位(?:全称|名称)?|(?:乡镇|部门|机构)名称")
_AGAIN = re.compile(
    "以(?:本|此|这)次?[^，。；]{0,6}为准|重新(?:提交|填报|填写)|(?:更正|补报|重报)|上(?:次|一次|份|面)[^。；]{0,8}(?:错|漏|作废|有误)"
)
"""a later answer that says that it goes before the earlier one"""
_FEWEST = 5


def answers_of_ours(block: Block, unit: str) -> list[tuple[Cell, Cell]]:
    """The questions of an export with the answers of our body; empty for any other table, and where no row is ours.

    Answers given twice are both read, so that they are asked about, unless the later ones say that they hold.
    """
    table = block.table
    if table is None or table.height < 2 or not unit:
        return []
    heads = {cell.col: cell for cell in table.grid[0] if cell is not None and cell.text.strip()}
    asked = {col: cell for col, cell in heads.items() if _QUESTION.match(fold(cell.text))}
    column = next(
        (col for col, cell in asked.items() if _UNIT.search(_QUESTION.sub("", fold(cell.text)))), None
    )
    if len(asked) < _FEWEST or column is None:
        return []
    rows = _rows_of_ours(table, column, unit)
    return [pair for row in rows for pair in _answered(row, asked, column)]


def _rows_of_ours(table: Table, column: int, unit: str) -> Sequence[Sequence[Cell | None]]:
    rows = [line for line in table.grid[1:] if (cell := line[column]) is not None and cell.text.strip()]
    names = ["".join(cell.text.split()) for line in rows if (cell := line[column]) is not None]
    ours = ours_among(tuple(dict.fromkeys(names)), unit)
    mine = [line for line, name in zip(rows, names, strict=True) if name == ours]
    holds = [line for line in mine[1:] if any(c is not None and _AGAIN.search(fold(c.text)) for c in line)]
    return holds[-1:] if holds and holds[-1] is mine[-1] else mine


def _answered(row: Sequence[Cell | None], asked: dict[int, Cell], unit: int) -> Iterator[tuple[Cell, Cell]]:
    for col, question in asked.items():
        answer = row[col]
        if col != unit and answer is not None and answer.text.strip():
            yield question, answer
