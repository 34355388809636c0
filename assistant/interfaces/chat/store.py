"""Keeps whose draft is whose, and the long texts; every reading asks who reads."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock

from assistant.errors import UsageError

__all__ = ["DraftEntry", "Store"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS draft (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', turns INTEGER NOT NULL DEFAULT 0,
  touched INTEGER NOT NULL, changed TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS draft_owner ON draft (owner, touched);
CREATE TABLE IF NOT EXISTS blob (key TEXT PRIMARY KEY, draft TEXT NOT NULL, text TEXT NOT NULL);
"""


@dataclass(frozen=True)
class DraftEntry:
    """A line of someone's list of drafts; a higher ``touched`` is later."""

    id: str
    title: str
    turns: int
    touched: int
    changed: str
    """local time of the last change as ISO 8601; empty in files of an earlier version"""


class Store:
    """A file of SQLite shared by all threads of the server."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.executescript(_SCHEMA)
        known = {row[1] for row in self._connection.execute("PRAGMA table_info(draft)")}
        if "changed" not in known:
            self._connection.execute("ALTER TABLE draft ADD COLUMN changed TEXT NOT NULL DEFAULT ''")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._connection:
            yield self._connection

    def create(self, owner: str) -> str:
        """A new draft of this person; its id cannot be guessed."""
        name = secrets.token_urlsafe(12)
        with self._change() as db:
            db.execute(
                "INSERT INTO draft (id, owner, touched) VALUES (?, ?, ?)", (name, owner, self._next(db))
            )
        return name

    def require(self, draft: str, owner: str) -> None:
        """UsageError when the draft is not this person's; the same whether or not it exists."""
        with self._lock:
            row = self._connection.execute(
                "SELECT 1 FROM draft WHERE id = ? AND owner = ?", (draft, owner)
            ).fetchone()
        if row is None:
            raise UsageError("找不到这份草稿；请从“我的草稿”中打开")

    def touch(self, draft: str, title: str, turns: int) -> None:
        """Note that the draft changed."""
        with self._change() as db:
            db.execute(
                "UPDATE draft SET title = ?, turns = ?, touched = ?, changed = ? WHERE id = ?",
                (
                    title,
                    turns,
                    self._next(db),
                    datetime.now().astimezone().isoformat(timespec="minutes"),
                    draft,
                ),
            )

    def list(self, owner: str) -> list[DraftEntry]:
        """This person's drafts, the last used first; those in which nothing was said are left out."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT id, title, turns, touched, changed FROM draft WHERE owner = ? AND turns > 0 ORDER BY touched DESC",
                (owner,),
            ).fetchall()
        return [DraftEntry(*row) for row in rows]

    def remove(self, draft: str, owner: str) -> None:
        """Delete a draft with its texts for good; UsageError when it is not this person's."""
        self.require(draft, owner)
        with self._change() as db:
            db.execute("DELETE FROM draft WHERE id = ?", (draft,))
            db.execute("DELETE FROM blob WHERE draft = ?", (draft,))

    def keep(self, draft: str, text: str) -> str:
        """Store a text of a draft; its key follows from both, so that the same file is kept once."""
        key = sha256(f"{draft}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
        with self._change() as db:
            db.execute("INSERT OR IGNORE INTO blob (key, draft, text) VALUES (?, ?, ?)", (key, draft, text))
        return key

    def load(self, key: str) -> str:
        """A text by its key; UsageError when the store has lost it."""
        with self._lock:
            row = self._connection.execute("SELECT text FROM blob WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise UsageError("这份草稿的一份材料已经丢失；请重新上传该文件")
        return str(row[0])

    @staticmethod
    def _next(db: sqlite3.Connection) -> int:
        """A counter instead of a clock: the order of changes never goes back."""
        return int(db.execute("SELECT COALESCE(MAX(touched), 0) + 1 FROM draft").fetchone()[0])
