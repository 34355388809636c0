"""Prints a report as PDF by letting LibreOffice print the Word document."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import InputError, MissingDependency
from assistant.printing.reports import word
from assistant.printing.reports.view import Marks
from assistant.report import AnnualReport

__all__ = ["render"]

_SECONDS = 120
"""an old office computer starts LibreOffice in half a minute"""


def render(report: AnnualReport, marks: Marks = ()) -> bytes:
    """The PDF of the Word document. MissingDependency without LibreOffice; InputError when it does not finish."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingDependency(
            "导出 PDF 需要安装 LibreOffice；也可以先导出 docx，再用 WPS 或 Word 另存为 PDF"
        )
    with TemporaryDirectory(prefix="nianbao-") as folder:
        home = Path(folder)
        source, target = home / "report.docx", home / "report.pdf"
        source.write_bytes(word.render(report, marks))
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={(home / 'profile').as_uri()}",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(home), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise InputError("LibreOffice 转换 PDF 超时；请先导出 docx，再另存为 PDF") from error
        if not target.is_file():
            raise InputError("LibreOffice 未能转换 PDF；请先导出 docx，再另存为 PDF")
        return target.read_bytes()
