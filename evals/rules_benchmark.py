"""Measures the rules by mutation: every rule must catch its own fault and stay silent on lawful reports.

``python -m evals.rules_benchmark [REPORTS]`` prints a table rule by rule and the speed; exit status 1 when a fault was
missed or a false alarm was raised.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.checks import CheckInput, all_rules, run_rules
from assistant.findings import Severity
from assistant.report import AnnualReport
from evals.lawful import lawful_pair, lawful_report
from evals.mutations import mutate
from evals.printing import as_printed

__all__ = ["Score", "benchmark", "lawful_inputs", "main", "speed", "table"]

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


def speed(reports: int = 300) -> tuple[float, float]:
    """Reports per second and core: rules alone, and with reading the report from JSON; texts of about 2 500 characters."""
    texts = [_typical(seed).model_dump_json() for seed in range(reports)]
    ready = [AnnualReport.model_validate_json(text) for text in texts]
    run_rules(CheckInput(ready[0]))
    begin = time.process_time()
    for report in ready:
        run_rules(CheckInput(report))
    rules = time.process_time() - begin
    begin = time.process_time()
    for text in texts:
        run_rules(CheckInput(AnnualReport.model_validate_json(text)))
    whole = time.process_time() - begin
    return reports / rules, reports / whole


def _typical(seed: int) -> AnnualReport:
    """A printed report whose prose is as long as a usual one."""
    report = lawful_report(seed)
    filler = "按照公开目录及时更新机构职能、办事指南和政策文件，规范公文公开属性认定，做好信息发布前的审核。"
    need = max(0, 2500 - sum(len(text) for text in report.sections.values()))
    text = report.sections["s5"] + "\n" + filler * (need // len(filler))
    return as_printed(report.with_sections({"s5": text}))


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
    """Print the table and the speed."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    score = benchmark(int(arguments[0]) if arguments else 240)
    print(table(score))
    for missed in score.missed[:20]:
        print("missed", missed)
    alone, whole = speed()
    print(
        f"speed: {alone:.0f} reports/s for the rules, {whole:.0f} reports/s with reading from JSON, on one core"
    )
    return 0 if score.perfect else 1


if __name__ == "__main__":
    sys.exit(main())
