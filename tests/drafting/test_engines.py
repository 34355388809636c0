"""Holds which reader reads, that the referee has the last word, and that every fault still ends in a draft that says so."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from assistant import draft, draft_async
from assistant.drafting.engines import Engine
from assistant.drafting.pipeline import DraftOptions, draft_texts_async
from assistant.errors import ModelNotReady
from assistant.report.draft import Draft
from assistant.report.facts import FactStatus
from assistant.report.findings import Severity
from evals.fake_openai import FAULTS, Answer, FakeOpenAI
from tests.llm.conftest import settings_for
from tests.llm.scripts import MESSAGE, cell, drafted, is_wording, reads, said

pytest.importorskip("langchain_openai")


def _codes(draft: Draft) -> list[str]:
    return [f.code for f in draft.findings]


def _values(draft: Draft) -> dict[str, Any]:
    return {f"{c.row}.{c.col}": c.value for c in draft.cells if c.value is not None}


def _without_model(draft: Draft) -> dict[str, Any]:
    return draft.model_dump(exclude={"model": True, "findings": True})


# ------------------------------------------------------------ who reads
def test_without_a_model_auto_is_offline_and_says_nothing() -> None:
    draft = drafted(MESSAGE, None, Engine.AUTO)
    assert draft.model.engine == "offline"
    assert draft == drafted(MESSAGE, None, Engine.OFFLINE)


def test_asking_for_a_model_that_is_not_configured_is_one_line() -> None:
    with pytest.raises(ModelNotReady, match="NIANBAO_MODEL"):
        drafted(MESSAGE, None, Engine.LLM)


def test_auto_uses_the_model_that_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeOpenAI(reads(cell("new_received.total", 12, "今年新收12件"))) as server:
        monkeypatch.setenv("NIANBAO_MODEL", "scripted")
        monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
        draft = drafted(MESSAGE, None, Engine.AUTO)
        assert (draft.model.engine, draft.model.name) == ("llm", "scripted")
        assert draft.model.input_tokens > 0
        assert draft.model.output_tokens > 0
        assert draft.model.requests == len(server.requests)


def test_offline_calls_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeOpenAI(reads()) as server:
        monkeypatch.setenv("NIANBAO_MODEL", "scripted")
        monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
        assert drafted(MESSAGE, None, Engine.OFFLINE).model.engine == "offline"
        assert server.paths == []


@pytest.mark.parametrize("way", ["closed", "hangs"])
def test_auto_reads_offline_when_the_model_cannot_be_reached(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeOpenAI(reads()) as server:
        if way == "hangs":
            server.listing_hangs = True
            url = server.url
        else:
            url = "http://127.0.0.1:9/v1"
        monkeypatch.setenv("NIANBAO_MODEL", "scripted")
        monkeypatch.setenv("NIANBAO_BASE_URL", url)
        monkeypatch.setenv("NIANBAO_CONNECT_TIMEOUT", "0.2")
        draft = drafted(MESSAGE, None, Engine.AUTO)
        assert draft.model.engine == "offline"
        assert _codes(draft).count("MODEL_FAULT") == 1
        assert server.requests == []


def test_wrong_settings_do_not_stop_auto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_MODEL", "scripted")
    monkeypatch.setenv("NIANBAO_BASE_URL", "not an address")
    draft = drafted(MESSAGE, None, Engine.AUTO)
    assert draft.model.engine == "offline"
    assert "NIANBAO_BASE_URL" in next(f.message for f in draft.findings if f.code == "MODEL_FAULT")


def test_the_model_is_usable_from_a_running_loop() -> None:
    with FakeOpenAI(reads(cell("new_received.total", 12, "今年新收12件"))) as server:
        options = DraftOptions(year=2025, engine=Engine.LLM, model=settings_for(server.url))

        async def twice() -> list[str]:
            found = [await draft_texts_async({"input": MESSAGE}, options) for _ in range(2)]
            return [d.model.engine for d in found]

        assert asyncio.run(twice()) == ["llm", "llm"]
        assert asyncio.run(twice()) == ["llm", "llm"]


def test_the_public_functions_draft_in_step_and_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeOpenAI(reads(cell("new_received.total", 12, "今年新收12件"))) as server:
        monkeypatch.setenv("NIANBAO_MODEL", "scripted")
        monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
        plain = draft(MESSAGE, org="清源县水利局", year=2025, engine="llm")
        awaited = asyncio.run(draft_async({"input": MESSAGE}, org="清源县水利局", year=2025, engine="llm"))
    assert plain == awaited
    assert (plain.model.engine, plain.report.year) == ("llm", 2025)
    with pytest.raises(TypeError, match="unexpected keyword argument 'yaer'"):
        draft(MESSAGE, yaer=2025)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="magic"):
        draft(MESSAGE, engine="magic")


# ------------------------------------------------------------ faults
@pytest.mark.parametrize(
    ("engine", "stream"),
    [(Engine.LLM, False), (Engine.AUTO, False), (Engine.LLM, True)],
    ids=["llm", "auto", "stream"],
)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_ends_in_the_offline_draft_and_one_clear_finding(
    fault: str, engine: Engine, stream: bool
) -> None:
    offline = drafted(MESSAGE, None, Engine.OFFLINE)
    with FakeOpenAI(lambda _: Answer('{"figures":[]}', fault=fault)) as server:
        draft = drafted(
            MESSAGE, settings_for(server.url, timeout=0.3 if fault == "hang" else 5, stream=stream), engine
        )
        assert len(server.requests) <= 5
    assert _without_model(draft) == _without_model(offline)
    faults = [f for f in draft.findings if f.code == "MODEL_FAULT"]
    assert [f.severity for f in faults] == [Severity.WARNING]
    assert "\n" not in faults[0].message
    assert draft.model.engine == "offline"
    assert draft.model.requests == len(server.requests)


def test_a_model_that_fails_after_reading_keeps_what_was_read() -> None:
    def script(body: dict[str, Any]) -> Answer:
        return (
            Answer(fault="500")
            if is_wording(body)
            else reads(cell("new_received.total", 12, "今年新收12件"))(body)
        )

    with FakeOpenAI(script) as server:
        draft = drafted(MESSAGE + "网站开设了水利专栏，发布解读3篇。", settings_for(server.url))
    assert draft.model.engine == "llm"
    assert [f.message.partition("。")[2] for f in draft.findings if f.code == "MODEL_FAULT"] == [
        "模型已读出的部分保留"
    ]


# ------------------------------------------------------------ agreement
def test_agreement_is_marked_and_nothing_else_changes() -> None:
    offline = drafted(MESSAGE, None, Engine.OFFLINE)
    with FakeOpenAI(
        reads(cell("new_received.total", 12, "今年新收12件"), cell("granted.total", 7, "予以公开7件"))
    ) as server:
        draft = drafted(MESSAGE, settings_for(server.url))
    assert _values(draft) == _values(offline)
    assert {f.where for f in draft.facts if f.read_by == "both"} == {
        "table3.new_received.total",
        "table3.granted.total",
    }


def test_what_only_the_model_finds_is_used_when_the_source_bears_it_out_and_is_marked() -> None:
    text = "今年新收7件，没有上年结转，也没有结转下年。予以公开5件；另有2件归到甲乙丙那一档里去了。"
    quote = "另有2件归到甲乙丙那一档里去了"
    assert "na_still_unclear.total" not in _values(drafted(text, None, Engine.OFFLINE))
    with FakeOpenAI(reads(cell("na_still_unclear.total", 2, quote))) as server:
        draft = drafted(text, settings_for(server.url))
    found = next(c for c in draft.cells if (c.row, c.col) == ("na_still_unclear", "total"))
    assert (found.value, found.evidence[0].quote) == (2, quote)
    assert [f.read_by for f in draft.facts if f.where == "table3.na_still_unclear.total"] == ["model"]
    assert any(f.code == "MODEL_READ" and quote in f.message for f in draft.findings)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (cell("granted.total", 8, "予以公开7件"), "引文里没有 8"),
        (cell("granted.total", 8, "予以公开8件"), "原文没有这句话"),
        (cell("np_repeat.total", 7, "予以公开7件"), "别的事项"),
        (cell("new_received.research_inst", 9, "9个是老百姓提的"), "别的事项"),
        (cell("rules.issued", 7, "予以公开7件"), "别的事项"),
        (cell("admin_fee.amount_wan", 12, "今年新收12件"), "单位不符"),
        (cell("granted.nobody", 7, "予以公开7件"), "没有这个单元格"),
        (cell("granted.total", 0, "予以公开7件"), "不是可填的数"),
        (cell("granted.total", 7, MESSAGE * 4), "原文没有这句话"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value,
)
def test_lies_are_refused_and_shown(item: dict[str, Any], reason: str) -> None:
    offline = drafted(MESSAGE, None, Engine.OFFLINE)
    with FakeOpenAI(reads(item)) as server:
        draft = drafted(MESSAGE, settings_for(server.url))
    assert _values(draft) == _values(offline)
    assert any(reason in f.message for f in draft.findings if f.code == "MODEL_REJECTED")


def test_two_readings_of_one_cell_become_a_question_with_both_quotes() -> None:
    text = "今年新收12件，都是自然人，予以公开12件。门卫那本登记簿上另有一说是15件。"
    quote = "登记簿上另有一说是15件"
    with FakeOpenAI(reads(cell("new_received.total", 15, quote))) as server:
        draft = drafted(text, settings_for(server.url))
    found = [f for f in draft.findings if f.code == "CONFLICT" and f.where == "table3.new_received.total"]
    assert [f.severity for f in found] == [Severity.ASK]
    assert [e.quote for e in found[0].evidence] == ["今年新收12件", quote]
    assert (found[0].expected, found[0].got) == (12, 15)
    assert _values(draft) == _values(drafted(text, None, Engine.OFFLINE))


def test_a_model_cannot_upgrade_what_the_user_was_unsure_of() -> None:
    text = "今年新收12件，好像予以公开有7件。"
    with FakeOpenAI(reads(cell("granted.total", 7, "好像予以公开有7件"))) as server:
        draft = drafted(text, settings_for(server.url))
    assert "granted.total" not in _values(draft)
    assert all(f.status is not FactStatus.STATED for f in draft.facts if f.where == "table3.granted.total")


@pytest.mark.parametrize(
    "item", ["7", None, {"cell": "granted.total"}, {"cell": 3, "value": [], "quote": {}}]
)
def test_a_bad_entry_does_not_spoil_the_others(item: object) -> None:
    answer = {"figures": [item, cell("granted.total", 7, "予以公开7件")]}
    with FakeOpenAI(lambda body: reads()(body) if is_wording(body) else Answer.of(answer)) as server:
        draft = drafted(MESSAGE, settings_for(server.url))
    assert {f.where for f in draft.facts if f.read_by == "both"} == {"table3.granted.total"}


def test_long_sources_are_read_in_pieces() -> None:
    text = "。".join(f"第{n}个村开展了政策宣传" for n in range(400)) + "。予以公开7件。"
    seen: list[str] = []

    def script(body: dict[str, Any]) -> Answer:
        seen.append(said(body))
        return (
            reads(cell("granted.total", 7, "予以公开7件"))(body)
            if "予以公开" in said(body)
            else reads()(body)
        )

    with FakeOpenAI(script) as server:
        draft = drafted(text, settings_for(server.url, chunk_chars=1000, overlap_chars=100, rewrite=False))
    assert len(seen) > 3
    assert max(len(s) for s in seen) < 1100
    assert {f.where for f in draft.facts if f.read_by == "both"} == {"table3.granted.total"}


def test_the_schema_carries_every_cell_once_and_asks_for_no_zero() -> None:
    with FakeOpenAI(reads()) as server:
        drafted(MESSAGE, settings_for(server.url, rewrite=False))
    schema = server.requests[0]["response_format"]["json_schema"]["schema"]
    names = schema["properties"]["figures"]["items"]["properties"]["cells"]["items"]["enum"]
    assert len(names) == len(set(names))
    assert {
        "granted.natural_person",
        "review.upheld",
        "admin_fee",
        "deny_subtotal",
        "info_fee.yuan",
    } <= set(names)
    assert "说是零或没有的，不要输出" in json.dumps(server.requests[0], ensure_ascii=False)
