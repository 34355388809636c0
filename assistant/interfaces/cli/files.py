"""Reads inputs and writes results for the command line: standard input, folders, several formats, never half a file."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.documents.filenames import legible
from assistant.documents.readable import is_readable, readable_kinds
from assistant.errors import InputError, UsageError, reason_of
from assistant.report import AnnualReport

if TYPE_CHECKING:
    from assistant.printing.reports import Marks
    from assistant.reading.material import Material

__all__ = [
    "alone_with",
    "expand_paths",
    "is_folder",
    "names_of",
    "output_paths",
    "printed_report",
    "read_materials",
    "read_stdin",
    "safe_name",
    "write_atomically",
    "write_together",
]

LIMIT = 20_000_000
"""bytes of raw facts that are read from standard input"""


def read_stdin() -> bytes:
    """Standard input as bytes; InputError when it is larger than LIMIT."""
    data = sys.stdin.buffer.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise InputError("标准输入超过 20 MB；请把材料拆成几个文件")
    return data


def read_materials(files: Sequence[str]) -> dict[str, Material]:
    """Materials to draft from by source name; ``-`` or nothing is standard input (named ``input``)."""
    from assistant.documents.encoding import decode
    from assistant.reading.material import read_material, recognised

    texts: dict[str, Material] = {}
    for name in files or ["-"]:
        key = "input" if name == "-" else legible(Path(name).name)
        while key in texts:
            key += "'"
        texts[key] = (
            recognised(decode(read_stdin(), "标准输入"), key) if name == "-" else read_material(Path(name))
        )
    return texts


def expand_paths(paths: Sequence[str]) -> Iterator[Path]:
    """Files as given, and the readable files of folders in order of name; InputError when a path does not exist."""
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found = sorted(filter(is_readable, path.rglob("*")))
            if not found:
                raise InputError(f"文件夹 {name} 里没有可以读取的报告（支持 {readable_kinds()}）")
            yield from found
        elif name != "-" and not path.exists():
            raise InputError(f"找不到文件 {name}；请检查路径")
        else:
            yield path


def safe_name(text: str) -> str:
    """A file name made of a title: no separators, no control characters, at most 80 characters."""
    cleaned = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", text).strip(" ._")
    return cleaned[:80] or "年报"


def is_folder(target: str) -> bool:
    """Whether a place that was named is a folder: it exists as one, or is written as one, with a slash at the end."""
    return target.endswith(("/", "\\", os.sep)) or Path(target).is_dir()


def output_paths(formats: Sequence[str], target: str | None, title: str) -> list[tuple[str, Path | None]]:
    """Where each format goes: None is standard output.

    One text format without ``target`` goes to standard output; several formats, or a binary one, become files named after
    ``target`` (a file stem, a file with suffix, or a folder that exists or ends with a slash) or after the title.
    """
    from assistant.printing.reports import FORMATS, format_named

    names = list(dict.fromkeys(format_named(f).name for f in formats)) or [_format_of(target)]
    if target is None:
        if len(names) == 1 and not FORMATS[names[0]].binary:
            return [(names[0], None)]
        target = safe_name(title)
    path = Path(target)
    if is_folder(target):
        path = path / safe_name(title)
    stem = path.with_suffix("") if path.suffix.lower() in {f.suffix for f in FORMATS.values()} else path
    if len(names) == 1 and path.suffix:
        return [(names[0], path)]
    return [(name, stem.with_name(stem.name + FORMATS[name].suffix)) for name in names]


def _format_of(target: str | None) -> str:
    from assistant.printing.reports import FORMATS

    suffix = Path(target).suffix.lower() if target else ""
    return next((f.name for f in FORMATS.values() if f.suffix == suffix), "txt")


def printed_report(
    report: AnnualReport, formats: Sequence[str], target: str | None, marks: Marks = ()
) -> list[tuple[Path | None, str | bytes]]:
    """A report in every format asked for, with the place where each goes; None is standard output."""
    from assistant.printing.reports import render

    paths = output_paths(formats, target, report.title)
    return [(path, render(report, name, marks=marks)) for name, path in paths]


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file completely or not at all; UsageError when the place cannot be written."""
    write_together([(path, content)])


def write_together(files: Sequence[tuple[Path, str | bytes]]) -> None:
    """Write several files, none of them where one does not fit on the disk; UsageError when a place cannot be written.

    A link is followed, so that it stays a link; what is no file (a device, a pipe) is written to as it is.
    """
    with ExitStack() as stack:
        staged = []
        for path, content in files:
            data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
            with _refusing(path):
                real = path.resolve() if path.is_symlink() else path
                if real.exists() and not real.is_file():
                    real.write_bytes(data)
                    continue
                real.parent.mkdir(parents=True, exist_ok=True)
                staged.append((path, _staged(real.parent, data, stack), real))
        for path, temporary, real in staged:
            with _refusing(path):
                os.replace(temporary, real)


def _staged(folder: Path, data: bytes, stack: ExitStack) -> Path:
    """The content in a file of its own in ``folder``, which is gone when the stack ends unless it was renamed."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".nianbao-")
    temporary = Path(name)
    stack.callback(temporary.unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    temporary.chmod(0o644)
    return temporary


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"写不了 {path}：{reason_of(error)}；请换一个位置（-o）") from error


@contextmanager
def alone_with(path: Path, seconds: float = 10) -> Iterator[None]:
    """Hold a file that is read, changed and written back, so that what two people change at one moment is all kept.

    The lock is a hidden file beside it, which holds on a shared drive too. UsageError when another program keeps it.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=seconds):
            yield
    except Timeout:
        raise UsageError(f"另一个程序正在更改 {path}；请稍后再试") from None
    except OSError as error:
        raise UsageError(f"写不了 {path}：{reason_of(error)}；请检查文件夹的权限") from error


def names_of(paths: Iterable[Path]) -> str:
    """File names for a message."""
    return "、".join(str(p) for p in paths)
