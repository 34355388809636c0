"""Reads checkpoints as plain data and nothing else, so that a tampered database file cannot make objects or run code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.errors import InputError

if TYPE_CHECKING:
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

__all__ = ["plain_serializer"]

_WAY_OUT = "草稿的存储文件已损坏或被改动；请从备份恢复，或用“新建”另起一份"


def plain_serializer() -> JsonPlusSerializer:
    """LangGraph's serializer without its means to name a class, a function or a pickle.

    The state of a conversation is dicts, lists, strings and numbers (turns.py), so even the types LangGraph holds safe have
    no business in the file. InputError when the file asks for any of them.
    """
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

    class PlainSerializer(JsonPlusSerializer):
        def loads_typed(self, data: tuple[str, bytes]) -> Any:
            if data[0] not in ("null", "bytes", "msgpack"):
                raise InputError(_WAY_OUT)
            try:
                return super().loads_typed(data)
            except ValueError as error:  # also what becomes of a refusal below
                raise InputError(_WAY_OUT) from error

    def refuse(_code: int, _data: bytes) -> Any:
        raise ValueError("checkpoints hold plain data")

    return PlainSerializer(
        pickle_fallback=False,
        allowed_json_modules=None,
        allowed_msgpack_modules=None,
        __unpack_ext_hook__=refuse,
    )
