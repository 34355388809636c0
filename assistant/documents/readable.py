"""The kinds of files that can be read, by suffix: the one list that commands, batches and the chat offer."""

from __future__ import annotations

from pathlib import PurePath

__all__ = ["READABLE", "is_readable", "readable_kinds"]

READABLE = (
    ".docx", ".doc", ".xlsx", ".html", ".htm", ".pdf", ".txt", ".md", ".csv", ".tsv", ".json", ".xls",
)  # fmt: skip
"""what a file must be called to be taken from a folder or an upload; what it is shows only its content. An old .xls is
among them because many are web pages or text by that name; a true one is refused with the way out"""


def is_readable(name: str | PurePath) -> bool:
    """Whether a file of that name is read; hidden files and the locks of Word and Excel (~$年报.docx) are not."""
    path = PurePath(name)
    return path.suffix.lower() in READABLE and not path.name.startswith((".", "~$"))


def readable_kinds(*left_out: str) -> str:
    """The kinds for a message: docx、xlsx、…; ``left_out`` are suffixes with their dot."""
    return "、".join(suffix[1:] for suffix in READABLE if suffix not in left_out)
