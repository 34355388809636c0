"""Reads one label of an axis: which rows, columns, years, periods, units or other parts of a table it may name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.extraction.tables.likeness import alike
from assistant.extraction.tables.vocabulary import (
    Name,
    Piece,
    core,
    either_of,
    line_words,
    pieces,
    shape,
)
from assistant.numerals import fold

__all__ = ["COLUMNS", "LINES", "Label", "read_label"]

LINES = frozenset({"row", "t2row", "t4block", "fee"})
"""kinds of names that are lines of the form"""
COLUMNS = frozenset({"col", "t2col", "t4col", "ask_col"})
"""kinds of names that are columns of the form"""
_PERIOD = re.compile(r"(?:year_whole|now|[qmhc]\d{1,2})$")
_YEARS = {"prior": -1, "current": 0, "next": 1}
OTHER_YEAR = 99
"""a year that is neither the report year nor one beside it"""
_YEAR = re.compile(r"(20[0-4]\d)(?:年度?|(?=结转|全年|合计|新收|$))")
_BRACKETED = re.compile(
    r"[(（\[【〔](?![一二三四五六七八九十\d]{1,3}[)）])([^()（）\[\]【】〔〕]*)[)）\]】〕]"
)
"""words in brackets; ordinals in brackets are none"""
_COUNTED = re.compile(r"第?\d{1,2}(?:[-—~至]\d{1,2})?(?:项|条|类|行)?|各?几?项")
"""（8项）, 1-8, 第3项: which items of the form, not another word"""
_AMOUNT = re.compile("金额|款额")
_COUNT = re.compile("数量|[件份宗笔次起]数|[(](?:件|份|宗|起|笔)[)]")
_MONEY = re.compile(r"亿元|万元|元")
_MEASURE = re.compile(
    r"(?:计量)?(?:单位)?[:：]?(?:单位)?(?:[件份宗起个例笔条项人次家户]|件次|人次|万元|亿元|元|%|[^()]{0,6}[:：]?(?:万元|元))$"
)
_BARE_MEASURE = re.compile(r"[件份宗起例]|件次|万元|亿元|元|%")
"""万元 in a column of its own: in what the row counts"""
_SEPARATORS = re.compile(r"[^\w%+/±-]|_")
_SPAN_DASH = re.compile(
    r"(?:(?<=\d)|(?<=\d月))[—–―─~～至到]{1,2}(?=\d{1,2}月)|(?<=\d)月[-—–―─~～至到]{1,2}(?=\d{1,2}月)"
)
"""1—3月, 1月至12月: months from one to another"""
_DASHES = re.compile(r"[\s\-—–―─－/／]*")
_LAST_CHAPTER = "(七)"
"""the number of 总计 in the form; the lower ones number parts of other tables as well"""
_DOUBLE = frozenset({"decoy", "row"})


@dataclass(frozen=True)
class Label:
    """A label read. ``names`` are strong, ``weak`` only count where nothing else names a line.

    ``rest`` is what nobody knows of it; ``year`` counts from the report year (-1 the year before, OTHER_YEAR farther away).
    """

    text: str = ""
    names: tuple[Name, ...] = ()
    weak: tuple[Name, ...] = ()
    marks: frozenset[str] = frozenset()
    rest: str = ""
    bracket: str = ""
    """unknown words in brackets behind known ones"""
    year: int | None = None
    period: str = ""
    money: str = ""
    measure: str = ""
    """money or count, where it says what is measured: 金额, 件数"""
    ordinal: int | None = None
    blurred: bool = False
    """named only by likeness"""
    either_work: bool = False
    """one of its words may as well count other work (信访件)"""
    known: str = ""
    """the words that were known"""
    chapter: str = ""
    """the form's own ordinal in front: 七 of （七）总计"""

    @property
    def lines(self) -> tuple[Name, ...]:
        """Lines of the form it names."""
        return tuple(name for name in self.names if name.kind in LINES)

    @property
    def columns(self) -> tuple[Name, ...]:
        """Columns of the form it names."""
        return tuple(name for name in self.names if name.kind in COLUMNS)

    @property
    def is_unit(self) -> bool:
        """Whether it looks like the name of a body or office and names nothing of the form."""
        named = bool(self.names or self.weak or not self.rest)
        return "ours" in self.marks or (not named and bool(shape("unit").search(self.bare)))

    @property
    def bare(self) -> str:
        """The words without marks of layout."""
        return _SEPARATORS.sub("", _BRACKETED.sub("", fold(self.text)).replace(" ", ""))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not self.text.strip()


@lru_cache(maxsize=16_384)
def read_label(text: str, year: int | None, form: str) -> Label:
    """What a label may name; ``year`` is the report year, ``form`` the version of the form."""
    folded = _SPAN_DASH.sub("-", re.sub(r"\s+", "", fold(text)))
    money = _money_of(folded)
    if _BARE_MEASURE.fullmatch(folded):
        measure = ("measure", "share") if folded == "%" else ("measure",)
        return Label(text, marks=frozenset(measure), money=money, known=folded)
    words, off, shown = _years_as_words(_without_measure(folded), year)
    marks: set[str] = {"share"} if re.search(r"[(（]%[)）]$|%$", folded) else set()
    ordinal = re.match(r"[(（]?(\d{1,2})[.、．)）]?(?=[^\d年月季.\-]|$)", words)
    chapter = re.match(r"三?[(（]([一二三四五六七])[)）]", words)
    official = line_words(form).get(core(words), ())
    main, bracket = _split(words)
    stripped = _no_ordinal(main)
    found = pieces(stripped, form)
    label = _collected(text, found, marks)
    either = either_of(core(stripped))
    if either:
        label = replace(label, names=either)
    if official:
        label = replace(label, names=official, weak=(), rest="")
    elif (
        label.rest
        and not shape("unit").search(label.bare)
        and (near := alike(stripped + bracket, form))
        and not any(name.kind == "decoy" for name in label.names)
    ):
        names, close = near
        label = Label(text, names, marks=label.marks, known=stripped + bracket, blurred=not close)
    elif bracket:
        label = _with_bracket(label, bracket, form)
    if (
        label.rest
        and not label.blurred
        and shape("unit").search(label.bare)
        and shape("unit").search(label.rest)
    ):
        # 许可科, 信访局: an office is not what it is named after
        label = replace(label, names=(), weak=())
    if shape("subordinate").fullmatch(label.bare):
        label = replace(label, names=(), weak=(), rest=label.bare)
    if shape("other_units").fullmatch(label.bare):
        label = replace(label, names=(), weak=(), rest="", marks=frozenset({"bodies"}))
    if words == _LAST_CHAPTER:
        label = replace(label, names=(Name("row", "result_total"),), rest="", known=words)
    return replace(
        label,
        year=off if off is not None else label.year,
        money=money,
        measure=_measure_of(folded, money),
        ordinal=int(ordinal[1]) if ordinal else None,
        known=shown + label.known,
        chapter=chapter[1] if chapter else "",
    )


def _money_of(folded: str) -> str:
    found = _MONEY.search(folded)
    return found[0] if found else ""


def _measure_of(folded: str, money: str) -> str:
    if money or _AMOUNT.search(folded):
        return "money"
    return "count" if _COUNT.search(folded) else ""


def _without_measure(folded: str) -> str:
    """行政许可（件） without its unit."""
    for match in reversed(list(_BRACKETED.finditer(folded))):
        if _MEASURE.fullmatch(match[1]):
            folded = folded[: match.start()] + folded[match.end() :]
    return re.sub(r"(?<=.)[,，/:：]?(?:单位[:：])?(?:万元|亿元|元|件次)$", "", folded)


def _years_as_words(folded: str, year: int | None) -> tuple[str, int | None, str]:
    """2024年 as 去年, 今年 or 明年, so that one vocabulary serves all; the year where the label is nothing but a year."""
    match = _YEAR.search(folded)
    if match is None:
        return folded, None, ""
    if year is None:
        return folded[: match.start()] + folded[match.end() :], OTHER_YEAR, match[0]
    off = int(match[1]) - year
    word = {-1: "去年", 0: "今年", 1: "明年"}.get(off, "往昔")
    if off in (-1, 0, 1):
        return folded[: match.start()] + word + folded[match.end() :], None, ""
    return folded[: match.start()] + folded[match.end() :], OTHER_YEAR, match[0]


def _split(words: str) -> tuple[str, str]:
    """The label and what stands in brackets behind it; leading ordinals in brackets stay."""
    head = re.match(r"[(（][一二三四五六七八九十\d]{1,3}[)）]", words)
    start = head.end() if head else 0
    inner = "".join(match[1] for match in _BRACKETED.finditer(words, start))
    bare = _BRACKETED.sub("", words[start:])
    if not bare and not start:
        # （未办结，结转下年度）: all of the label stands in brackets
        return inner, ""
    return words[:start] + bare, inner


_ORDINALS = re.compile(
    r"^(?:其中[:：])?(?:第?[一二三四]?[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}(?:[.、．)）:：](?!\d)|(?=[^\d\s.,%月季年/\-至—~～])))"
)


def _no_ordinal(words: str) -> str:
    """Without （三）1. in front; 其中： stays."""
    kept = "其中" if words.startswith("其中") else ""
    bare = words
    for _ in range(2):
        bare = _ORDINALS.sub("", bare, count=1)
    return kept + bare if kept and not bare.startswith("其中") else bare


def _collected(text: str, found: list[Piece], marks: set[str]) -> Label:
    names: dict[Name, None] = {}
    weak: dict[Name, None] = {}
    rest, known, period = "", "", ""
    year: int | None = None
    for piece in found:
        words = _SEPARATORS.sub("", _COUNTED.sub("", piece.text)).strip("-_/")
        if not piece.strong and not piece.weak:
            rest += words
            continue
        known += piece.text
        for name in piece.strong:
            if name.kind != "mark":
                names[name] = None
            elif name.key in _YEARS:
                year = _YEARS[name.key]
            elif name.key == "older":
                year = OTHER_YEAR
            elif _PERIOD.match(name.key):
                period = name.key
            elif name.key != "fill":
                marks.add(name.key)
        weak |= dict.fromkeys(piece.weak)
    if not rest and not known and not _DASHES.fullmatch(text):
        # ▢ or another sign that says nothing; a dash says that there is nothing to say
        rest = text.strip()
    return Label(
        text=text,
        names=tuple(names),
        weak=tuple(weak),
        marks=frozenset(marks),
        rest=rest,
        year=year,
        period=period,
        known=known,
        either_work=any(_DOUBLE & {n.kind for n in p.strong} == _DOUBLE for p in found),
    )


def _with_bracket(label: Label, bracket: str, form: str) -> Label:
    """What a bracket adds: 行政诉讼（复议后）; unknown words in it are kept apart."""
    inner = _collected(bracket, pieces(bracket, form), set())
    names = tuple(dict.fromkeys((*label.names, *inner.names)))
    return replace(
        label,
        names=names,
        weak=label.weak or inner.weak,
        marks=label.marks | inner.marks - {"note"},
        bracket=inner.rest,
        year=label.year if label.year is not None else inner.year,
        period=label.period or inner.period,
    )
