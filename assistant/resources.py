"""Locates prompts/ and templates/, in a checkout or inside the installed wheel; no other module knows where they lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.errors import FormError

__all__ = ["examples_dir", "prompts_dir", "templates_dir"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def _locate(name: str) -> Path:
    for candidate in (_PACKAGE / f"_{name}", _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FormError(f"安装不完整：找不到 {name} 目录；请重新安装 nianbao")


def prompts_dir() -> Path:
    """Directory of the prompt files (text with front matter)."""
    return _locate("prompts")


def templates_dir() -> Path:
    """Directory of the Jinja templates for prose and documents."""
    return _locate("templates")


def examples_dir() -> Path:
    """Directory of the shipped examples (checkout only)."""
    return _locate("examples")
