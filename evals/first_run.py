"""Scores a set of cases that is new and keeps its figures (``python -m evals.first_run NAME FILE.jsonl|FILE.yaml …``)."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from evals.first_runs import FIRST_RUNS, FirstRun, append
from evals.harness import run_suite
from evals.metrics import METRICS
from evals.outputs import shown_value
from evals.raw_cases import cases_of
from evals.suites import drafted

__all__ = ["main", "scored"]

_ROOT = Path(__file__).parent.parent
_KEPT = (
    "silent", "precision", "recall", "f1", "macro", "exact", "wrong", "false_zeros", "burden", "needless",
)  # fmt: skip
_COUNTS = ("silent", "wrong", "false_zeros", "needless")


def scored(name: str, files: Sequence[Path], note: str = "") -> FirstRun:
    """The score of today's code on a set of cases; nothing is kept yet."""
    cases = [case for file in files for case in cases_of(file)]
    metrics = run_suite(drafted(name, cases)).metrics
    figures = {key: metrics[key] for key in _KEPT if key in metrics}
    kept = [file.resolve() for file in files]
    return FirstRun.model_validate(
        {
            "set": name,
            "date": date.today().isoformat(),  # noqa: DTZ011 the day at the place of work
            "cases": len(cases),
            "files": tuple(f.relative_to(_ROOT).as_posix() for f in kept if f.is_relative_to(_ROOT)),
            "commit": _commit(),
            "note": note,
            **{key: int(value) if key in _COUNTS else value for key, value in figures.items()},
        }
    )


def _commit() -> str:
    """The commit that was scored, with + where files had been changed since; empty without git."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--exclude=*", "--dirty=+"],
            cwd=_ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        return ""
    return told.stdout.strip()


def main(arguments: Sequence[str]) -> int:
    """Score, print, append; status 1 when the set has an entry already."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.first_run", description="给新的一组用例记首次成绩。"
    )
    parser.add_argument("name", metavar="名称")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="jsonl 或 yaml，可多个")
    parser.add_argument("--note", default="", help="来自哪里")
    parser.add_argument("--dry-run", action="store_true", help="只打印，不记入")
    options = parser.parse_args(arguments)
    run = scored(options.name, options.files, options.note)
    shown = {m.key: (m.label, shown_value(getattr(run, m.key), m.share)) for m in METRICS if m.key in _KEPT}
    print(
        f"{run.set}：{run.cases} 个用例  " + "  ".join(f"{label} {value}" for label, value in shown.values())
    )
    if options.dry_run:
        return 0
    try:
        append(run)
    except ValueError as error:
        print(f"nianbao：{error}", file=sys.stderr)
        return 1
    print(f"已记入：{FIRST_RUNS.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
