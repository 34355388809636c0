"""Who may use the chat: names with hashed passwords, and sessions that end."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
import time
from collections.abc import Callable
from math import ceil
from pathlib import Path
from threading import Lock

from assistant.errors import UsageError
from assistant.interfaces.chat.guesses import Guesses

__all__ = ["Accounts"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS person (name TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS session (
  token TEXT PRIMARY KEY, name TEXT NOT NULL, until REAL NOT NULL, seen REAL NOT NULL
);
"""
_N, _R, _P = 2**14, 8, 1
_HOURS = 12
_IDLE = 2 * 3600.0
"""seconds without a request after which a session ends"""
_NOTED = 60.0
"""seconds by which the last request may be off, so that not every request writes"""
_SHORTEST = 8


class Accounts:
    """Names, password hashes (scrypt with a salt of their own) and sessions, in a file only the server reads.

    ``now`` gives seconds and is replaced in tests.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._lock = Lock()
        self._guesses = Guesses(now)
        self._connection = sqlite3.connect(path, check_same_thread=False)
        path.chmod(0o600)
        if "seen" not in {row[1] for row in self._connection.execute("PRAGMA table_info(session)")}:
            # sessions of an earlier version do not know when they were used last: log in once more
            self._connection.execute("DROP TABLE IF EXISTS session")
        self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def names(self) -> list[str]:
        """Everyone who may log in."""
        with self._lock:
            return [row[0] for row in self._connection.execute("SELECT name FROM person ORDER BY name")]

    def set_password(self, name: str, password: str) -> None:
        """Add a person, or change the password and end the sessions; UsageError for a name or password that will not do."""
        if not name.strip() or len(name) > 40 or any(ord(c) < 32 for c in name):
            raise UsageError("用户名不能为空，也不能超过 40 个字；请换一个")
        if len(password) < _SHORTEST:
            raise UsageError(f"密码至少 {_SHORTEST} 位；请换一个长一些的")
        salt = secrets.token_bytes(16)
        with self._lock, self._connection as db:
            row = (name.strip(), salt, _hash(password, salt))
            db.execute("INSERT OR REPLACE INTO person (name, salt, hash) VALUES (?, ?, ?)", row)
            db.execute("DELETE FROM session WHERE name = ?", (name.strip(),))

    def remove(self, name: str) -> None:
        """Take a person's access away; the drafts stay on disk."""
        with self._lock, self._connection as db:
            db.execute("DELETE FROM person WHERE name = ?", (name,))
            db.execute("DELETE FROM session WHERE name = ?", (name,))

    def log_in(self, name: str, password: str, address: str = "") -> str | None:
        """A session's token when name and password fit, None when not; UsageError while wrong tries from this address
        (that of the browser's machine) make this name wait."""
        name = name.strip()
        wait = self._guesses.begin(name, address)
        if wait > 0:
            raise UsageError(f"密码连续输错多次；请在{_duration(wait)}后再试")
        with self._lock:
            row = self._connection.execute("SELECT salt, hash FROM person WHERE name = ?", (name,)).fetchone()
        # an unknown name takes as long as a wrong password
        salt, wanted = row if row is not None else (b"\0" * 16, b"")
        if not hmac.compare_digest(_hash(password, salt), wanted):
            return None
        self._guesses.right(name, address)
        return self._new_session(name)

    def _new_session(self, name: str) -> str:
        token, now = secrets.token_urlsafe(32), self._now()
        with self._lock, self._connection as db:
            db.execute("DELETE FROM session WHERE until < ? OR seen < ?", (now, now - _IDLE))
            db.execute(
                "INSERT INTO session (token, name, until, seen) VALUES (?, ?, ?, ?)",
                (_digest(token), name, now + _HOURS * 3600, now),
            )
        return token

    def who(self, token: str | None) -> str | None:
        """The person a session belongs to, None when it is unknown, over or was idle too long; asking is using it."""
        if not token:
            return None
        now, key = self._now(), _digest(token)
        with self._lock:
            row = self._connection.execute(
                "SELECT name, seen FROM session WHERE token = ? AND until > ? AND seen > ?",
                (key, now, now - _IDLE),
            ).fetchone()
            if row is not None and now - row[1] > _NOTED:
                with self._connection as db:
                    db.execute("UPDATE session SET seen = ? WHERE token = ?", (now, key))
        return str(row[0]) if row is not None else None

    def log_out(self, token: str | None) -> None:
        """End a session."""
        with self._lock, self._connection as db:
            db.execute("DELETE FROM session WHERE token = ?", (_digest(token or ""),))


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "replace"), salt=salt, n=_N, r=_R, p=_P, maxmem=64 * 1024 * 1024
    )


def _duration(seconds: float) -> str:
    whole = ceil(seconds)
    return f" {ceil(whole / 60)} 分钟" if whole > 90 else f" {whole} 秒"


def _digest(token: str) -> str:
    """Sessions are kept hashed as well: who reads the file cannot use them."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
