"""Measures the cold start of ``nianbao check report.json`` against ``python -c "import pydantic"`` (``python -m evals.start_up``)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assistant.resources import examples_dir

__all__ = ["LIMIT", "measure"]

LIMIT = 4.0
"""a check may take this many times as long as importing pydantic"""
_RUNS = 9
_CHECK = "import sys; from assistant.interfaces.cli.app import main; sys.exit(main())"


def measure(runs: int = _RUNS) -> tuple[float, float]:
    """Median seconds of importing pydantic, and of checking one report; runs alternate so that load hits both alike."""
    report = examples_dir() / "xian_2023.json"
    commands = (
        [sys.executable, "-c", "import pydantic"],
        [sys.executable, "-c", _CHECK, "check", str(report)],
    )
    times: tuple[list[float], list[float]] = ([], [])
    with TemporaryDirectory() as compiled:
        # an installed package has its modules compiled; a checkout run with compiling off would be read anew each time
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = compiled
        for _ in range(runs + 1):
            for command, seconds in zip(commands, times, strict=True):
                seconds.append(_seconds(command, environment))
    # the first run of each fills the file cache and the compiled files
    return median(times[0][1:]), median(times[1][1:])


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
        check=False,
        env=environment,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"命令未能运行：{done.stderr.strip()}")
    return time.perf_counter() - start


def _report() -> None:
    """Print the figures; a busy machine must not fail a build, so nothing depends on them."""
    base, check = measure()
    ratio = check / base
    print(f"import pydantic         {base * 1000:6.0f} ms")
    print(f"nianbao check 一份 JSON  {check * 1000:6.0f} ms")
    print(
        f"倍数                     {ratio:6.2f}（上限 {LIMIT:g}，{'达到' if ratio <= LIMIT else '未达到'}）"
    )


if __name__ == "__main__":
    _report()
