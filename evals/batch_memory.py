"""Measures the memory and speed of a batch with few and with many units (``python -m evals.batch_memory [FEW MANY]``)."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evals.cases import READER, load_cases

__all__ = ["measure"]

_RUN = """
import multiprocessing, resource, sys
from pathlib import Path
from assistant.batch import BatchOptions, draft_batch
done = sum(1 for _ in draft_batch(sys.argv[1], BatchOptions(output=Path(sys.argv[2]), formats=("json",))))
for worker in multiprocessing.active_children():
    worker.join()
own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(done, own, workers)
"""


def measure(count: int) -> tuple[float, float, float]:
    """Units a second, and the most memory (MB) of the main process and of the largest worker."""
    facts = [case.text for case in load_cases(*sorted(READER.glob("tune_*.yaml")))]
    with tempfile.TemporaryDirectory() as home:
        source = Path(home) / "units.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for number in range(count):
                one = {"org": f"第{number}局", "year": 2024, "facts": facts[number % len(facts)]}
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
        start = time.perf_counter()
        command = [sys.executable, "-c", _RUN, str(source), str(Path(home) / "out")]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
        )
        seconds = time.perf_counter() - start
    _, own, workers = map(int, done.stdout.split())
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return count / seconds, own / unit, workers / unit


def _report(counts: list[int]) -> int:
    for count in counts:
        rate, own, workers = measure(count)
        print(
            f"{count:6} 个单位：{rate:6.1f} 个/秒，主进程最多 {own:5.0f} MB，工作进程最多 {workers:5.0f} MB"
        )
    return 0


if __name__ == "__main__":
    sys.exit(_report([int(text) for text in sys.argv[1:]] or [200, 5000]))
