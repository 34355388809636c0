"""Lets a scripted model lie about part of what it reads, and counts how many lies reach a draft (``python -m evals.attacks``)."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.drafting.engines import Engine
from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.model_reader.answers import canonical
from assistant.model_reader.asked import Names
from assistant.office.model_settings import ModelSettings
from assistant.report.draft import Draft
from evals.cases import DATASETS, READER, Case, load_cases
from evals.fake_openai import Answer, FakeOpenAI
from evals.liar import KINDS, SHARE, Lie, lied
from evals.scoring import score_cells

__all__ = ["Tally", "attack", "attack_cases", "options_of"]


@dataclass
class Tally:
    """What an attack came to."""

    items: int = 0
    lies: Counter[str] = field(default_factory=Counter)
    through: list[tuple[str, Lie]] = field(default_factory=list)
    """lies whose wrong value stands in a draft although the offline draft does not hold it, with the case"""
    right: int = 0
    wrong: int = 0
    offline_right: int = 0
    offline_wrong: int = 0
    worse: list[str] = field(default_factory=list)
    """cases in which the draft is worse than the offline one"""

    @property
    def precision(self) -> float:
        """Share of right cells among those filled whose value is known."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def offline_precision(self) -> float:
        """The same for the offline reader alone."""
        return self.offline_right / max(1, self.offline_right + self.offline_wrong)


def attack_cases(*, reader: bool = True) -> list[Case]:
    """The cases that are attacked: real messages, and with ``reader`` the open ones of the reader too."""
    paths = [DATASETS / "samples.yaml", *(sorted(READER.glob("tune_*.yaml")) if reader else ())]
    return [case for case in load_cases(*paths) if case.message]


def options_of(case: Case, engine: Engine, model: ModelSettings | None = None) -> DraftOptions:
    """How the case is drafted."""
    return DraftOptions(
        org=case.org,
        level=case.level,
        scope=case.scope,
        year=case.year,
        previous=case.last_year,
        confirm_zeros=case.zeros == "confirm",
        engine=engine,
        model=model,
    )


def attack(cases: Sequence[Case], seeds: Sequence[int], share: float = SHARE) -> Tally:
    """Draft every case once for each seed with a lying model behind a real server, and compare with the offline draft."""
    tally = Tally()
    now: list[str] = [""]

    def script(_: dict[str, Any]) -> Answer:
        return Answer(now[0])

    with FakeOpenAI(script) as server, tempfile.TemporaryDirectory() as cache:
        settings = ModelSettings(
            model="liar",
            base_url=server.url,
            method="json_schema",
            rewrite=False,
            cache_dir=Path(cache),
            chunk_chars=100_000,
        )
        for case in cases:
            offline = draft_texts(case.sources, options_of(case, Engine.OFFLINE))
            for seed in seeds:
                reading, lies = lied(case, random.Random(f"{case.id}/{seed}"), share)
                now[0] = canonical(reading)
                draft = draft_texts(case.sources, options_of(case, Engine.LLM, settings))
                _count(tally, case, offline, draft, lies, len(reading.cells))
    return tally


def _count(tally: Tally, case: Case, offline: Draft, draft: Draft, lies: Sequence[Lie], items: int) -> None:
    before, after = score_cells(case, offline), score_cells(case, draft)
    tally.items += items
    tally.lies.update(lie.kind for lie in lies)
    tally.right += after.right
    tally.wrong += len(after.wrong)
    tally.offline_right += before.right
    tally.offline_wrong += len(before.wrong)
    if after.f1 < before.f1 or len(after.wrong) > len(before.wrong):
        tally.worse.append(case.id)
    tally.through += [(case.id, lie) for lie in _standing(lies, offline, draft)]


def _standing(lies: Sequence[Lie], offline: Draft, draft: Draft) -> Iterator[Lie]:
    names = Names(draft.report.layout)
    for lie in lies:
        held = {c.value for c in draft.cells if names.name(f"{c.row}.{c.col}") == lie.cell}
        had = {c.value for c in offline.cells if names.name(f"{c.row}.{c.col}") == lie.cell}
        if any(str(v) == lie.value for v in held) and held != had:
            yield lie


def main(arguments: Sequence[str]) -> int:
    """Attack, print the table; status 1 when precision falls under 0.985."""
    seeds = range(int(arguments[0]) if arguments else 3)
    tally = attack(attack_cases(), seeds)
    lies = sum(tally.lies.values())
    print(f"读出 {tally.items} 项，其中谎言 {lies} 项（{lies / max(1, tally.items):.0%}）")
    passed = Counter(lie.kind for _, lie in tally.through)
    for kind in KINDS:
        print(f"  {kind:<18} {tally.lies[kind]:>5}  进入草稿 {passed[kind]}")
    for name, lie in tally.through:
        print(f"    {name} {lie.kind} {lie.cell}={lie.value} “{lie.quote}”")
    print(f"离线：正确 {tally.offline_right} 错误 {tally.offline_wrong} 精确率 {tally.offline_precision:.4f}")
    print(
        f"受攻击：正确 {tally.right} 错误 {tally.wrong} 精确率 {tally.precision:.4f}；比离线差的 {len(tally.worse)} 例 {tally.worse}"
    )
    return 0 if tally.precision >= 0.985 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
