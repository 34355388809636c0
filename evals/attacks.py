"""Lets a scripted model lie about part of what it reads, and counts how many lies reach a draft (``python -m evals.attacks``)."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.engines import Engine
from assistant.extraction.asked import Names, ParsedReading, ReadCell
from assistant.extraction.grounding import Ground
from assistant.extraction.llm_reader import canonical
from assistant.forms import CellKey, form_for_year
from assistant.outcome import Draft
from assistant.pipeline import DraftOptions, draft_texts
from assistant.settings import ModelSettings
from evals.cases import DATASETS, READER, Case, load_cases
from evals.fake_openai import Answer, FakeOpenAI
from evals.oracle import Oracle, clause_of, figures_of
from evals.scoring import score_cells

__all__ = ["KINDS", "Lie", "Tally", "attack", "attack_cases", "lied", "options_of"]

KINDS = ("wrong_value", "other_figure", "wrong_row", "swapped_applicant", "invented_quote", "stray_figure")
"""ways to lie: a value the quote does not hold; another figure of the message with its own quote; a row, an applicant that the
quote does not speak of; a quote that is not in the message; a figure about something else put into a cell"""
SHARE = 0.3


@dataclass(frozen=True)
class Lie:
    """One false item and what it replaces."""

    kind: str
    item: ReadCell


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


def lied(case: Case, draw: random.Random, share: float = SHARE) -> tuple[ParsedReading, list[Lie]]:
    """The right reading of a case with a share of its items replaced by lies."""
    truth = Oracle(case).reading("input", case.message)
    liar = _Liar(case, draw)
    cells: list[ReadCell] = []
    lies: list[Lie] = []
    for item in truth.cells:
        lie = liar.lie(item, draw.choice(KINDS)) if draw.random() < share else None
        if lie is None:
            cells.append(item)
        else:
            lies.append(lie)
            cells.append(lie.item)
    return replace(truth, cells=tuple(cells)), lies


class _Liar:
    def __init__(self, case: Case, draw: random.Random) -> None:
        self.case, self.draw = case, draw
        self.ground = Ground(case.message, form_for_year(case.year), case.year)
        self.names = Names(self.ground.form)
        self.figures = [t for t in figures_of(self.ground) if t.value]

    def lie(self, item: ReadCell, kind: str) -> Lie | None:
        """The item made false; None when this way does not fit it or would happen to be true."""
        made: ReadCell | None = getattr(self, f"_{kind}")(item)
        if made is None or self._true(made):
            return None
        return Lie(kind, made)

    def _true(self, item: ReadCell) -> bool:
        place = self.names.place(item.cell)
        assert place is not None
        known = {**self.case.published, **self.case.derived, **self.case.cells}
        return str(known.get(place.where)) == item.value

    def _wrong_value(self, item: ReadCell) -> ReadCell:
        near = max(1, int(float(item.value)) + self.draw.choice((-2, -1, 1, 2, 10)))
        return item.model_copy(update={"value": str(near)})

    def _other_figure(self, item: ReadCell) -> ReadCell | None:
        return self._with_figure(item.cell)

    def _with_figure(self, cell: str) -> ReadCell | None:
        if not self.figures:
            return None
        token = self.draw.choice(self.figures)
        quote = clause_of(self.ground.text, token.start, token.end)
        return ReadCell(cell=cell, value=str(token.value), quote=quote)

    def _wrong_row(self, item: ReadCell) -> ReadCell | None:
        place = self.names.place(item.cell)
        key = place.key if place else None
        if key is None:
            return None
        rows = [r.key for r in self.ground.form.table(key.table).rows if r.key != key.row]
        rows = [r for r in rows if self.ground.form.has(CellKey(key.table, r, key.col))]
        return item.model_copy(update={"cell": f"{self.draw.choice(rows)}.{key.col}"}) if rows else None

    def _swapped_applicant(self, item: ReadCell) -> ReadCell | None:
        row, _, col = item.cell.partition(".")
        if row not in self.names.rows:
            return None
        others = [c for c in (*self.names.applicants, "total") if c != col]
        return item.model_copy(update={"cell": f"{row}.{self.draw.choice(others)}"})

    def _invented_quote(self, item: ReadCell) -> ReadCell:
        value = int(float(item.value)) + self.draw.randint(1, 40)
        row = self.ground.form.label(CellKey.parse(self.names.places[item.cell].where)).partition("·")[0]
        return ReadCell(cell=item.cell, value=str(value), quote=f"{row}{value}件")

    def _stray_figure(self, item: ReadCell) -> ReadCell | None:
        return self._with_figure(self.draw.choice(list(self.names.places)[:200]))


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
    for lie in lies:
        row, _, col = lie.item.cell.partition(".")
        held = {c.value for c in draft.cells if (c.row, c.col) == (row, col)}
        had = {c.value for c in offline.cells if (c.row, c.col) == (row, col)}
        if any(str(v) == lie.item.value for v in held) and held != had:
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
        print(f"    {name} {lie.kind} {lie.item.cell}={lie.item.value} “{lie.item.quote}”")
    print(f"离线：正确 {tally.offline_right} 错误 {tally.offline_wrong} 精确率 {tally.offline_precision:.4f}")
    print(
        f"受攻击：正确 {tally.right} 错误 {tally.wrong} 精确率 {tally.precision:.4f}；比离线差的 {len(tally.worse)} 例 {tally.worse}"
    )
    return 0 if tally.precision >= 0.985 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
