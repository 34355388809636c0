"""Finds abbreviations that mean something only among their like: 新收42(自31 企8 法3), 不予6（内1过3案2）, 维/纠/他/未/计.

What they mean and where they may stand is data (terse.toml). A one-character label counts where its neighbours are labels of the
same set; in loose prose it is never read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any, TypeAlias

from assistant.extraction.lexicon import Entry, Lexicon

__all__ = ["Short", "applicant_named", "short_words", "with_own_words"]

Short: TypeAlias = Mapping[int, tuple[int, tuple[Entry, ...]]]
"""where an abbreviation stands: its end and what it means, by its start"""
_Found: TypeAlias = dict[int, tuple[int, tuple[Entry, ...]]]
_NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+"
_HAN = "\u4e00-\u9fff"
_ITEM = re.compile(
    rf"(?P<label>[{_HAN}]{{1,8}})[ \t]?[:=]?[ \t]?(?P<value>{_NUMBER})(?:→(?P<new>{_NUMBER}))?[件份]?[ \t]{{0,3}}[、,;+/]?[ \t]{{0,3}}"
)
_LEAD = re.compile("(?:其中|均|全|都|含|有|为|是|按|即|依次|顺序)+(?=.)")
"""words that may stand before the first label of a set"""
_OWNER = re.compile(
    rf"(?P<head>[{_HAN}]{{0,10}})[ \t:]{{0,2}}(?:(?:{_NUMBER})→)?(?P<whole>{_NUMBER})?[ \t]*[件份宗]?[ \t]*[(=]$"
)
_REACH = 40
"""characters before a set in which the figure it divides stands"""
_LIST = re.compile(rf"[{_HAN}]{{1,6}}(?:[ \t]?[/、][ \t]?[{_HAN}]{{1,6}}){{1,12}}")
_FIGURE = r"[ \t]?\d"


@dataclass(frozen=True)
class _Set:
    """Labels of one axis; ``words`` from the short label to its key."""

    name: str
    kind: str
    group: str
    behind: tuple[str, ...]
    fewest: int
    words: Mapping[str, str]

    def means(self, label: str, lexicon: Lexicon) -> tuple[Entry, ...]:
        """What a label means in this set: its short word, else a word of the lexicon; empty when it is none of its labels."""
        key = self.words.get(label)
        if key is not None:
            return (Entry("cue", "sum"),) if key == "total" else (Entry(self.kind, key),)
        known = tuple(e for e in lexicon.lookup(label) if e.kind == self.kind)
        if self.kind == "row" and self.behind:
            known = tuple(e for e in known if e.key in self.words.values())
        return known


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


_Meant: TypeAlias = tuple[_Item, tuple[Entry, ...], bool]
"""an item, what its label means, and whether it is an abbreviation"""


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "terse.toml").read_text(encoding="utf-8"))


@cache
def _sets() -> tuple[_Set, ...]:
    return tuple(
        _Set(
            name,
            one["kind"],
            one.get("group", ""),
            tuple(one.get("behind", ())),
            one.get("fewest", 1),
            {word: key for key, words in one["words"].items() for word in words},
        )
        for name, one in _raw()["set"].items()
    )


@cache
def _sides() -> dict[str, tuple[re.Pattern[str], tuple[Entry, ...]]]:
    """What must stand behind each side word, and what it means."""
    return {
        word: (re.compile(one.get("before", _FIGURE)), (Entry(one["kind"], one["key"]),))
        for one in _raw()["side"]
        for word in one["words"]
    }


@cache
def _side_words() -> re.Pattern[str]:
    words = sorted(_sides(), key=len, reverse=True)
    return re.compile(rf"(?<![{_HAN}])(?:{'|'.join(words)})")


@cache
def _applicants() -> _Set:
    return next(s for s in _sets() if s.name == "applicants")


@cache
def _lone() -> re.Pattern[str]:
    """An applicant without a figure of its own: 1（自）, 新收2/自, 均自, 【企】, 自：新收19."""
    words = [w for w, key in _applicants().words.items() if key != "total"]
    short, single = "|".join(words), "".join(w for w in words if len(w) == 1)
    return re.compile(
        rf"(?<=[\d件])\((?P<a>{short})\)|(?<=\d)/(?P<b>{short})(?![{_HAN}\d/])|(?<![{_HAN}])(?:均|全|都|皆)[为是]?(?P<c>{short})(?![{_HAN}\d])"
        rf"|[【\[](?P<d>{short})[】\]]|(?<![{_HAN}/、])(?P<e>[{single}]):(?=[ \t]?[{_HAN}])"
    )


def applicant_named(word: str) -> str:
    """The applicant that a heading abbreviates (【企】); empty where it is none."""
    key = _applicants().words.get(word, "")
    return "" if key == "total" else key


@lru_cache(maxsize=4)
def with_own_words(lexicon: Lexicon) -> Lexicon:
    """The lexicon with the words of words.toml and abbreviations.toml behind its own."""
    for name in ("words.toml", "abbreviations.toml"):
        lexicon = lexicon.extended(tomllib.loads((files(__package__) / name).read_text(encoding="utf-8")))
    return lexicon


def short_words(text: str, lexicon: Lexicon) -> Short:
    """All abbreviations of a folded text that stand among their like."""
    found: _Found = {}
    for match in _side_words().finditer(text):
        behind, entries = _sides()[match.group()]
        if behind.match(text, match.end()):
            found[match.start()] = (match.end(), entries)
    for match in _lone().finditer(text):
        name = next(n for n in "abcde" if match[n])
        start, end = match.span(name)
        if name != "e" or _names_row(text, end + 1, lexicon):
            found[start] = (end, _applicants().means(match[name], lexicon))
    for items in _runs(text):
        found.update(_in_run(text, items, lexicon))
    for match in _LIST.finditer(text):
        found.update(_in_list(match, lexicon))
    return found


def _names_row(text: str, at: int, lexicon: Lexicon) -> bool:
    at += text[at : at + 1] in (" ", "\t")
    word = lexicon.match(text, at) if at < len(text) else None
    return word is not None and any(e.kind == "row" for e in word[1])


def _runs(text: str) -> Iterator[list[_Item]]:
    """Labels with their figures, as far as they stand one behind the other."""
    run: list[_Item] = []
    for match in _ITEM.finditer(text):
        label = match["label"]
        lead = _LEAD.match(label)
        start = match.start("label") + (lead.end() if lead else 0)
        if run and run[-1].behind != match.start():
            yield run
            run = []
        value = int((match["new"] or match["value"]).replace(",", "")) if len(match["value"]) < 16 else 0
        run.append(
            _Item(
                label[lead.end() :] if lead else label,
                start,
                match.end("label"),
                value,
                match.start(),
                match.end(),
            )
        )
    if run:
        yield run


def _in_run(text: str, items: Sequence[_Item], lexicon: Lexicon) -> _Found:
    """The abbreviations of a run: what the set says that most of its items belong to."""
    first = items[0]
    before = text[max(0, first.opens - _REACH) : first.opens].rstrip(" \t")
    owner = _OWNER.search(before) if before.endswith(("(", "=")) else None
    best: list[_Meant] = []
    group: _Found = {}
    for one in _sets():
        if one.behind and (owner is None or not owner["head"].endswith(one.behind)):
            continue
        if not one.group and not any(item.label in one.words for item in items):
            continue
        taken = _taken(one, items, owner, lexicon)
        if len(taken) > len(best):
            best = taken
            group = (
                _head(one, owner, max(0, first.opens - _REACH) + len(before))
                if owner and taken[0][0] is first
                else {}
            )
    return group | {item.start: (item.end, entries) for item, entries, short in best if short}


def _head(one: _Set, owner: re.Match[str], at: int) -> _Found:
    """其他2（逾补2）: the word before the figure that is divided stands for the whole group."""
    word = max((w for w in one.behind if owner["head"].endswith(w)), key=len, default="")
    end = at + owner.end("head") - len(owner.string)
    return {end - len(word): (end, (Entry(one.kind, one.group),))} if one.group and word else {}


def _taken(one: _Set, items: Sequence[_Item], owner: re.Match[str] | None, lexicon: Lexicon) -> list[_Meant]:
    """The items that belong to a set; few of them only where their figures are the parts of the figure before the bracket."""
    meant = [(item, one.means(item.label, lexicon), item.label in one.words) for item in items]
    found: list[_Meant] = []
    for known, same in groupby(meant, lambda each: bool(each[1])):
        group = list(same)
        opens = owner is not None and group[0][0] is items[0] and one.name != "rows"
        if known and (_is_whole(group, owner) if opens else len(group) >= max(2, one.fewest)):
            found += group
    return found if one.group or any(short for _, _, short in found) else []


def _is_whole(group: Sequence[_Meant], owner: re.Match[str] | None) -> bool:
    if len(group) > 1 or owner is None:
        return True
    whole = owner["whole"]
    return whole is not None and int(whole.replace(",", "")) == group[0][0].value


def _in_list(match: re.Match[str], lexicon: Lexicon) -> _Found:
    """自/企/其, 维、纠、他、未: a list of labels that says in which order figures are told."""
    labels = [
        (m.group(), match.start() + m.start(), match.start() + m.end())
        for m in re.finditer(rf"[{_HAN}]+", match.group())
    ]
    lead = _LEAD.match(labels[0][0])
    if lead is not None:
        labels[0] = (labels[0][0][lead.end() :], labels[0][1] + lead.end(), labels[0][2])
    fewest = 2 if "/" in match.group() else 3
    for one in _sets():
        if one.name not in ("applicants", "results") or len(labels) < fewest:
            continue
        meant = [(start, end, one.means(label, lexicon)) for label, start, end in labels]
        if all(entries for _, _, entries in meant) and any(label in one.words for label, _, _ in labels):
            return {start: (end, entries) for start, end, entries in meant}
    return {}
