"""Leaves out the characters that no office file can hold."""

from __future__ import annotations

import re

__all__ = ["printable"]

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without control characters and halves of characters, which XML forbids."""
    return _UNPRINTABLE.sub("", text)
