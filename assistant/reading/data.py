"""Reads a report from JSON: as nianbao prints it, or inside the answer of draft or check."""

from __future__ import annotations

from pydantic import ValidationError

from assistant.errors import FormError, InputError
from assistant.report import AnnualReport

__all__ = ["is_json", "read_json"]

_MARK = b"\xef\xbb\xbf"
_WORDS = {
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "string_type": "应为文字",
    "extra_forbidden": "没有这一项",
    "missing": "缺少这一项",
    "enum": "不在允许的取值之内",
    "figure": "应为数字",
}


def is_json(data: bytes) -> bool:
    """Whether the bytes begin like a JSON object."""
    start = data.removeprefix(_MARK).lstrip()[:2]
    return start.startswith(b"{") and start != b"{\\"


def read_json(data: bytes, name: str) -> AnnualReport:
    """The report, with everything it was printed from; InputError names the first item that does not fit."""
    from pydantic_core import from_json

    try:
        content = from_json(data.removeprefix(_MARK))
    except ValueError as error:
        raise InputError(f"“{name}”不是合法的 JSON；请核对文件内容") from error
    if isinstance(content.get("report"), dict):
        content = content["report"]
    try:
        return AnnualReport.model_validate(content)
    except ValidationError as error:
        raise InputError(f"“{name}”不是年报数据：{_first(error)}；请核对 JSON 内容") from error
    except FormError as error:
        raise InputError(f"“{name}”不是年报数据：{error}") from error
    except (AttributeError, TypeError, KeyError) as error:
        # the report lays figures over a blank form before its fields are checked, and trusts the nesting of tables
        raise InputError(f"“{name}”不是年报数据：表格应为“表、行、列”三层对象；请核对 JSON 内容") from error


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    words = (
        str(first["msg"]).removeprefix("Value error, ")
        if first["type"] == "value_error"
        else _WORDS.get(str(first["type"]), "内容不合格式")
    )
    return f"{place}：{words}" if place else words
