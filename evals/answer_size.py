"""Measures how long a model's answer is beside one that must give all cells of the form (``python -m evals.answer_size``)."""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.model_reader.answers import canonical
from assistant.model_reader.asked import Names
from assistant.model_reader.grounding import Ground
from evals.attacks import attack_cases
from evals.cases import Case
from evals.oracle import Oracle, phrased

__all__ = ["Count", "Sizes", "sizes", "tokens_of", "vocabulary"]

Count = Callable[[str], int]

_PIECES = re.compile(r"[\u2e80-\uffff]|[A-Za-z]+|\d{1,3}|[^\sA-Za-z\d\u2e80-\uffff]{1,2}")
_LETTERS = 6
_QWEN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
"""how the Qwen models cut a text before they look pieces up"""


def tokens_of(text: str) -> int:
    """About how many tokens a model writes for a JSON text: a Chinese character, three digits, two signs, six letters."""
    return sum(
        -(-len(piece) // _LETTERS) if piece[0].isascii() and piece[0].isalpha() else 1
        for piece in _PIECES.findall(text)
    )


def vocabulary(file: Path) -> Count:
    """Counts with a real vocabulary in tiktoken's form, cut as Qwen does."""
    import tiktoken

    lines = (line.split() for line in file.read_text("ascii").splitlines() if line)
    ranks = {base64.b64decode(token): int(rank) for token, rank in lines}
    encoding = tiktoken.Encoding(file.stem, pat_str=_QWEN, mergeable_ranks=ranks, special_tokens={})
    return lambda text: len(encoding.encode(text))


@dataclass(frozen=True)
class Sizes:
    """Tokens over all cases: of our answers, of dense answers with the same evidence, of dense answers with bare values."""

    cases: int
    sparse: int
    dense: int
    bare: int

    @property
    def share(self) -> float:
        """Ours beside an answer that gives the bare value of every cell and no evidence."""
        return self.sparse / self.bare

    @property
    def share_of_dense(self) -> float:
        """Ours beside an answer that gives value and quote of every cell."""
        return self.sparse / self.dense


def sizes(cases: Iterable[Case], count: Count = tokens_of) -> Sizes:
    """Add up the answers of a perfect model to the cases, in each of the three forms."""
    number = sparse = dense = bare = 0
    for case in cases:
        number += 1
        oracle, ground = Oracle(case), Ground(case.message, case.form, case.year)
        sparse += count(canonical(oracle.reading("input", case.message)))
        quotes = {c.cell: c.quote for item in oracle.found(ground) for c in phrased(ground, [item])}
        names = Names(case.form)
        whole: dict[str, dict[str, dict[str, object]]] = {}
        values: dict[str, dict[str, dict[str, object]]] = {}
        for key in case.form.cells:
            stated = float(case.cells.get(str(key)) or 0)
            value = int(stated) if stated == int(stated) else stated
            cell = {"value": value, "quote": quotes.get(names.name(str(key)), "")}
            whole.setdefault(key.table, {}).setdefault(key.row, {})[key.col] = cell
            values.setdefault(key.table, {}).setdefault(key.row, {})[key.col] = value
        dense += count(_compact(whole))
        bare += count(_compact(values))
    return Sizes(number, sparse, dense, bare)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _line(name: str, size: Sizes) -> str:
    return (
        f"  {name:<8} {size.cases:>3} 例  只答说到的格 {size.sparse / size.cases:6.0f}"
        f"  全部格只答数 {size.bare / size.cases:6.0f}（占比 {size.share:.1%}）"
        f"  全部格附原文 {size.dense / size.cases:6.0f}（占比 {size.share_of_dense:.1%}）"
    )


def main(arguments: Sequence[str]) -> None:
    """Print the sizes of the samples; arguments are files with vocabularies in tiktoken's form."""
    cases = attack_cases(reader=False)
    tables = [case for case in cases if "\t" in case.message or re.search(r"(?:[ 　]\d+){4}", case.message)]
    print(f"{len(cases)} 例，可用名称 {len(Names(cases[-1].form).places)} 个，单位：词元/例")
    counts: dict[str, Count] = {"估计": tokens_of}
    counts |= {Path(name).name: vocabulary(Path(name)) for name in arguments}
    for name, count in counts.items():
        print(name)
        print(_line("全部", sizes(cases, count)))
        print(_line("粘贴表格", sizes(tables, count)))
        print(_line("叙述文字", sizes([case for case in cases if case not in tables], count)))


if __name__ == "__main__":
    main(sys.argv[1:])
