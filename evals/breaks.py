"""Breaks the program in five ways on purpose and lists which cases turn red for it (``python -m evals.breaks``)."""

from __future__ import annotations

import sys

from evals.attacks import attack, attack_cases
from evals.harness import run_suite
from evals.suites import SUITES
from evals.switches import ABLATIONS, BREAKS, REFEREE, Switch

__all__ = ["lied_to", "newly_red"]

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


def lied_to(limit: int | None = None) -> list[str]:
    """Cases into whose draft a lying model gets a false figure without the referee, and does not with it.

    The referee stands between a model and the draft, so only a model can show that it is missing.
    """
    cases = attack_cases(reader=False)[:limit]
    guarded = {case for case, _ in attack(cases, [0]).through}
    with ABLATIONS[REFEREE]():
        open_ = {case for case, _ in attack(cases, [0]).through}
    return sorted(open_ - guarded)


def _report() -> int:
    before = failing()
    unseen = 0
    found = {name: newly_red(before, switch) for name, switch in BREAKS.items()}
    red_by_lies = lied_to()
    found[f"{REFEREE}（模型说谎）"] = {"samples": red_by_lies} if red_by_lies else {}
    for name, red in found.items():
        unseen += not red
        print(f"{name}：新增 {sum(map(len, red.values()))} 个不通过的用例")
        for suite, cases in red.items():
            more = f" 等 {len(cases)} 个" if len(cases) > _SHOWN else ""
            print(f"  {suite}：{'、'.join(cases[:_SHOWN])}{more}")
    return int(unseen > 0)


if __name__ == "__main__":
    sys.exit(_report())
