"""Names of the ways a draft can be read; light, because the command line needs them to start."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Engine"]


class Engine(StrEnum):
    """Who reads the facts. ``auto``: the model too when one is configured and answers, else the offline reader alone."""

    OFFLINE = "offline"
    LLM = "llm"
    AUTO = "auto"
