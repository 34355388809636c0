"""Opens the document templates; a name that a template asks for and the view does not have is an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.printing.reports.view import View
from assistant.resources import templates_dir

__all__ = ["fill", "stream"]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_dir()),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name) and ".html" in str(name),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["pipe"] = _pipe
    environment.filters["plain"] = _plain
    return environment


def fill(template: str, view: View | Mapping[str, object]) -> str:
    """The template with the view put in; markup in the report's words is escaped where the medium has markup."""
    return _environment().get_template(template).render(view)


def stream(template: str, view: Mapping[str, object]) -> Iterator[str]:
    """The same piece by piece, for pages that grow with the number of units; the view may hold iterators."""
    return _environment().get_template(template).generate(view)


def _pipe(text: str) -> str:
    """Text for a cell of a pipe table, whose rows are one line and whose cells end at a pipe."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


def _plain(text: str) -> str:
    """A paragraph that Markdown must not take for a heading, a quotation, a table or a list."""
    return f"\\{text}" if text[:1] in tuple("#>|+-*`\\") else text
