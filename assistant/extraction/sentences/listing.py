"""Joins lines that only list applicants to the line of the row they are parts of: 新收9件 / 自然人7件 / 其他2件 are one sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.extraction.tables.labels import read_label

__all__ = ["with_lists_joined"]

_LINE = re.compile(
    r"(?P<lead>[ \t·•*\-]*)(?P<label>[^\d\s:()，,。;；]{1,14})[ \t]*:?[ \t]*\d{1,6}[ \t]*(?:件|份|宗)?(?P<end>[;,。]?)[ \t]*"
)
_HEAD = re.compile(r"\d[ \t]*(?:件|份|宗)?[ \t]*(?:[,:]|[,:]?[ \t]*其中[ \t]*:?)?[ \t]*$")
_FEWEST, _BLANKS = 2, 2
_OF_WHICH = re.compile("^其中:?")


def with_lists_joined(text: str, year: int | None, form: str) -> str:
    """The text with commas for the line breaks before such lines; as long as before."""
    lines = text.split("\n")
    kinds = [_kind(line, year, form) for line in lines]
    at = 0
    while at < len(lines):
        run = _run(kinds, at)
        head = _last_written(lines, at)
        if len(run) < _FEWEST or head is None or not _HEAD.search(lines[head]):
            at = run[-1] + 1 if run else at + 1
            continue
        for number in run[:-1]:
            lines[number] = _open(lines[number])
        lines[head] = _open(lines[head])
        at = run[-1] + 1
        kinds[head : run[-1]] = ["join"] * (run[-1] - head)
    return "".join(line + ("," if kind == "join" else "\n") for line, kind in zip(lines, kinds, strict=True))[
        :-1
    ]


def _run(kinds: list[str], at: int) -> list[int]:
    """The lines from ``at`` on that list applicants, blank lines between them left out."""
    found: list[int] = []
    while at < len(kinds) and (kinds[at] in ("applicant", "other") or (kinds[at] == "blank" and found)):
        if kinds[at] != "blank":
            found.append(at)
        elif at - found[-1] > _BLANKS:
            break
        at += 1
    return found if any(kinds[n] == "applicant" for n in found) else []


def _last_written(lines: list[str], at: int) -> int | None:
    """The last line before that holds words; a table between leaves many blank ones."""
    near = range(at - 1, max(-1, at - 2 - _BLANKS), -1)
    return next((n for n in near if lines[n].strip()), None)


def _open(line: str) -> str:
    """A line without the mark that closes it, so that the next one goes on; as long as before."""
    bare = line.rstrip(" \t;,。")
    return bare.ljust(len(line))


@lru_cache(maxsize=4096)
def _kind(line: str, year: int | None, form: str) -> str:
    if not line.strip():
        return "blank"
    match = _LINE.fullmatch(line)
    if match is None:
        return ""
    label = read_label(_OF_WHICH.sub("", match["label"]), year, form)
    if label.lines or label.rest or label.year is not None:
        return ""
    if any(name.kind == "col" for name in label.columns):
        return "applicant"
    return "other" if "other" in label.marks else ""
