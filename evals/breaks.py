"""Breaks the program on purpose and lists which cases turn red for it (``python -m evals.breaks``)."""

from __future__ import annotations

import sys

from evals.harness import run_suite
from evals.suites import SUITES
from evals.switches import BREAKS, Switch

__all__ = ["newly_red"]

_SHOWN = 12


def failing(switch: Switch | None = None) -> dict[str, set[str]]:
    """Failing cases by suite, with a switch thrown; sealed suites are left out."""
    suites = [suite for suite in SUITES.values() if not suite.sealed]
    if switch is None:
        return {suite.name: set(run_suite(suite).failing) for suite in suites}
    with switch():
        return {suite.name: set(run_suite(suite).failing) for suite in suites}


def newly_red(before: dict[str, set[str]], switch: Switch) -> dict[str, list[str]]:
    """Cases that fail with the switch thrown and did not before, by suite."""
    after = failing(switch)
    return {name: sorted(after[name] - before[name]) for name in after if after[name] - before[name]}


def _report() -> int:
    before = failing()
    unseen = 0
    for name, switch in BREAKS.items():
        red = newly_red(before, switch)
        unseen += not red
        print(f"{name}：新增 {sum(map(len, red.values()))} 个不通过的用例")
        for suite, cases in red.items():
            more = f" 等 {len(cases)} 个" if len(cases) > _SHOWN else ""
            print(f"  {suite}：{'、'.join(cases[:_SHOWN])}{more}")
    return int(unseen > 0)


if __name__ == "__main__":
    sys.exit(_report())
