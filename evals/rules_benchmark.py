"""Measures the rules by mutation: every rule must catch its own fault and stay silent on lawful reports.

``python -m evals.rules_benchmark [REPORTS]`` prints a table rule by rule; exit status 1 when a fault was
missed or a false alarm was raised.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.checks import CheckInput, all_rules, run_rules
from assistant.report.findings import Severity
from evals.lawful import lawful_pair, lawful_report
from evals.mutations import mutate
from evals.printing import as_printed

__all__ = ["Score", "benchmark", "lawful_inputs", "main", "table"]

_ALARM = (Severity.ERROR, Severity.WARNING)


@dataclass
class Score:
    """What the rules did on a set of reports."""

    reports: int = 0
    tried: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    """code and seed of the faults nobody caught"""

    @property
    def perfect(self) -> bool:
        """Recall 1 for every rule, and no false alarm."""
        return self.tried == self.caught and not self.alarms


def lawful_inputs(seed: int) -> list[CheckInput]:
    """Lawful inputs of one seed: this year beside last year, a report of its own, one on the old form; drafted and printed."""
    last, this = lawful_pair(seed)
    inputs = [
        CheckInput(this, previous=last),
        CheckInput(lawful_report(seed)),
        CheckInput(lawful_report(seed, form="2019")),
    ]
    return inputs + [replace(ctx, report=as_printed(ctx.report)) for ctx in inputs]


def benchmark(reports: int, start: int = 0) -> Score:
    """Judge at least so many lawful reports, and each of them with the fault of every rule."""
    score, seed = Score(), start
    while score.reports < reports:
        for number, ctx in enumerate(lawful_inputs(seed)):
            score.reports += 1
            score.alarms.update(f.code for f in run_rules(ctx)[0] if f.severity in _ALARM)
            for one in all_rules():
                spoiled = mutate(one.code, ctx, random.Random(f"{seed} {number} {one.code}"))
                if spoiled is None:
                    continue
                score.tried[one.code] += 1
                if run_rules(spoiled, select=[one.code])[0]:
                    score.caught[one.code] += 1
                else:
                    score.missed.append(f"{one.code} {seed}.{number}")
        seed += 1
    return score


def table(score: Score) -> str:
    """The score rule by rule."""
    lines = [f"{'rule':<18}{'faults':>8}{'caught':>8}{'recall':>8}{'alarms':>8}"]
    for one in all_rules():
        tried, caught = score.tried[one.code], score.caught[one.code]
        recall = f"{caught / tried:.3f}" if tried else "-"
        lines.append(f"{one.code:<18}{tried:>8}{caught:>8}{recall:>8}{score.alarms[one.code]:>8}")
    tried, caught = score.tried.total(), score.caught.total()
    lines.append(f"{'all':<18}{tried:>8}{caught:>8}{caught / max(1, tried):>8.3f}{score.alarms.total():>8}")
    lines.append(
        f"{score.reports} lawful reports; false alarms are findings of severity error or warning on them"
    )
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    score = benchmark(int(arguments[0]) if arguments else 240)
    print(table(score))
    for missed in score.missed[:20]:
        print("missed", missed)
    return 0 if score.perfect else 1


if __name__ == "__main__":
    sys.exit(main())
