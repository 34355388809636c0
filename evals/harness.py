"""Runs the suites through pydantic-evals and collects the results."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any

from pydantic_evals import Case as HarnessCase
from pydantic_evals import Dataset
from pydantic_evals.reporting import ReportCase, ReportCaseFailure

from evals.cases import Case
from evals.metrics import baseline, metrics_of, shortfalls
from evals.results import CaseResult, SuiteResult, Verdict, seal
from evals.suites import Suite
from evals.tasks import Checked, Drafted, RuleCase

__all__ = ["run_suite"]

Step = Callable[[str], None]


def run_suite(suite: Suite, step: Step = lambda line: None, only: str = "") -> SuiteResult:
    """Run one suite, one case after the other; ``step`` is called after each, ``only`` picks cases whose id contains it."""
    inputs = [case for case in suite.cases() if only in case.id]

    def task(case: Any) -> Any:
        try:
            return suite.task(case)
        finally:
            step("")

    start = time.perf_counter()
    dataset: Dataset[Any, Any, Any] = Dataset(
        name=suite.name,
        cases=[HarnessCase(name=case.id, inputs=case) for case in inputs],
        evaluators=list(suite.evaluators),
    )
    # evaluate_sync would leave an event loop open behind it
    report = asyncio.run(dataset.evaluate(task, name=suite.name, max_concurrency=1, progress=False))
    cases = sorted(
        [*map(_result, report.cases), *map(_failure, report.failures)],
        key=lambda result: [case.id for case in inputs].index(result.id),
    )
    return _collect(suite, cases, time.perf_counter() - start, whole=not only)


def _collect(suite: Suite, cases: list[CaseResult], seconds: float, *, whole: bool) -> SuiteResult:
    own = ({"passed": float(case.passed), "failed": float(bool(case.error))} for case in cases)
    metrics = metrics_of({**case.scores, **one} for case, one in zip(cases, own, strict=True))
    accepted = baseline().get(suite.name, {})
    name_of = seal if suite.sealed else str
    failing = {name_of(case.id) for case in cases if not case.passed}
    known = set(accepted.get("failing", []))
    return SuiteResult(
        name=suite.name,
        title=suite.title,
        sealed=suite.sealed,
        cases=tuple(cases),
        metrics=metrics,
        before=accepted.get("metrics", {}),
        shortfalls=tuple(shortfalls(suite.name, metrics)) if whole else (),
        # a case the baseline does not know must pass: what has never been green is not accepted by being new
        newly_failing=tuple(sorted(failing - known)),
        newly_passing=tuple(sorted(known & {name_of(case.id) for case in cases} - failing)),
        lost=max(0, accepted.get("cases", 0) - len(cases)) if whole else 0,
        seconds=seconds,
    )


def _result(case: ReportCase[Any, Any, Any]) -> CaseResult:
    verdicts = [Verdict(name, bool(v.value), v.reason or "") for name, v in case.assertions.items()]
    # an evaluator that fails is a fault of the case, not a case without that verdict
    verdicts += [Verdict(f.name, False, f.error_message) for f in case.evaluator_failures]
    scores = {name: float(score.value) for name, score in case.scores.items()}
    scores |= {name: float(verdict.value) for name, verdict in case.assertions.items()}
    notes = [f"{name}：{score.reason}" for name, score in case.scores.items() if score.reason]
    return CaseResult(
        id=case.name,
        style=getattr(case.inputs, "style", ""),
        verdicts=tuple(verdicts),
        scores=scores,
        notes=tuple(notes),
        shown=tuple(_shown(case.inputs, case.output)),
        seconds=case.task_duration,
    )


def _failure(case: ReportCaseFailure[Any, Any, Any]) -> CaseResult:
    last = case.error_stacktrace.strip().splitlines()[-6:]
    return CaseResult(
        id=case.name,
        style=getattr(case.inputs, "style", ""),
        verdicts=(),
        scores={},
        shown=(*_input(case.inputs), ("错误位置", "\n".join(last))),
        error=case.error_message,
    )


def _shown(inputs: Any, output: Any) -> Iterable[tuple[str, str]]:
    """Input, expectation, result and evidence, as text."""
    yield from _input(inputs)
    if isinstance(inputs, Case):
        expected = {**inputs.cells, **{f"{name}（推算）": value for name, value in inputs.derived.items()}}
        yield "应有单元格", "\n".join(f"{name} = {value}" for name, value in expected.items())
        yield "应有发现", "\n".join(inputs.findings)
    if isinstance(output, Drafted):
        draft = output.draft
        cells = [c for c in draft.cells if c.value]
        yield (
            "得到的单元格",
            "\n".join(
                f"{c.table}.{c.row}.{c.col} = {c.value}（{c.origin}）{'“' + c.evidence[0].quote[:40] + '”' if c.evidence else ''}"
                for c in cells
            ),
        )
        yield "发现", "\n".join(f"[{f.severity}] {f.code} {f.message}" for f in draft.findings)
        yield "问题", "\n".join(f"{q.code} {q.text}" for q in draft.questions)
        yield "文字", "\n\n".join(text for text in draft.report.sections.values() if text)
    if isinstance(output, Checked):
        yield "发现", "\n".join(f"[{f.severity}] {f.code} {f.message}" for f in output.findings)
        yield "报告全文", output.text


def _input(inputs: Any) -> list[tuple[str, str]]:
    if isinstance(inputs, Case):
        note = [("说明", inputs.note)] if inputs.note else []
        return [*note, *inputs.sources.items()]
    if isinstance(inputs, RuleCase):
        what = f"放入规则 {inputs.code} 的差错" if inputs.code else "不放入差错"
        return [("材料", f"随机生成的合规年报（种子 {inputs.seed}），{what}")]
    return []
