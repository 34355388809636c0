"""Cuts the readable blocks of a material into sentences, clauses and pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.documents.blocks import Block, BlockKind
from assistant.extraction.sentences.frames import Made, made_in
from assistant.extraction.sentences.pieces import Chunk, Piece, Sentence
from assistant.extraction.sentences.words import FormMap
from assistant.extraction.tokens import Token

__all__ = [
    "READABLE",
    "blanked",
    "sentences_of",
    "with_clear_rows",
    "with_far_units",
]

READABLE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING, BlockKind.FIELD)
_ENDS = frozenset("。！？!?\n.")
_FILLER = re.compile(
    r"[的了是为有共计总约就也还又则即由系其这那个件份只仅都已并另再而且被各数量方面情况部分块：“”\"'‘’「」·*>\s_#|)）(（.．、,，:;-]+"
    r"|\d{1,2}[.、)）]|[①-⑳]|\(单位.{0,6}\)|申请人|政府信息公开|信息公开|本年度?|全年|一共|一栏|一行|一项|这项|那边|这边|今年|我们|我局|我镇|本局|本镇|办理结果|处理|决定|答复|件数|数目|政府|结果|属于|作出|实施|印发|收到|其中|包括|以及|同时"
)
_DASHED = re.compile(
    r"(?<![\d.\-/])(?!(?:19|20)\d\d-)(?:[1-9]\d{0,4}|0)(?:-(?:[1-9]\d{0,4}|0)){2,26}(?![\d.\-/])"
)
_SPACED = re.compile(
    r"(?<![\d.\-/—])(?:\d{1,6}|[-—–])(?:[ \t]{1,3}(?:\d{1,6}|[-—–](?![-—–]))){2,26}(?![\d.\-/—])"
)
_THERE = re.compile("(?:还|另外?|又|其中)有$|^有$")
"""before a figure that opens a new count: 不是68，有两件登记重了"""
_POINTS = re.compile(r"(?:[这那前后]|上述|以上|上面|剩下|最后)\s*$")
"""before a figure that counts what was told: 这四项, 前三项"""
_MONTH = re.compile(r"\d{1,2}月(?:份|\d{1,2}[日号])?")
_ORDINAL = re.compile(r"第[\d一二三四五六七八九十]+[件份个宗]|(?<!\d)\d{1,2}号")
"""before the first word of a sentence: it tells of one request"""
_PLAIN_DIGITS = frozenset("0123456789 ")
_FAR_UNIT = re.compile(r"[ \t]+(?:条|篇|期|次|人次|人|场|户|家)(?![公开])")
_KINDS = ("类", "格", "栏", "行", "列", "个数", "大类")
"""units of what the form has: 三栏, 八类"""
_DEEPEST = 4
"""brackets within brackets; deeper ones are read flat"""
_CLOSED = re.compile(r"([(（][^()（）\n]{1,40}:[ \t]?\d{1,2})[)）]")
"""（自然人：3）: behind a colon 3) would pass for the number of an item"""
_COLUMN = re.compile(r"(?<=[:：])(?:\n[ \t]*(?:\d{1,6}|[-/])[ \t]*){10,40}(?=\n|$)")
"""one figure a line below a colon"""
_STROKES = re.compile(r"(?<=\d)[ \t]/[ \t](?=\d)")

_BRACKETED_ROW = re.compile(r"(?<=[^\d\s])\((?:\d{1,6}[ ]?[,，、][ ]?){2,12}\d{1,6}\)(?=[ ]{0,2}\d)")
"""新收(63,11,0,2,5,1) 82: a row of figures in a bracket, and its sum behind it"""


def with_clear_rows(text: str) -> str:
    """Rows of figures with one sign for one meaning: 88-18-28 as 88+18+28, a dash that stands for no figure as /, 0 / 0 / 7
    with 、. As long as before."""
    text = _CLOSED.sub(r"\1】", text)
    text = _COLUMN.sub(lambda m: " " + m.group()[1:].replace("\n", "、"), text)
    text = _STROKES.sub(" 、 ", text) if "/" in text else text
    text = _BRACKETED_ROW.sub(lambda m: re.sub("[(),，]", "、", m.group()).replace("、", " ", 1), text)
    if "-" in text or "—" in text or "–" in text:
        text = _DASHED.sub(lambda m: m.group().replace("-", "+"), text)
        text = _SPACED.sub(lambda m: re.sub("[-—–]", "/", m.group()), text)
    return text


def with_far_units(tokens: list[Token], text: str) -> list[Token]:
    """189 条: the unit that stands a blank away counts other things than requests."""
    for token in tokens:
        if (
            token.kind == "num"
            and text[token.start - 1 : token.start] == "+"
            and text[token.start - 2 : token.start - 1] not in _PLAIN_DIGITS
        ):
            # 今年+2: the sign of a change, which the row of figures has eaten
            token.gap = "+"
        if token.kind == "num" and not token.unit and _FAR_UNIT.match(text, token.end):
            token.unit_kind = "other"
    return tokens


def blanked(text: str, blocks: Sequence[Block]) -> str:
    """The text with everything that no sentence may be read from as blank lines."""
    parts: list[str] = []
    at = 0
    for block in blocks:
        if block.kind in READABLE and block.start >= at:
            parts += ["\n" * (block.start - at), text[block.start : block.end]]
            at = block.end
    parts.append("\n" * (len(text) - at))
    return "".join(parts)


@dataclass(frozen=True)
class _Sign:
    """One sign of a sentence, and the token it stands for."""

    sign: str
    token: Token | None = None
    gap: str = ""
    points: bool = False
    """以上 and the like stand before it"""


def sentences_of(tokens: Sequence[Token], blocks: Sequence[Block], form: FormMap) -> list[Sentence]:
    """All sentences that hold a word or a figure, in reading order."""
    starts = [(b.start, number) for number, b in enumerate(blocks) if b.kind in READABLE]
    found: list[Sentence] = []
    current: list[Token] = []
    place, block, opens = 0, -1, True
    for token in [*tokens, None]:
        ends = token is None or (token.kind == "sep" and token.text in _ENDS)
        if token is not None and not ends:
            while place < len(starts) and starts[place][0] <= token.start:
                block, place = starts[place][1], place + 1
            current.append(token)
            continue
        if any(t.kind != "sep" for t in current):
            asked = token is not None and token.text in "？?"
            found.append(_sentence(current, block, opens, asked, form))
        if token is not None and (token.text == "\n" or current):
            opens = token.text == "\n"
        current = []
    return found


def _sentence(tokens: Sequence[Token], block: int, opens: bool, asked: bool, form: FormMap) -> Sentence:
    signs = list(_signs(tokens, form))
    pieces = list(_pieces(signs, form))
    # speech taken down without punctuation: a blank is where the speaker paused
    length, blanks = tokens[-1].end - tokens[0].start, sum(s.sign == "_" for s in signs)
    spoken = length > 40 and length >= 8 * (blanks + 1) and not any(s.sign in ",;:、" for s in signs)
    chunks, _ = _chunks(pieces, 0, 0, spoken)
    ordinal = _ORDINAL.search(tokens[0].gap) is not None or (
        opens and _MONTH.match(tokens[0].gap.lstrip()) is not None
    )
    return Sentence(tuple(chunks), tokens[0].start, tokens[-1].end, block, opens, asked, ordinal)


def _signs(tokens: Sequence[Token], form: FormMap) -> Iterator[_Sign]:
    before: Token | None = None
    for number, (token, behind) in enumerate(zip_longest(tokens, tokens[1:])):
        raw = token.gap.strip()
        bare = before is None or before.kind in ("num", "slash", "sep", "word")
        if raw in ("+", "=", "/", "-") and bare:
            yield _Sign(raw)
            raw = ""
        elif raw in ("和", "与", "及", "以及", "、", "或"):
            yield _Sign("、")
            raw = ""
        gap = _FILLER.sub("", raw)
        if before is not None and before.kind == "num" and before.unit in ("项", "样") and not token.unit:
            # 无法提供三项 12/2/1: says how many follow
            yield _Sign("g")
        if token.kind == "num" and raw.endswith("各"):
            yield _Sign("B")
            gap = ""
        elif token.kind == "num" and _THERE.match(raw):
            yield _Sign("h")
        if gap:
            yield _Sign("g")
        if (
            token.kind == "slash"
            and behind is not None
            and behind.kind == "word"
            and behind.start == token.end
        ):
            # 许可/处罚: between two labels it is no figure
            yield _Sign("/")
        else:
            sign = "k" if _counts_parts(tokens, number) else _sign(token, form)
            if sign == "T" and behind is not None and behind.gap.strip():
                # 那一栏四件: points at a place of the form, not at so many requests
                sign = "o"
            yield _Sign(sign, token, gap, before is not None and before.cue("above", "rest", "below"))
        before = token


def _counts_parts(tokens: Sequence[Token], at: int) -> bool:
    """无法提供三项 12/2/1: says how many figures follow."""
    token = tokens[at]
    if token.kind != "num" or token.unit not in ("项", "类", "格", "栏", "行", "列") or len(token.text) > 3:
        return False
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    if behind is not None and behind.kind == "sep" and behind.text == " ":
        behind = tokens[at + 2] if at + 2 < len(tokens) else None
    return behind is not None and behind.kind in ("num", "slash")


_CUES = (
    ("question", "?"), ("hedge", "H"), ("pending", "W"), ("correction", "M"), ("slip", "%"), ("compare", "C"),
    ("rest", "~"), ("except", "^"), ("every", "E"), ("of_which", "I"), ("negated", "!"), ("zero", "Z"), ("sum", "S"),
    ("previous", "P"), ("current", "K"), ("next", "F"), ("period", "Q"), ("that", "T"),
)  # fmt: skip


def _sign(token: Token, form: FormMap) -> str:
    if token.kind == "sep":
        return {" ": "_", "，": ",", "；": ";", "：": ":", "*": ";", "＋": "+", "—": "…"}.get(
            token.text[:1], token.text[:1]
        )
    if token.kind in ("num", "vec"):
        return "N"
    if token.kind == "slash":
        return "0"
    if token.kind in ("open", "close"):
        return "(" if token.kind == "open" else ")"
    if token.kind == "year":
        return "P" if token.text == "往昔" else "F"
    lead = token.entries[0].kind if token.entries else ""
    if lead in ("decoy", "ask", "ask_col"):
        return "X"
    if form.senses(token):
        return "L"
    if "of_which" in token.cues and token.text.startswith("分"):
        return "D"
    return next((sign for cue, sign in _CUES if cue in token.cues), "o")


def _pieces(signs: Sequence[_Sign], form: FormMap) -> Iterator[Piece | _Sign]:
    """Figures, labels and cues as pieces, marks as signs; what a frame takes becomes one figure."""
    line = "".join(s.sign for s in signs)
    at = 0
    for made in made_in(line):
        for sign in signs[at : made.start]:
            yield _piece(sign, form) if sign.token is not None and sign.sign not in _MARKS else sign
        yield _construction(made, signs, form)
        at = made.end
    for sign in signs[at:]:
        yield _piece(sign, form) if sign.token is not None and sign.sign not in _MARKS else sign


_MARKS = frozenset("、,_;|:.()→…~+-/=ghB") - {"~"}


def _piece(sign: _Sign, form: FormMap) -> Piece:
    token = sign.token
    assert token is not None
    kind = {"N": "figure", "k": "figure", "0": "figure", "L": "label", "X": "decoy"}.get(sign.sign, "cue")
    senses = form.senses(token) if kind == "label" else ()
    items = (token,) if kind == "figure" else ()
    points = kind == "figure" and (
        sign.sign == "k"
        or sign.points
        or _POINTS.search(token.gap) is not None
        or (token.unit in _KINDS and len(token.text) < 4)
    )
    return Piece(kind, token, token.start, token.end, sign.gap, senses, "known" if points else "", items)


def _construction(made: Made, signs: Sequence[_Sign], form: FormMap) -> Piece:
    def tokens(name: str) -> tuple[Token, ...]:
        start, end = made.parts.get(name, (0, 0))
        return tuple(s.token for s in signs[start:end] if s.token is not None and s.sign in "N0L")

    labels = tuple(_piece(_Sign("L", token), form) for token in tokens("labels"))
    total, old, new = (next(iter(tokens(name)), None) for name in ("sum", "old", "new"))
    items = tokens("items") or ((new,) if new is not None else ())
    inside = [s.token for s in signs[made.start : made.end] if s.token is not None]
    first = next((t for t in inside if t.kind in ("num", "slash")), inside[0])
    gap = next((s.gap for s in signs[made.start : made.end] if s.token is first), "")
    return Piece(
        "figure", items[0] if items else first, inside[0].start, inside[-1].end, gap, makes=made.frame.makes,
        items=items, total=total, old=old, labels=labels, bounds=(*tokens("first"), *tokens("last")),
    )  # fmt: skip


def _explaining(
    current: Sequence[Piece], inner: Sequence[Chunk], behind: Piece | _Sign | None
) -> list[Piece] | None:
    """民办医院（按企业）3件, 行政查询事项（查企业档案的）6件: the label that a bracket between label and figure gives to both,
    none where it only tells more of them; nothing where the bracket says something of its own."""
    labels = [p for chunk in inner for p in chunk.pieces]
    between = isinstance(behind, Piece) and behind.kind == "figure" and not behind.gap
    if not between or not current or current[-1].kind != "label" or len(labels) > 1:
        return None
    if any(p.kind != "label" for p in labels) or any(c.inner for c in inner):
        return None
    return [p for p in labels if p.gap in ("", "按", "算") and not any(c.tail for c in inner)]


def _chunks(pieces: Sequence[Piece | _Sign], at: int, depth: int, spoken: bool) -> tuple[list[Chunk], int]:
    """Clauses from ``at`` on, up to the bracket that closes where ``depth`` is not 0."""
    chunks: list[Chunk] = []
    current: list[Piece] = []
    loose = anew = False
    while at < len(pieces):
        item = pieces[at]
        at += 1
        if isinstance(item, Piece):
            item = replace(item, tight=item.tight and not loose, anew=anew) if loose or anew else item
            current.append(item)
            loose = anew = False
            continue
        if item.sign == "h" and at < len(pieces) and isinstance(pieces[at], Piece):
            anew = True
            continue
        if item.sign in "_ghB+-/=" and not (spoken and item.sign == "_"):
            behind = pieces[at] if at < len(pieces) else None
            if item.sign == "+" and isinstance(behind, Piece) and current and current[-1].kind == "label":
                current.append(replace(behind, plus=True, tight=not loose))
                at, loose = at + 1, False
                continue
            if item.sign == "=" and current and current[-1].kind == "figure":
                skipped = next(
                    (n for n, p in enumerate(pieces[at : at + 4]) if isinstance(p, Piece) or p.sign != "_"), 0
                )
                whole = pieces[at + skipped] if at + skipped < len(pieces) else None
                if isinstance(whole, Piece) and whole.kind == "figure":
                    current.append(replace(whole, equals=True, tight=not skipped))
                    at, loose = at + skipped + 1, False
                    continue
            loose = loose or item.sign == "_"
            continue
        if item.sign == ")":
            if depth:
                break
            continue
        if item.sign == "(" and depth < _DEEPEST:
            inner, at = _chunks(pieces, at, depth + 1, spoken)
            explains = _explaining(current, inner, pieces[at] if at < len(pieces) else None)
            if explains is not None:
                current += explains
                continue
            if not current and chunks and chunks[-1].mark == "(":
                chunks[-1] = replace(chunks[-1], inner=(*chunks[-1].inner, *inner))
            else:
                chunks.append(Chunk(tuple(current), "(", tuple(inner)))
            current = []
            continue
        if current:
            heads = item.sign in "…|" and all(
                p.kind == "label" or (item.sign == "…" and p.cue("sum")) for p in current
            )
            mark = ":" if heads else {"_": ",", "|": ";"}.get(item.sign, item.sign)
            chunks.append(Chunk(tuple(current), mark, tail=item.gap))
        elif chunks and (chunks[-1].mark == "("):
            # 复议（维持、纠正）：7 and 新收（件）；: the mark behind the bracket closes what stands before it
            chunks[-1] = replace(chunks[-1], mark=item.sign)
        current, loose = [], False
    if current:
        chunks.append(Chunk(tuple(current), ""))
    return chunks, at
