"""Lets LibreOffice turn an old .doc into .docx."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import InputError, MissingDependency

__all__ = ["to_docx"]

_SECONDS = 60


def to_docx(data: bytes, name: str) -> bytes:
    """The same document as .docx. MissingDependency without LibreOffice; InputError when it cannot open the file."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingDependency(
            f"读取旧版 Word 文件“{name}”需要安装 LibreOffice；也可以用 WPS 或 Word 另存为 docx 后再试"
        )
    with TemporaryDirectory(prefix="nianbao-") as folder:
        home = Path(folder)
        source, target = home / "report.doc", home / "report.docx"
        source.write_bytes(data)
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={(home / 'profile').as_uri()}",
            "--convert-to", "docx", "--outdir", str(home), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise InputError(f"“{name}”转换超时；请用 WPS 或 Word 另存为 docx 后再试") from error
        if not target.is_file():
            raise InputError(f"“{name}”无法打开；请用 WPS 或 Word 另存为 docx 后再试")
        return target.read_bytes()
