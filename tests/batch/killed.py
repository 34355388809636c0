"""Runs a batch and kills itself with SIGKILL at the n-th thing it does to its folder; n = 0 counts and never kills."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from assistant.batch import BatchOptions, draft_batch
from assistant.drafting.pipeline import DraftOptions

_WRITING = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir")


def main() -> None:
    """Arguments: source, output, n. Prints how many things were done."""
    source, output, last = sys.argv[1], Path(sys.argv[2]).resolve(), int(sys.argv[3])
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _WRITING and str(arguments[0]).startswith(str(output)):
            count()

    connect = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        # every statement of the database counts, BEGIN and COMMIT included
        connection.set_trace_callback(lambda statement: count())
        return connection

    sys.addaudithook(hook)
    setattr(sqlite3, "connect", traced)  # noqa: B010  # an assignment would have to repeat all overloads
    options = BatchOptions(
        output=output, draft=DraftOptions(confirm_zeros=True), formats=("json", "txt"), resume=True, jobs=2
    )
    results = list(draft_batch(source, options))
    print(len(results), done)


if __name__ == "__main__":
    main()
