"""The four ways to ask for structured output, and how to read the answer of each."""

from __future__ import annotations

import json
from typing import Any

from assistant.llm.chat import Message, Reply
from assistant.llm.json_text import find_object
from assistant.office.model_settings import Method

__all__ = ["Schema", "body_of", "messages_of", "object_of"]

Schema = dict[str, Any]
"""A JSON Schema of an object without references; ``title`` is its ASCII name"""


def body_of(method: Method, schema: Schema) -> dict[str, Any]:
    """The part of the request that asks for the structure."""
    name = schema["title"]
    if method == "json_schema":
        shape = {"name": name, "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": shape}}
    if method == "function_calling":
        tool = {
            "type": "function",
            "function": {"name": name, "description": schema.get("description", ""), "parameters": schema},
        }
        return {"tools": [tool], "tool_choice": {"type": "function", "function": {"name": name}}}
    if method == "json_mode":
        return {"response_format": {"type": "json_object"}}
    return {}


def messages_of(method: Method, messages: list[Message], schema: Schema) -> list[Message]:
    """The messages, with the schema written out where the request itself does not carry it."""
    if method in ("json_schema", "function_calling"):
        return messages
    role, text = messages[0]
    note = f"{text}\n\n只输出一个 JSON 对象，不加解释。JSON Schema：\n{json.dumps(schema, ensure_ascii=False, separators=(',', ':'))}"
    return [(role, note), *messages[1:]]


def object_of(reply: Reply) -> dict[str, Any] | None:
    """The JSON object of an answer, wherever the server put it; None when there is none."""
    if isinstance(reply.arguments, dict) and reply.arguments:
        return reply.arguments
    if isinstance(reply.arguments, str) and (found := find_object(reply.arguments)) is not None:
        return found
    return find_object(reply.text)
