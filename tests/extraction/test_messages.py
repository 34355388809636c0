"""Every message kept here fills its cells, one by one; those known to fail are listed, and leave the list when they pass."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from evals.cases import load_cases
from evals.reading_cases import cells_amiss
from evals.results import seal

_HERE = Path(__file__).parent
_OPEN = sorted((_HERE / "messages").glob("tune_*.yaml"))
_SEALED = sorted((_HERE / "messages").glob("held_*.yaml"))
_KNOWN: dict[str, dict[str, list[str]]] = json.loads(
    (_HERE / "known_failing.json").read_text(encoding="utf-8")
)
"""by file: ids of the cases that fail, and of sealed ones only their seals"""


@cache
def _failing(path: Path) -> dict[str, str]:
    return cells_amiss(load_cases(path))


@pytest.mark.parametrize("path", _OPEN, ids=lambda path: path.stem)
def test_every_message_fills_its_cells(path: Path) -> None:
    failing, known = _failing(path), set(_KNOWN["open"].get(path.stem, []))
    assert {name: told for name, told in failing.items() if name not in known} == {}
    assert known - set(failing) == set(), "these pass now: take them out of known_failing.json"


@pytest.mark.parametrize("path", _SEALED, ids=lambda path: path.stem)
def test_every_sealed_message_fills_its_cells(path: Path) -> None:
    """Compared one by one like the others; which ones they are is not shown, so that nobody tunes the program on them."""
    failing, known = {seal(name) for name in _failing(path)}, set(_KNOWN["sealed"].get(path.stem, []))
    assert len(failing - known) == 0, "sealed messages that were read rightly are not any more"
    assert known - failing == set(), "these seals pass now: take them out of known_failing.json"


def test_the_list_names_only_what_is_there() -> None:
    assert set(_KNOWN["open"]) <= {path.stem for path in _OPEN}
    assert set(_KNOWN["sealed"]) <= {path.stem for path in _SEALED}
    assert [names for kind in _KNOWN.values() for names in kind.values() if names != sorted(set(names))] == []
