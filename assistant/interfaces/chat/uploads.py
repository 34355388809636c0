"""Keeps what was uploaded and not yet sent: each file under an id nobody can guess, for the login that brought it."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from shutil import rmtree
from threading import Lock
from typing import BinaryIO

from assistant.documents.readable import READABLE
from assistant.errors import InputError, UnsupportedFormat, UsageError

__all__ = ["LARGEST", "MOST_BYTES", "MOST_FILES", "Person", "Uploads"]

LARGEST = 20 * 1024 * 1024
"""bytes of one uploaded file"""
MOST_FILES, MOST_BYTES = 20, 3 * LARGEST
"""files, and bytes of all of them, that one person may have uploaded and not yet sent"""
_LIFE = 30 * 60.0
"""seconds until a file that was never sent is deleted"""
_LONGEST_NAME = 120
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""no links, where the system knows them, and bytes as they are"""
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\xff\xfe", b"\xfe\xff")
"""how archives (docx, xlsx), old Office files, PDF, RTF and UTF-16 begin; every other kind taken in is text"""


@dataclass(frozen=True)
class Person:
    """Who asks: a name, and the login it asks through."""

    name: str
    login: str


@dataclass(frozen=True)
class _Entry:
    person: Person
    name: str
    path: Path
    size: int
    since: float


class Uploads:
    """The register of uploaded files; ``folder`` is emptied at the start. Safe for many threads.

    A file is reached by its id alone and by the person and login that uploaded it: no path that a browser sends is ever
    opened. ``now`` gives seconds and is replaced in tests.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.monotonic) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._now = folder, now
        self._lock = Lock()
        self._entries: dict[str, _Entry] = {}
        for left in folder.iterdir():
            # what a server that was killed had not read yet belongs to nobody any more
            if left.is_dir() and not left.is_symlink():
                rmtree(left, ignore_errors=True)
            else:
                left.unlink()

    def put(self, person: Person, name: str, content: BinaryIO) -> str:
        """Keep a file and give its id.

        UnsupportedFormat for a kind that is not read, InputError for one too large, UsageError when too much waits already.
        """
        self.sweep()
        name = PurePath(name.replace("\\", "/")).name
        name = "".join(c for c in name if c.isprintable())[-_LONGEST_NAME:]
        if PurePath(name).suffix.lower() not in READABLE:
            raise UnsupportedFormat(
                "只能上传 Word、Excel、CSV、网页、PDF、JSON 和文本文件；请另存为其中一种后再上传"
            )
        data = content.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise InputError(f"文件超过 {LARGEST // 1024 // 1024} MB；请只保留有用的部分后再上传")
        if not data.startswith(_PACKED) and b"\0" in data[:4096]:
            raise UnsupportedFormat(
                "文件内容不是 Word、Excel、网页、PDF 或文本；请用办公软件另存为其中一种后再上传"
            )
        key = secrets.token_urlsafe(24)
        entry = _Entry(person, name, self._folder / key, len(data), self._now())
        with self._lock:
            self._within_quota(entry)
            self._entries[key] = entry
        with os.fdopen(
            os.open(entry.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN, 0o600), "wb"
        ) as file:
            file.write(data)
        return key

    def _within_quota(self, entry: _Entry) -> None:
        mine = [e.size for e in self._entries.values() if e.person.name == entry.person.name]
        if len(mine) >= MOST_FILES or sum(mine) + entry.size > MOST_BYTES:
            raise UsageError(
                f"已上传未发送的文件最多 {MOST_FILES} 个、共 {MOST_BYTES // 1024 // 1024} MB；请先发送，或半小时后再传"
            )

    @contextmanager
    def taken(self, key: str, person: Person) -> Iterator[tuple[str, bytes]]:
        """Name and content of this person's file, which is deleted afterwards. InputError for any other id, before anything
        is touched; the same whether it exists or not."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None and entry.person == person:
                del self._entries[key]
        if entry is None or entry.person != person:
            raise InputError("找不到上传的文件，可能已经过期；请重新选择文件")
        try:
            yield entry.name, _content(entry)
        finally:
            _delete(entry)

    def sweep(self) -> None:
        """Delete what was never sent."""
        self._drop(lambda entry: self._now() - entry.since > _LIFE)

    def forget(self, login: str) -> None:
        """Delete what a login that ended had not sent."""
        self._drop(lambda entry: entry.person.login == login)

    def _drop(self, which: Callable[[_Entry], bool]) -> None:
        with self._lock:
            gone = [key for key, entry in self._entries.items() if which(entry)]
            entries = [self._entries.pop(key) for key in gone]
        for entry in entries:
            _delete(entry)


def _content(entry: _Entry) -> bytes:
    """The file's bytes; a link put in its place is not followed."""
    try:
        with os.fdopen(os.open(entry.path, os.O_RDONLY | _PLAIN), "rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise InputError(f"“{entry.name}”没有保存下来；请重新上传") from error


def _delete(entry: _Entry) -> None:
    with suppress(OSError):
        entry.path.unlink()
