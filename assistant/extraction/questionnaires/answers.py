"""Takes an answer apart: its figures with the words beside them, ticked choices, and none (无)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.extraction.statements import Span
from assistant.extraction.tokens import Token, Tokenizer
from assistant.numerals import fold

__all__ = ["BOX", "FILLED", "Answer", "Pair", "boxes_in", "fold_boxes", "is_yes_or_no", "take_apart"]

BOX = re.compile(r"(?P<on>[☑☒■√✓✔✅]|\[[xX√✓]\]|\([√✓]\))|(?P<off>[□☐]|\[\s?\]|\(\s?\))")
FILLED = re.compile(
    r"(?P<open>[(]\s*|(?<!_)_{2,}\s*)(?P<number>\d[\d,.]*)(?P<close>\s*[)]|\s*_{2,})\s*(?P<unit>万元|元|件|份|宗|起|个|项|次)"
)
"""（ 13 ）件, __13__件: a blank that is filled in"""
_BLANK = re.compile(
    r"(?P<open>(?:(?<=[\u4e00-\u9fff])(?<!件)[(]|[(](?=\s))\s*|_+\s*)(?P<number>\d[\d,.]*)(?P<close>\s*[)]|\s*_+)\s*(?P<unit>万元|元|件|份|宗|起|个|项|次)?"
)
"""the same inside of an answer, where no unit is needed: ☑维持__1__, ：维持（ 2 ）未审结（ 1 ）"""
_BRACKETED = re.compile(
    r"(?P<lead>\s*[(]\s*)(?P<number>\d[\d,]*)\s*(?P<unit>件|份|宗|起|个)?\s*[)]\s*[;；,，。]?\s*"
)
"""☑予以公开（2）: nothing but a figure in brackets"""
_YES_OR_NO = re.compile(
    r"(?:是|有|否|无|没有?|(?:未|不|没)?(?:收取?|开展|存在|涉及|发生|制定|实施)|未)(?![\u4e00-\u9fff])"
)
_NONE = re.compile(
    r"(?:20\d\d年度?)?(?:都|均|暂|本年|全年|今年)?(?:无|没有|没|零|未发生|未发生过|没有发生|无此项|没收|没有收|未收取|未收|不收|不涉及|否)(?:此类|相关)?[。.!！;；]?"
)
_TICKED_NO = re.compile(r"\s*(?:无|没有|否|未收取|未发生|不涉及)(?![\u4e00-\u9fff])")
_COUNTED = re.compile(r"[1-9]\d*\s*(?:件|份|宗|起|个|元|万元)")
_UNITS_ONLY = re.compile("(?:件|份|宗|起|个|万元|元|次|条|年|月|日)*")
_BORDERS = "；;，,、。\n\t"
_LOOSE = re.compile(r"[\s:：、,，。;；()（）/\-—是为共有计的答结果其中分别]+")
_ASIDE = re.compile(r"[(][^()\d]{2,30}[)]$")
"""☑否（乡镇不具备规章制定权）: why, beside the answer"""
_CUT = re.compile("^(?:小组|委会?|委员会|合作社|集体|组|协会|联合会)")
"""what makes another body of the word before it"""
_GENERAL = re.compile("收取|金额|件数|数量|合计|总数")
"""words that say no more than that a figure follows"""
_BEHIND = re.compile(r"(?P<word>(?:没?有|是|无|否|未发生|(?:未|不)?收取)\s?)(?P<box>[☑☒■√✓✔✅□☐])")
_BEFORE = re.compile(r"\s?(?:没?有|是|无|否|未|不|收取)")
_BOTH = re.compile(r"(?:有|是)[,，/]?(?:无|没有|否)|(?:无|没有|否)[,，/]?(?:有|是)")
_SOME = re.compile(r"(?:有|是)[。.;；]?")


@dataclass(frozen=True)
class Pair:
    """A figure and the word beside it, if any."""

    value: int | Decimal
    unit: str
    span: Span
    words: tuple[Token, ...] = ()
    inner: bool = False
    """stands in brackets or behind 其中"""
    total: bool = False
    """总计12件"""
    prior: bool = False
    """last year's"""
    figure_end: int = 0
    cut: bool = False
    """unread characters stand between the word and its figure, so that the word may be the half of another (村民小组1件)"""

    @property
    def named(self) -> str:
        """The words beside the figure."""
        return "".join(word.text for word in self.words)


@dataclass
class Answer:
    """``pairs`` in their order; ``none`` where the answer says that there is nothing; ``unread`` words that nothing explains."""

    pairs: list[Pair] = field(default_factory=list)
    none: bool = False
    some: bool = False
    """ticked 有, and no figure"""
    bare: bool = False
    """nothing but figures with separators"""
    tail: tuple[Token, ...] = ()
    """words behind the only figure: 1件（自然人）, 2件，均为自然人, 1件，结果维持"""
    unread: str = ""
    blank: bool = False
    torn: bool = False
    """none is ticked, and yet it gives a figure"""
    both: bool = False
    """☑有 ☑无"""


def take_apart(text: str, span: Span, tokenizer: Tokenizer) -> Answer:
    """What an answer gives; offsets are those of ``text``."""
    folded = _as_figures(fold_boxes(text[span.start : span.end]))
    shown, chosen = _ticked(folded)
    plain = re.sub(r"[_\s　]", "", shown).strip("：:。；;，,")
    plain = _ASIDE.sub("", plain) or plain
    if _UNITS_ONLY.fullmatch(plain):
        return Answer(blank=True)
    if _NONE.fullmatch(plain):
        return Answer(none=True, torn=chosen and _COUNTED.search(folded) is not None)
    if _SOME.fullmatch(plain) and chosen:
        return Answer(some=True)
    if chosen and _BOTH.fullmatch(plain):
        return Answer(torn=True, both=True)
    # the next cell goes on with the answer, but no word of it belongs to a figure of this one
    tokens = tokenizer.tokens(shown.replace("_", " ").replace("\t", ";"))
    answer = _paired(tokens, shown, span.start)
    none = _says_none(folded)
    answer.torn = none and any(pair.value for pair in answer.pairs)
    # ☑无（上年12.6万元，今年停征）
    answer.none = none and not answer.pairs
    return answer


def fold_boxes(text: str) -> str:
    """The text folded, every box before its word: 有☑ 无□ becomes ☑有 □无, character for character."""
    folded = fold(text)
    behind = list(_BEHIND.finditer(folded))
    if not behind or len(behind) != len(boxes_in(folded)):
        return folded
    last = behind[-1].end()
    return folded if _BEFORE.match(folded, last) else _BEHIND.sub(lambda m: m["box"] + m["word"], folded)


def boxes_in(text: str) -> list[re.Match[str]]:
    """The boxes of a folded text; beside drawn ones (☑ □) a bracket with nothing in it is a blank, and no box."""
    boxes = list(BOX.finditer(text))
    drawn = [box for box in boxes if not box.group().startswith("(")]
    return drawn if drawn and not any(b["on"] and b.group().startswith("(") for b in boxes) else boxes


def _says_none(text: str) -> bool:
    """Whether 无 or 否 is ticked."""
    return any(box["on"] and _TICKED_NO.match(text, box.end()) for box in boxes_in(text))


def is_yes_or_no(option: str) -> bool:
    """Whether the words behind a box say 有, 是, 无 or 否, and are no beginning of another word (无法提供)."""
    return _YES_OR_NO.match(option) is not None


def _as_figures(text: str) -> str:
    """Filled blanks as figures with their units behind them; as long as before, every figure in its place."""

    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        lead, figure = len(bracketed["lead"]), bracketed["number"] + (bracketed["unit"] or "")
        return (" " * lead + figure).ljust(len(text))

    def plain(match: re.Match[str]) -> str:
        lead = " " * len(match["open"])
        return (lead + match["number"] + (match["unit"] or "")).ljust(len(match.group()))

    return _BLANK.sub(plain, text)


def _ticked(text: str) -> tuple[str, bool]:
    """The answer with boxes that are not ticked blanked out together with their words; and whether any box is ticked.

    □无 ends with its word, for there is nothing to say of it: what stands behind is of the answer again.
    """
    boxes = boxes_in(text)
    if not boxes:
        return text, False
    letters = list(text)
    for index, box in enumerate(boxes):
        stop = boxes[index + 1].start() if index + 1 < len(boxes) else len(text)
        # the next cell of the row is no part of an option
        edge = text.find("\t", box.end(), stop)
        stop = edge if edge >= 0 else stop
        none = _TICKED_NO.match(text, box.end(), stop)
        # □无　_19_件: a figure behind it is of the answer again; words alone are a hint (□无　请填元)
        stop = none.end() if none and any(char.isdigit() for char in text[none.end() : stop]) else stop
        until = stop if box["off"] else box.end()
        letters[box.start() : until] = " " * (until - box.start())
    return "".join(letters), any(box["on"] for box in boxes)


def _paired(tokens: Sequence[Token], text: str, offset: int) -> Answer:
    """Figures with the words of their piece; where a piece has several, 词 数 词 数 or 数 词 数 词, as it begins."""
    answer = Answer()
    rest: list[Token] = []
    for piece in _pieces(tokens):
        numbers, words = piece.numbers, piece.words
        if not numbers:
            rest += words
        elif len(numbers) == 1:
            answer.pairs.append(_pair(numbers[0], words, piece, offset))
        else:
            answer.pairs += [_pair(n, w, piece, offset) for n, w in _dealt(numbers, words)]
    if len(answer.pairs) == 1:
        only = answer.pairs[0]
        behind = [w for w in rest if offset + w.start >= only.span.end]
        if not only.words:
            # ☑有（2件）: the only figure is the answer, wherever it stands
            answer.pairs = [replace(only, inner=False)]
        elif all(offset + w.start > only.figure_end for w in only.words):
            answer.pairs, behind = [replace(only, words=(), inner=False)], [*only.words, *behind]
        answer.tail = tuple(behind)
        rest = [w for w in rest if w not in behind]
    answer.pairs = [pair for pair in answer.pairs if not pair.prior]
    answer.bare = not answer.tail and all(not p.words and not p.inner and not p.total for p in answer.pairs)
    gaps = "".join(t.gap for t in tokens) + text[tokens[-1].end :] if tokens else text
    answer.unread = _LOOSE.sub("", _GENERAL.sub("", gaps + "".join(w.text for w in rest)))
    return answer


@dataclass
class _Piece:
    """Tokens between two borders: separators, and brackets that hold figures."""

    numbers: list[Token] = field(default_factory=list)
    words: list[Token] = field(default_factory=list)
    inner: bool = False
    total: bool = False
    prior: bool = False


def _pieces(tokens: Sequence[Token]) -> list[_Piece]:
    """The answer cut where a figure's words cannot reach across."""
    pieces = [_Piece()]
    depth, inner = 0, False
    for index, token in enumerate(tokens):
        if token.kind in ("open", "close"):
            depth = max(0, depth + (1 if token.kind == "open" else -1))
            if _holds_figures(tokens, index):
                pieces.append(_Piece(inner=depth > 0 or inner))
        elif token.kind == "sep" and token.text in _BORDERS:
            if not (depth and pieces[-1].numbers and not _holds_figures_around(tokens, index)):
                pieces.append(_Piece(inner=depth > 0 or inner))
        elif token.kind == "sep" and token.text in ":：" and pieces[-1].numbers:
            # 2件：维持1件
            pieces.append(_Piece(inner=depth > 0 or inner))
        elif token.kind == "word" and token.cue("of_which"):
            inner = True
            pieces.append(_Piece(inner=True))
        elif token.kind == "word" and token.cue("previous") and not token.kinds & {"row", "col"}:
            pieces[-1].prior = True
        elif token.kind == "word" and token.cue("sum", "every"):
            pieces[-1].total = pieces[-1].total or token.cue("sum")
        elif token.kind == "word":
            pieces[-1].words.append(token)
        elif token.kind in ("num", "slash") and token.value is not None:
            pieces[-1].numbers.append(token)
        elif token.kind == "vec":
            pieces[-1].numbers += [item for item in token.items if item.value is not None]
    return pieces


def _holds_figures(tokens: Sequence[Token], at: int) -> bool:
    """Whether the bracket that opens or closes at a token has figures in it."""
    step = 1 if tokens[at].kind == "open" else -1
    end = "close" if step == 1 else "open"
    while 0 <= (at := at + step) < len(tokens) and tokens[at].kind != end:
        if tokens[at].kind in ("num", "vec"):
            return True
    return False


def _holds_figures_around(tokens: Sequence[Token], at: int) -> bool:
    """Whether the bracket around a token has figures in it."""
    back = next((i for i in range(at, -1, -1) if tokens[i].kind == "open"), None)
    return back is not None and _holds_figures(tokens, back)


def _dealt(numbers: Sequence[Token], words: Sequence[Token]) -> list[tuple[Token, list[Token]]]:
    """Each figure with the words before it, or with those behind it where the first has none before it."""
    first = not any(w.start < numbers[0].start for w in words)
    edges = [n.start for n in numbers]
    dealt: list[tuple[Token, list[Token]]] = []
    for index, number in enumerate(numbers):
        low = edges[index] if first else (edges[index - 1] if index else -1)
        high = (edges[index + 1] if index + 1 < len(edges) else 10**9) if first else edges[index]
        dealt.append((number, [w for w in words if low <= w.start < high]))
    return dealt


def _pair(number: Token, words: Sequence[Token], piece: _Piece, offset: int) -> Pair:
    span = Span(offset + number.start, offset + number.end)
    end = span.end
    for word in words:
        span = span.join(Span(offset + word.start, offset + word.end))
    value = number.value if number.value is not None else 0
    before = bool(words) and all(word.start < number.start for word in words)
    cut = before and _CUT.search(_LOOSE.sub("", number.gap)) is not None
    return Pair(
        value, number.unit, span, tuple(words), piece.inner, piece.total and not words, piece.prior, end, cut
    )
