"""The reader alone against messages of many kinds: how much it reads, and how much of what it is sure of is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.documents.blocks import BlockKind
from assistant.documents.reading_blocks import blocks_of_text
from tests.extraction.sentences.reading import cells_of, read

_HERE = Path(__file__).parent
_OWN = [_HERE / "messages.yaml"]
_TUNED = sorted((_HERE.parent / "messages").glob("tune_*.yaml"))


def _cases(paths: list[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def _scored(kind: str) -> Counter[str]:
    score: Counter[str] = Counter()
    for case in _cases(_OWN if kind == "own" else _TUNED):
        if not case.get("message"):
            continue
        unit = case.get("unit") or case.get("org") or ""
        cells = cells_of(read(case["message"], case["year"], unit), case["year"])
        stated = {key: value for key, value in case["cells"].items() if value}
        may_be = {**(case.get("derived") or {}), **stated}
        for key, value in cells.values.items():
            if key in cells.rivals or key in case.get("open", ()):
                continue
            right = key in may_be and abs(float(may_be[key]) - float(value)) < 1e-9
            score[("sure" if key in cells.sure else "unsure") + (" right" if right else " wrong")] += 1
        if any(b.kind is BlockKind.TABLE for b in blocks_of_text(case["message"]).blocks):
            continue
        score["stated"] += len(stated)
        score["read"] += sum(
            key not in cells.rivals and abs(float(cells.values.get(key, -1)) - float(value)) < 1e-9
            for key, value in stated.items()
        )
    return score


@pytest.mark.parametrize(
    ("kind", "sure", "all_of_it", "recall"), [("own", 0.985, 0.97, 0.90), ("tuned", 0.995, 0.98, 0.90)]
)
def test_what_it_says_is_right(kind: str, sure: float, all_of_it: float, recall: float) -> None:
    score = _scored(kind)
    right, wrong = score["sure right"], score["sure wrong"]
    assert right / (right + wrong) >= sure
    right, wrong = right + score["unsure right"], wrong + score["unsure wrong"]
    assert right / (right + wrong) >= all_of_it
    assert score["read"] / score["stated"] >= recall
