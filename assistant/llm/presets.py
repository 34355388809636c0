"""What is known about providers of OpenAI-compatible endpoints; the knowledge itself stands in presets.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from assistant.errors import ModelNotReady
from assistant.office.model_settings import Method, ModelSettings

__all__ = ["Preset", "all_presets", "preset_for"]


class Preset(BaseModel):
    """One provider; fields as explained at the top of presets.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    address: str
    hint: str
    base_url: str = ""
    hosts: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    needs_key: bool = False
    methods: tuple[Method, ...]
    limit_field: str
    batch: bool
    thinking_off: dict[str, Any]
    thinking_on: dict[str, Any]


@cache
def all_presets() -> dict[str, Preset]:
    """Every preset by name; ``default`` stands for unknown providers."""
    raw = tomllib.loads((files("assistant.llm") / "presets.toml").read_text(encoding="utf-8"))
    base = raw["default"]
    own = {name: {**base, "base_url": "", **body, "name": name} for name, body in raw.items()}
    return {name: Preset.model_validate(body) for name, body in own.items()}


def preset_for(settings: ModelSettings) -> Preset:
    """The preset that is named, or that fits the address; ModelNotReady when the name is unknown."""
    presets = all_presets()
    if settings.preset:
        found = presets.get(settings.preset.lower())
        if found is None:
            names = "、".join(name for name in presets if name != "default")
            raise ModelNotReady(
                f"没有“{settings.preset}”这个服务预设；NIANBAO_PRESET 可填：{names}，也可不填"
            )
        return found
    parts = urlsplit(settings.base_url)
    for preset in presets.values():
        if parts.hostname in preset.hosts or (parts.port is not None and parts.port in preset.ports):
            return preset
    return presets["default"]
