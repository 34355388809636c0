"""The suites: which cases, which work, which evaluators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evals import evaluators as judge
from evals.cases import DATASETS, READER, Case, load_cases
from evals.mutations import mutated_codes
from evals.tasks import RuleCase, check_case, converse_case, draft_case

__all__ = ["SUITES", "Suite", "drafted"]


@dataclass(frozen=True)
class Suite:
    """One suite. ``sealed``: only totals are shown, so that nobody tunes the program on these cases."""

    name: str
    title: str
    cases: Callable[[], Sequence[Any]]
    task: Callable[[Any], Any]
    evaluators: tuple[Any, ...]
    sealed: bool = False


_DRAFT = (
    judge.Cells(),
    judge.Shown(),
    judge.Said(),
    judge.Prose(),
    judge.Fee(),
    judge.Clean(),
    judge.Carefulness(),
    judge.Cost(),
)


def drafted(name: str, cases: Sequence[Case]) -> Suite:
    """A suite of cases that are not among those kept here."""
    return Suite(name, name, lambda: cases, draft_case, _DRAFT)


def _read(*names: str) -> Callable[[], Sequence[Any]]:
    return lambda: list(load_cases(*(DATASETS / f"{name}.yaml" for name in names)))


def _reader(pattern: str) -> Callable[[], Sequence[Any]]:
    return lambda: list(load_cases(*sorted(READER.glob(pattern))))


_LAWFUL_SEEDS = range(60)
_DEFECT_SEEDS = range(4)


def _reports() -> list[RuleCase]:
    lawful = [RuleCase(seed) for seed in _LAWFUL_SEEDS]
    return lawful + [RuleCase(seed, code) for code in sorted(mutated_codes()) for seed in _DEFECT_SEEDS]


SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        Suite("samples", "已公布年报的原始材料", _read("samples"), draft_case, _DRAFT),
        Suite("reader", "各种写法的材料", _reader("tune_*.yaml"), draft_case, _DRAFT),
        Suite("held", "封存的材料", _reader("held_*.yaml"), draft_case, _DRAFT, sealed=True),
        Suite("files", "各种格式的文件", _read("files"), draft_case, _DRAFT),
        Suite("needs", "读法各自的用例", _read("needs"), draft_case, _DRAFT),
        Suite("whole", "整份年报", _read("whole"), draft_case, _DRAFT),
        Suite("dialogues", "多轮补充和更正", _read("dialogues"), converse_case, _DRAFT),
        Suite("adversarial", "带有干扰内容的材料", _read("adversarial"), draft_case, _DRAFT),
        Suite("rules", "成稿中的差错", _reports, check_case, (judge.Defect(),)),
    )
}
"""All suites by name, in the order they are run."""
