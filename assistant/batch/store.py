"""Keeps the state of a batch in SQLite, and writes each unit's folder completely or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from assistant.batch.fingerprint import digest
from assistant.batch.names import INDEX_FILES, REPLACED
from assistant.batch.units import UnitResult
from assistant.errors import InputError, UsageError, reason_of
from assistant.report.findings import Finding

__all__ = ["Store"]

_HOME = ".nianbao"
_MANIFEST = ".nianbao.json"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS unit (
  key TEXT PRIMARY KEY, number INTEGER NOT NULL, run TEXT NOT NULL, fingerprint TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS unit_in_run ON unit (run, number);
CREATE TABLE IF NOT EXISTS written (name TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (name, digest));
"""


class Store:
    """The results folder of one batch.

    A unit is done at the moment its folder is renamed into place; the folder carries a manifest with the fingerprint of
    the input and the result, so the database can always be brought up to date from the folders. One process writes.
    """

    def __init__(self, root: Path, *, resume: bool) -> None:
        """Open or create the folder; UsageError when it cannot be written, is in use, or holds results already."""
        self.root = root
        home = root / _HOME
        self._database = home / "state.sqlite"
        if self._database.exists() and not resume:
            raise UsageError(f"文件夹 {root} 里已有批量起草的结果；续做请加 --resume，重做请换一个文件夹")
        for name in INDEX_FILES:
            if not resume and (root / name).exists():
                raise UsageError(f"文件夹 {root} 里已有 {name}，不是这次批量起草写出的；请用 -o 换一个文件夹")
        with self._writing():
            home.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(home / "lock.sqlite", root)
            self._db = sqlite3.connect(self._database, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.executescript(_SCHEMA)
            self._run = uuid.uuid4().hex
            self._work = home / "work"
            shutil.rmtree(self._work, ignore_errors=True)
            self._work.mkdir()

    def close(self) -> None:
        """Release the folder."""
        shutil.rmtree(self._work, ignore_errors=True)
        self._db.close()
        self._lock.close()

    def refuse_foreign(self, key: str) -> None:
        """InputError where the name of a unit's folder is taken by something that no batch has written."""
        if os.path.lexists(self.root / key) and self._manifest(key) is None:
            raise InputError(
                f"结果文件夹里已有“{key}”，不是批量起草写出的，没有改动它；请移走它，或用 -o 换一个文件夹"
            )

    def kept(self, number: int, key: str, fingerprint: str) -> UnitResult | None:
        """The result of an earlier run for the same input, when its files are still there; counted into this run."""
        manifest = self._manifest(key)
        record = None
        if manifest is not None and manifest["fingerprint"] == fingerprint and self._complete(key, manifest):
            record = manifest["result"]
        if record is None:
            return None
        edited = self._edited(key, manifest)
        result = UnitResult.model_validate(record).model_copy(
            update={"number": number, "kept": True, "edited": edited}
        )
        self._note(result, fingerprint)
        return result

    def publish(self, result: UnitResult, fingerprint: str, files: Mapping[str, bytes]) -> None:
        """Put a unit's folder in place with all its files, or none; a failed unit keeps its earlier folder, if any."""
        with self._writing():
            if files:
                self._put(result, fingerprint, files)
            self._note(result, fingerprint)

    def results(self) -> Iterator[UnitResult]:
        """The units of this run in the order of the input, one at a time."""
        with closing(
            self._db.execute("SELECT record FROM unit WHERE run = ? ORDER BY number", (self._run,))
        ) as rows:
            for (record,) in rows:
                yield UnitResult.model_validate_json(record)

    def amend(self, key: str, findings: Sequence[Finding]) -> None:
        """Add findings to a unit of this run, for the index. Its folder stays as it was drafted: a later run, with other
        units beside it, judges it anew."""
        where = "WHERE run = ? AND key = ?"
        row = self._db.execute(f"SELECT record FROM unit {where}", (self._run, key)).fetchone()
        if row is not None:
            record = UnitResult.model_validate_json(row[0]).with_findings(findings).model_dump_json()
            self._db.execute(f"UPDATE unit SET record = ? {where}", (record, self._run, key))

    def left_over(self) -> list[str]:
        """Folders of earlier runs whose units the input no longer has; they are left as they are."""
        rows = self._db.execute("SELECT key FROM unit WHERE run <> ? ORDER BY key", (self._run,)).fetchall()
        return [key for (key,) in rows if self._manifest(key) is not None]

    def write(self, name: str, produce: Callable[[BinaryIO], None]) -> Path:
        """Write a file beside the unit folders, completely or not at all; ``produce`` is given the open file.

        An earlier one that a person has changed since (answers typed into the workbook) is moved aside, not lost.
        """
        target = self.root / name
        with self._writing():
            temporary = self._work / f"{uuid.uuid4().hex}-{name}"
            with temporary.open("wb") as file:
                produce(file)
                file.flush()
                os.fsync(file.fileno())
            content = digest(temporary.read_bytes())
            if target.exists() and not self._ours(name, digest(target.read_bytes())):
                self._move_aside(name)
            # noted before it is in place: killed between the two, it is still known as ours
            self._db.execute("INSERT OR IGNORE INTO written (name, digest) VALUES (?, ?)", (name, content))
            os.replace(temporary, target)
            self._db.execute("DELETE FROM written WHERE name = ? AND digest <> ?", (name, content))
        return target

    def _ours(self, name: str, content: str) -> bool:
        found = self._db.execute("SELECT 1 FROM written WHERE name = ? AND digest = ?", (name, content))
        return found.fetchone() is not None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Map what the disk refuses to one line that says how to go on."""
        way = "；请腾出空间或检查权限后用 --resume 续做，或换一个位置（-o）"
        try:
            yield
        except OSError as error:
            raise UsageError(f"写不了文件夹 {self.root}：{reason_of(error)}{way}") from error
        except sqlite3.Error as error:
            full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
            why = "磁盘已满" if full else "记录进度的文件不能读写"
            raise UsageError(f"写不了文件夹 {self.root}：{why}{way}") from error

    def _note(self, result: UnitResult, fingerprint: str) -> None:
        self._db.execute(
            "INSERT INTO unit (key, number, run, fingerprint, record) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE "
            "SET number = excluded.number, run = excluded.run, fingerprint = excluded.fingerprint, record = excluded.record",
            (result.key, result.number, self._run, fingerprint, result.model_dump_json()),
        )

    def _put(self, result: UnitResult, fingerprint: str, files: Mapping[str, bytes]) -> None:
        folder = self._work / f"{result.number}-{result.key}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in files.items():
            _write(folder / name, content)
        manifest = {
            "fingerprint": fingerprint,
            "files": {name: digest(content) for name, content in files.items()},
            "result": result.model_dump(mode="json"),
        }
        _write(folder / _MANIFEST, json.dumps(manifest, ensure_ascii=False).encode())
        target = self.root / result.key
        if target.exists():
            self._set_aside(result.key)
        os.rename(folder, target)

    def _set_aside(self, key: str) -> None:
        """Remove the folder that a new result replaces; what a person may have changed is moved, not removed."""
        manifest = self._manifest(key)
        if manifest is not None and not self._edited(key, manifest):
            os.rename(self.root / key, self._work / f"old-{uuid.uuid4().hex}")
            return
        self._move_aside(key)

    def _move_aside(self, name: str) -> None:
        home = self.root / REPLACED
        home.mkdir(exist_ok=True)
        stem, dot, suffix = name.rpartition(".") if name in INDEX_FILES else (name, "", "")
        number = 1
        while (aside := home / f"{stem}-{number}{dot}{suffix}").exists():
            number += 1
        os.rename(self.root / name, aside)

    def _manifest(self, key: str) -> dict[str, Any] | None:
        try:
            manifest = json.loads((self.root / key / _MANIFEST).read_bytes())
        except (OSError, ValueError):
            return None
        return (
            manifest
            if isinstance(manifest, dict) and {"fingerprint", "files", "result"} <= set(manifest)
            else None
        )

    def _complete(self, key: str, manifest: Mapping[str, Any]) -> bool:
        return all(_size(self.root / key / name) for name in manifest["files"])

    def _edited(self, key: str, manifest: Mapping[str, Any] | None) -> bool:
        """Whether a file differs from what was written, or a person has added one."""
        folder = self.root / key
        if manifest is None:
            return True
        written = manifest["files"]
        if {p.name for p in folder.iterdir()} - {*written, _MANIFEST}:
            return True
        return any(_size(folder / n) and digest((folder / n).read_bytes()) != d for n, d in written.items())


def _locked(path: Path, root: Path) -> sqlite3.Connection:
    """A lock that the system releases when the process ends, however it ends."""
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        raise UsageError(f"另一个批量起草正在写文件夹 {root}；请等它结束，或换一个文件夹") from error
    return lock


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        # a power cut right after the rename must not leave an empty file under the final name
        os.fsync(file.fileno())
