"""Who may come in: the hosts the server answers to, and the person and login behind a request."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.interfaces.chat.uploads import Person

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from assistant.interfaces.chat.accounts import Accounts

__all__ = ["ALONE", "COOKIE", "Doors"]

COOKIE = "nianbao"
ALONE = "local"
"""owner of the drafts where nobody logs in"""
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


@dataclass(frozen=True)
class Doors:
    """``accounts`` is None where one person works alone; ``hosts`` are names the server answers to."""

    accounts: Accounts | None = None
    hosts: tuple[str, ...] = _LOOPBACK

    def owner(self, request: HTTPConnection) -> str | None:
        """The name behind a request; ``local`` where nobody logs in, None where the session does not hold."""
        if self.accounts is None:
            return ALONE
        return self.accounts.who(request.cookies.get(COOKIE))

    def person(self, request: HTTPConnection) -> Person | None:
        """:meth:`owner` with the login that was used; two logins of one name are told apart."""
        name = self.owner(request)
        return None if name is None else Person(name, login_of(request.cookies.get(COOKIE)))

    def answers_to(self, host: str) -> bool:
        """Whether this is one of the server's own names; another name is another page's attempt to reach it."""
        name = urlsplit(f"//{host}").hostname or ""
        return not self.hosts or name in {h.strip("[]") for h in self.hosts}


def login_of(token: str | None) -> str:
    """A name for a login that does not give the login away."""
    return sha256((token or "").encode("utf-8", "replace")).hexdigest()
