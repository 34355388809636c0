"""Makes a file's name legible, also where its bytes are no UTF-8 (an archive from Windows unpacked elsewhere)."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["legible"]


def legible(name: str | Path) -> str:
    """The name as text that can be printed and stored; it may no longer open the file.

    Names that the system could not decode are read as GB18030, which Chinese Windows writes into archives.
    """
    text = str(name)
    try:
        text.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(text)
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return text
