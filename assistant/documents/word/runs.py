"""Takes hold of characters of a Word paragraph: the runs that print them, cut where the characters begin and end."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from assistant.documents.places import compact
from assistant.documents.word.markup import W, pieces

__all__ = ["prints", "runs_of", "set_text"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def prints(paragraph: Any) -> bool:
    """Whether a paragraph prints anything but white space."""
    return next(_characters(paragraph), None) is not None


def set_text(node: Any, words: str) -> None:
    """Put words into a ``w:t``; blanks at their ends are kept."""
    node.text = words
    if words != words.strip():
        node.set(_SPACE, "preserve")


def runs_of(paragraph: Any, wanted: range | None = None) -> tuple[Any, Any]:
    """The first and the last run of some characters, counted without white space; None takes the whole paragraph.

    Runs are cut where the characters begin and end. A paragraph that prints nothing gives its runs, and gets one if it has none.
    """
    characters = list(_characters(paragraph))
    if not characters:
        runs = [child for child in paragraph if child.tag == f"{W}r"] or [paragraph.add_r()]
        return runs[0], runs[-1]
    if not wanted:
        wanted = range(len(characters))
    (text, at), (last_text, last) = characters[wanted[0]], characters[wanted[-1]]
    run, last_run = text.getparent(), last_text.getparent()
    if at and _is_plain(run):
        right = _cut(run, text, at)
        if last_run is run:
            last_run, last_text, last = right, right.find(f"{W}t"), last - at
        run = right
    if last + 1 < len(last_text.text or "") and _is_plain(last_run):
        _cut(last_run, last_text, last + 1)
    return run, last_run


def _characters(paragraph: Any) -> Iterator[tuple[Any, int]]:
    """Every printed character that is no white space: the element that prints it and its place in it."""
    for words, node in pieces(paragraph):
        yield from ((node, at) for at, char in enumerate(words) if compact(char))


def _is_plain(run: Any) -> bool:
    """Whether a run holds one stretch of text and nothing else, so that it can be cut in two."""
    content = [child.tag for child in run if child.tag != f"{W}rPr"]
    return content == [f"{W}t"]


def _cut(run: Any, text: Any, at: int) -> Any:
    """Cut a run in two of the same look; the right one."""
    words = text.text
    right = deepcopy(run)
    rest = right.find(f"{W}t")
    text.text, rest.text = words[:at], words[at:]
    for part in (text, rest):
        part.set(_SPACE, "preserve")
    run.addnext(right)
    return right
