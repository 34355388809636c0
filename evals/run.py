"""Runs the offline evals (``python -m evals.run [SUITE …]`` or ``nianbao eval``): table, page, junit, json.

Exit status 1 when a case fails that the baseline has green, when cases are gone, and under a threshold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.interfaces.cli.progress import progress
from evals import reconstruction
from evals.harness import run_suite
from evals.metrics import BASELINE, METRICS
from evals.outputs import results_json, shown_value, write_all
from evals.results import SuiteResult
from evals.suites import SUITES

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 when no case stands worse than in the baseline and every threshold holds, 1 when not, 2 for bad usage."""
    options = _parser().parse_args(arguments)
    if options.accept and options.only:
        print("nianbao：--only 只运行一部分用例，不能记为基准；请去掉 --only 或 --accept", file=sys.stderr)
        return 2
    unknown = [name for name in options.suites if name not in SUITES]
    if unknown:
        print(f"nianbao：没有“{unknown[0]}”这组评测；可用：{'、'.join(SUITES)}", file=sys.stderr)
        return 2
    chosen = [SUITES[name] for name in options.suites or SUITES]
    total = sum(sum(options.only in case.id for case in suite.cases()) for suite in chosen)
    with progress("评测", total) as step:
        results = [run_suite(suite, step, options.only) for suite in chosen]
    _table(results)
    _failures(results)
    for path in write_all(options.output, results):
        print(f"已写出：{path}", file=sys.stderr)
    if any(suite.name == "whole" for suite in chosen):
        print(f"已写出：{reconstruction.write(options.output)}", file=sys.stderr)
    if options.accept:
        return _accepted(results, options.drop)
    return int(any(result.red for result in results))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nianbao eval", description="运行不联网的评测。", add_help=True)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"只运行这几组：{'、'.join(SUITES)}")
    parser.add_argument("-o", "--output", type=Path, default=Path("out/evals"), help="结果文件夹")
    parser.add_argument("--only", default="", help="只运行编号含有这些字的用例，不核对限值")
    parser.add_argument("--accept", action="store_true", help="把这次的结果记为新的基准；有用例变差时不写入")
    parser.add_argument(
        "--drop",
        type=int,
        default=0,
        metavar="N",
        help="与 --accept 同用：确认放弃 N 个变差的用例，N 须与实际个数相同",
    )
    return parser


def _table(results: Sequence[SuiteResult]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="评测结果")
    table.add_column("指标")
    for result in results:
        table.add_column(result.name, justify="right")
    table.add_row("用例", *(str(len(result.cases)) for result in results))
    for metric in METRICS:
        if not any(metric.key in result.metrics for result in results):
            continue
        missed = [metric.key in {s.metric for s in result.shortfalls} for result in results]
        values = [shown_value(result.metrics.get(metric.key), metric.share) for result in results]
        cells = [f"[red]{v} ✗[/red]" if bad else v for v, bad in zip(values, missed, strict=True)]
        table.add_row(metric.label, *cells)
    # a pipe has no width of its own, and a wrapped table cannot be read
    Console(width=None if sys.stdout.isatty() else 150).print(table)


def _failures(results: Sequence[SuiteResult]) -> None:
    for result in results:
        for case in result.cases if not result.sealed else ():
            if not case.passed:
                mark = "（比基准新增）" if case.id in result.newly_failing else ""
                print(f"{case.id}{mark}  {'；'.join(case.faults)[:300]}")
        if result.newly_failing:
            print(f"比基准新增不通过：{result.name} {len(result.newly_failing)} 个用例")
        if result.lost:
            print(f"用例比基准少：{result.name} 少 {result.lost} 个")
        for missed in result.shortfalls:
            print(f"未达限值：{missed}")


def _accepted(results: Sequence[SuiteResult], agreed: int) -> int:
    """Write the baseline anew unless cases stand worse than in it and nobody said how many; the exit status."""
    dropped = sum(result.dropped for result in results)
    if dropped != agreed:
        print(
            f"没有写入基准：有 {dropped} 个用例比基准差（新增不通过或已删除）。请先改好；"
            f"确实要放弃的，逐个看过后用 --accept --drop {dropped} 写入",
            file=sys.stderr,
        )  # fmt: skip
        return 1
    _accept(results)
    return int(any(result.shortfalls for result in results))


def _accept(results: Sequence[SuiteResult]) -> None:
    import json

    accepted = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    accepted |= json.loads(results_json(results))
    for suite in accepted.values():
        # times differ from machine to machine and from run to run
        suite["metrics"].pop("seconds", None)
    BASELINE.write_text(json.dumps(accepted, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
