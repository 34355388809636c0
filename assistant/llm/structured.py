"""Asks a model for an object of a schema: negotiates the method once, lets one bad answer be mended, keeps raw and usage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import ModelAnswerError
from assistant.llm.chat import ChatModel, Message, Reply, ShapeRefused
from assistant.llm.memory import forget, recall, remember
from assistant.llm.methods import Schema, body_of, messages_of, object_of
from assistant.office.model_settings import Method

__all__ = ["Asked", "ask", "value_of"]

T = TypeVar("T", bound=BaseModel)

_MOST_SHOWN = 4000
"""characters of a bad answer that are sent back with the request to mend it"""


@dataclass(frozen=True)
class Asked(Generic[T]):
    """The object, the raw answer it came in, and the method that served."""

    value: T
    reply: Reply
    method: Method


async def ask(model: ChatModel, messages: list[Message], kind: type[T], schema: Schema) -> Asked[T]:
    """Ask for one object of ``kind``. ModelError when no method brings a usable answer.

    A method that the server refuses, or that brings no JSON although it was never seen to work, gives way to the next of
    the provider's; one that worked before gets one chance to mend its answer.
    """
    known = (
        model.settings.method if model.settings.method != "auto" else recall(model.address, model.settings)
    )
    order = _order(model, known)
    problem = ModelAnswerError("模型没有给出可用的回答")
    for method in order:
        try:
            asked = await _try(model, method, messages, kind, schema, mend=method in (known, order[-1]))
        except ShapeRefused as error:
            problem = ModelAnswerError(f"{error}")
            if method == known:
                forget(model.address, model.settings)
            continue
        except ModelAnswerError as error:
            problem = error
            if method == known or isinstance(error, Refused):
                break
            continue
        if model.settings.method == "auto":
            remember(model.address, model.settings, method)
        return asked
    raise problem


def _order(model: ChatModel, known: Method | None) -> tuple[Method, ...]:
    if model.settings.method != "auto":
        return (model.settings.method,)
    offered = model.preset.methods
    return offered if known is None else (known, *(m for m in offered if m != known))


class Refused(ModelAnswerError):
    """The model declined to answer, or had no room to; another method would not change that."""


async def _try(
    model: ChatModel, method: Method, messages: list[Message], kind: type[T], schema: Schema, *, mend: bool
) -> Asked[T]:
    sent = messages_of(method, messages, schema)
    body = body_of(method, schema)
    reply = await model.send(sent, body)
    try:
        return Asked(value_of(reply, kind), reply, method)
    except Refused:
        raise
    except ModelAnswerError as error:
        if not mend:
            raise
        said = reply.text or str(reply.arguments or "")
        wish = f"上面的回答不能用：{error}。请重新回答，只输出符合要求的一个 JSON 对象。"
        again = await model.send([*sent, ("assistant", said[:_MOST_SHOWN]), ("user", wish)], body)
        return Asked(value_of(again, kind), again, method)


def value_of(reply: Reply, kind: type[T]) -> T:
    """The object in an answer; ModelAnswerError when there is none that fits, Refused when asking again would not help."""
    if reply.refusal or reply.finish_reason == "content_filter":
        raise Refused("模型拒绝回答；请检查材料中是否有不宜发送的内容，或更换模型")
    if reply.finish_reason == "length":
        raise Refused("模型的回答被截断；请调大 NIANBAO_MAX_OUTPUT_TOKENS 或调小 NIANBAO_CHUNK_CHARS")
    found = object_of(reply)
    if found is None:
        raise ModelAnswerError(
            "模型的回答为空" if not (reply.text or reply.arguments) else "模型的回答不是完整的 JSON"
        )
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        places = "、".join(
            sorted(
                {
                    ".".join(str(p) for p in e["loc"])
                    for e in error.errors(include_input=False, include_url=False)
                }
            )[:5]
        )
        raise ModelAnswerError(f"模型的回答不合约定的格式（{places}）") from None
