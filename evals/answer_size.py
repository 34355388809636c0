"""Measures how long a model's answer is beside one that must give all cells of the form (``python -m evals.answer_size``)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.extraction.asked import Names
from assistant.extraction.llm_reader import canonical
from evals.attacks import attack_cases
from evals.cases import Case
from evals.oracle import Oracle

__all__ = ["Sizes", "sizes", "tokens_of"]

_PIECES = re.compile(r"[\u2e80-\uffff]|[A-Za-z]+|\d{1,3}|[^\sA-Za-z\d\u2e80-\uffff]{1,2}")
_LETTERS = 6


def tokens_of(text: str) -> int:
    """About how many tokens a model writes for a JSON text: a Chinese character, three digits, two signs, six letters."""
    return sum(
        -(-len(piece) // _LETTERS) if piece[0].isascii() and piece[0].isalpha() else 1
        for piece in _PIECES.findall(text)
    )


@dataclass(frozen=True)
class Sizes:
    """Tokens over all cases: of our answers, of dense answers with the same evidence, of dense answers with bare values."""

    sparse: int
    dense: int
    bare: int

    @property
    def share(self) -> float:
        """Ours beside an answer that gives value and quote of every cell."""
        return self.sparse / self.dense


def sizes(cases: Iterable[Case]) -> Sizes:
    """Add up the answers of a perfect model to the cases, in each of the three forms."""
    sparse = dense = bare = 0
    for case in cases:
        reading = Oracle(case).reading("input", case.message)
        held = {item.cell: item for item in reading.cells}
        sparse += tokens_of(canonical(reading))
        whole: dict[str, dict[str, dict[str, object]]] = {}
        values: dict[str, dict[str, dict[str, object]]] = {}
        for key in case.form.cells:
            item = held.get(f"{key.row}.{key.col}")
            value = float(item.value) if item else 0
            cell = {
                "value": int(value) if value == int(value) else value,
                "quote": item.quote if item else "",
            }
            whole.setdefault(key.table, {}).setdefault(key.row, {})[key.col] = cell
            values.setdefault(key.table, {}).setdefault(key.row, {})[key.col] = cell["value"]
        dense += tokens_of(json.dumps(whole, ensure_ascii=False, separators=(",", ":")))
        bare += tokens_of(json.dumps(values, ensure_ascii=False, separators=(",", ":")))
    return Sizes(sparse, dense, bare)


def main() -> None:
    """Print the sizes of the samples."""
    cases = attack_cases(reader=False)
    found = sizes(cases)
    names = len(Names(cases[-1].form).places)
    print(f"{len(cases)} 例，可用名称 {names} 个；词元为估计值")
    print(f"  只答说到的格    {found.sparse / len(cases):8.0f} 词元/例")
    print(f"  全部 200 格（值和原文）{found.dense / len(cases):8.0f} 词元/例，占比 {found.share:.1%}")
    print(
        f"  全部 200 格（只有值）  {found.bare / len(cases):8.0f} 词元/例，占比 {found.sparse / found.bare:.1%}"
    )


if __name__ == "__main__":
    main()
