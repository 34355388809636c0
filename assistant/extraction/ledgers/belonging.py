"""Decides which rows of a register are ours: by the body a column names, and by the matter a row is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.extraction.ledgers.layout import Line, Sheet, clean
from assistant.extraction.ledgers.units import Judged, judged
from assistant.extraction.ledgers.vocabulary import first_match, matches
from assistant.extraction.statements import Span, Target
from assistant.extraction.structure import Unplaced

__all__ = ["Belonging", "Rule", "belonging", "matter_rules", "others_sheets", "unit_rules", "whole_question"]

_MOST = 9
"""names offered as choices"""
_BLANK = "（空白）"


@dataclass(frozen=True)
class Belonging:
    """``why`` a row is not ours; else ``asked``, the words of which it is not known."""

    why: str = ""
    asked: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Rule:
    """What the words of one column say. ``head`` names the column to the clerk, ``cols`` its places by sheet."""

    head: str
    why: str
    judged: Judged
    cols: tuple[tuple[int, int], ...]
    bodies: bool = False

    def says(self, sheet: int, line: Line) -> Belonging | None:
        """What it says of one row; None where the sheet has no such column."""
        col = next((col for number, col in self.cols if number == sheet), None)
        if col is None:
            return None
        text = line.cells[col].text
        if text in self.judged.ours:
            return Belonging(sure=self.judged.sure)
        if text in self.judged.others:
            return Belonging(self.why)
        return Belonging(asked=f"{self.head}：{text or _BLANK}")


def belonging(rules: Sequence[Rule], sheet: int, line: Line) -> Belonging:
    """What all rules say of a row together: a body has to be ours in every column, of causes the first that is known decides."""
    said = [(rule, found) for rule in rules if (found := rule.says(sheet, line)) is not None]
    bodies = [(rule, found) for rule, found in said if rule.bodies]
    if len({found.why for _, found in bodies if not found.asked}) > 1:
        return Belonging(asked="、".join(rule.head for rule, _ in bodies))
    causes = [found for rule, found in said if not rule.bodies]
    cause = next((found for found in causes if not found.asked), next(iter(causes), None))
    told = [found for _, found in bodies] + ([cause] if cause is not None else [])
    left_out = next((found for found in told if found.why), None)
    asked = next((found for found in told if found.asked), None)
    return left_out or asked or Belonging(sure=all(found.sure for found in told))


# ---------------------------------------------------------------- columns
def unit_rules(sheets: Sequence[Sheet], columns: Sequence[Sequence[int]], unit: str) -> list[Rule]:
    """One rule for each column of bodies; ``columns`` are its places in each sheet."""
    found = _rules(sheets, columns, "其他单位", lambda names: judged(names, unit))
    return [replace(rule, bodies=True) for rule in found]


def others_sheets(sheets: Sequence[Sheet], unit: str) -> frozenset[int]:
    """The numbers of the sheets that are named after another body, where one of them is named after ours."""
    names = {number: _named(sheet) for number, sheet in enumerate(sheets)}
    found = judged(names.values(), unit)
    if found is None or found.whole or not found.others:
        return frozenset()
    return frozenset(number for number, name in names.items() if name in found.others)


def _named(sheet: Sheet) -> str:
    """The body that a sheet or the title above it is named after: 河口镇, 河口镇2025年依申请公开台账."""
    for title in reversed(sheet.title.split("\n")):
        named = first_match("units.titled", clean(title))
        if named is not None:
            return named.group(1)
    return ""


def matter_rules(
    sheets: Sequence[Sheet], columns: Sequence[Sequence[int]], path: str, why: str
) -> list[Rule]:
    """One rule for each column of causes; ``path`` holds the patterns of ours and others in words.toml.

    Where no cause is ours, the column says something else if the title already says that all rows are ours.
    """
    titled = all(matches(f"{path}.ours", clean(sheet.title)) for sheet in sheets)
    return list(_rules(sheets, columns, why, lambda words: _matters(words, path, titled)))


def _rules(
    sheets: Sequence[Sheet],
    columns: Sequence[Sequence[int]],
    why: str,
    judge: Callable[[Iterable[str]], Judged | None],
) -> Iterable[Rule]:
    heads: dict[str, list[tuple[int, int]]] = {}
    for number, (sheet, cols) in enumerate(zip(sheets, columns, strict=True)):
        for col in cols:
            heads.setdefault(sheet.header[col].leaf, []).append((number, col))
    for head, places in heads.items():
        names = [line.cells[col].text for number, col in places for line in sheets[number].lines]
        found = judge(names)
        if found is not None:
            yield Rule(head, why, found, tuple(places))


def _matters(words: Iterable[str], path: str, titled: bool) -> Judged | None:
    """Causes that are ours and that are not; None where the column tells no causes."""
    found = [word for word in dict.fromkeys(words) if word]
    ours = frozenset(w for w in found if matches(f"{path}.ours", clean(w)))
    others = frozenset(w for w in found if w not in ours and matches(f"{path}.others", clean(w)))
    if not ours and (titled or len(others) * 2 < len(found) or not found):
        return None
    return Judged(ours, others, frozenset(found) - ours - others)


def whole_question(
    rules: Sequence[Rule], name: str, sheets: Sequence[Sheet], places: Sequence[Target]
) -> Unplaced | None:
    """The one question where no row can be counted before it is known which body is ours."""
    if not rules or any(not rule.judged.whole for rule in rules):
        return None
    rule = rules[0]
    number, col = rule.cols[0]
    names = list(dict.fromkeys(line.cells[col].text for line in sheets[number].lines if line.cells[col].text))
    shown = "、".join(f"“{one}”" for one in names[:_MOST])
    more = f"等{len(names)}个单位" if len(names) > _MOST else ""
    spans = tuple(Span(c.start, c.end) for line in sheets[number].lines if (c := line.cells[col]).text)
    text = f"{name}的“{rule.head}”一栏写的是{shown}{more}，其中哪一个是本单位？"
    return Unplaced(spans, rule.head, tuple(places), text, tuple(names[:_MOST]))
