"""Makes standard output and error fit for Chinese on any system, and ends them without a traceback."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress
from typing import TextIO

__all__ = ["mute", "prepare", "say"]

_OLD_CHINESE = {"gbk", "gb2312", "hz"}
_PROBE = "年报：“无”"


def prepare() -> None:
    """Let both streams print every character, in the encoding of the terminal where that can be done.

    GB18030 writes the same bytes as GBK and also what GBK lacks; an encoding without Chinese letters is left for UTF-8;
    what still cannot be written becomes ``\\uXXXX``, which JSON reads back as the same character.
    """
    codecs.register_error("nianbao", _escaped)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=_encoding(stream), errors="nianbao")


def _encoding(stream: TextIO) -> str:
    name = codecs.lookup(stream.encoding).name
    if name in _OLD_CHINESE:
        return "gb18030"
    try:
        _PROBE.encode(name)
    except UnicodeEncodeError:
        return "utf-8"
    return name


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = (units[at : at + 2].hex() for at in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs), error.end


def say(line: str) -> None:
    """One line on standard error, where somebody reads it."""
    with suppress(OSError):
        print(f"nianbao：{line}", file=sys.stderr, flush=True)


def mute() -> None:
    """Drop what could not be written, so that the interpreter does not try again, and complain, when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        # a stream of a test or of an embedding program has no file beneath it
        with suppress(OSError, ValueError):
            stream.flush()
            continue
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
