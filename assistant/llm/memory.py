"""Remembers which structured-output method an endpoint understood, so that it is negotiated once."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import get_args

from assistant.office.model_settings import Method, ModelSettings

__all__ = ["forget", "recall", "remember"]

_KNOWN: dict[str, Method] = {}


def recall(address: str, settings: ModelSettings) -> Method | None:
    """The method that worked with this endpoint and model before; None when it is not known."""
    key = _key(address, settings)
    if key not in _KNOWN and (kept := _read(settings).get(key)) is not None:
        _KNOWN[key] = kept
    return _KNOWN.get(key)


def remember(address: str, settings: ModelSettings, method: Method) -> None:
    """Keep the method for this process and, where the cache directory can be written, for the next."""
    key = _key(address, settings)
    if _KNOWN.get(key) == method:
        return
    _KNOWN[key] = method
    _write(settings, {**_read(settings), key: method})


def forget(address: str, settings: ModelSettings) -> None:
    """Drop what is remembered: the endpoint changed its mind."""
    key = _key(address, settings)
    _KNOWN.pop(key, None)
    kept = _read(settings)
    if kept.pop(key, None) is not None:
        _write(settings, kept)


def _key(address: str, settings: ModelSettings) -> str:
    # a digest: the cache shall not tell which server somebody uses
    return hashlib.sha256(f"{address} {settings.model} {settings.thinking}".encode()).hexdigest()[:24]


def _file(settings: ModelSettings) -> Path:
    base = settings.cache_dir or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nianbao"
    return base / "methods.json"


def _read(settings: ModelSettings) -> dict[str, Method]:
    try:
        kept = json.loads(_file(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in kept.items() if v in get_args(Method)} if isinstance(kept, dict) else {}


def _write(settings: ModelSettings, kept: dict[str, Method]) -> None:
    path = _file(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(kept), encoding="utf-8")
    except OSError:
        return  # a cache that cannot be written only costs a negotiation
