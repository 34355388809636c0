"""Holds how the figures of quoted words go to cells: in order, one for all, or by what the words name; never past the source."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.drafting.engines import Engine
from assistant.forms import load_form
from assistant.model_reader.answers import Reading, canonical
from assistant.model_reader.asked import Names
from assistant.model_reader.grounding import Fit, Ground
from assistant.report.draft import Draft
from evals.fake_openai import FakeOpenAI
from tests.llm.conftest import settings_for
from tests.llm.scripts import cell, drafted, reads, words

pytest.importorskip("langchain_openai")

_TEXT = "今年新收12件，没有上年结转。予以公开7件，部分公开4件。复议维持2、纠正0、其他结果1。许可48、处罚7。"


def _drafted(*figures: dict[str, Any], text: str = _TEXT) -> Draft:
    with FakeOpenAI(reads(*figures)) as server:
        return drafted(text, settings_for(server.url, rewrite=False, repair_rounds=0))


def _both(draft: Draft) -> dict[str, Any]:
    return {f.where.partition(".")[2]: f.value for f in draft.facts if f.read_by == "both"}


def _rejections(draft: Draft) -> str:
    return "".join(f.message for f in draft.findings if f.code == "MODEL_REJECTED")


@pytest.mark.parametrize(
    ("quote", "cells", "values"),
    [
        ("予以公开7件，部分公开4件", ["granted", "partial"], {"granted.total": 7, "partial.total": 4}),
        ("予以公开7件，部分公开4件", ["partial", "granted"], {"granted.total": 7, "partial.total": 4}),
        ("予以公开7件，部分公开4件", ["partial"], {"partial.total": 4}),
        (
            "维持2、纠正0、其他结果1",
            ["review.upheld", "review.other"],
            {"review.upheld": 2, "review.other": 1},
        ),
        ("许可48、处罚7", ["admin_license", "admin_penalty.decisions"], {"admin_license.decisions": 48}),
        ("许可48", ["table2.admin_license.decisions"], {"admin_license.decisions": 48}),
    ],
    ids=["in order", "order by the words", "more figures than cells", "zeros", "short names", "full names"],
)
def test_figures_go_to_the_cells(quote: str, cells: list[str], values: dict[str, Any]) -> None:
    draft = _drafted(words(quote, *cells))
    assert values.items() <= _both(draft).items()
    assert _rejections(draft) == ""


def test_one_figure_serves_several_cells() -> None:
    text = "今年新收12件都是自然人。"
    draft = _drafted(words("新收12件都是自然人", "new_received", "new_received.natural_person"), text=text)
    assert _both(draft)["new_received.total"] == 12
    assert {c.value for c in draft.cells if c.row == "new_received" and c.col == "natural_person"} == {12}


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (words("予以公开7件", "partial"), "别的事项"),
        (words("新收12件，没有上年结转。予以公开7件", "np_repeat"), "对不上"),
        (words("没有上年结转", "carried_over"), "没有可填的数"),
        (words("予以公开8件", "granted"), "原文没有这句话"),
        (cell("granted", 8, "予以公开7件"), "引文里没有 8"),
        (
            {"quote": "予以公开7件，部分公开4件", "cells": ["granted", "partial"], "values": [4, 7]},
            "别的事项",
        ),
    ],
)
def test_words_that_do_not_bear_the_cell_out_are_refused(entry: dict[str, Any], reason: str) -> None:
    offline = drafted(_TEXT, None, Engine.OFFLINE)
    draft = _drafted(entry)
    assert [c.value for c in draft.cells] == [c.value for c in offline.cells]
    assert reason in _rejections(draft)


def test_the_evidence_of_one_cell_is_its_part_of_the_words() -> None:
    text = (
        "今年新收9件，没有上年结转。予以公开5件；另有2件归到甲乙丙那一档里去了，1件归到丁戊己那一档里去了。"
    )
    quote = "另有2件归到甲乙丙那一档里去了，1件归到丁戊己那一档里去了"
    draft = _drafted(words(quote, "na_still_unclear", "na_not_held"), text=text)
    found = {f.where: f.evidence[0].quote for f in draft.facts if f.read_by == "model"}
    assert set(found.values()) == {quote}  # no part of them names a row, so none is enough

    ground = Ground(_TEXT, load_form("2021"), 2025)
    seven = next(t for t in ground.tokens if t.value == 7 and "予以公开" in _TEXT[t.start - 4 : t.start])
    start, end = ground.own_part(seven, *ground.locate("予以公开7件，部分公开4件")[0])
    assert _TEXT[start:end] == "予以公开7件"


@pytest.mark.parametrize(
    ("text", "value", "name", "fit"),
    [
        ("公开24 部分公开20", 24, "partial", Fit.AGAINST),
        ("公开24 部分公开20", 20, "partial", Fit.NAMED),
        ("4件部分公开，7件予以公开", 4, "partial", Fit.NAMED),
        ("新收81，个人80 企业1。", 1, "carried_over.biz_enterprise", Fit.AGAINST),
        ("新收81，个人80 企业1。", 1, "new_received.biz_enterprise", Fit.NAMED),
        ("复议：维持2，纠正1。", 1, "litigation_direct.corrected", Fit.AGAINST),
        ("复议：维持2，纠正1。", 1, "review.corrected", Fit.NAMED),
    ],
)
def test_a_figure_is_of_the_row_that_its_words_speak_of(text: str, value: int, name: str, fit: Fit) -> None:
    ground = Ground(text, load_form("2021"), 2025)
    place = Names(ground.form).place(name)
    assert place is not None
    figure = next(t for t in ground.figures(0, len(text)) if t.value == value)
    assert ground.fit(figure, place) is fit


def test_an_answer_is_read_and_written_without_loss() -> None:
    answer = {
        "figures": [
            words("甲1乙2", "granted", "partial"),
            words("丙3", "review.upheld"),
            cell("x", 4, "丁4"),
        ],
        "last_year": [words("戊5", "granted")],
        "applicants": [],
        "corrections": [],
        "activities": [],
    }
    parsed = Reading.model_validate(answer).parsed
    assert [(c.cell, c.turn, c.turns) for c in parsed.cells] == [
        ("granted", 0, 2), ("partial", 1, 2), ("review.upheld", 0, 1), ("x", 0, 1),
    ]  # fmt: skip
    assert Reading.model_validate_json(canonical(parsed)).parsed == parsed


@pytest.mark.parametrize(
    "entry",
    [
        {"quote": "予以公开7件", "cells": "granted"},
        {"quote": "予以公开7件"},
        {"quote": "予以公开7件", "cells": ["granted"], "values": [7, 8]},
        {"cells": ["granted"]},
        [],
    ],
)
def test_entries_of_the_wrong_shape_are_counted(entry: object) -> None:
    parsed = Reading.model_validate({"figures": [entry, words("部分公开4件", "partial")]}).parsed
    assert [c.cell for c in parsed.cells] == ["partial"]
    assert parsed.broken == 1
