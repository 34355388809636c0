"""Renders the phrase templates of templates/prose, one paragraph at a time."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assistant.numerals import to_chinese
from assistant.prose.slots import SlotBook
from assistant.resources import templates_dir

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["phrase"]

_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_AFTER_YEAR = re.compile(r"^(?:本年度|全年度?)，?")
"""words that would repeat the year which opens the sentence"""


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates_dir() / "prose"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters["chinese"] = to_chinese
    environment.filters["after_year"] = lambda text: _AFTER_YEAR.sub("", text.lstrip())
    return environment


def phrase(template: str, book: SlotBook, **names: object) -> str:
    """The text of ``template`` (name without suffix) on one line, figures still marked as slots.

    Jinja's UndefinedError when the template uses a name that is not given, FormError when it prints a blank figure.
    """
    lookups = {"n": book.n, "has": book.has, "some": book.some, "zero": book.zero, "value": book.value}
    text = _environment().get_template(f"{template}.j2").render(**lookups, form=book.report.layout, **names)
    return _LINE_BREAK.sub("", text.strip())
