"""Reads the answer to the list of unsure figures: 都对, 除了予以公开是5其他都对, 只有部分公开不对，应为3."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.extraction.patch_places import Ambiguous, Place, Places
from assistant.extraction.patch_setting import in_unit_of, setting
from assistant.extraction.patches import Patch, SetValue, Verb
from assistant.forms import CellKey
from assistant.numerals import find_numerals, fold
from assistant.report.facts import Evidence, Value
from assistant.report.findings import Question

__all__ = ["Confirmation", "read_confirmation"]

_RIGHT = r"(?:对|正确|没错|没有错|没问题|没有问题|没毛病|无误|准确|一致|属实)"
_TAIL = r"(?:的|了|吧|啊|呢|哈|哦|谢谢)*[.。!！~～]*$"
_ALL = r"(?:都|全都|全部|全|均|也都|也)"
_YES = re.compile(
    rf"^(?:(?:嗯+|好|好的|是|是的|对|对的)[\s,，]*)*(?:(?:这些|这几个|上面|以上|上述|所列|列出|列|数字|数据|数|的)*{_ALL}?{_RIGHT}+"
    rf"|(?:我|已|已经|都)*(?:(?:核对|核实|检查|核|看)(?:过|完|无误|没问题|没错)+|确认(?:过|无误|没问题)*)|对的?|是的?|可以|行|[Oo][Kk])"
    rf"{_TAIL}"
)
"""都对, 对, 没问题, 核对过了, 确认"""
_REST = re.compile(
    rf"(?:^|[\s])?(?:其他|其它|其余|别的|另外的?|剩下的?|余下的?)(?:的|各项|各格|各个|数字|数据|几个|几格|几项|部分)*{_ALL}?{_RIGHT}{_TAIL}"
)
_ALL_RIGHT = re.compile(rf"{_ALL}{_RIGHT}{_TAIL}")
_EXPLICIT = re.compile(rf"(?:{_ALL}|其他|其它|其余|别的)(?:的|数字|数据)*{_ALL}?{_RIGHT}")
_EXCEPT = re.compile(r"^(?:除|除了|除去|除开)(?!以外|之外)(?P<what>.+?)(?:以外|之外|外)?$")
_ONLY = re.compile(r"^(?:只有|只是|就是|就|仅|唯独|唯一)(?P<what>.+)$")
_WRONG = r"(?:不对|不正确|不准确|错了|错|有误|有问题|要改|写错了|记错了)"
_IS = r"(?:应该是|应当是|应该为|应是|应为|实际是|实际为|其实是|正确的是|改成|改为|更正为|是|为|[:：=])"
_VALUE = r"(?P<value>[\d０-９,.．零〇一二三四五六七八九十百千万两]+)\s*(?P<unit>万元|元|块钱?|件|份|个|次|条|宗|起)?"
_ITEM = re.compile(
    rf"^(?:把|将)?(?P<what>.+?)(?:的?(?:数量|数字|件数|数))?(?:那|这)?(?:一?(?:个|项|格|处|栏))?(?P<wrong>{_WRONG})?[\s,，(（]*(?:{_IS}\s*{_VALUE})?[)）]?{_TAIL}"
)
_PLAIN = re.compile(rf"^(?P<what>.+?)\s*{_VALUE}{_TAIL}")
"""予以公开5件: the figure straight behind the name"""
_BARE = re.compile(rf"^{_IS}?\s*{_VALUE}{_TAIL}")
_SET_RIGHT = re.compile(rf"{_WRONG}[\s,，]*{_IS}\s*{_VALUE}{_TAIL}")
_ORDINAL = re.compile(r"^第([一二三四五六七八九十\d]+)(?:个|项|格|条)?$")
_LISTS = re.compile("、|和|与|及")
_CLAUSE = re.compile("[^，,。；;！!\n]+")


class _Item(NamedTuple):
    """A figure of the list that is wrong: its place, what it should be (None: not said), the words."""

    place: Place
    value: Value | None
    evidence: Evidence


@dataclass
class Confirmation:
    """What the answer asks for, the parts of the text it used, and what must be asked about it."""

    patches: list[Patch] = field(default_factory=list)
    used: list[tuple[int, int]] = field(default_factory=list)
    question: Question | None = None


def read_confirmation(
    text: str, source: str, places: Places, asked: Question | None = None
) -> Confirmation | None:
    """The answer to the question CONFIRM of the draft, None when the words are none.

    Where something else was asked, only words that speak of all of them (都对, 其余都没问题) are taken for it; that a figure is
    wrong and which one is right (收费不对，是3万2) may be said at any time.
    """
    listed = next((q for q in places.draft.questions if q.code == "CONFIRM"), None)
    answers = listed is not None and (
        (asked is not None and asked.code == "CONFIRM") or _EXPLICIT.search(fold(text))
    )
    if not answers and not _SET_RIGHT.search(fold(text)):
        return None
    reading = _Answer(text, source, places, listed.about if listed is not None else ())
    try:
        for match in _CLAUSE.finditer(text):
            reading.clause(match.start(), match.end())
    except Ambiguous as open_question:
        reading.question = open_question.question
    return reading.result()


@dataclass
class _Answer:
    text: str
    source: str
    places: Places
    listed: Sequence[str]
    """table.row.col of every figure of the list"""
    question: Question | None = None
    items: list[_Item] = field(default_factory=list)
    used: list[tuple[int, int]] = field(default_factory=list)
    rest: Evidence | None = None
    """the words by which all that is not named is right"""

    def clause(self, start: int, end: int) -> None:
        """One clause of the answer; words that are none of it are left to the reader."""
        words = fold(self.text[start:end])
        evidence = self._evidence(start, end)
        if _YES.match(words.strip()):
            self._affirm(evidence, start, end)
            return
        tail = _REST.search(words) or (_ALL_RIGHT.search(words) if words.lstrip().startswith("除") else None)
        body = (words[: tail.start()] if tail else words).strip()
        if not body:
            self._affirm(evidence, start, end)
            return
        found = (
            self._except(body, evidence)
            or self._only(body, evidence)
            or self._items(body, evidence, plain=_EXPLICIT.search(fold(self.text)) is not None)
            or self._value_of_last(body, evidence)
        )
        if found and tail is not None:
            self._affirm(evidence, start, end)
        elif found:
            self.used.append((start, end))

    def _affirm(self, evidence: Evidence, start: int, end: int) -> None:
        self.rest = evidence
        self.used.append((start, end))

    def _except(self, body: str, evidence: Evidence) -> bool:
        """除了予以公开（是5）以外: wrong, whatever follows; that the rest is right must be said."""
        match = _EXCEPT.match(body)
        return match is not None and self._items(match["what"], evidence, plain=True, wrong=True)

    def _only(self, body: str, evidence: Evidence) -> bool:
        """只有予以公开不对: the rest is right without a further word."""
        match = _ONLY.match(body)
        if match is None or not self._items(match["what"], evidence, plain=True, wrong=True):
            return False
        self.rest = self.rest or evidence
        return True

    def _items(self, body: str, evidence: Evidence, *, plain: bool, wrong: bool = False) -> bool:
        """予以公开不对, 予以公开应为5件、部分公开应为3件; ``plain``: also 予以公开5件, ``wrong``: also 予以公开."""
        items = [self._item(part, evidence, plain, wrong) for part in _LISTS.split(body)]
        if not items or not all(items):
            items = [self._item(body, evidence, plain, wrong)]
        found = [one for group in items if group for one in group]
        self.items += found
        return bool(found)

    def _item(self, words: str, evidence: Evidence, plain: bool, wrong: bool) -> list[_Item]:
        match = _ITEM.match(words)
        if plain and (match is None or not (match["value"] or match["wrong"])):
            match = _PLAIN.match(words) or match
        if match is None:
            return []
        named = match.groupdict()
        if not (named.get("value") or named.get("wrong") or wrong):
            return []
        anywhere = plain or bool(named.get("wrong"))
        places = self._named(named["what"].strip(" “”\"'"), named.get("value") or "", anywhere)
        if len(places) > 1 and named.get("value"):
            raise self.places.several(places, named["what"], f"改成{named['value']}")
        items = [_Item(p, self._value(p, match), evidence) for p in places]
        # 除了予以公开7件: the figure that is there, and wrong
        return [
            i._replace(value=None) if wrong and i.value == self.places.value(i.place) else i for i in items
        ]

    def _value_of_last(self, body: str, evidence: Evidence) -> bool:
        """…不对，是5: the figure of what was named last, or of the only one there is."""
        match = _BARE.match(body)
        if match is None:
            return False
        if self.items and self.items[-1].value is None:
            last = self.items[-1]
            whole = last.evidence.model_copy(
                update={"end": evidence.end, "quote": self.text[last.evidence.start : evidence.end]}
            )
            self.items[-1] = _Item(last.place, self._value(last.place, match), whole)
            return True
        if len(self.listed) == 1 and not self.items:
            place = _place(self.listed[0])
            self.items.append(_Item(place, self._value(place, match), evidence))
            return True
        return False

    # ------------------------------------------------------------ figures
    def _named(self, words: str, value: str, anywhere: bool) -> list[Place]:
        """The figures of the list that the words name; with ``anywhere`` also one that is not listed."""
        order = _ORDINAL.match(words)
        if order is not None:
            number = next((n.value for n in find_numerals(order[1])), 0)
            shown = [where for where in self.listed if self.places.value(_place(where))]
            return [_place(shown[int(number) - 1])] if 0 < number <= len(shown) else []
        told = self.places.of(words)
        listed = [_place(where) for where in self.listed]
        fitting = [p for p in listed if any(_is_named(p, one) for one in told)]
        figures = [n.value for n in find_numerals(words)]
        fitting = [p for p in fitting if self.places.value(p) in figures] or fitting
        if fitting or not told or not anywhere:
            return fitting
        other = self.places.one(words, f"改成{value}")
        return [other] if other is not None else []

    def _value(self, place: Place, match: re.Match[str]) -> Value | None:
        named = match.groupdict()
        value = self.places.number(named.get("value") or "")
        if value is None:
            return None
        return in_unit_of(self.places, place, value, named["value"], named.get("unit") or "")

    def result(self) -> Confirmation | None:
        """The patches: the wrong figures set right, then all others of the list confirmed, where that was said."""
        if self.rest is None and not self.items:
            return None if self.question is None else Confirmation([], [(0, len(self.text))], self.question)
        wrong = [item for item in self.items if item.value != self.places.value(item.place)]
        patches = [setting(self.places, item.place, item.value, item.evidence) for item in wrong]
        changed = {one.where for patch in patches for one in patch.sets}
        seen = {item.place.where for item in self.items} if self.rest is None else set(self.listed)
        if not self.listed and not wrong:
            return None
        right = [where for where in self.listed if where in seen - changed]
        if right:
            patches.append(self._confirming(right, self.rest or self.items[0].evidence))
        return Confirmation(patches, sorted(set(self.used)), self.question or self._open(wrong))

    def _confirming(self, right: Sequence[str], evidence: Evidence) -> Patch:
        return Patch(
            verb=Verb.CONFIRM,
            sets=tuple(SetValue(where=where, value=self.places.value(_place(where))) for where in right),
            evidence=evidence,
            note=f"已确认 {len(right)} 个数字",
        )

    def _open(self, wrong: Sequence[_Item]) -> Question | None:
        """What the first figure should be that is wrong and has no other yet."""
        places = [item.place for item in wrong if item.value is None]
        if not places:
            return None
        name = self.places.label(places[0])
        return Question(code="MISSING_FIELD", about=(places[0].where,), text=f"“{name}”应该是多少？")

    def _evidence(self, start: int, end: int) -> Evidence:
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        return Evidence(source=self.source, start=start, end=start + len(quote), quote=quote)


def _place(where: str) -> Place:
    key = CellKey.parse(where)
    return Place(key.table, key.row, key.col)


def _is_named(place: Place, told: Place) -> bool:
    """Whether words name a place; a row without a column is its total, where it has one."""
    if place.table != told.table or told.row not in ("", place.row):
        return False
    if told.col or not told.row:
        return told.col == place.col
    return place.col == "total" or place.table not in ("table3", "table4")
