"""Reads a PDF with a text layer, in a process of its own that may neither hang nor eat the memory."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from assistant.documents.document import Builder, Document
from assistant.errors import InputError, MissingDependency, install_hint

__all__ = ["read_pdf"]

_SECONDS = 60


def read_pdf(data: bytes, name: str) -> Document:
    """Paragraphs and tables of a PDF; wrapped lines are joined, page numbers left out.

    InputError when it is damaged, encrypted, has no text (a scan) or takes too long; MissingDependency without
    pdfplumber.
    """
    answer = _run(data, name)
    if answer.get("missing"):
        raise MissingDependency(f"读取 PDF 需要安装 pdfplumber；{install_hint('docs')}")
    if answer.get("scanned"):
        raise InputError(f"“{name}”是扫描件，没有文字层；请提供可复制文字的 PDF 或 Word 文件，或先做文字识别")
    if answer.get("locked"):
        raise InputError(f"“{name}”有密码保护，无法读取；请解除密码后再试")
    if answer.get("broken"):
        raise InputError(f"“{name}”已损坏，无法解析；请重新导出 PDF 后再试")
    builder = Builder("pdf")
    for block in answer["blocks"]:
        if isinstance(block, str):
            builder.paragraph(block)
        else:
            builder.grid(block)
    return builder.finish()


def _run(data: bytes, name: str) -> dict[str, Any]:
    command = [sys.executable, "-I", "-c", _START, *[p for p in sys.path if p]]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"“{name}”过于复杂，{_SECONDS} 秒内未能读完；请重新导出 PDF 或改用 Word 文件"
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise InputError(f"“{name}”已损坏或过大，无法解析；请重新导出 PDF 后再试") from error
    return answer if isinstance(answer, dict) else {"broken": True}


_START = "import sys; sys.path[:0] = sys.argv[1:]; from assistant.documents.pdf.worker import main; main()"
"""-I keeps the child from the caller's environment; it gets the caller's search path instead"""
