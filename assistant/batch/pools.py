"""Runs work in worker processes and survives the loss of one."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import context, resource_tracker, spawn
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from typing import Any, Protocol, TypeVar

from assistant.errors import NianbaoError

__all__ = ["FRESH", "LocalPool", "Pool", "WorkerLost"]

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


class _Process(SpawnProcess):
    """A fresh process that does not import the caller's main module.

    The work is made of functions of this package only. Importing the main module again would run a script that starts a
    batch without ``if __name__ == "__main__"`` once more in every worker, which Python stops with an error.
    """

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:
        mine = threading.get_ident()

        def without_main(name: str) -> dict[str, Any]:
            data = whole(name)
            if threading.get_ident() != mine:
                # a process that somebody else starts at this moment
                return data
            return {key: value for key, value in data.items() if not key.startswith("init_main")}

        with _STARTING, _undisturbed():
            whole = spawn.get_preparation_data
            spawn.get_preparation_data = without_main
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                spawn.get_preparation_data = whole


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C off a process from its first moment on, before :func:`_begin`; here it arrives a moment later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # started now, because it takes the block away again when it starts
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Context(SpawnContext):
    Process = _Process


FRESH = "nianbao"
"""the name under which multiprocessing, and Dask through its configuration, find this way of starting a process"""
_STARTING = threading.Lock()
context._concrete_contexts[FRESH] = _Context()  # type: ignore[attr-defined]  # there is no public way to add one


def _executor(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(FRESH), initializer=_begin)


def _begin() -> None:
    """Leave Ctrl-C to the main process, and end when it ends, even when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
