"""Cuts a text into tokens: figures with their units, words of the lexicon, years, separators."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from assistant.extraction.lexicon import Entry, Lexicon
from assistant.numerals import Numeral, find_numerals, fold, leading_numeral, parse_chinese, with_digits

__all__ = ["Token", "Tokenizer"]


@dataclass(slots=True, eq=False)
class Token:
    """One token; ``start``/``end`` are offsets in the source.

    kind: ``num`` (value, unit, approx; no value where nobody can read it: ▢件), ``word`` (entries), ``year`` (value = calendar year), ``slash`` (a stroke in place
    of a figure), ``vec`` (a run of bare figures for one row), ``sep`` (text holds the separator), ``open``/``close`` (brackets). ``gap`` is the unread text before it.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    entries: tuple[Entry, ...] = ()
    value: int | Decimal | None = None
    unit: str = ""
    unit_kind: str = ""
    approx: bool = False
    chinese: bool = False
    scaled: bool = False
    gap: str = ""
    row: tuple[str, ...] = ()
    """of a vector: the table and row its figures fill"""
    items: tuple[Token, ...] = ()
    columns: tuple[str, ...] = ()
    """of a vector: the column (or row.column) of each figure"""

    past: bool = False
    """of a figure: last year's, before an arrow (41→53)"""
    kinds: frozenset[str] = frozenset()
    """kinds of its entries"""
    cues: frozenset[str] = frozenset()
    """keys of the entries that are cues"""

    def has(self, kind: str, key: str = "") -> bool:
        """Whether the word names this kind (and key)."""
        return kind in self.kinds and (not key or any(e.kind == kind and e.key == key for e in self.entries))

    def cue(self, *keys: str) -> bool:
        """Whether the word is one of these cues."""
        return not self.cues.isdisjoint(keys)


@cache
def _read_as(
    entries: tuple[Entry, ...], form: str
) -> tuple[tuple[Entry, ...], frozenset[str], frozenset[str]]:
    """The entries that hold for a form version, their kinds, and the cues among them: found once for each word."""
    mine = tuple(e for e in entries if e.form in ("", form))
    return mine, frozenset(e.kind for e in mine), frozenset(e.key for e in mine if e.kind == "cue")


_TELEGRAPHIC = frozenset("新公部许罚强费规文复诉计")
"""新12 公5 部2 许0 罚7: one character for a row, only between a border and an Arabic figure"""
_AS_APPLICANT = re.compile(r"[没无来提\d]|申请|的(?:[，。、；,;\s]|去年|上年|没|$)")
"""behind 单位: it is one that asks, not the reporting body"""
_ANSWERED = re.compile(r"[ \t]*(\d|无|没|零|有|[一二三四五六七八九十两])")
_NEGATIONS = frozenset("不未没无零")
_ABSENT_VERB = re.compile(
    "收|被|发|废|来|办|再|出|制|印|涉|产|作|采|实|搞|交|增|减|动|给|剩|留|欠|拖|压|积|打|告|有"
)
_SEPARATORS = "。！？!?；;，,、：:\n\r—…+＋～~*|•·→"
_SEPARATOR_SET = frozenset(_SEPARATORS)
_SKIP = re.compile(
    r"\d{41,}+[\d.,]*+"  # longer than numerals are (numerals.LONGEST)
    r"|《[^》\n]{1,60}》"
    r"|一([件份个宗])一\1"  # 一件一件报
    r"|\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号]?"  # dates
    r"|\d{1,2}[ \t]?[-~—至到][ \t]?\d{1,2}月份?"  # 1-12月
    r"|\d{1,2}月份?(?:\d{1,2}[日号])?|\d{1,2}[日号](?!线)|[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}[日号])?"
    r"|[〔\[(（]\d{4}[〕\])）]\d+号|第?\d+号|第[\d一二三四五六七八九十百]+(?!方|三方)[条款项章节届次季期]?"
    r"|\d+(?:\.\d+)?\s?[%％‰]|百分之[零一二三四五六七八九十百点两\d.]+|\d+(?:\.\d+)?个百分点"
    r"|[(（][一二三四五六七八九十]{1,3}[)）](?=[\u4e00-\u9fff])"  # （七）总计
    r"|(?<=[\u4e00-\u9fff])一类(?=的)|(?<=[那这哪])一[栏行列格]|(?<=[“‘「\"])[一二三四五六七八九十]{1,3}、"
    r"|[A-Za-z]+\d*(?:[:：][A-Za-z]*\d+)?(?:[A-Za-z\d]*)|\d+(?=号文|号令|[A-Za-z])"
    r"|123(?:45|33|88|10|15|28)(?!\d)"
    r"|\d+\s?[-~～—]\s?\d+(?![\d.])(?=\s|$|[:：、项条各])"  # 1-8
    r"|\d{1,2}:\d{2}"
)
_SKIP_STARTS = frozenset(string.digits + string.ascii_letters + "([第百一二三四五六七八九十〔（《")
"""characters one of the alternatives above may start with: most places of a text are passed without trying them"""
_SIGNS = frozenset(" \t(（[【)）]】/往将")
_BLANKS = re.compile(r"[ \t]+")
_HEAD = re.compile(r"(?:\A|[\n\r。；;：:|])[ \t]*")
"""ends where a line or an item begins"""
_MARKER = re.compile(
    r"(?:[(（]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)）]|\d{1,2}\s?[.)）](?!\d)|\d{1,2}、(?!\s?\d)|[一二三四五六七八九十]{1,3}、|[①-⑳]"
    r"|(?:其)?[一二三四五六七八九十][是、]|第[一二三四五六七八九十]+[，、,：:])"
)
_YEAR = re.compile(
    r"(?P<full>20\d{2}|[二两][〇零○][〇零○一二三四五六七八九]{2})\s?年度?"
    r"|(?<![\d.])(?P<short>\d{2}|二[一二三四五六七八九零〇])年度?(?!来|以来|内|之|限)"
    r"|(?:(?<=[转到至拖入于])|(?m:^[ \t]*))(?P<bare>20[12]\d)(?![\d.,件份宗起个万元条项年])"
)
_RELATIVE = {-1: "去年", 0: "今年", 1: "明年"}
_APPROX_BEFORE = re.compile(r"(?:约|近|将近|大约|大概|超过|超|逾|左右|至少|不少于|差不多|接近|不到|上下)\s?$")
_CHAT_PREFIX = re.compile(
    r"(?m:^[ \t]*)(?:[\[(]?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T]?)?\d{1,2}:\d{2}(?::\d{2})?[\])]?(?:[ \t]*[^\s:\d,。;，；]{1,8}[ \t]?:|[ \t]+)|[^\s:\d,。]{1,8}\s\d{1,2}:\d{2}(?::\d{2})?\s*:?)"
)
_ANSWER = re.compile(
    r"([?？])([ \t]*+)((?:\r?\n[ \t]*(?:答|回答|A|答案|[\u4e00-\u9fff]{1,4})[:：])|(?:答|回答|A|答案)?[:：]?)(?=[ \t]*\S)"
)
_QUESTION = 24
"""characters before a question mark that tell whether a figure is asked for"""
_APPROX_AFTER = re.compile(
    r"(?:余|[ \t]?多(?=[件份宗起个万元条项次篇人\s,，。;；、吧呢的了)）]|$)|[ \t]?(?:出头|开外|上下)|[ \t]?来(?=[件份个条])|[ \t]?零?几(?=[件份个条来])|[ \t]?左右)"
)
_STROKE_IS_ZERO = re.compile(
    r"(?:斜杠|斜线|[“\"']?/[”\"']?)(?:都)?(?:代表|表示|就是|是|为|算)[“\"]?(?:没有|没|无|0|零)"
)
_PLACEHOLDER = re.compile(r"(?<![\d/])/(?![\d/])")


@dataclass
class Tokenizer:
    """Tokenizes with one lexicon; ``year`` is the report year (decides which bare 20xx figures are years)."""

    lexicon: Lexicon
    units: Lexicon
    year: int | None = None
    form: str = "2021"
    short: Mapping[int, tuple[int, tuple[Entry, ...]]] = field(default_factory=dict)
    """abbreviations of the text: end and meaning by start, which go before every other word"""
    years: dict[int, int] = field(default_factory=dict)
    """calendar year by offset, of the text tokenized last"""

    def __post_init__(self) -> None:
        # separators that start no word can be told by the character alone
        self._borders = _SEPARATOR_SET.difference(self.lexicon.initials)
        self._short: dict[int, int] = {}

    def tokens(self, source: str) -> list[Token]:
        """All tokens of a text, left to right; offsets are those of the source."""
        readable, blots = with_digits(fold(source))
        text, origin, self.years = self._relative_years(_questionnaire(readable))
        self._short = (
            {at: start for at, start in enumerate(origin) if start in self.short} if self.short else {}
        )
        numerals = {n.start: n for n in find_numerals(text)}
        heads = {match.end() for match in _HEAD.finditer(text)}
        strokes_are_zero = ("/" in text or "斜" in text) and _STROKE_IS_ZERO.search(text) is not None
        out: list[Token] = []
        at, gap_from, length = 0, 0, len(text)
        while at < length:
            token = self._at_head(text, at) if at in heads and text[at] != "\n" else None
            token = token or (
                self._abbreviated(text, at) if at in self._short else self._at(text, at, numerals)
            )
            if token is None:
                at += 1
                continue
            if token.kind != "skip":
                token.gap = text[gap_from : token.start]
                if token.kind == "slash" and strokes_are_zero:
                    token.kind, token.value = "num", 0
                gap_from = at = token.end
                token.start, token.end = origin[token.start], origin[at]
                if blots and token.kind == "num" and not blots.isdisjoint(range(token.start, token.end)):
                    token.value, token.approx = None, True
                    token.text = source[token.start : token.end]
                    if text.startswith("年", at):
                        continue
                out.append(token)
                continue
            at = token.end
        return out

    def _abbreviated(self, text: str, at: int) -> Token:
        start = self._short[at]
        end, entries = self.short[start]
        mine, kinds, cues = _read_as(entries, self.form)
        stop = at + end - start
        return Token("word", at, stop, text[at:stop], mine, kinds=kinds, cues=cues)

    def _relative_years(self, text: str) -> tuple[str, Sequence[int], dict[int, int]]:
        """Write years next to the report year as 去年/今年/明年, so that one lexicon serves both wordings.

        Returns the rewritten text, the source offset of each of its characters (and of its end), and the calendar year
        by source offset of every year found. Other years stay as a token of their own kind.
        """
        parts: list[str] = []
        origin: list[int] = []
        years: dict[int, int] = {}
        last = 0
        for match in _YEAR.finditer(text):
            value = self._year_value(match)
            if value is None:
                continue
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            years[start] = value
            word = _RELATIVE.get(value - self.year) if self.year is not None else None
            if word is None:
                word = "往昔" if self.year is None or value < self.year else "将来"
            parts.append(text[last:start])
            origin.extend(range(last, start))
            parts.append(word)
            origin.extend([start] * len(word))
            last = match.end()
        if not parts:
            return text, range(len(text) + 1), years
        parts.append(text[last:])
        origin.extend(range(last, len(text) + 1))
        return "".join(parts), origin, years

    def _year_value(self, match: re.Match[str]) -> int | None:
        digits = match["full"] or match["short"] or match["bare"]
        value = (
            int(digits) if digits.isascii() else parse_chinese(digits.replace("○", "〇").replace("零", "〇"))
        )
        if not isinstance(value, int):
            return None
        value = value + 2000 if value < 100 else value
        near = self.year is not None and abs(value - self.year) <= 3
        # 12年 as a duration and 2030年 as a plan stay words; a full year always counts
        return value if match["full"] or near else None

    def _at(self, text: str, at: int, numerals: dict[int, Numeral]) -> Token | None:
        char = text[at]
        if char in self._borders:
            return Token("sep", at, at + 1, "\n" if char == "\r" else char)
        if char in _SKIP_STARTS:
            skip = _SKIP.match(text, at)
            if skip is not None and not self._is_word(text, at, skip.end()):
                return Token("skip", at, skip.end())
            if skip is not None and char in "([":
                # a label with its ordinal: （七）总计
                return self._word_or_number(text, at, numerals) or Token("skip", at, skip.end())
        if char in _SIGNS:
            sign = self._sign(text, at)
            if sign is not None:
                return sign
        token = self._word_or_number(text, at, numerals)
        if token is None and char in _SEPARATORS:
            return Token("sep", at, at + 1, "\n" if char in "\r\n" else char)
        return token

    def _at_head(self, text: str, at: int) -> Token | None:
        """What leads a line or an item and is not read: who wrote it and when (小陈 10:21), or its number."""
        if at == 0 or text[at - 1] == "\n":
            prefix = _CHAT_PREFIX.match(text, at)
            if prefix is not None and prefix.end() > at:
                return Token("skip", at, prefix.end())
        marker = _MARKER.match(text, at)
        return (
            None
            if marker is None or self._is_word(text, at, marker.end())
            else Token("skip", at, marker.end())
        )

    @staticmethod
    def _sign(text: str, at: int) -> Token | None:
        """Blanks, brackets, a stroke in place of a figure, and the words that stand for far years."""
        char = text[at]
        if char in " \t":
            blanks = _BLANKS.match(text, at)
            return Token("sep", at, blanks.end() if blanks else at + 1, " ")
        if char in "(（[【":
            return Token("open", at, at + 1, char)
        if char in ")）]】":
            return Token("close", at, at + 1, char)
        if text.startswith(("往昔", "将来"), at):
            return Token("year", at, at + 2, text[at : at + 2])
        return Token("slash", at, at + 1, "/") if _PLACEHOLDER.match(text, at) else None

    def _is_word(self, text: str, at: int, end: int) -> bool:
        match = self.lexicon.match(text, at)
        return match is not None and match[0] > end

    def _word_or_number(self, text: str, at: int, numerals: dict[int, Numeral]) -> Token | None:
        word = self.lexicon.match(text, at)
        number = numerals.get(at)
        if number is None and word is None:
            number = self._inner_numeral(text, at) if text[at] in "零一二三四五六七八九十两百千" else None
        if number is not None and (word is None or number.end >= word[0]):
            counted = self._number(text, number)
            if counted is not None or text[at] != "零" or word is None:
                return counted
        if word is None:
            return None
        end = word[0]
        entries, kinds, cues = _read_as(word[1], self.form)
        short = end - at == 1 or (
            end - at == 2
            and text[at] in "发废增减罚定"
            and text[at:end] not in ("废止", "废除", "增减", "罚款")
        )
        if text[at:end] == "单位" and not _AS_APPLICANT.match(text, end):
            return None
        if text[at:end] in ("没再", "不再", "未再") and text.startswith(("处理", "办理", "答复"), end):
            # 算重复申请没再处理: how it ended, not that there is none
            return None
        if not entries or (short and not self._single_ok(text, at, end, entries)):
            return None
        return Token("word", at, end, text[at:end], entries, kinds=kinds, cues=cues)

    @staticmethod
    def _inner_numeral(text: str, at: int) -> Numeral | None:
        """A numeral that starts inside a longer run which an earlier token cut (表二|二十)."""
        found = leading_numeral(text[at : at + 16]) if text[at - 1 : at] != "唯" else None
        return None if found is None else found._replace(start=at, end=at + found.end)

    def _single_ok(self, text: str, at: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """A one-character word (发, 废, 增, 减, 收) counts only with a figure directly behind it; cues always do."""
        if text[at:end] in _NEGATIONS:
            return self._negates(text, end, text[at:end])
        if text[at:end] in _TELEGRAPHIC:
            before = text[at - 1 : at]
            parted = not before or before.isdigit() or before in _SEPARATORS + " \t()（）/"
            return parted and text[end : end + 1].isdigit()
        if any(e.kind == "cue" for e in entries):
            return True
        if text[at - 1 : at] in ("没", "未") and any(e.kind == "t2col" for e in entries):
            # 没发没废: nothing was issued, nothing abolished
            return True
        tail = text[end : end + 2].lstrip(" ")
        return bool(tail) and (tail[0].isdigit() or tail[0] in "零〇一二两三四五六七八九十百/")

    def _negates(self, text: str, end: int, word: str) -> bool:
        """不, 未, 没, 无 say that something is absent only before a word of the form, a border, or a verb of having.

        差不多 and 无障碍 say nothing.
        """
        tail = text[end : end + 1]
        if word in "没无" and (not tail or tail in _SEPARATORS + " \t()（）"):
            return True
        if _ABSENT_VERB.match(text, end) and word in "没未":
            return True
        behind = self.lexicon.match(text, end) if tail else None
        return (
            behind is not None and behind[0] - end > 1 and any(e.form in ("", self.form) for e in behind[1])
        )

    def _number(self, text: str, number: Numeral) -> Token | None:
        start, end = number.start, number.end
        approx = bool(_APPROX_BEFORE.search(text[max(0, start - 4) : start]))
        after = _APPROX_AFTER.match(text, end)
        if after is not None:
            approx, end = True, after.end()
        name, kind = "", ""
        unit = self._unit(text, end)
        if unit is not None:
            name, kind = text[end : unit[0]].strip(), unit[1][0].key
            end = unit[0]
        if (
            number.chinese
            and not unit
            and number.end - number.start == 1
            and not self._stands_alone(text, number)
        ) and not text.startswith("个人", number.end):
            # 两个人来申请: the measure word begins the word for the applicant
            return None
        if unit is not None and (number.about or _APPROX_AFTER.match(text, end)):
            approx = True
        return Token(
            "num",
            start,
            end,
            text[start:end],
            value=number.value,
            unit=name,
            unit_kind=kind,
            approx=approx,
            chinese=number.chinese,
            scaled=number.scaled,
        )

    def _unit(self, text: str, end: int) -> tuple[int, tuple[Entry, ...]] | None:
        """The measure word directly behind a figure, unless it begins a longer word (24 部分公开)."""
        at = (
            end + 1
            if text[end : end + 1] == " " and text[end + 1 : end + 2] in ("件", "份", "万", "元")
            else end
        )
        unit = self.units.match(text, at) if at < len(text) and at not in self._short else None
        word = self.lexicon.match(text, at) if unit is not None else None
        return None if unit is None or (word is not None and word[0] > unit[0]) else unit

    def _stands_alone(self, text: str, number: Numeral) -> bool:
        """A single numeral character without a unit is a figure only between a word or boundary and a boundary."""
        after = text[number.end : number.end + 1]
        if text[number.start] in "俩仨" and text[number.start - 1 : number.start] in tuple("有就来给剩收"):
            # 有仨给了: these two carry their measure word in them; 哥俩 counts persons
            return True
        if text[number.start] == "零" and text[number.start - 1 : number.start] in (
            "是",
            "为",
            "全",
            "都",
            "均",
        ):
            return True
        return text[number.start] not in "两百千" and (not after or after in _SEPARATORS + " \t()（）")


def _questionnaire(text: str) -> str:
    """新收几件？答：2件 reads like 新收几件：2件; one character stays one character."""

    def colon(match: re.Match[str]) -> str:
        line = text[max(0, match.start() - _QUESTION) : match.start()].rpartition("\n")[2]
        asks = re.search(
            "几|多少|谁|哪|吗|剩|怎么|咋|什么人|是否|有没有|情况|结果|数|件|结转|复议|诉讼|许可|处罚|强制|收费|文件|规章|费",
            line,
        )
        answered = bool(match.group(3).strip()) or _ANSWERED.match(text, match.end())
        if line.endswith("没有") and text[match.end() :].lstrip()[:1] == "有":
            # 有过复议没有？有，…: there was one, and the words of the question deny nothing
            return match.group()
        return ":" + " " * (len(match.group()) - 1) if asks and answered else match.group()

    return _ANSWER.sub(colon, text)
