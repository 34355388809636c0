"""Walks the sentences of a material and returns what they say of the form, with an account of every figure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, zip_longest

from assistant.documents.blocks import Block
from assistant.extraction.lexicon import Lexicon, default_units
from assistant.extraction.sentences.accounting import accounted
from assistant.extraction.sentences.cutting import (
    blanked,
    sentences_of,
    with_clear_rows,
    with_far_units,
    without_quotes,
)
from assistant.extraction.sentences.implied import implied
from assistant.extraction.sentences.items import heads_behind, items_of
from assistant.extraction.sentences.mending import mended
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.pieces import Chunk, Piece, Sentence
from assistant.extraction.sentences.placing import named
from assistant.extraction.sentences.reaching import summing
from assistant.extraction.sentences.ruling import Known, is_led_by_unit, ruled, under_headings, whole_text
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.spreading import rest_zero, spread, zero_table
from assistant.extraction.sentences.telling import tell
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense, form_map
from assistant.extraction.statements import Span
from assistant.extraction.structure import Situation, StructureReading, Use
from assistant.extraction.tokens import Tokenizer
from assistant.forms import Form
from assistant.numerals import fold

__all__ = ["read_sentences"]


def read_sentences(
    text: str, blocks: Sequence[Block], situation: Situation, form: Form, lexicon: Lexicon
) -> StructureReading:
    """Statements of all paragraphs, items, headings and fields; every figure in them ends in a statement, an account or as
    unplaced. Statements are sure only where label and figure stand side by side and nothing rivals them."""
    readable = with_clear_rows(without_quotes(fold(blanked(text, blocks))))
    lexicon = _with_own_words(lexicon)
    readable = mended(readable, lexicon)
    tokenizer = Tokenizer(lexicon, default_units(), situation.year, form.version)
    tokens = with_far_units(tokenizer.tokens(readable), readable)
    words = form_map(form)
    sentences = sentences_of(tokens, blocks, words)
    out = Output()
    known = whole_text(sentences, readable, situation)
    scope = replace(Scope(), legend=_legend(sentences))
    block = -1
    for sentence, behind in zip_longest(sentences, sentences[1:]):
        if sentence.block != block:
            block = sentence.block
            scope = under_headings(scope, blocks[block], known, lexicon, words)
        if behind is not None and _is_questioned(sentence, behind, readable):
            sentence = replace(sentence, asked=True)
        scope = _sentence(sentence, scope, words, out, readable, known)
    out.statements += implied(out.statements)
    return accounted(out, text, blocks)


@lru_cache(maxsize=4)
def _with_own_words(lexicon: Lexicon) -> Lexicon:
    """The lexicon with the words of words.toml behind its own."""
    return lexicon.extended(tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8")))


def _is_questioned(sentence: Sentence, behind: Sentence, text: str) -> bool:
    """…1044件。这个要不要填进表二？: whether the next sentence asks what this one is."""
    asks = behind.asked and not any(c.figures for c in behind.chunks) and behind.block == sentence.block
    return asks and re.match(r"\s*(?:那)?[这以上]", text[sentence.end + 1 : behind.end]) is not None


def _sentence(sentence: Sentence, scope: Scope, form: FormMap, out: Output, text: str, known: Known) -> Scope:
    scope = scope.next_sentence(opens=sentence.first)
    _doubt(sentence.chunks, out)
    if sentence.asked:
        for chunk in sentence.chunks:
            _leave_out(chunk, out, "提问中的数")
        return scope
    if sentence.first and known.lists_units and is_led_by_unit(sentence, text, known.unit):
        scope = scope.but(line_out="其他单位")
    closed = False
    for number, chunk in enumerate(part for whole in sentence.chunks for part in _parted(whole)):
        scope = _chunk(chunk, scope.but(opening=not number or closed), form, out, text, known)
        closed = chunk.mark == ";"
    return scope


def _doubt(chunks: Sequence[Chunk], out: Output) -> None:
    """Remembers what a sentence takes back or doubts."""
    pieces = [p for c in chunks for p in c.pieces]
    taken_back = any(c.cue("correction", "slip", "negated", "note", "hedge") for c in chunks)
    if taken_back or any(p.makes in ("slip", "swap") for p in pieces):
        out.doubted_rows |= {(s.table, s.key) for p in pieces for s in p.senses if s.axis == ROW}
        out.doubted_values |= {t.value for p in pieces for t in (*p.items, p.old) if t is not None}


def _parted(chunk: Chunk) -> tuple[Chunk, ...]:
    """The clauses that blanks part: 新收33 上年结转1 全部自然人 结转下年0, 8件都办完了 没有转明年的."""
    pieces = chunk.pieces
    if all(p.tight for p in pieces):
        return (chunk,)
    last = max((n for n, p in enumerate(pieces) if p.kind == "figure"), default=len(pieces))
    cuts: list[int] = []
    for at, piece in enumerate(pieces[1:], 1):
        if piece.tight:
            continue
        if piece.cue("every") and at + 2 < len(pieces) and _is_column(pieces[at + 1]):
            cuts += [at, at + 2]
        elif at > last and piece.cue("zero") and any(p.kind == "label" for p in pieces[at : at + 6]):
            cuts.append(at)
            break
    bounds = [0, *dict.fromkeys(cuts), len(pieces)]
    parts = [replace(chunk, pieces=pieces[a:b], mark=",", inner=()) for a, b in pairwise(bounds) if a < b]
    return (*parts[:-1], replace(parts[-1], mark=chunk.mark, inner=chunk.inner)) if parts else (chunk,)


def _is_column(piece: Piece) -> bool:
    return piece.kind == "label" and piece.senses[0].axis == COL


def _leave_out(chunk: Chunk, out: Output, why: str) -> None:
    for figure in chunk.figures:
        out.account(figure, Use.LEFT_OUT, why)
    for inner in chunk.inner:
        _leave_out(inner, out, why)


def _chunk(chunk: Chunk, scope: Scope, form: FormMap, out: Output, text: str, known: Known) -> Scope:
    scope = ruled(chunk, scope, text, known)
    legend = _legend_of(chunk.inner) if chunk.inner else ()
    if legend:
        scope = scope.but(legend=legend)
    ends = chunk.mark == ";"
    before = len(scope.told)
    if chunk.figures and not _points_at_told(chunk, scope):
        scope = _figures(chunk, scope, form, out, text, known)
    elif chunk.pieces:
        for figure in chunk.figures:
            out.account(figure, Use.CHECKED, "前面说过的数")
        scope = spread(chunk, scope, form, out, text)
    scope = scope.but(pending=(), joined=False) if ends and scope.pending else scope
    if legend:
        return scope
    return _inner(chunk, scope, form, out, text, known, told=before != len(scope.told) or bool(chunk.figures))


def _points_at_told(chunk: Chunk, scope: Scope) -> bool:
    """前三项都是自然人, 这三件是企业的, 20件申请人均为自然人: the figure only counts what was told."""
    axes = {s.axis for p in chunk.labels for s in p.senses[:1]}
    if all(f.makes == "known" for f in chunk.figures):
        return chunk.cue("every", "below") or (
            axes == {COL} and chunk.mark != ":" and all(f.start == f.token.start for f in chunk.figures)
        )
    figure = chunk.figures[0]
    behind = axes == {COL} and all(p.start > figure.start for p in chunk.labels)
    alone = len(chunk.figures) == 1 and not figure.makes and not scope.pending and chunk.cue("every")
    return alone and behind and bool(summing(figure.token.value, scope))


def _figures(chunk: Chunk, scope: Scope, form: FormMap, out: Output, text: str, known: Known) -> Scope:
    span = Span(chunk.pieces[0].start, chunk.pieces[-1].end)
    zero = all(f.token.value == 0 for f in chunk.figures)
    if zero and (chunk.cue("rest") or (zero_table(chunk, scope, form, out, span))):
        for figure in chunk.figures:
            out.account(figure, Use.CHECKED, "零")
        if chunk.cue("rest") and not zero_table(chunk, scope, form, Output(), span):
            rest_zero(chunk, scope, out, span)
        return scope
    if chunk.cue("note", "exclude"):
        _leave_out(replace(chunk, inner=()), out, "说明中的数")
        return scope
    chunk, scope = _headed_line(chunk, scope, known)
    heads = heads_behind(chunk)
    if heads:
        chunk = replace(chunk, pieces=chunk.pieces[: -len(heads)], mark=" ")
    for item in items_of(chunk, scope):
        scope = tell(item, scope, form, out)
    if heads:
        row, col, _ = named(heads, scope, form)
        return scope.headed(tuple(s for s in (row, col) if s is not None))
    applicants = [s for p in chunk.labels for s in p.senses[:1] if s.axis == COL and s.table == "table3"]
    if chunk.mark == ":" and len(applicants) == 1:
        # 个人的59件结案：公开16，…
        return scope.headed((applicants[0],)).but(last=scope.last)
    return scope


def _headed_line(chunk: Chunk, scope: Scope, known: Known) -> tuple[Chunk, Scope]:
    """企业来的 新收7 公开3: the applicant that opens a line of several rows heads all of them."""
    first, *others = chunk.pieces
    col = next((s for s in first.senses[:1] if s.axis == COL and s.table == "table3" and not s.weak), None)
    if col is None or not others or not any(s.axis == ROW for s in others[0].senses[:1]):
        return chunk, scope
    rows = [p for p in others if any(s.axis == ROW for s in p.senses[:1])]
    many = len(chunk.figures) > 1 and len(rows) > 1 and not others[0].tight
    if not many and not (known.by_applicant and scope.opening):
        return chunk, scope
    return replace(chunk, pieces=tuple(others)), scope.headed((col,)).but(last=scope.last)


def _inner(
    chunk: Chunk, scope: Scope, form: FormMap, out: Output, text: str, known: Known, told: bool
) -> Scope:
    """The clauses of a bracket speak of what stands before it, and what they say ends with it."""
    if not chunk.inner:
        return scope
    inside = scope.but(out=scope.out or "上年数") if scope.prior else scope
    for inner in chunk.inner:
        inside = _chunk(inner, inside, form, out, text, known)
    if told:
        return scope.but(told=inside.told)
    return inside.but(prior=scope.prior, out=scope.out, sibling=scope.sibling)


def _legend_of(chunks: Sequence[Chunk], fewest: int = 2) -> tuple[Sense, ...]:
    """A list of columns without figures: 自然人、企业、律所, 维持/纠正/其他/未结/总计; empty where there is none."""
    if any(c.figures or c.cue("zero", "every", "rest") for c in chunks):
        return ()
    pieces = [p for c in chunks for p in c.pieces]
    tables = {
        s.table for p in pieces for s in p.senses if s.axis == COL and not s.weak and len(p.senses) == 1
    }
    table = next(iter(tables)) if len(tables) == 1 else ""
    runs: list[list[Sense]] = [[]]
    for piece in pieces:
        cols = [s for s in piece.senses if s.axis == COL and s.table == table]
        if cols:
            runs[-1].append(cols[0])
        elif piece.cue("sum") or piece.token.text in ("总计", "合计"):
            runs[-1].append(Sense(COL, table, "total"))
        elif piece.kind == "label":
            runs.append([])
    longest = max(runs, key=len)
    return (
        tuple(longest) if table and len(longest) >= fewest and any(s.key != "total" for s in longest) else ()
    )


def _legend(sentences: Sequence[Sentence]) -> tuple[Sense, ...]:
    """The first list of applicants in the material: the order of rows of figures that name none."""
    for sentence in sentences:
        for chunks in (sentence.chunks, *(c.inner for c in sentence.chunks if c.inner)):
            found = _legend_of(chunks, 3)
            if found and found[0].table == "table3":
                return found
    return ()
