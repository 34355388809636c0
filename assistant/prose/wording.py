"""Turns a user's words into clauses of formal written Chinese without changing what they say."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from assistant.prose.figures import counts_in_arabic, figures_of
from assistant.prose.slots import SlotBook, unmarked
from assistant.report import AnnualReport
from assistant.report.facts import Aspect
from assistant.resources import templates_dir

__all__ = ["Clause", "clauses_of"]


@dataclass(frozen=True)
class Clause:
    """One clause without final punctuation; ``marked`` carries its figures as slots of the fact it comes from."""

    text: str
    marked: str

    @property
    def counts(self) -> bool:
        """Whether the clause only lists quantities (网站公开信息1136条), so that several may share a sentence."""
        return all(_QUANTITY.fullmatch(part) for part in self.text.split("，"))


_QUANTITY = re.compile(
    r"[^，。；]{1,18}?[0-9][0-9.]*万?(?:余|多)?(?:人次|场次|批次|万元|[次条件项期篇份场名家户处块元页册轮个人])"
)
_BOUNDARY = re.compile(r"[。；！？\n]+|[，、](?=还有就是|还有|另外|然后|再就是)")
_CJK = "\u4e00-\u9fff“”《》（）〔〕，。；：、"
_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", ".": "。"}
_NARROW = re.compile(
    rf"(?<=[{_CJK}0-9])[,;:()!?](?=[{_CJK}0-9])|(?<=[{_CJK}])[,;:()!?.]|[,;:()!?](?=[{_CJK}])"
)
_KEEP = re.compile(r"[A-Za-z][A-Za-z0-9_.:/@?&=%#-]*[A-Za-z0-9/]|(?<!\d)\d+(?:[.:,]\d+)+")
_DOCUMENT = re.compile(r"[\[［（(【〔﹝](20\d\d)[\]］）)】〕﹞]\s*(\d+)\s*号")
_QUOTES = re.compile(r'"([^"]*)"')
_GAP = re.compile(rf"(?<=[{_CJK}])[ \t\u3000]+(?=[{_CJK}0-9])|(?<=[0-9])[ \t\u3000]+(?=[{_CJK}])")


@dataclass(frozen=True)
class _Phrase:
    find: re.Pattern[str]
    put: str
    only: frozenset[str]


@dataclass(frozen=True)
class _Wording:
    leading: re.Pattern[str]
    trailing: str
    """characters that may end a clause and say nothing"""
    asides: re.Pattern[str]
    phrases: tuple[_Phrase, ...]


@cache
def _wording() -> _Wording:
    raw = tomllib.loads((templates_dir() / "prose" / "wording.toml").read_text(encoding="utf-8"))
    return _Wording(
        # one pass over all that leads, so that a long run of it costs one pass too
        leading=re.compile(r"^(?:(?:" + "|".join(raw["leading"]) + r")\s*)+"),
        trailing=raw["trailing"],
        asides=re.compile("|".join(f"(?:{aside})" for aside in raw["asides"])),
        phrases=tuple(
            _Phrase(re.compile(p["find"]), p["put"], frozenset(p.get("only", ()))) for p in raw["phrase"]
        ),
    )


def clauses_of(text: str, aspect: Aspect, report: AnnualReport, where: str) -> tuple[Clause, ...]:
    """The clauses that ``text`` (words of a user, belonging to fact ``where``) gives, in order.

    Full stops, semicolons and line breaks separate clauses; figures stay as said, counts in Arabic digits. Asides about
    handing in the material (我先把数据发过来) are no clauses.
    """
    clean = _punctuate(unmarked(text))
    pieces = (_formal(piece, aspect, report) for piece in re.split(_BOUNDARY, clean))
    return tuple(
        Clause(piece, _mark(piece, where))
        for piece in pieces
        if piece and not _wording().asides.search(piece)
    )


def _punctuate(text: str) -> str:
    """Full-width punctuation, 〔〕 in document numbers, no spaces between Chinese characters; addresses stay."""
    text = _DOCUMENT.sub(r"〔\1〕\2号", text)
    text = _QUOTES.sub(r"“\1”", text)
    text = _GAP.sub("", re.sub(r"[ \t\u3000]*\r?\n[ \t\u3000]*", "\n", text))
    parts: list[str] = []
    position = 0
    for kept in _KEEP.finditer(text):
        parts += [_widen(text, position, kept.start()), kept.group()]
        position = kept.end()
    return "".join([*parts, _widen(text, position, len(text))]).strip()


def _widen(text: str, start: int, end: int) -> str:
    return _NARROW.sub(lambda m: _WIDE[m.group()], text[start:end])


def _formal(piece: str, aspect: Aspect, report: AnnualReport) -> str:
    wording = _wording()
    own = report.org.short_self
    piece = counts_in_arabic(_strip(_balanced(piece), wording))
    for phrase in wording.phrases:
        if not phrase.only or aspect in phrase.only:
            piece = phrase.find.sub(phrase.put.replace("{self}", own), piece)
    return _strip(_without_subject(piece, report), wording)


def _without_subject(piece: str, report: AnnualReport) -> str:
    """The clause without the year and the unit it starts with; the sentence around it names them already."""
    own, name = report.org.short_self, report.org.name
    if report.year is not None:
        piece = re.sub(rf"^{report.year}年度?(?![0-9]*月)[，,]?", "", piece)
    bare = re.sub(r"(?:人民)?政府$", "", name)
    names = "|".join(re.escape(n) for n in (name, bare, re.sub(r"^.+[省市州县区](?=.)", "", bare)) if n)
    if names:
        # 司寨乡全年公开… loses its subject, 司寨乡专栏… is about something else
        piece = re.sub(rf"^(?:{names})[，,]?(?=本年度|全年|今年|20\d\d年|共|一共|累计)", "", piece)
    return re.sub(rf"^{own}(?!的)", "", piece)


def _balanced(piece: str) -> str:
    """The clause without brackets that have lost their partner where the sentence was cut."""
    if piece.count("（") != piece.count("）"):
        piece = piece.lstrip("）").rstrip("（")
        if piece.count("（") < piece.count("）"):
            piece = piece.removesuffix("）")
        elif piece.count("（") > piece.count("）"):
            piece += "）"
    return piece


def _strip(piece: str, wording: _Wording) -> str:
    while True:
        shorter = wording.leading.sub("", piece.strip()).rstrip(wording.trailing)
        if shorter == piece:
            return piece
        piece = shorter


def _mark(text: str, where: str) -> str:
    marked, position = [], 0
    for figure in figures_of(text):
        marked += [text[position : figure.start], SlotBook.mark(where, figure.text)]
        position = figure.end
    return "".join([*marked, text[position:]])
