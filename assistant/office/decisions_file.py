"""The file of accepted findings: read, and written again so that what a person wrote into it stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import InputError
from assistant.office.decisions import Decision

__all__ = ["FILE", "read_decisions", "rewritten", "written"]

FILE = "已接受问题.toml"
"""name of the file beside the reports"""
_HEAD = """# 已接受的问题：列在这里的问题经人确认属于特殊情况，核对时不再算作错误；所依据的文字或数据变化后自动失效。
# 由 nianbao accept 维护；可以删去一项以撤销，但不要改动 evidence。
"""
_LONE_HALVES = re.compile("[\ud800-\udfff]")
"""halves of characters, which no file can hold"""


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, none where it does not exist. InputError (one line) when it does not fit."""
    if not path.is_file():
        return ()
    import tomllib

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        if foreign := sorted(set(content) - {"accepted"}):
            # a file of settings, say: writing decisions over it would lose what it holds
            raise InputError(
                f"“{path}”不是登记已接受问题的文件（其中有 {foreign[0]}）；请检查 --decisions，换一个文件名"
            )
        return tuple(Decision.model_validate(entry) for entry in _entries(content))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(
            f"“{path}”读不懂（{type(error).__name__}）；请恢复原来的文件，或删去后用 nianbao accept 重新登记"
        ) from None
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        raise InputError(f"“{path}”中有一项的 {place} 不合要求；请改正，或删去该项后重新登记") from None


def _entries(content: Mapping[str, Any]) -> Iterable[Any]:
    entries = content.get("accepted", [])
    return entries if isinstance(entries, list) else [entries]


def rewritten(path: Path, decisions: Iterable[Decision]) -> str:
    """The text of a file of decisions that is to hold these; comments, and entries that stay, are kept as they were written.

    InputError when the file that is there does not fit (see :func:`read_decisions`).
    """
    read_decisions(path)
    return written(decisions, path.read_text(encoding="utf-8-sig") if path.is_file() else "")


def written(decisions: Iterable[Decision], before: str = "") -> str:
    """The text of the file: sorted, so that the same decisions always make the same file.

    ``before`` is its text until now. A comment right above an entry goes with it: away when it is revoked, on to the decision
    about the same place that replaces it. Comments that stand by themselves always stay.
    """
    layout = _layout(before)
    ordered = sorted({(*_place(d), d.evidence): d for d in decisions}.values(), key=_order)
    gone = [decision for decision in layout.entries if decision not in ordered]
    texts = [layout.head or _HEAD]
    for decision in ordered:
        heir_of = decision if decision in layout.entries else _same_place(gone, decision)
        free, lead = layout.comments.pop(heir_of, ("", "")) if heir_of is not None else ("", "")
        texts += [free, lead + (layout.entries.get(decision) or _entry(decision))]
    texts += [free for free, _ in layout.comments.values()]
    return "\n".join(text.strip("\n") + "\n" for text in (*texts, layout.tail) if text)


def _same_place(gone: Sequence[Decision], decision: Decision) -> Decision | None:
    return next((one for one in gone if _place(one) == _place(decision)), None)


def _place(decision: Decision) -> tuple[object, ...]:
    return decision.subject, decision.code, decision.where


def _order(decision: Decision) -> tuple[str, bool, int, str, str, str]:
    """Decisions without a year stand before those of the same unit with one."""
    year = -1 if decision.year is None else decision.year
    return (decision.unit, decision.year is not None, year, decision.code, decision.where, decision.evidence)


def _entry(decision: Decision) -> str:
    import tomlkit

    values = {
        name: _LONE_HALVES.sub("", value) if isinstance(value, str) else value
        for name, value in decision
        if value not in (None, "", ())
    }
    values |= {"words": [_LONE_HALVES.sub("", word) for word in decision.words]} if decision.words else {}
    return tomlkit.dumps({"accepted": [values]})


@dataclass
class _Layout:
    """How a file was written: its entries, and the comments at its head, above an entry (apart from it, right above), at its end."""

    head: str = ""
    entries: dict[Decision, str] = field(default_factory=dict)
    comments: dict[Decision, tuple[str, str]] = field(default_factory=dict)
    tail: str = ""


def _layout(text: str) -> _Layout:
    import tomlkit
    from tomlkit.items import AoT

    document = tomlkit.parse(text)
    tables = document.get("accepted")
    if not isinstance(tables, AoT):
        # no entries, or entries in an array, which are written anew
        return _Layout("".join(f"{line}\n" for line in text.splitlines() if line.lstrip().startswith("#")))
    below, free, lead = _parted("".join(item.as_string() for key, item in document.body if key is None))
    layout = _Layout("\n".join(part for part in (below, free) if part) or lead)
    free, lead = "", lead if below or free else ""
    for table in tables.body:
        lines = [(key is not None, item.as_string()) for key, item in table.value.body]
        last = max((n for n, (is_entry, _) in enumerate(lines, 1) if is_entry), default=0)
        after = "".join(words for _, words in lines[last:])
        below, *following = _parted(after)
        is_last = table is tables.body[-1]
        if is_last and not (below or following[0]):
            below, following = ("", following) if after.startswith("\n") else (following[1], ["", ""])
        head = f"[[accepted]]{table.trivia.comment_ws}{table.trivia.comment}{table.trivia.trail}"
        decision = Decision.model_validate(table.unwrap())
        layout.entries[decision] = head + table.as_string().removesuffix(after) + below
        layout.comments[decision] = (free, lead)
        free, lead = following
    layout.tail = "\n".join(part for part in (free, lead) if part)
    return layout


def _parted(text: str) -> tuple[str, str, str]:
    """What stands between two entries: comments right below the first, by themselves, right above the second."""
    lines = text.splitlines()
    blank = [number for number, line in enumerate(lines) if not line.strip()]
    first, last = (blank[0], blank[-1]) if blank else (0, -1)
    parts = (lines[:first], lines[first + 1 : last], lines[last + 1 :])
    below, free, above = ("".join(f"{line}\n" for line in part) for part in parts)
    return below, free.strip("\n") and free, above
