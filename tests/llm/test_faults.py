"""Holds that every fault of a server becomes one clear line after few requests, and that nothing secret is in it."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from pydantic import BaseModel

from assistant.errors import (
    BudgetExceeded,
    ModelAnswerError,
    ModelDenied,
    ModelError,
    ModelNotReady,
    ModelUnreachable,
)
from assistant.llm.chat import ChatModel
from assistant.llm.pace import Ledger
from assistant.llm.running import run_sync
from assistant.llm.structured import Asked, ask
from assistant.office.model_settings import ModelSettings
from evals.fake_openai import FAULTS, Answer, FakeOpenAI, method_of
from tests.llm.conftest import settings_for

pytest.importorskip("langchain_openai")

_GOOD = Answer.of({"names": ["甲"]})
_KEY = "sk-very-secret-0123456789"
_FACTS = "密件：全年收到申请七件"


class Names(BaseModel):
    """What the tests ask for."""

    names: list[str]


_SCHEMA: dict[str, Any] = {
    "title": "Names",
    "type": "object",
    "additionalProperties": False,
    "required": ["names"],
    "properties": {"names": {"type": "array", "items": {"type": "string"}}},
}


async def _ask(settings: ModelSettings) -> Asked[Names]:
    async with ChatModel(settings, Ledger()) as model:
        return await ask(model, [("system", "读出名称"), ("user", _FACTS)], Names, _SCHEMA)


_EXPECTED: dict[str, tuple[type[ModelError], int]] = {
    "401": (ModelDenied, 1),
    "404_model": (ModelDenied, 1),
    "429": (ModelUnreachable, 3),
    "quota": (ModelDenied, 1),
    "400": (ModelError, 4),
    "500": (ModelUnreachable, 3),
    "hang": (ModelUnreachable, 3),
    "cut": (ModelUnreachable, 3),
    "truncated_json": (ModelAnswerError, 5),
    "wrong_schema": (ModelAnswerError, 5),
    "refusal": (ModelAnswerError, 5),
    "empty_choices": (ModelAnswerError, 4),
    "no_choices": (ModelAnswerError, 4),
    "empty_answer": (ModelAnswerError, 5),
    "wrong_content_type": (ModelDenied, 1),
    "redirect": (ModelDenied, 1),
    "huge": (ModelAnswerError, 4),
    "not_json": (ModelAnswerError, 4),
    "error_in_200": (ModelAnswerError, 4),
    "length": (ModelAnswerError, 1),
}


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_after_few_requests(
    fault: str, stream: bool, caplog: pytest.LogCaptureFixture
) -> None:
    kind, most = _EXPECTED[fault]
    caplog.set_level(logging.INFO)
    with FakeOpenAI(lambda _: Answer(_GOOD.content, fault=fault)) as server:
        settings = settings_for(
            server.url, stream=stream, timeout=0.3 if fault == "hang" else 5, api_key=_KEY
        )
        with pytest.raises(kind) as caught:
            run_sync(_ask(settings))
        assert 1 <= len(server.requests) <= most
    line = str(caught.value)
    assert "\n" not in line
    assert "；" in line or "回答" in line
    for secret in (_KEY, _FACTS):
        assert secret not in line
        assert secret not in caplog.text
        assert secret not in repr(settings)


@pytest.mark.parametrize("supported", ["json_schema", "function_calling", "json_mode", "text"])
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_the_method_is_negotiated_once_and_remembered(supported: str, stream: bool) -> None:
    with FakeOpenAI(lambda _: _GOOD, methods=(supported,)) as server:
        settings = settings_for(server.url, stream=stream)
        first = run_sync(_ask(settings))
        tried = [method_of(body) for body in server.requests]
        second = run_sync(_ask(settings))
        assert (first.value.names, second.method) == (["甲"], supported)
        assert tried == ["json_schema", "function_calling", "json_mode", "text"][: len(tried)]
        assert [method_of(body) for body in server.requests[len(tried) :]] == [supported]
        assert first.reply.input_tokens > 0
        assert first.reply.output_tokens > 0


def test_another_process_knows_the_method_from_the_cache() -> None:
    from assistant.llm import memory

    with FakeOpenAI(lambda _: _GOOD, methods=("text",)) as server:
        run_sync(_ask(settings_for(server.url)))
        memory._KNOWN.clear()
        before = len(server.requests)
        assert run_sync(_ask(settings_for(server.url))).method == "text"
        assert len(server.requests) == before + 1


def test_a_method_that_stops_working_is_negotiated_again() -> None:
    with FakeOpenAI(lambda _: _GOOD) as server:
        settings = settings_for(server.url)
        assert run_sync(_ask(settings)).method == "json_schema"
        server.methods = ("json_mode",)
        assert run_sync(_ask(settings)).method == "json_mode"


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"names":["甲"]}\n```',
        '<think>{"names":["乙"]}</think>好的：{"names":["甲"]}，完毕',
        '{} 其实是 {"names":["甲"]}',
    ],
)
def test_json_is_found_among_words(text: str) -> None:
    with FakeOpenAI(lambda _: Answer(text), methods=("text",)) as server:
        assert run_sync(_ask(settings_for(server.url))).value.names == ["甲"]


def test_one_bad_answer_may_be_mended() -> None:
    answers = iter([Answer('{"names":"甲"}'), _GOOD])
    with FakeOpenAI(lambda _: next(answers)) as server:
        asked = run_sync(_ask(settings_for(server.url, method="json_mode")))
        assert asked.value.names == ["甲"]
        assert "names" in server.requests[1]["messages"][-1]["content"]


def test_a_passing_fault_is_retried() -> None:
    answers = iter([Answer(fault="500"), Answer(fault="429", headers={"retry-after": "0"}), _GOOD])
    with FakeOpenAI(lambda _: next(answers)) as server:
        assert run_sync(_ask(settings_for(server.url))).value.names == ["甲"]
        assert len(server.requests) == 3


def test_a_long_retry_after_is_not_waited_for() -> None:
    with FakeOpenAI(lambda _: Answer(fault="429", headers={"retry-after": "3600"})) as server:
        with pytest.raises(ModelUnreachable, match="3600 秒后再试"):
            run_sync(_ask(settings_for(server.url)))
        assert len(server.requests) == 1


def test_pauses_grow_with_jitter_and_last_at_least_as_long_as_the_server_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []
    honest = asyncio.sleep

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        await honest(0)

    waits: tuple[dict[str, str], ...] = ({}, {}, {"retry-after": "2"}, {})
    answers = iter(Answer(fault="429", headers=headers) for headers in waits)
    monkeypatch.setattr("assistant.llm.chat.asyncio.sleep", note)
    with FakeOpenAI(lambda _: next(answers)) as server, pytest.raises(ModelUnreachable, match="429"):
        run_sync(_ask(settings_for(server.url, backoff=0.4, retries=3)))
    assert len(pauses) == 3
    assert 0.2 <= pauses[0] <= 0.6
    assert 0.4 <= pauses[1] <= 1.2
    assert 2 <= pauses[2] <= 2.4


def test_retries_count_against_the_rate() -> None:
    with FakeOpenAI(lambda _: Answer(fault="500")) as server:
        # the third request would have to wait a minute, longer than the draft may take
        with pytest.raises(BudgetExceeded, match="NIANBAO_REQUESTS_PER_MINUTE"):
            run_sync(_ask(settings_for(server.url, requests_per_minute=2, retries=5)))
        assert len(server.requests) == 2


def test_two_runs_of_a_loop_and_a_run_inside_a_loop() -> None:
    with FakeOpenAI(lambda _: _GOOD) as server:
        settings = settings_for(server.url)
        assert asyncio.run(_ask(settings)).value == asyncio.run(_ask(settings)).value

        async def inside() -> Asked[Names]:
            return run_sync(_ask(settings))

        assert asyncio.run(inside()).value.names == ["甲"]


def test_a_closed_port_is_one_line() -> None:
    with FakeOpenAI(lambda _: _GOOD) as server:
        settings = settings_for(server.url)
    with pytest.raises(ModelUnreachable, match="连接不上"):
        run_sync(_ask(settings))


def test_the_number_of_requests_is_bounded() -> None:
    with FakeOpenAI(lambda _: Answer(fault="500")) as server:
        with pytest.raises(BudgetExceeded, match="2 次"):
            run_sync(_ask(settings_for(server.url, max_requests=2, retries=9)))
        assert len(server.requests) == 2


def test_spending_is_bounded() -> None:
    with FakeOpenAI(lambda _: _GOOD) as server:
        prices = {"max_spend": 0.001, "input_price": 100.0, "output_price": 100.0}

        async def twice() -> None:
            async with ChatModel(settings_for(server.url, **prices), Ledger()) as model:
                for _ in range(2):
                    await ask(model, [("system", "x"), ("user", "y" * 20)], Names, _SCHEMA)

        with pytest.raises(BudgetExceeded, match=r"上限 0\.001 元"):
            run_sync(twice())
        assert len(server.requests) == 1


def test_a_limit_without_prices_spends_nothing() -> None:
    with FakeOpenAI(lambda _: _GOOD) as server:
        with pytest.raises(BudgetExceeded, match="单价"):
            run_sync(_ask(settings_for(server.url, max_spend=1)))
        assert server.requests == []


def test_provider_switches_and_limits_are_sent() -> None:
    with FakeOpenAI(lambda _: _GOOD) as server:
        run_sync(_ask(settings_for(server.url, preset="vllm", max_output_tokens=321)))
        run_sync(_ask(settings_for(server.url, preset="qwen", thinking=True, api_key="k")))
    first, second = server.requests
    assert first["chat_template_kwargs"] == {"enable_thinking": False}
    assert first["max_tokens"] == 321
    assert second["enable_thinking"] is True
    assert "thinking" not in second


def test_a_provider_that_needs_a_key_says_so() -> None:
    with pytest.raises(ModelNotReady, match="NIANBAO_API_KEY"):
        ChatModel(ModelSettings(model="deepseek-chat", preset="deepseek"))


def test_tracing_of_the_environment_stays_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeOpenAI(lambda _: _GOOD) as server, FakeOpenAI(lambda _: _GOOD) as tracer:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.url)
        run_sync(_ask(settings_for(server.url)))
        assert tracer.paths == []
