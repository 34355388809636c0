"""Finds out in which encoding a text was saved."""

from __future__ import annotations

import codecs
import re

from assistant.errors import InputError

__all__ = ["decode"]

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, name: str) -> str:
    """Text from bytes in UTF-8, UTF-16, GB 18030 (GBK, GB 2312) or what a page declares; line ends become ``\\n``.

    InputError when the bytes are no text at all.
    """
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    raise InputError(
        f"“{name}”不是文本文件，也不是可以识别的文档；请另存为 docx、html、xlsx、pdf 或 txt 后再试"
    )


def _candidates(data: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    head = data[:400]
    zeros = head.count(0)
    if zeros > len(head) // 5:
        # ASCII digits and tabs in UTF-16 have every other byte zero
        even = sum(byte == 0 for byte in head[::2])
        return ["utf-16-be" if even > zeros - even else "utf-16-le"]
    declared = _DECLARED.search(data[:4096])
    named = [declared[1].decode("ascii").lower()] if declared else []
    return ["utf-8", *(n for n in named if n not in ("utf-8", "utf8")), "gb18030", "big5", "utf-16-le"]


def _is_text(text: str) -> bool:
    """Few control characters, and no flood of private or unassigned ones that a wrong guess produces."""
    sample = text[:20_000]
    if len(_PLAIN.findall(sample)) * 100 > len(sample):
        return False
    odd = sum(1 for c in sample if "\ue000" <= c <= "\uf8ff" or c >= "\U000f0000")
    return odd * 20 <= len(sample)
