"""Finds the JSON object in what a model wrote: fenced, after thoughts, or between sentences."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["find_object"]

_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.S)
_MOST_STARTS = 50
"""places at which reading an object is tried; a text of endless braces must not cost more"""


def find_object(text: str) -> dict[str, Any] | None:
    """The first complete JSON object that is not empty, the outermost one; None when there is none.

    Nothing is repaired: a cut-off object is no object.
    """
    text = _THOUGHTS.sub("", text).strip().removeprefix("\ufeff")
    decoder = json.JSONDecoder(parse_constant=_refuse)
    at = text.find("{")
    for _ in range(_MOST_STARTS):
        if at < 0:
            return None
        try:
            value, _ = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            continue
        if isinstance(value, dict) and value:
            return value
        at = text.find("{", at + 1)
    return None


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")
