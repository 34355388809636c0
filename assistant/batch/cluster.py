"""Runs the work of a batch on a Dask cluster, always in chunks, because single small tasks cost more than they do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from assistant.batch.pools import FRESH, WorkerLost
from assistant.errors import MissingDependency, install_hint

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Cluster", "open_cluster"]

A = TypeVar("A")
R = TypeVar("R")

_CHUNK = 16
"""units sent at once"""
_WAIT = 0.05
"""seconds after which a chunk goes out although it is not full"""


@dataclass(frozen=True)
class _Piece:
    function: Callable[[Any], Any]
    argument: Any


@dataclass(frozen=True)
class _Answer:
    value: Any = None
    error: BaseException | None = None


async def open_cluster(workers: int) -> Cluster:
    """Workers on this machine, or those of the scheduler that Dask is configured for (DASK_SCHEDULER_ADDRESS).

    MissingDependency when the extra ``scale`` is not installed.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise MissingDependency(f"分布式运行需要安装 dask；{install_hint('scale')}") from error
    # a unit that kills its worker is tried again alone by us, not over and over by the scheduler
    settings = {
        "distributed.scheduler.allowed-failures": 0,
        "distributed.worker.multiprocessing-method": FRESH,
    }
    dask.config.set(settings)
    local = None
    if not dask.config.get("scheduler-address", None):
        local = await LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, asynchronous=True,
            silence_logs="ERROR", worker_dashboard_address=None,
        )  # fmt: skip
    client = await Client(local, asynchronous=True) if local else await Client(asynchronous=True)
    return Cluster(client, local)


class Cluster:
    """A pool (see ``pools.Pool``) whose work is gathered into chunks."""

    ahead = 2 * _CHUNK

    def __init__(self, client: Client, local: Any = None) -> None:
        self._client = client
        self._local = local
        self._waiting: list[tuple[_Piece, asyncio.Future[Any]]] = []
        self._sending: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    async def run(self, function: Callable[[A], R], argument: A) -> R:
        """See ``pools.Pool``."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._waiting.append((_Piece(function, argument), future))
        if len(self._waiting) >= _CHUNK:
            self._send()
        elif self._timer is None:
            self._timer = loop.call_later(_WAIT, self._send)
        return cast(R, await future)

    async def close(self) -> None:
        """See ``pools.Pool``."""
        if self._timer is not None:
            self._timer.cancel()
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        await self._client.close()
        if self._local is not None:
            await self._local.close()

    def _send(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        chunk, self._waiting = self._waiting, []
        if chunk:
            task = asyncio.create_task(self._deliver(chunk))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _deliver(self, chunk: list[tuple[_Piece, asyncio.Future[Any]]]) -> None:
        from distributed import KilledWorker

        try:
            answers = await self._client.submit(_run_chunk, [piece for piece, _ in chunk], pure=False)
        except KilledWorker:
            if len(chunk) > 1:
                for one in chunk:
                    await self._deliver([one])
                return
            answers = [_Answer(error=WorkerLost("处理这个单位的程序意外退出；请检查材料后用 --resume 续做"))]
        for (_, future), answer in zip(chunk, answers, strict=True):
            if future.done():
                continue
            if answer.error is None:
                future.set_result(answer.value)
            else:
                future.set_exception(answer.error)


def _run_chunk(pieces: Sequence[_Piece]) -> list[_Answer]:
    """Each piece in turn; the failure of one is its own answer."""
    answers = []
    with ThreadPoolExecutor(1) as executor:
        for piece in pieces:
            future = executor.submit(piece.function, piece.argument)
            error = future.exception()
            answers.append(_Answer(error=error) if error else _Answer(value=future.result()))
    return answers
