"""Shows on stderr how long work goes on: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

__all__ = ["Step", "progress"]

Step = Callable[[str], None]
"""Called once for each piece done; a text that is not empty is printed as a line of its own"""

_SHARES = 10
"""lines for the whole work where there is no terminal"""


@contextmanager
def progress(verb: str, total: int | None) -> Iterator[Step]:
    """A function to call for each piece of work done; ``total`` is None when nobody knows how many there are."""
    if sys.stderr.isatty():
        with _bar(verb, total) as step:
            yield step
    else:
        yield _lines(verb, total)


@contextmanager
def _bar(verb: str, total: int | None) -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TextColumn("剩余"), TimeRemainingColumn(),
    )  # fmt: skip
    start = time.monotonic()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(verb, total=total, rate="")

        def step(line: str) -> None:
            if line:
                bar.console.print(line, markup=False, highlight=False)
            done = bar.tasks[0].completed + 1
            bar.update(task, advance=1, rate=f"{done / max(time.monotonic() - start, 1e-6):.1f} 个/秒")

        yield step


def _lines(verb: str, total: int | None) -> Step:
    done, start = 0, time.monotonic()
    every = max(1, (total or 500) // _SHARES)

    def step(line: str) -> None:
        nonlocal done
        done += 1
        # nobody reads on (2>&1 | head), or the disk behind is full: the work itself goes on
        with suppress(OSError):
            tell(line)

    def tell(line: str) -> None:
        if line:
            print(line, file=sys.stderr)
        if done % every == 0 or done == total:
            rate = done / max(time.monotonic() - start, 1e-6)
            left = "" if total is None else f"，剩余约 {(total - done) / rate:.0f} 秒"
            print(
                f"{verb} {done}{'' if total is None else f'/{total}'}，{rate:.1f} 个/秒{left}",
                file=sys.stderr,
            )

    return step
