"""Several sources of one report: a later one corrects an earlier one by its words, in every way of use, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import assistant
from assistant.batch import BatchOptions, UnitInput
from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.extraction.sources import read_sources
from assistant.interfaces.chat.ledger import Ledger
from assistant.interfaces.chat.turns import Event, new_turn
from assistant.interfaces.chat.understand import understand
from assistant.interfaces.cli.files import read_materials
from assistant.office.engine_names import Engine
from assistant.report.draft import Draft

_ORG, _YEAR = "清源县水利局", 2025
_FIRST = "2025年新收自然人申请5件。"
_CORRECTION = "前面说错了，新收自然人申请应为6件。"
_SECOND = "新收自然人申请6件。"
_CELL = ("new_received", "natural_person")


def _by_api(texts: Mapping[str, str], folder: Path) -> Draft:
    return assistant.draft(dict(texts), org=_ORG, year=_YEAR, engine="offline")


def _by_files(texts: Mapping[str, str], folder: Path) -> Draft:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    materials = read_materials([str(folder / name) for name in texts])
    return draft_texts(materials, DraftOptions(org=_ORG, year=_YEAR, engine=Engine.OFFLINE))


def _by_batch(texts: Mapping[str, str], folder: Path) -> Draft:
    shared = DraftOptions(engine=Engine.OFFLINE)
    (result,) = assistant.draft_batch([UnitInput(_ORG, texts=texts, year=_YEAR)], BatchOptions(draft=shared))
    assert result.draft is not None
    return result.draft


def _by_chat(texts: Mapping[str, str], folder: Path) -> Draft:
    kept: dict[str, str] = {}
    ledger = Ledger(kept.__getitem__)
    log = [new_turn(Event(kind="profile", profile={"org": _ORG, "year": _YEAR}))]
    for name, text in texts.items():
        log.append(understand(log, Event(kind="file", name=name, text=text), ledger, lambda text: ""))
    return ledger.draft(log)


_WAYS = pytest.mark.parametrize(
    "way", [_by_api, _by_files, _by_batch, _by_chat], ids=["api", "command", "batch", "chat"]
)
_Way = Callable[[Mapping[str, str], Path], Draft]


def _value(draft: Draft) -> object:
    return draft.report.table3[_CELL[0]][_CELL[1]]


@_WAYS
def test_a_later_source_corrects_an_earlier_one(way: _Way, tmp_path: Path) -> None:
    draft = way({"一.txt": _FIRST, "二.txt": _CORRECTION}, tmp_path)
    assert _value(draft) == 6
    assert [f.code for f in draft.findings if f.code in ("CONFLICT", "CORRECTED")] == ["CORRECTED"]


@_WAYS
def test_without_words_of_correction_two_values_are_a_contradiction(way: _Way, tmp_path: Path) -> None:
    draft = way({"一.txt": _FIRST, "二.txt": _SECOND}, tmp_path)
    assert _value(draft) is None
    (conflict,) = [f for f in draft.findings if f.code == "CONFLICT"]
    assert {e.source for e in conflict.evidence} == {"一.txt", "二.txt"}


@_WAYS
def test_the_order_of_the_sources_decides_which_one_corrects(way: _Way, tmp_path: Path) -> None:
    draft = way({"一.txt": _CORRECTION, "二.txt": _FIRST}, tmp_path)
    assert _value(draft) is None
    assert [f for f in draft.findings if f.code == "CONFLICT"]


@_WAYS
def test_a_later_source_goes_on_with_what_the_earlier_one_spoke_of(way: _Way, tmp_path: Path) -> None:
    draft = way({"一.txt": "2025年新收申请5件。", "二.txt": "其中自然人3件，商业企业2件。"}, tmp_path)
    assert (_value(draft), draft.report.table3["new_received"]["biz_enterprise"]) == (3, 2)


def test_what_two_sources_say_alike_has_an_account_in_each() -> None:
    reading = read_sources({"甲": _FIRST, "乙": _FIRST + "新收自然人申请5件。"}, year=_YEAR)
    stated = [f for f in reading.facts if f.where == "table3.new_received.natural_person"]
    assert [f.evidence[0].source for f in stated] == ["甲", "乙"]
    assert len({f.id for f in reading.facts}) == len(reading.facts)


def test_a_source_that_is_quoted_from_end_to_end_is_read_beside_others() -> None:
    """A forwarded mail is the material; in a mail with an answer the quoted lines are the earlier mail."""
    quoted = "> 新收自然人申请5件。\n> 均予以公开。"
    for sources in ({"信": quoted}, {"信": quoted, "说明": "举办培训2次。"}):
        facts = read_sources(sources, year=_YEAR).facts
        assert ("table3.new_received.natural_person", 5) in {(f.where, f.value) for f in facts}
