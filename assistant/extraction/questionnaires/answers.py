"""Takes an answer apart: its figures with the words beside them, ticked choices, and none (无)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.extraction.statements import Span
from assistant.extraction.tokens import Token, Tokenizer
from assistant.numerals import fold

__all__ = ["Answer", "Pair", "take_apart"]

_BOX = re.compile(r"(?P<on>[☑☒■√✓✔✅]|\[[xX√✓]\]|\([√✓]\))|(?P<off>[□☐]|\[\s?\]|\(\s?\))")
_NONE = re.compile(
    r"(?:都|均|暂|本年|全年|今年)?(?:无|没有|没|零|未发生|未发生过|没有发生|无此项|没收|没有收|未收取|未收|不收|不涉及|否)(?:此类|相关)?[。.!！;；]?"
)
_UNITS_ONLY = re.compile("(?:件|份|宗|起|个|万元|元|次|条|年|月|日)*")
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


def take_apart(text: str, span: Span, tokenizer: Tokenizer) -> Answer:
    """What an answer gives; offsets are those of ``text``."""
    shown, chosen = _ticked(fold(text[span.start : span.end]))
    plain = re.sub(r"[_\s　]", "", shown).strip("：:。；;，,")
    if _UNITS_ONLY.fullmatch(plain):
        return Answer(blank=True)
    if _NONE.fullmatch(plain):
        return Answer(none=True)
    if _SOME.fullmatch(plain) and chosen:
        return Answer(some=True)
    tokens = tokenizer.tokens(re.sub("_", " ", shown))
    return _paired(tokens, shown, span.start)


def _ticked(text: str) -> tuple[str, bool]:
    """The answer with boxes that are not ticked blanked out together with their words; and whether any box is ticked."""
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return text, False
    letters = list(text)
    for index, box in enumerate(boxes):
        stop = boxes[index + 1].start() if index + 1 < len(boxes) else len(text)
        until = stop if box["off"] else box.end()
        letters[box.start() : until] = " " * (until - box.start())
    return "".join(letters), any(box["on"] for box in boxes)


def _paired(tokens: Sequence[Token], text: str, offset: int) -> Answer:
    """Figures with the words beside them: 词 数 词 数 or 数 词 数 词, as the part in question begins."""
    answer = Answer()
    depth, inner = 0, False
    held: list[Token] = []
    part: list[tuple[Token | None, list[Token], bool]] = []
    unread: list[str] = []
    for token in tokens:
        unread.append(token.gap)
        if token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth = max(0, depth - 1)
        elif token.kind == "word" and token.cue("of_which"):
            inner = True
        elif token.kind == "word" and not token.cue("sum", "every"):
            held.append(token)
        elif token.kind in ("num", "slash") and token.value is not None:
            part.append((token, held, depth > 0 or inner))
            held = []
        elif token.kind == "vec":
            part += [(item, [], depth > 0) for item in token.items]
    if len(part) == 1 and held:
        answer.tail, held = tuple(held), []
    answer.pairs = [
        _pair(number, words, inside, offset) for number, words, inside in _shifted(part, held) if number
    ]
    if len(answer.pairs) == 1 and not answer.pairs[0].words:
        # ☑有（2件）: the only figure is the answer, wherever it stands
        answer.pairs = [replace(answer.pairs[0], inner=False)]
    answer.bare = not answer.tail and all(not p.words and not p.inner for p in answer.pairs)
    answer.unread = re.sub(
        r"[\s:：、,，。;；()（）/\-—是为共有计的答结果其中分别]+",
        "",
        "".join(unread) + text[tokens[-1].end :] if tokens else text,
    )
    return answer


def _shifted(
    part: list[tuple[Token | None, list[Token], bool]], rest: list[Token]
) -> list[tuple[Token | None, list[Token], bool]]:
    """9件自然人、3件企业: where the first figure has no word and words follow the last, they belong to the figure before."""
    if not rest or not part:
        return part
    inner = [i for i, (_, _, inside) in enumerate(part) if inside] or list(range(len(part)))
    first = inner[0]
    if part[first][1] and first == 0:
        return [*part, (None, rest, False)]
    words = [part[i][1] for i in range(first + 1, len(part))] + [rest]
    return part[:first] + [(n, w, inside) for (n, _, inside), w in zip(part[first:], words, strict=True)]


def _pair(number: Token, words: list[Token], inside: bool, offset: int) -> Pair:
    figure = Span(offset + number.start, offset + number.end)
    span = figure
    for word in words:
        span = span.join(Span(offset + word.start, offset + word.end))
    return Pair(number.value or 0, number.unit, span, tuple(words), inside)
