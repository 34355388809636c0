"""Finds abbreviations that mean something only among their like: 新收42(自31 企8 法3), 不予6（内1过3案2）, 维/纠/他/未/计.

What they mean and where they may stand is data (terse.toml). A one-character label counts where its neighbours are labels of the
same set; in loose prose it is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TypeAlias

from assistant.extraction.lexicon import Entry, Lexicon
from assistant.extraction.sentences.terse_sets import (
    HAN,
    TermSet,
    applicants,
    side_words,
    sides,
    term_sets,
    with_own_words,
)

__all__ = ["Short", "applicant_named", "assigned", "short_words", "with_own_words"]

Short: TypeAlias = Mapping[int, tuple[int, tuple[Entry, ...]]]
"""where an abbreviation stands: its end and what it means, by its start"""
_Found: TypeAlias = dict[int, tuple[int, tuple[Entry, ...]]]
_NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+"
_LABELLED = rf"(?P<label>[{HAN}]{{1,8}})[ \t]?[:=]?[ \t]?(?P<value>{_NUMBER})(?:→(?P<new>{_NUMBER}))?[件份]?[ \t]{{0,3}}"
_ITEM = re.compile(rf"{_LABELLED}[、,;+/]?[ \t]{{0,3}}")
_DIVIDED = re.compile(rf"{_LABELLED}(?:\([^()\n]{{1,80}}\))?[ \t]{{0,3}}[、,;]?[ \t]{{0,3}}")
"""an item with what its figure is divided into: 三方2(企2)"""
_LEAD = re.compile("(?:其中|均|全|都|含|有|为|是|按|即|依次|顺序)+(?=.)")
"""words that may stand before the first label of a set"""
_OWNER = re.compile(
    rf"(?P<head>[{HAN}]{{0,10}})[ \t:]{{0,2}}(?:(?:{_NUMBER})→)?(?P<whole>{_NUMBER})?[ \t]*[件份宗]?[ \t]*[(=]$"
)
_LEADER = re.compile(rf"(?P<head>[{HAN}]{{1,10}})[ \t]?:?$")
"""the word before a set that no figure parts from it: 复议 维3纠1"""
_REACH = 40
"""characters before a set in which the figure it divides stands"""
_LIST = re.compile(rf"[{HAN}]{{1,6}}(?:[ \t]?[/、][ \t]?[{HAN}]{{1,6}}){{1,12}}")
_ORDERS = ("applicants", "results", "documents")
"""sets whose labels may be listed as the order of figures"""


@dataclass(frozen=True)
class _Item:
    label: str
    start: int
    end: int
    value: int
    opens: int
    """where the item begins with the words that lead it"""
    behind: int
    """where the item ends with its separator"""
    part: bool = False
    """其中 leads it, and its figure is no more than the one before"""


_Meant: TypeAlias = tuple[_Item, tuple[Entry, ...], bool]
"""an item, what its label means, and whether it is an abbreviation"""


@dataclass(frozen=True)
class _Before:
    """What stands before a run: the word at its end, the figure that is divided, and whether a bracket or = opens the run."""

    head: str = ""
    end: int = 0
    """where the word ends"""
    whole: int | None = None
    opens: bool = False


@cache
def _lone() -> re.Pattern[str]:
    """An applicant without a figure of its own: 1（自）, 新收2/自, 均自, 【企】, 自：新收19."""
    words = [w for w, key in applicants().words.items() if key != "total"]
    short, single = "|".join(words), "".join(w for w in words if len(w) == 1)
    return re.compile(
        rf"(?<=[\d件])\((?P<a>{short})\)|(?<=\d)/(?P<b>{short})(?![{HAN}\d/])|(?<![{HAN}])(?:均|全|都|皆)(?:部)?[为是]?(?P<c>{short})(?![{HAN}\d])"
        rf"|[【\[](?P<d>{short})[】\]]|(?<![{HAN}/、])(?P<e>[{single}]):(?=[ \t]?[{HAN}])"
    )


@cache
def _reason() -> re.Pattern[str]:
    """A part without a figure of its own behind the figure of its group: 不处1（访）."""
    heads = "|".join(sorted((w for s in term_sets() if s.group for w in s.behind), key=len, reverse=True))
    return re.compile(rf"(?P<head>{heads})[ \t]?\d+[件份]?\((?P<part>[{HAN}]{{1,4}})\)")


def applicant_named(word: str) -> str:
    """The applicant that a heading abbreviates (【企】); empty where it is none."""
    key = applicants().words.get(word, "")
    return "" if key == "total" else key


def assigned(text: str, kinds: Sequence[tuple[str, str]]) -> Short:
    """The words that the material itself assigns to a column of applicants (合作社按商业企业算), wherever they stand."""
    return {
        found.start(): (found.end(), (Entry("col", key),))
        for word, key in kinds
        for found in re.finditer(re.escape(word), text)
    }


def short_words(text: str, lexicon: Lexicon) -> Short:
    """All abbreviations of a folded text that stand among their like."""
    found: _Found = {}
    for match in side_words().finditer(text):
        behind, entries = sides()[match.group()]
        if behind.match(text, match.end()):
            found[match.start()] = (match.end(), entries)
    for match in _lone().finditer(text):
        name = next(n for n in "abcde" if match[n])
        start, end = match.span(name)
        if name != "e" or _names_row(text, end + 1, lexicon):
            found[start] = (end, applicants().means(match[name], lexicon))
    for match in _reason().finditer(text):
        for one in (
            s for s in term_sets() if s.group and match["part"] in s.words and match["head"] in s.behind
        ):
            found[match.start("part")] = (match.end("part"), one.means(match["part"], lexicon))
            found[match.start()] = (match.end("head"), (Entry(one.kind, one.group),))
    for items in _runs(text, _DIVIDED):
        found.update(_in_run(text, items, lexicon, [s for s in term_sets() if s.fewest > 1]))
    for items in _runs(text, _ITEM):
        found.update(_in_run(text, items, lexicon, [s for s in term_sets() if s.fewest == 1]))
    for match in _LIST.finditer(text):
        found.update(_in_list(match, lexicon))
    return found


def _names_row(text: str, at: int, lexicon: Lexicon) -> bool:
    at += text[at : at + 1] in (" ", "\t")
    word = lexicon.match(text, at) if at < len(text) else None
    return word is not None and any(e.kind == "row" for e in word[1])


def _runs(text: str, pattern: re.Pattern[str]) -> Iterator[list[_Item]]:
    """Labels with their figures, as far as they stand one behind the other."""
    run: list[_Item] = []
    for match in pattern.finditer(text):
        label, start = match["label"], match.start("label")
        lead = _LEAD.match(label)
        if lead is not None:
            label, start = label[lead.end() :], start + lead.end()
        if run and run[-1].behind != match.start():
            yield run
            run = []
        value = int((match["new"] or match["value"]).replace(",", "")) if len(match["value"]) < 16 else 0
        part = lead is not None and "其中" in lead.group() and bool(run) and value <= run[-1].value
        run.append(_Item(label, start, match.end("label"), value, match.start(), match.end(), part))
    if run:
        yield run


def _before(text: str, at: int) -> _Before:
    start = max(0, at - _REACH)
    before = text[start:at].rstrip(" \t")
    if before.endswith(("(", "=")):
        found = _OWNER.search(before)
        whole = found["whole"] if found is not None else None
        return _Before(
            found["head"] if found else "",
            start + (found.end("head") if found else 0),
            int(whole.replace(",", "")) if whole and len(whole) < 16 else None,
            opens=True,
        )
    led = _LEADER.search(before)
    return _Before(led["head"], start + led.end("head")) if led is not None else _Before()


def _in_run(text: str, items: Sequence[_Item], lexicon: Lexicon, sets: Sequence[TermSet]) -> _Found:
    """The abbreviations of a run: what the set says that most of its items belong to."""
    before = _before(text, items[0].opens)
    best: list[_Meant] = []
    group: _Found = {}
    for one in sets:
        mine = items
        if one.behind and not one.head_of(before.head):
            # 规范性制2废1: the word before the set is glued to its first label
            bare = one.without_head(items[0].label)
            if bare == items[0].label:
                continue
            mine = [replace(items[0], label=bare, start=items[0].end - len(bare)), *items[1:]]
        elif not one.group and not any(item.label in one.words for item in items):
            continue
        taken = _taken(one, mine, before, lexicon)
        if len(taken) > len(best):
            best, group = taken, _head(one, before) if taken[0][0] is mine[0] else {}
    return group | {item.start: (item.end, entries) for item, entries, short in best if short}


def _head(one: TermSet, before: _Before) -> _Found:
    """其他2（逾补2）: the word before the figure that is divided stands for the whole group."""
    word = one.head_of(before.head) if one.group and before.opens else ""
    return {before.end - len(word): (before.end, (Entry(one.kind, one.group),))} if word else {}


def _taken(one: TermSet, items: Sequence[_Item], before: _Before, lexicon: Lexicon) -> list[_Meant]:
    """The items that belong to a set; a single one only where its figure is no more than the figure before the bracket."""
    meant = [(item, one.means(item.label, lexicon), item.label in one.words) for item in items]
    found: list[_Meant] = []
    for known, same in groupby(meant, lambda each: bool(each[1])):
        group = list(same)
        opens = before.opens and group[0][0] is items[0] and one.fewest == 1
        alone = len(group) == 1 and (before.whole is None or group[0][0].value > before.whole)
        part = group[0][0].part and one.fewest == 1
        if known and (part or (not alone if opens else len(group) >= max(2, one.fewest))):
            found += group
    return found if one.group or any(short for _, _, short in found) else []


def _in_list(match: re.Match[str], lexicon: Lexicon) -> _Found:
    """自/企/其, 维、纠、他、未: a list of labels that says in which order figures are told."""
    labels = [
        (m.group(), match.start() + m.start(), match.start() + m.end())
        for m in re.finditer(rf"[{HAN}]+", match.group())
    ]
    lead = _LEAD.match(labels[0][0])
    if lead is not None:
        labels[0] = (labels[0][0][lead.end() :], labels[0][1] + lead.end(), labels[0][2])
    fewest = 2 if "/" in match.group() else 3
    for one in term_sets():
        if one.name not in _ORDERS or len(labels) < fewest:
            continue
        meant = [(start, end, one.means(label, lexicon)) for label, start, end in labels]
        if all(entries for _, _, entries in meant) and any(label in one.words for label, _, _ in labels):
            return {start: (end, entries) for start, end, entries in meant}
    return {}
