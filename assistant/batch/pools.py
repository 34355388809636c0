"""Runs work in worker processes and survives the loss of one."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol, TypeVar

from assistant.errors import NianbaoError

__all__ = ["LocalPool", "Pool", "WorkerLost"]

A = TypeVar("A")
R = TypeVar("R")


class WorkerLost(NianbaoError):
    """A worker process died while it worked on this unit alone."""


class Pool(Protocol):
    """Where work is done: processes of this machine, or workers elsewhere."""

    @property
    def ahead(self) -> int:
        """Units in hand for each worker, so that none waits for work; more would only fill memory."""
        ...

    async def run(self, function: Callable[[A], R], argument: A) -> R:
        """The result of the function; its exception is raised here. WorkerLost when the work kills its process."""
        ...

    async def close(self) -> None:
        """Give up work that has not begun, and end the workers."""
        ...


class LocalPool:
    """Worker processes of this machine, started afresh (not forked), so that they hold nothing of the caller."""

    ahead = 3

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None
        self._alone = asyncio.Lock()

    async def run(self, function: Callable[[A], R], argument: A) -> R:
        """See :class:`Pool`. Work that was under way when a process died is repeated, each piece in its own process."""
        executor = self._executor = self._executor or _executor(self._workers)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(executor, function, argument)
        except BrokenProcessPool:
            if self._executor is executor:
                self._executor = None
        async with self._alone:
            single = _executor(1)
            try:
                return await loop.run_in_executor(single, function, argument)
            except BrokenProcessPool as error:
                raise WorkerLost(
                    "处理这个单位的程序意外退出（可能是材料过大、内存不足）；请检查材料后用 --resume 续做"
                ) from error
            finally:
                single.shutdown(wait=False, cancel_futures=True)

    async def close(self) -> None:
        """See :class:`Pool`."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None


def _executor(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """Leave Ctrl-C to the main process, and end when it ends, even when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
