"""Writes results only where nothing is lost: never over an input, never over what this program did not write."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UsageError, reason_of
from assistant.interfaces.cli.files import write_atomically, write_together

__all__ = ["RECORD", "Guard", "write_results"]

RECORD = ".nianbao-written"
"""a hidden list beside the results, in the form of sha256sum: what was written there, so that it may be replaced later"""
_KEPT = 2_000
"""lines kept of a record; an older result is asked about before it is replaced"""


@dataclass(frozen=True)
class Guard:
    """What a command must leave as it is: the files it was given, and with ``overwrite`` unset all that it did not write.

    A result of an earlier run is replaced as long as nobody has changed it since. It is known by its content, so that
    a hand-edited one, which has the same name and the same marks inside, is never taken for an untouched one.
    """

    given: tuple[Path, ...] = ()
    overwrite: bool = False

    @classmethod
    def of(cls, *given: str | Path | Iterable[str | Path | None] | None, overwrite: bool = False) -> Guard:
        """A guard over files; None and ``-`` are no files."""
        flat = [one for item in given for one in ([item] if isinstance(item, str | Path | None) else item)]
        return cls(
            tuple(Path(one) for one in flat if one is not None and str(one) not in ("", "-")), overwrite
        )

    def check(self, path: Path) -> None:
        """UsageError, with the way out, where writing to ``path`` would lose something."""
        for given in self.given:
            # also through links, another spelling, or another case of the name
            if given.exists() and path.exists() and path.samefile(given):
                same = "" if str(given) == str(path) else f"（即 {given}）"
                raise UsageError(
                    f"输出文件 {path} 就是给出的材料或年报{same}，没有改动它；请用 -o 换一个文件名"
                )
        if path.is_dir():
            raise UsageError(f"输出文件 {path} 是一个文件夹；请用 -o 换一个文件名")
        if self.overwrite or not path.is_file() or not path.stat().st_size:
            return
        names = _recorded(path.resolve().parent)
        if _digest(_bytes(path)) in names.values():
            return
        if path.resolve().name in names:
            why = f"{path} 在写出之后被改动过，没有覆盖"
        else:
            why = f"已有文件 {path}，不是本程序写出的，没有覆盖"
        raise UsageError(f"{why}；请用 -o 换一个文件名，确实要覆盖请加 --overwrite")


def write_results(files: Sequence[tuple[Path, str | bytes]], guard: Guard) -> list[Path]:
    """Write all files or none, and note them as ours; UsageError when one may not be replaced or cannot be written."""
    for path, _ in files:
        guard.check(path)
    write_together(files)
    folders: dict[Path, list[tuple[str, bytes]]] = {}
    for path, content in files:
        real = path.resolve()
        if real.is_file():
            data = content.encode() if isinstance(content, str) else content
            folders.setdefault(real.parent, []).append((real.name, data))
    for folder, written in folders.items():
        # the results are there; without the note the worst is that a later run asks before it replaces them
        with suppress(UsageError):
            _record(folder, {name: _digest(data) for name, data in written})
    return [path for path, _ in files]


def _record(folder: Path, written: dict[str, str]) -> None:
    lines = {**{n: d for n, d in _recorded(folder).items() if n not in written}, **written}
    text = "".join(f"{digest}  {name}\n" for name, digest in list(lines.items())[-_KEPT:])
    write_atomically(folder / RECORD, text)


def _recorded(folder: Path) -> dict[str, str]:
    """Digests of what was written into a folder, by name; nothing where there is no record or it cannot be read."""
    try:
        lines = (folder / RECORD).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"已有文件 {path}，无法核对能否覆盖（{reason_of(error)}）；请用 -o 换一个文件名"
        ) from error
