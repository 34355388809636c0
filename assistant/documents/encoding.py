"""Finds out in which encoding a text was saved."""

from __future__ import annotations

import codecs
import re

from assistant.errors import InputError

__all__ = ["decode", "encoding_of"]

# patterns, compiled when first used (re remembers them): a report in JSON needs none
_DECLARED = rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})"""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
_PRIVATE = "[\ue000-\uf8ff\U000f0000-\U0010ffff]"
_PLAIN = "[\x00-\x08\x0e-\x1a\x1c-\x1f]"


def decode(data: bytes, name: str) -> str:
    """Text from bytes in UTF-8, UTF-16, GB 18030 (GBK, GB 2312) or what a page declares; line ends become ``\\n``.

    A few damaged bytes become U+FFFD, which no reader takes for a figure. InputError when the bytes are no text at all.
    """
    return _decoded(data, name)[0].replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def encoding_of(data: bytes, name: str) -> str:
    """The encoding a text was saved in; InputError when the bytes are no text at all."""
    return _decoded(data, name)[1]


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for encoding, errors in _candidates(data):
        try:
            text = data.decode(encoding, errors)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_text(text):
            return text, encoding
    raise InputError(
        f"“{name}”不是文本文件，也不是可以识别的文档；请另存为 docx、html、xlsx、pdf 或 txt 后再试"
    )


def _candidates(data: bytes) -> list[tuple[str, str]]:
    """Encodings to try, exact ones first."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [(encoding, "replace")]
    head = data[:400]
    zeros = head.count(0)
    if zeros * 50 > len(head):
        # digits, tabs and line ends in UTF-16 have every other byte zero
        even = sum(byte == 0 for byte in head[::2])
        return [("utf-16-be" if even > zeros - even else "utf-16-le", "replace")]
    declared = re.search(_DECLARED, data[:4096], re.IGNORECASE)
    named = declared[1].decode("ascii").lower() if declared else "utf-8"
    exact = dict.fromkeys(["utf-8", named, "gb18030"])
    return [(encoding, "strict") for encoding in exact] + [("utf-8", "replace"), ("gb18030", "replace")]


def _is_text(text: str) -> bool:
    """Few control, damaged and private characters: a wrong guess produces floods of them."""
    sample = text[:_SAMPLE] + text[-_SAMPLE:]
    if (len(re.findall(_PLAIN, sample)) + text.count("\ufffd")) * 100 > len(sample):
        return False
    return len(re.findall(_PRIVATE, sample)) * 20 <= len(sample)
