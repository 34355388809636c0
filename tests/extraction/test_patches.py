"""Holds what words of change do to a ledger: found, carried out, recorded with their quote, and undone by leaving them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant import draft, revise
from assistant.drafting.pipeline import DraftOptions, draft_facts
from assistant.errors import UsageError
from assistant.extraction.patch_words import Understood, read_patches
from assistant.extraction.patches import Patch, Verb, apply_patches
from assistant.extraction.sources import read_sources
from assistant.report.draft import Draft
from assistant.report.facts import Aspect, FactStatus, Origin

_OPTIONS = DraftOptions(org="某县水利局", year=2025)
_MIXED = (
    "2025年新收申请5件，自然人3件，企业2件。予以公开3件，部分公开1件，第三方1件。没有上年结转。"
    "监督保障：组织培训3次；公布监督电话；开展自查。"
)
_PERSONS = "2025年新收申请5件，都是自然人。给了3件，部分公开1件，第三方1件。没有上年结转。复议2件，维持1件，还有1件没审结。许可12件。"


@dataclass
class _Ledger:
    """A conversation folded the way every caller folds it."""

    sources: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    patches: list[Patch] = field(default_factory=list)
    last: Understood = field(default_factory=Understood)

    def say(self, *texts: str) -> _Ledger:
        for text in texts:
            name = f"m{len(self.sources) + 1}"
            self.last = read_patches(text, name, self.draft)
            self.sources[name], self.hidden[name] = text, self.last.used
            self.patches += self.last.patches
        return self

    @property
    def draft(self) -> Draft:
        reading = read_sources(self.sources, hidden=self.hidden, year=2025, profile=_OPTIONS.profile())
        order = {name: index for index, name in enumerate(self.sources)}
        return draft_facts(
            apply_patches(reading.facts, self.patches, order), self.sources, _OPTIONS, reading.findings
        )

    def at(self, row: str, col: str = "total", table: str = "table3") -> Any:
        return self.draft.report.tables[table][row][col]


@pytest.mark.parametrize(
    ("facts", "words", "cells"),
    [
        (_MIXED, "把自然人改成4", {"new_received.natural_person": 4}),
        (_MIXED, "麻烦把自然人那个数改为4件，谢谢", {"new_received.natural_person": 4}),
        (_MIXED, "自然人改成4件，企业改成1件", {"new_received.natural_person": 4, "new_received.biz_enterprise": 1}),
        (_MIXED, "予以公开改成两件", {"granted.total": 2}),
        (_PERSONS, "给了的改成4件", {"granted.total": 4, "granted.natural_person": 4}),
        (_PERSONS, "把予以公开的自然人改成２", {"granted.natural_person": 2}),
        (_PERSONS, "部分公开清空", {"partial.total": None}),
        (_MIXED, "第三方那一件挪到部分公开", {"deny_third_party.total": 0, "partial.total": 2}),
        (_MIXED, "第三方改成部分公开", {"deny_third_party.total": 0, "partial.total": 2}),
        (_PERSONS, "把予以公开的2件算到不掌握里", {"granted.total": 1, "na_not_held.total": 2}),
        (_PERSONS, "不予公开那件归到部分公开里去", {"deny_third_party.total": 0, "partial.natural_person": 2}),
        (_MIXED, "企业的都算到自然人里", {"new_received.biz_enterprise": 0, "new_received.natural_person": 5}),
        (_MIXED, "其余都是0", {"carried_forward.total": 0, "np_repeat.total": 0}),
        (_MIXED, "没填的都按零填", {"np_repeat.total": 0}),
        (_MIXED, "予以公开那句不算", {"granted.total": None, "partial.total": 1}),
    ],
)  # fmt: skip
def test_words_of_change(facts: str, words: str, cells: dict[str, int | None]) -> None:
    ledger = _Ledger().say(facts, words)
    assert ledger.last.patches
    assert {name: ledger.at(*name.split(".")) for name in cells} == cells


@pytest.mark.parametrize(
    ("words", "where", "value"),
    [
        ("许可改成300", ("admin_license", "decisions", "table2"), 300),
        ("规范性文件制发改成3", ("normative_docs", "issued", "table2"), 3),
        ("复议维持的那件改成纠正", ("review", "corrected", "table4"), 1),
        ("复议改成3件", ("review", "total", "table4"), 3),
    ],
)
def test_words_of_change_in_the_other_tables(words: str, where: tuple[str, str, str], value: int) -> None:
    assert _Ledger().say(_PERSONS, words).at(*where) == value


def test_the_fee_can_be_changed() -> None:
    fee = _Ledger().say(_PERSONS + "信息处理费没有收取。", "信息处理费改成200元").draft.report.info_fee
    assert fee.yuan == 200


def test_a_change_is_recorded_with_its_quote_and_the_old_words_stay() -> None:
    draft = _Ledger().say(_MIXED, "哦对了，把予以公开改成2").draft
    fact = next(f for f in draft.facts if f.edited)
    (evidence,) = fact.evidence
    assert draft.sources[evidence.source][evidence.start : evidence.end] == evidence.quote
    assert evidence.quote == "把予以公开改成2"
    replaced = next(f for f in draft.facts if f.id == fact.corrects)
    assert (replaced.status, replaced.value) == (FactStatus.SUPERSEDED, 3)
    cell = next(c for c in draft.cells if (c.row, c.col) == ("granted", "total"))
    assert cell.origin is Origin.EDITED


@pytest.mark.parametrize(
    "words",
    [
        "把自然人改成4",
        "第三方那一件挪到部分公开",
        "企业的都算到自然人里",
        "培训那条不要了",
        "再加一条：开展测评1次",
    ],
)
def test_leaving_a_patch_out_undoes_it(words: str) -> None:
    ledger = _Ledger().say(_MIXED)
    before = ledger.draft.report
    assert ledger.say(words).draft.report != before
    ledger.patches.clear()
    assert ledger.draft.report == before


def test_the_last_message_is_taken_back() -> None:
    ledger = _Ledger().say(_MIXED, "复议1件，维持", "刚才那句不算")
    assert ledger.at("review", "total", "table4") is None
    assert ledger.at("granted") == 3


def test_taking_back_a_change_brings_the_old_figure_back() -> None:
    assert _Ledger().say(_MIXED, "把予以公开改成4", "刚才那句不算").at("granted") == 3


def test_something_said_again_afterwards_holds() -> None:
    assert (
        _Ledger().say(_MIXED, "复议1件，维持", "上一条作废", "复议2件，维持").at("review", "total", "table4")
        == 2
    )


def test_a_figure_stated_after_a_change_contradicts_it() -> None:
    draft = _Ledger().say(_PERSONS, "许可改成15", "许可20件").draft
    assert any(f.code == "CONFLICT" for f in draft.findings)


def test_an_activity_is_added_and_dropped() -> None:
    ledger = _Ledger().say(_MIXED, "监督保障再加一条：组织专题学习2次，覆盖全体干部")
    added = [f for f in ledger.draft.activities if "专题学习" in f.text]
    assert [(f.where, f.text) for f in added] == [(Aspect.OVERSIGHT, "组织专题学习2次，覆盖全体干部")]
    assert "专题学习" in ledger.draft.report.sections["s1"]
    ledger.say("删掉专题学习那条")
    assert ledger.last.patches[0].verb is Verb.DROP_ACTIVITY
    assert "专题学习" not in ledger.draft.report.sections["s1"]
    assert "监督电话" in ledger.draft.report.sections["s1"]


def test_words_that_fit_several_figures_are_asked_and_every_choice_is_understood() -> None:
    ledger = _Ledger().say(_PERSONS, "把自然人改成4")
    question = ledger.last.question
    assert question is not None
    assert not ledger.patches
    assert len(question.choices) >= 3
    for choice, where in zip(question.choices, question.about, strict=True):
        found = read_patches(choice, "x", ledger.draft).patches
        assert [[s.where for s in p.sets] for p in found] == [[where]]


@pytest.mark.parametrize("words", ["培训班那条不要了", "企业的都算到自然人里", "重复申请那2件挪到部分公开"])
def test_what_cannot_be_found_is_said_and_not_read_as_a_fact(words: str) -> None:
    ledger = _Ledger().say(_PERSONS)
    before = ledger.draft.report
    ledger.say(words)
    assert ledger.last.question is not None
    assert ledger.draft.report == before


@pytest.mark.parametrize(
    "words",
    [
        "复议1件，维持", "发布信息20条，开展培训3次", "今年行政许可320件", "申请人都是自然人", "把年报发给你看看", "改成什么好呢", "没有诉讼",
        "机构名称改成水利局", "网站栏目由3个改成5个", "把栏目挪到首页", "第三方评估1次",
    ],
)  # fmt: skip
def test_plain_facts_are_left_to_the_reader(words: str) -> None:
    found = read_patches(words, "x", _Ledger().say(_MIXED).draft)
    assert not found.patches
    assert not found.used


def test_a_first_message_has_nothing_to_change() -> None:
    assert not read_patches("把自然人改成4", "m1", _Ledger().draft).patches


def test_a_long_message_brings_facts() -> None:
    assert not read_patches("把自然人改成4。" + _MIXED * 3, "x", _Ledger().say(_MIXED).draft).patches


def test_offsets_of_a_dialogue_point_into_each_message() -> None:
    sources = {
        "甲": "新收申请5件。",
        "空": "",
        "乙": "其中自然人3件，企业2件。\n",
        "丙": "说错了，自然人是4件，企业1件。",
    }
    reading = read_sources(sources, year=2025)
    assert {e.source for f in reading.facts for e in f.evidence} == {"甲", "乙", "丙"}
    for fact in reading.facts:
        for e in fact.evidence:
            assert sources[e.source][e.start : e.end] == e.quote


def test_hidden_words_are_no_facts() -> None:
    sources = {"甲": "新收申请5件。复议1件。"}
    reading = read_sources(sources, hidden={"甲": [(7, 11)]}, year=2025)
    assert {f.where.split(".")[0] for f in reading.facts} == {"table3"}


def test_the_python_interface_changes_a_draft_in_words() -> None:
    first = draft(_MIXED, org="某县水利局", year=2025)
    second = revise(revise(first, "把予以公开改成2"), "第三方那一件挪到部分公开")
    assert (second.report.table3["granted"]["total"], second.report.table3["partial"]["total"]) == (2, 2)
    assert list(second.sources) == ["input", "更正1", "更正2"]
    assert len({f.id for f in second.facts}) == len(second.facts)
    back = revise(second, "刚才那句不算")
    assert back.report.table3["granted"]["total"] == 2
    for words, message in (("今天天气不错", "没有要求更正"), ("重复申请那2件挪到部分公开", "没有可以改计")):
        with pytest.raises(UsageError, match=message):
            revise(first, words)
