"""Tells whether a unit's input or settings have changed since its result was written."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from pydantic import BaseModel

__all__ = ["digest", "fingerprint"]


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def fingerprint(*parts: object) -> str:
    """One value for all that decides a result: input, settings and the version of the program."""
    return digest(
        "\x1f".join([_version(), *(_plain(part) for part in parts)]).encode("utf-8", "surrogatepass")
    )


@cache
def _version() -> str:
    try:
        return version("nianbao")
    except PackageNotFoundError:
        return "checkout"


def _plain(value: object) -> str:
    """The same text for equal values in every process; sets are sorted, because their order differs between runs."""
    if value is None or isinstance(value, bool | int | float | str | Decimal | PurePath | Enum):
        return f"{type(value).__name__}:{value}"
    if isinstance(value, bytes):
        return digest(value)
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    if isinstance(value, Mapping):
        return "{" + "\x1e".join(f"{_plain(k)}={_plain(v)}" for k, v in value.items()) + "}"
    if isinstance(value, set | frozenset):
        return "{" + "\x1e".join(sorted(_plain(v) for v in value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + "\x1e".join(_plain(v) for v in value) + "]"
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__ + _plain({f.name: getattr(value, f.name) for f in fields(value)})
    return digest(pickle.dumps(value))
