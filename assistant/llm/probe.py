"""Tries an endpoint: is it there, which models has it, which structured-output methods work; for ``doctor`` and ``auto``."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from assistant.errors import ModelAnswerError, ModelDenied
from assistant.llm.chat import ChatModel, ShapeRefused
from assistant.llm.faults import FOREIGN, fault_of
from assistant.llm.memory import remember
from assistant.llm.methods import Schema, body_of, messages_of, object_of
from assistant.llm.transport import AnswerTooLarge, NotJson, is_local
from assistant.office.model_settings import Method

__all__ = ["Trial", "listed_models", "reachable", "try_methods", "warnings_of"]

_SCHEMA: Schema = {
    "title": "Probe",
    "type": "object",
    "additionalProperties": False,
    "required": ["cell", "value"],
    "properties": {
        "cell": {"type": "string", "enum": ["granted.total", "partial.total"]},
        "value": {"type": "integer"},
    },
}


class Probe(BaseModel):
    """The little answer that a trial asks for."""

    cell: str
    value: int


@dataclass(frozen=True)
class Trial:
    """How one structured-output method fared; ``right`` tells whether the answer was also correct."""

    method: Method
    works: bool
    right: bool = False
    note: str = ""
    seconds: float = 0.0


def _foreign() -> tuple[type[Exception], ...]:
    import httpx2
    import openai

    return (openai.OpenAIError, httpx2.HTTPError, TimeoutError, NotJson, AnswerTooLarge, *FOREIGN)


async def reachable(model: ChatModel) -> bool:
    """Whether anything answers at the address within the connect timeout; a refusal is an answer too."""
    import openai

    models = model.sdk.models  # loads a part of the SDK, which is none of the server's time
    try:
        async with asyncio.timeout(model.settings.connect_timeout):
            await models.list()
    except _foreign() as error:
        # a refusal, or a body that is no list of models, is an answer too
        silent = isinstance(error, openai.APIConnectionError | TimeoutError) and not isinstance(
            error.__cause__, NotJson | AnswerTooLarge
        )
        return not silent
    return True


async def listed_models(model: ChatModel) -> tuple[str, ...]:
    """Names of the models that the endpoint lists; ModelError when it does not answer that question."""
    models = model.sdk.models  # loads a part of the SDK, which is none of the server's time
    try:
        async with asyncio.timeout(model.settings.timeout):
            page = await models.list()
        return tuple(entry.id for entry in page.data)
    except _foreign() as error:
        raise fault_of(error).error from None


async def try_methods(model: ChatModel) -> list[Trial]:
    """Every method of the provider with one small question; ModelError when none can be tried at all.

    The first that works is remembered.
    """
    trials: list[Trial] = []
    for method in model.preset.methods:
        started = time.monotonic()
        question = "材料：予以公开7件。只读出予以公开的件数，cell 用 granted.total。"
        messages = messages_of(method, [("system", "从材料读出数据。"), ("user", question)], _SCHEMA)
        try:
            reply = await model.send(messages, body_of(method, _SCHEMA))
        except ShapeRefused:
            trials.append(Trial(method, False, note="服务方不支持"))
            continue
        except ModelDenied:
            if not any(t.works for t in trials):
                raise
            trials.append(Trial(method, False, note="服务方不支持"))
            continue
        except ModelAnswerError as error:
            trials.append(Trial(method, False, note=str(error).partition("；")[0]))
            continue
        found = object_of(reply)
        works = found is not None and {"cell", "value"} <= set(found)
        right = (
            works
            and found is not None
            and found.get("cell") == "granted.total"
            and str(found.get("value")) == "7"
        )
        note = "" if works else "回答不是约定的 JSON" if reply.finish_reason != "length" else "回答被截断"
        trials.append(Trial(method, works, right, note, time.monotonic() - started))
        if works and not any(t.works for t in trials[:-1]):
            remember(model.address, model.settings, method)
    return trials


def warnings_of(model: ChatModel) -> Iterator[str]:
    """What is unwise about the settings, in plain Chinese."""
    settings = model.settings
    if model.address.startswith("http://") and settings.api_key is not None and not is_local(model.address):
        yield "地址是 http:// 而非 https://，密钥和材料会以明文传输；如服务方支持，请改用 https://"
    if model.preset.name == "default" and not model.address.rstrip("/").endswith(
        ("/v1", "/v2", "/v3", "/v4")
    ):
        yield "地址没有以 /v1 之类结尾；兼容接口的地址多为 http(s)://主机/v1"
    if settings.max_spend is not None and (settings.input_price is None or settings.output_price is None):
        yield "设置了费用上限但没有单价，模型不会被调用；请填写 NIANBAO_INPUT_PRICE 和 NIANBAO_OUTPUT_PRICE（元/百万词元）"
    if settings.thinking:
        yield "打开了思考模式，会更慢、更贵，读取数据一般用不着；可删去 NIANBAO_THINKING"
