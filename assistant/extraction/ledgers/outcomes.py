"""Tells which row of the form the words of an answer name: 不予公开（商业秘密）, 网上已经公开，告知网址, 还没答复."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.extraction.ledgers.faults import put_right, unlike
from assistant.extraction.ledgers.vocabulary import Word, matches, words_of
from assistant.forms import Form, load_form
from assistant.numerals import fold

__all__ = ["Outcome", "leaf_rows", "read_outcome"]

_NEGATED = re.compile(r"(?:不|非|未|没有?|不是|不属于|不涉及|未涉及|无关)$")
_PLANNED = re.compile(r"(?:拟|建议|是否|准备|计划|暂缓|能否|可否|应当?)$")
"""before words of an outcome: nothing has been answered so yet"""
_SPLIT = re.compile(r"部分|其余|剩余|另一|另外")
_FILLER = re.compile(r"[\s、，,。；;：:()（）\-—_/·.\"“”'予以了的已经依法按规定该信息件类申请公开告知属于]+")
_MANNER = re.compile(r"^(?:告知|主动公开|告诉)")
_OTHER = re.compile(r"其[他它]")
_LONGEST = 24
"""characters of words in which wrong ones are looked for"""
_FAMILIES = ("deny", "na", "np", "ot")


@dataclass(frozen=True)
class Outcome:
    """``rows``: the rows the words may name, one when they are known; none when the words are not known."""

    rows: tuple[str, ...] = ()
    open: bool = False
    """not answered yet"""
    closed: bool = False
    """answered, whether or not the words say how"""
    carried: bool = False
    """came over from the year before"""
    sure: bool = True
    empty: bool = False
    several: bool = False
    """the row stands for more than one request (予以公开2件)"""
    start: int = 0
    end: int = 0
    """the words of the last text that tell it"""

    @property
    def known(self) -> bool:
        """Whether the words say anything the form knows."""
        return bool(self.rows) or self.open or self.closed or self.carried


@lru_cache(maxsize=8)
def leaf_rows(version: str) -> tuple[str, ...]:
    """The rows of a form that are outcomes: 予以公开 to the last of 其他处理."""
    keys = [row.key for row in _form(version).table("table3").rows]
    return tuple(keys[keys.index("granted") : keys.index("result_total")])


@lru_cache(maxsize=8)
def _form(version: str) -> Form:
    return load_form(version)


@lru_cache(maxsize=20_000)
def read_outcome(texts: tuple[str, ...], version: str) -> Outcome:
    """What the texts of one row (type of answer, details, note of a tick) say together."""
    folded = tuple(fold(text) for text in texts)
    if not any(text.strip(" -/—") for text in folded):
        return Outcome(empty=True)
    told = _told(folded, version)
    if len(told.rows) == 1 or told.open or told.closed:
        return told
    right = tuple(map(put_right, folded))
    if right != folded and len((again := _told(right, version)).rows) == 1:
        return again
    if not told.known and all(len(text) <= _LONGEST for text in folded):
        again = _told(tuple(map(unlike, folded)), version)
        return replace(again, sure=False) if len(again.rows) == 1 else told
    return told


def _told(folded: tuple[str, ...], version: str) -> Outcome:
    """What folded texts say as they are written."""
    words = [word for text in folded for word in words_of(text, version)]
    last = words_of(folded[-1], version)
    place = (last[0].start, last[-1].end) if last else (0, len(folded[-1]))
    evidence = _Evidence(" ".join(folded), version)
    for text in folded:
        for word in words_of(text, version):
            evidence.add(word, text)
    rows, sure = evidence.verdict() if words or folded[-1] else ((), True)
    return Outcome(
        rows=rows,
        open=evidence.open,
        closed=evidence.closed,
        carried=evidence.carried,
        sure=sure and not (rows and evidence.open),
        start=place[0],
        end=place[1],
    )


class _Evidence:
    """What the words of one answer name, kept apart by strength until all are seen."""

    def __init__(self, text: str, version: str) -> None:
        self.text = text
        self.leaves = leaf_rows(version)
        self.items: dict[str, bool] = {}
        """rows named by strong words; True where only the manner of granting is named"""
        self.weak: dict[str, bool] = {}
        self.families: dict[str, bool] = {}
        """families named (不予公开); True where in the form's own words"""
        self.asked = self.open = self.closed = self.carried = False
        self.unread = text

    def add(self, word: Word, text: str) -> None:
        """Note what one word names."""
        if _PLANNED.search(text[: word.start]) and any(e.kind == "row" for e in word.entries):
            self.asked = True
            return
        if self.open_or_marks(word) or any(e.kind == "ask" for e in word.entries):
            self.asked = self.asked or any(e.kind == "ask" for e in word.entries)
            return
        for entry in word.entries:
            if entry.kind != "row":
                continue
            self.unread = self.unread.replace(word.text, "", 1)
            if entry.key.endswith("_subtotal") and entry.key not in self.leaves:
                self.families[entry.key.removesuffix("_subtotal")] = entry.official
            elif entry.key in self.leaves or self._leaf(entry.key) in self.leaves:
                self._item(self._leaf(entry.key), word, text, entry.weak)
            break

    def open_or_marks(self, word: Word) -> bool:
        """Whether the word only says if the request is answered or when it came."""
        for entry in word.entries:
            if entry.kind == "row" and entry.key in ("carried_forward", "result_total", "carried_over"):
                strong = not entry.weak
                self.open = self.open or (strong and entry.key == "carried_forward")
                self.closed = self.closed or (strong and entry.key == "result_total")
                self.carried = self.carried or (strong and entry.key == "carried_over")
                return True
            if entry.kind == "row":
                return False
        return False

    def _leaf(self, key: str) -> str:
        """In the form of 2019 all of 其他处理 is one row."""
        if key.startswith("ot_") and "ot_subtotal" in self.leaves:
            return "ot_subtotal"
        return key

    def _item(self, row: str, word: Word, text: str, weak: bool) -> None:
        if _NEGATED.search(text[: word.start]) and not _NEGATED.match(word.text[:1]):
            # 不涉及国家秘密: names what it is not
            self.asked = True
        elif weak:
            self.weak[row] = True
        else:
            manner = row == "granted" and _MANNER.match(word.text) is not None
            self.items[row] = self.items.get(row, True) and manner

    def verdict(self) -> tuple[tuple[str, ...], bool]:
        """The rows named, and whether it is certain; several rows where it is a tie."""
        if self.asked:
            return tuple(self.items), False
        if "partial" in self.items:
            # 区分处理的，只计这一情形
            return ("partial",), not any(r.startswith(("na_", "np_", "ot_")) for r in self.items)
        items = [r for r, manner in self.items.items() if not manner] or list(self.items)
        items = self._narrowed(items + [r for r in self.weak if r.split("_")[0] in self.families])
        if not items:
            return self._without_item()
        if len(items) == 1 and _SPLIT.search(self.unread):
            return ("partial", items[0]), False
        if len(items) == 1:
            return tuple(items), self._agrees(items[0])
        return tuple(items), False

    @staticmethod
    def _narrowed(items: list[str]) -> list[str]:
        items = list(dict.fromkeys(items))
        ended = [r for r in items if r.startswith("ot_") and r != "ot_other"]
        return [r for r in items if r != "ot_other"] if ended else items

    def _agrees(self, row: str) -> bool:
        """Whether the family named in the form's words is the row's own."""
        family = row.split("_")[0]
        named = [f for f, official in self.families.items() if official]
        return (
            not named or family in named or (family == "ot" and named == ["np"] and "不再处理" in self.text)
        )

    def _without_item(self) -> tuple[tuple[str, ...], bool]:
        if len(self.families) == 1:
            family = next(iter(self.families))
            if family == "ot" and len(_OTHER.findall(self.text)) > 1:
                return ("ot_other",), True
            return tuple(r for r in self.leaves if r.startswith(family + "_")), False
        if self.families:
            return tuple(r for r in self.leaves if r.split("_")[0] in self.families), False
        rest = _FILLER.sub("", self.unread)
        if len(self.weak) == 1 and len(rest) <= 2 and not _SPLIT.search(self.text.replace("部分公开", "")):
            return tuple(self.weak), True
        if re.fullmatch(r"其[他它](?:情形|处理)?", self.text.strip()):
            return (self._leaf("ot_other"),), False
        return (), False


def is_void(text: str) -> bool:
    """Whether a cell says that its row does not count (作废, 测试, 重复录入)."""
    folded = fold(text).strip()
    return matches("marks.void", folded) or matches("marks.void_anywhere", folded)
