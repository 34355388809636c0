"""Prints what a check found, for people and for other programs: one registry, one view, one module a format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from assistant.errors import UsageError
from assistant.printing.findings.view import Checked, Review, Unit, Unreadable, review_of

__all__ = [
    "FORMATS",
    "Checked",
    "Format",
    "Review",
    "Unit",
    "Unreadable",
    "format_named",
    "format_shown_by",
    "review_of",
]


class _Renderer(Protocol):
    """What the module of a format for all units offers."""

    def render(self, review: Review) -> str | bytes: ...


class _UnitRenderer(Protocol):
    """What the module of a format with one file a unit offers."""

    def render(self, unit: Unit) -> str | bytes: ...


class Format(NamedTuple):
    """One output format; its module is loaded when first used, because a check printed as text must start at once."""

    name: str
    label: str
    """what a clerk calls it"""
    suffix: str
    binary: bool
    module: str
    per_unit: bool = False
    """one file for each unit instead of one for all"""
    other_suffixes: tuple[str, ...] = ()
    """further ends of a name that show the format"""

    @property
    def render(self) -> Callable[[Review], str | bytes]:
        """Prints all units; TypeError for a format with one file a unit."""
        if self.per_unit:
            raise TypeError(f"{self.name} is printed unit by unit")
        return cast(_Renderer, import_module(f"assistant.printing.findings.{self.module}")).render

    @property
    def render_unit(self) -> Callable[[Unit], str | bytes]:
        """Prints one unit that could be read; TypeError for a format that puts all units into one file."""
        if not self.per_unit:
            raise TypeError(f"{self.name} is printed for all units at once")
        return cast(_UnitRenderer, import_module(f"assistant.printing.findings.{self.module}")).render


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("text", "屏幕文字", ".txt", False, "plain"),
        Format("json", "JSON 数据", ".json", False, "data"),
        Format("html", "网页", ".html", False, "page", other_suffixes=(".htm",)),
        Format("xlsx", "Excel 表格", ".xlsx", True, "sheet"),
        Format("sarif", "供代码平台读取", ".sarif", False, "sarif", other_suffixes=(".sarif.json",)),
        Format("docx", "带批注的 Word", ".docx", True, "word", per_unit=True),
    )
}
"""All formats by name; adding one is a line here and a module."""


def format_shown_by(name: str) -> Format | None:
    """The format that a file's name shows, the longest fitting end first; None when it shows none."""
    ends = [(end, f) for f in FORMATS.values() for end in (f.suffix, *f.other_suffixes)]
    fitting = [(len(end), f) for end, f in ends if name.lower().endswith(end)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def format_named(name: str) -> Format:
    """The format of that name; UsageError when there is none."""
    found = FORMATS.get(name.lower().lstrip("."))
    if found is None:
        raise UsageError(f"没有“{name}”这种输出格式；可用：{'、'.join(FORMATS)}")
    return found
