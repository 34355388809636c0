"""Writes the index of a batch: a page and a workbook that list every unit, its findings and its questions."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from assistant.batch.index_page import page
from assistant.batch.index_sheet import workbook
from assistant.batch.names import INDEX_FILES
from assistant.batch.store import Store
from assistant.batch.summary import summarise

__all__ = ["write_index"]


def write_index(store: Store, expected: int | None) -> list[Path]:
    """Write the page, and the workbook where openpyxl is installed; ``expected`` is how many units the input has."""
    summary = summarise(store.results(), expected)

    def as_page(file: BinaryIO) -> None:
        for piece in page(store.results(), summary, store.left_over()):
            file.write(piece.encode())

    written = [store.write(INDEX_FILES[0], as_page)]
    if find_spec("openpyxl") is not None:
        written.append(store.write(INDEX_FILES[1], lambda file: workbook(store.results(), summary, file)))
    return written
