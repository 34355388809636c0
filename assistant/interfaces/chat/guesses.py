"""Slows down guessing: each wrong password doubles the wait of that name from that address, and of no one else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

__all__ = ["Guesses"]

_FREE = 5
"""wrong passwords without a wait"""
_FIRST, _LONGEST = 5.0, 900.0
"""seconds"""
_FORGOTTEN = 2 * 3600.0
"""seconds without a guess after which all is forgotten"""
_KEPT = 10_000


class Guesses:
    """Counts wrong tries by name and address. A colleague who guesses from another address locks nobody out.

    ``now`` gives seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = Lock()
        self._wrong: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()

    def begin(self, name: str, address: str) -> float:
        """Seconds this try has to wait; 0 lets it in and counts it as wrong until :meth:`right` says otherwise, so that
        tries made at the same moment count as well."""
        key = (name, address)
        with self._lock:
            now = self._now()
            tries, last = self._wrong.get(key, (0, now))
            if now - last > _FORGOTTEN:
                tries = 0
            left = last + _pause(tries) - now
            if left > 0:
                return left
            self._wrong[key] = (tries + 1, now)
            self._wrong.move_to_end(key)
            while len(self._wrong) > _KEPT:
                self._wrong.popitem(last=False)
            return 0.0

    def right(self, name: str, address: str) -> None:
        """The password was right."""
        with self._lock:
            self._wrong.pop((name, address), None)


def _pause(tries: int) -> float:
    return 0.0 if tries < _FREE else min(_FIRST * 2.0 ** min(tries - _FREE, 20), _LONGEST)
