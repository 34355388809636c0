"""Blots out one figure of a known case after the other: no other cell may go silently wrong (``python -m evals.erasure``)."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.documents.blocks import Block, Blocks
from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.reading.material import Material
from assistant.report.draft import Draft
from assistant.report.facts import Evidence
from assistant.report.figures import FigureAccount
from evals.cases import DATASETS, Case
from evals.raw_cases import cases_of
from evals.scoring import score_cells
from evals.shown import score_shown

__all__ = ["Harm", "drafted", "erased", "harms", "known_cases", "sample"]

_BLOT = "▢"
_MESSAGES = Path(__file__).resolve().parent.parent / "tests" / "extraction" / "messages"


@dataclass(frozen=True)
class Harm:
    """A cell that is wrong, and nobody is told of it, once a figure of another cell cannot be read."""

    case: str
    figure: str
    """the figure between the words around it"""
    cell: str
    found: str
    right: str


def known_cases() -> list[Case]:
    """Every known case: the tuned messages and the datasets that are drafted from raw facts."""
    paths = [*sorted(_MESSAGES.glob("tune_*.yaml")), *sorted(DATASETS.glob("*.yaml"))]
    return [case for path in paths for case in cases_of(path)]


def sample(cases: Sequence[Case], many: int, seed: str) -> list[tuple[Case, int]]:
    """So many figures of the cases, each with its place in the draft's list; the same for the same seed."""
    rng = random.Random(seed)
    chosen = rng.sample(list(cases), min(many, len(cases)))
    return [(case, rng.randrange(10_000)) for case in chosen]


def drafted(case: Case, materials: dict[str, str | Material] | None = None) -> Draft:
    """The offline draft of a case, or of other materials in its place."""
    options = DraftOptions(
        org=case.org, level=case.level, scope=case.scope, year=case.year, previous=case.last_year,
        confirm_zeros=case.zeros == "confirm",
    )  # fmt: skip
    return draft_texts(case.materials if materials is None else materials, options)


def erased(case: Case, figure: FigureAccount) -> dict[str, str | Material] | None:
    """The materials of a case with one figure blotted out; None where its source is a finished report."""
    materials = dict(case.materials)
    source = materials[figure.source]
    if isinstance(source, str):
        materials[figure.source] = f"{source[: figure.start]}{_BLOT}{source[figure.end :]}"
    elif source.blocks is None:
        return None
    else:
        blocks = _blotted(source.blocks, figure.start, figure.end)
        materials[figure.source] = Material(blocks.text, blocks=blocks)
    return materials


def _blotted(blocks: Blocks, start: int, end: int) -> Blocks:
    """As long as before, so that every offset holds."""
    text = f"{blocks.text[:start]}{_BLOT * (end - start)}{blocks.text[end:]}"
    return replace(
        blocks,
        text=text,
        blocks=tuple(_block(b, text) if b.start <= start < b.end else b for b in blocks.blocks),
    )


def _block(block: Block, text: str) -> Block:
    if block.table is None:
        return block
    cells = {id(c): replace(c, text=text[c.start : c.end]) for c in block.table.cells}
    grid = tuple(tuple(None if c is None else cells[id(c)] for c in line) for line in block.table.grid)
    return replace(block, table=replace(block.table, grid=grid))


def harms(case: Case, only: int | None = None) -> list[Harm]:
    """What goes silently wrong when figures of a case are blotted out one by one; ``only`` picks one of them."""
    before = drafted(case)
    known = {name for name, _, _ in score_shown(score_cells(case, before), before).silent}
    figures = (
        before.figures if only is None or not before.figures else [before.figures[only % len(before.figures)]]
    )
    return [harm for figure in figures for harm in _harms(case, before, figure, known)]


def _harms(case: Case, before: Draft, figure: FigureAccount, known: set[str]) -> Iterator[Harm]:
    materials = erased(case, figure)
    if materials is None:
        return
    after = drafted(case, materials)
    own = set(_own_cells(before, figure))
    text = before.sources[figure.source]
    words = (
        text[max(0, figure.start - 20) : figure.start]
        + "⟦"
        + text[figure.start : figure.end]
        + "⟧"
        + text[figure.end : figure.end + 12]
    )
    for name, found, right in score_shown(score_cells(case, after), after).silent:
        if name not in known and name not in own:
            yield Harm(case.id, " ".join(words.split()), name, str(found), str(right))


def _own_cells(draft: Draft, figure: FigureAccount) -> Iterator[str]:
    """The cells that rest on a figure's own words; of a contradiction in which it takes part, all: the other side then stands."""
    yield from figure.cells
    for cell in draft.cells:
        if _speaks_of(cell.evidence, figure):
            yield f"{cell.table}.{cell.row}.{cell.col}"
    for finding in draft.findings:
        if finding.code == "CONFLICT" and _speaks_of(finding.evidence, figure):
            yield from finding.cells


def _speaks_of(places: Iterable[Evidence], figure: FigureAccount) -> bool:
    return any(e.source == figure.source and e.start < figure.end and figure.start < e.end for e in places)


def main() -> int:
    """Print every harm of the cases chosen; status 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="only every n-th case")
    parser.add_argument("paths", nargs="*", type=Path, help="other cases: YAML datasets or JSON lines")
    said = parser.parse_args()
    cases = [c for path in said.paths for c in cases_of(path)] or known_cases()
    found = 0
    with ProcessPoolExecutor(said.jobs) as pool:
        for some in pool.map(harms, cases[:: said.every], chunksize=4):
            found += len(some)
            for harm in some:
                print(
                    f"{harm.case}：{harm.figure} → {harm.cell} 填了 {harm.found}，应为 {harm.right}",
                    flush=True,
                )
    print(f"{len(cases[:: said.every])} 份材料，{found} 处")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
