"""The first score of each set of cases, before anything was changed because of it: read, verified, appended, never rewritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

__all__ = ["FIRST_RUNS", "FirstRun", "Ledger", "append", "broken_at", "digest", "read_ledger"]

FIRST_RUNS = Path(__file__).with_name("first_runs.json")

_Score = float | tuple[float, float] | None
"""a score, the lowest and highest of several sets that were scored one by one, or not known"""


class FirstRun(BaseModel):
    """One set's first score. ``before`` is the digest of the entry before it, so that none can be changed or taken out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    set: str
    date: str
    cases: int
    files: tuple[str, ...] = ()
    """where the cases are kept now, from the root of the checkout; empty for sets kept elsewhere"""
    precision: _Score = None
    recall: _Score = None
    f1: _Score = None
    macro: _Score = None
    exact: _Score = None
    wrong: int | None = None
    silent: int | None = None
    false_zeros: int | None = None
    burden: _Score = None
    needless: int | None = None
    commit: str = ""
    note: str = ""
    before: str = ""


class Ledger(BaseModel):
    """The file: entries in the order they were made, and the sets that were tuned on before records were kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    runs: tuple[FirstRun, ...] = ()
    before_records: tuple[str, ...] = ()


def read_ledger(path: Path = FIRST_RUNS) -> Ledger:
    """The entries kept so far; ValidationError when the file does not fit."""
    return Ledger.model_validate_json(path.read_text(encoding="utf-8"))


def digest(run: FirstRun) -> str:
    """What the next entry names: SHA-256 over all of this one, the digest it carries included."""
    text = json.dumps(run.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_at(runs: Sequence[FirstRun]) -> list[str]:
    """The sets whose entry does not follow on the one before it, because that one was changed, moved or taken out."""
    before = ["", *map(digest, runs)]
    return [run.set for run, last in zip(runs, before, strict=False) if run.before != last]


def append(run: FirstRun, path: Path = FIRST_RUNS) -> FirstRun:
    """Write an entry behind the others; ValueError when its set has one already, or when the chain is broken."""
    ledger = read_ledger(path)
    if any(kept.set == run.set for kept in ledger.runs):
        raise ValueError(f"“{run.set}”已有首次成绩，不能再记；请换一个名称")
    if broken := broken_at(ledger.runs):
        raise ValueError(f"首次成绩记录被改动过（{'、'.join(broken)} 之前），请先恢复原样")
    linked = run.model_copy(update={"before": digest(ledger.runs[-1]) if ledger.runs else ""})
    data: dict[str, Any] = ledger.model_copy(update={"runs": (*ledger.runs, linked)}).model_dump(
        mode="json", exclude_defaults=True
    )
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return linked
