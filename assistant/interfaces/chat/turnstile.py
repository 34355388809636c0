"""Lets people's work in fairly: one piece at a time for each person, and nobody waits for another's whole pile."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import RLock
from typing import Any, TypeVar

from assistant.errors import UsageError

__all__ = ["Turnstile"]

_T = TypeVar("_T")
_HANDS = 8
"""pieces of work done at the same time"""
_PILE = 30
"""pieces one person may have waiting"""


class Turnstile:
    """Does work in threads of its own, so that the server's event loop and its threads stay free to answer.

    Persons take turns: whoever has had a piece done stands at the end of the line again.
    """

    def __init__(self, hands: int = _HANDS, pile: int = _PILE) -> None:
        self._pool = ThreadPoolExecutor(hands, thread_name_prefix="reading")
        self._free, self._pile = hands, pile
        self._lock = RLock()  # work that is done at once reports back while it is being let in
        self._waiting: dict[str, deque[tuple[Future[Any], Callable[[], Any]]]] = {}
        self._line: deque[str] = deque()
        """persons with work waiting and none under way, the next first"""
        self._busy: set[str] = set()

    async def run(self, person: str, work: Callable[[], _T]) -> _T:
        """The result of ``work`` when it is this person's turn; UsageError when too much of theirs waits already."""
        return await asyncio.wrap_future(self.submit(person, work))

    def submit(self, person: str, work: Callable[[], _T]) -> Future[_T]:
        """:meth:`run` without waiting."""
        future: Future[_T] = Future()
        with self._lock:
            mine = self._waiting.setdefault(person, deque())
            if len(mine) >= self._pile:
                raise UsageError("前面发来的内容还没有处理完；请稍等片刻再发")
            mine.append((future, work))
            if person not in self._busy and len(mine) == 1:
                self._line.append(person)
            self._let_in()
        return future

    def close(self) -> None:
        """Finish what is under way and drop what waits."""
        with self._lock:
            self._line.clear()
            dropped = [future for pile in self._waiting.values() for future, _ in pile]
            self._waiting.clear()
        for future in dropped:
            future.cancel()
        self._pool.shutdown()

    def _let_in(self) -> None:
        """Start as many as there are free hands; the lock is held."""
        while self._free and self._line:
            person = self._line.popleft()
            future, work = self._waiting[person].popleft()
            if not future.set_running_or_notify_cancel():
                self._line_up(person)
                continue
            self._free -= 1
            self._busy.add(person)
            # what goes wrong in the work is kept by the pool's own future
            self._pool.submit(work).add_done_callback(partial(self._done, person, future))

    def _done(self, person: str, future: Future[Any], made: Future[Any]) -> None:
        error = made.exception()
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(made.result())
        with self._lock:
            self._free += 1
            self._busy.discard(person)
            self._line_up(person)
            self._let_in()

    def _line_up(self, person: str) -> None:
        if self._waiting.get(person):
            self._line.append(person)
        else:
            self._waiting.pop(person, None)
