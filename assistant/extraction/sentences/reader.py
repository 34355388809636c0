"""Walks the sentences of a material and returns what they say of the form, with an account of every figure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant.documents.blocks import Block
from assistant.extraction.lexicon import Lexicon, default_units
from assistant.extraction.sentences.accounting import accounted
from assistant.extraction.sentences.ahead import (
    added_up_row,
    applicant_of,
    heads_list,
    holds_last_years,
    opened_by,
)
from assistant.extraction.sentences.arranging import arranged, spoken_parts
from assistant.extraction.sentences.asking import (
    Asking,
    asked_clauses,
    asks_about_before,
    is_confirmed,
    row_asked,
)
from assistant.extraction.sentences.carries import with_carries
from assistant.extraction.sentences.concluding import conclude
from assistant.extraction.sentences.cutting import (
    blanked,
    sentences_of,
    with_clear_rows,
    with_far_units,
)
from assistant.extraction.sentences.glancing import applicants_named, doubt, has_no_row, points_at_told
from assistant.extraction.sentences.items import divides_open, heads_behind, items_of
from assistant.extraction.sentences.leaving import left_out, without
from assistant.extraction.sentences.legends import joined, legend_in, legend_of
from assistant.extraction.sentences.listing import with_lists_joined
from assistant.extraction.sentences.mending import mended
from assistant.extraction.sentences.output import IN_YUAN, Output
from assistant.extraction.sentences.parting import parted
from assistant.extraction.sentences.pieces import Chunk, Sentence
from assistant.extraction.sentences.placing import named, renamed
from assistant.extraction.sentences.ruling import (
    Known,
    by_periods,
    is_of_others,
    ruled,
    under_headings,
    whole_text,
)
from assistant.extraction.sentences.scopes import Scope, Told
from assistant.extraction.sentences.settling import settle
from assistant.extraction.sentences.spreading import rest_zero, spread, zero_table
from assistant.extraction.sentences.stories import Story, pointed_at, story_at
from assistant.extraction.sentences.telling import tell
from assistant.extraction.sentences.terse import assigned, short_words, with_own_words
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense, form_map
from assistant.extraction.sentences.years import in_report_year
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
    readable = fold(blanked(text, blocks))
    readable = with_clear_rows(without(readable, left_out(readable)))
    lexicon = with_own_words(lexicon)
    readable = in_report_year(mended(readable, lexicon), situation.year)
    readable = with_lists_joined(readable, situation.year, form.version)
    short = {**short_words(readable, lexicon), **assigned(readable, situation.kinds)}
    tokenizer = Tokenizer(lexicon, default_units(), situation.year, form.version, short)
    tokens = with_far_units(tokenizer.tokens(readable), readable)
    words = form_map(form)
    sentences = with_carries(sentences_of(tokens, blocks, words))
    out = Output()
    known = whole_text(sentences, readable, situation)
    scope = replace(Scope(), legend=legend_in(sentences), periods=by_periods(readable))
    block = -1
    for sentence, behind in zip_longest(sentences, sentences[1:]):
        if sentence.block != block:
            block = sentence.block
            scope = under_headings(scope, blocks[block], known, lexicon, words)
        whole = behind is not None and behind.block == sentence.block and asks_about_before(behind, readable)
        asked = frozenset(range(len(sentence.chunks))) if whole else asked_clauses(sentence, readable)
        if asked and is_confirmed(sentence, behind, readable):
            asked = frozenset()
        scope = _sentence(sentence, scope, words, out, readable, known, asked)
        scope = scope.but(answers=row_asked(sentence, scope, words))
    applicants = applicants_named(sentences)
    settle(out, words, applicants)
    if len(applicants) == 1:
        # 都是自然人 where nobody else is named anywhere
        for statement in out.statements:
            statement.sure |= statement.kind in ("only", "rest_only")
    conclude(out, readable)
    return accounted(out, text, blocks, words)


def _sentence(
    sentence: Sentence,
    scope: Scope,
    form: FormMap,
    out: Output,
    text: str,
    known: Known,
    asked: Collection[int],
) -> Scope:
    answers = scope.answers
    counts = any(c.figures for c in sentence.chunks)
    scope = scope.next_sentence(opens=sentence.first).but(counts=counts)
    if sentence.first:
        scope = scope.but(
            in_yuan=IN_YUAN.search(text, max(0, sentence.start - 4), sentence.end + 4) is not None
        )
    if answers is not None and not scope.line_out:
        # 上年转来的呢？ 七件
        scope = scope.headed((answers,)).but(answers=None)
    doubt(sentence.chunks, out)
    if sentence.first and known.lists_units and is_of_others(sentence, text, known.unit):
        scope = scope.but(line_out="其他单位")
    chunks, aside = arranged(sentence.chunks)
    for figure, why in aside:
        out.account(figure, Use.LEFT_OUT, why)
    whole = [(n in asked, part) for n, c in enumerate(chunks) for b in parted(c) for part in spoken_parts(b)]
    parts = [part for _, part in whole]
    row = added_up_row(parts, scope)
    if row is not None:
        scope = scope.but(last=row, last_sentence=scope.sentence)
    asking = Asking(sentence, form, known, out)
    at, closed, heads = 0, True, scope.heads
    applicant: Sense | None = None
    while at < len(parts):
        begins = closed or parts[at - 1].mark == ":"
        scope = scope.but(opening=begins, lump=holds_last_years(parts, at))
        if parts[at].pieces and (not at or parts[at - 1].mark != "、"):
            scope = scope.but(run=parts[at].pieces[0].start)
        if closed and applicant is not None:
            scope, applicant = scope.but(heads=heads), None
        opener = applicant_of(parts, at) if begins else None
        if opener is not None:
            applicant = opener
            scope, parts[at] = opened_by(opener, parts[at], scope, out)
        if heads_list(parts, at, scope):
            out.account(parts[at].figures[0], Use.CHECKED, "后面逐项说明的数")
            scope, closed, at = scope.but(listed=True), True, at + 1
            continue
        story = story_at(parts, at, scope, form, text, ordinal=sentence.ordinal)
        if whole[at][0]:
            scope, at = asking.hear(parts[at], scope, text), at + 1
        elif (
            story is not None
            and not has_no_row(parts[at])
            and not (scope.out or scope.prior or scope.line_out)
        ):
            scope, at = _story(story, parts, at, scope, form, out, text, known), story.end
        else:
            scope, at = _chunk(parts[at], scope, form, out, text, known), at + 1
        closed = parts[at - 1].mark == ";"
        if parts[at - 1].cue("correction", "slip"):
            scope = scope.but(correcting=True)
    asking.ask(text)
    return scope if applicant is None else scope.but(heads=heads)


def _story(
    story: Story,
    parts: Sequence[Chunk],
    at: int,
    scope: Scope,
    form: FormMap,
    out: Output,
    text: str,
    known: Known,
) -> Scope:
    """Remembers a story. What came in is told by its first clause itself, and who asked by those that name no outcome."""
    out.stories.append((story, scope.sentence))
    if story.told:
        more = [t.value for t in scope.told if t.row.key == "new_received" and t.col == "total"]
        one = any(isinstance(v, int) and v > story.value for v in more)
        if one and story.figure is not None:
            out.account(story.figure, Use.COUNTED, "逐件说明")
        for chunk in parts[at + one : story.end]:
            if not any(s.key == story.row.key for p in chunk.labels for s in p.senses[:1]):
                scope = _chunk(chunk, scope, form, out, text, known)
    told = Told(story.row, story.col or "total", story.value, story.span, scope.sentence, bool(story.col))
    return scope.but(told=(*scope.told, told), pending=(), joined=False)


def _leave_out(chunk: Chunk, out: Output, why: str) -> None:
    for figure in chunk.figures:
        out.account(figure, Use.LEFT_OUT, why)
    for inner in chunk.inner:
        _leave_out(inner, out, why)


def _chunk(chunk: Chunk, scope: Scope, form: FormMap, out: Output, text: str, known: Known) -> Scope:
    scope = ruled(chunk, scope, text, known, form)
    if scope.channel == "text" and scope.prior:
        out.old_year(Span(chunk.pieces[0].start, chunk.pieces[-1].end))
        scope = scope.but(prior=False)
    out.channel = scope.channel or ("other" if scope.line_out or scope.out else "")
    told = scope.told
    scope = _told_by(chunk, scope, form, out, text, known)
    out.channel = ""
    return scope.but(told=told) if scope.channel else scope


def _told_by(chunk: Chunk, scope: Scope, form: FormMap, out: Output, text: str, known: Known) -> Scope:
    chunk = renamed(chunk, form) if chunk.inner else chunk
    if (
        known.by_applicant
        and chunk.mark == ":"
        and chunk.labels
        and all(p.cue("other") for p in chunk.pieces if p.kind != "decoy")
    ):
        # 合作社这类归“其他”：… in a text told applicant by applicant
        return scope.headed((Sense(COL, "table3", "other_org"),))
    legend = legend_of(chunk.inner) if chunk.inner else ()
    if legend:
        scope = scope.but(legend=joined(scope.legend, legend))
    ends = chunk.mark == ";"
    before = len(scope.told)
    pointed = pointed_at(chunk, scope, text)
    if chunk.figures and pointed is None and not points_at_told(chunk, scope):
        scope = _figures(chunk, scope, form, out, text, known)
    elif chunk.pieces:
        for figure in chunk.figures:
            out.account(figure, Use.CHECKED, "前面说过的数")
        if pointed is None:
            scope = spread(chunk, scope, form, out, text)
        else:
            out.stories.append((pointed, scope.sentence))
    scope = scope.but(pending=(), joined=False) if ends and scope.pending else scope
    if legend:
        return scope
    return _inner(chunk, scope, form, out, text, known, told=before != len(scope.told) or bool(chunk.figures))


def _figures(chunk: Chunk, scope: Scope, form: FormMap, out: Output, text: str, known: Known) -> Scope:
    span = Span(chunk.pieces[0].start, chunk.pieces[-1].end)
    zero = all(f.token.value == 0 for f in chunk.figures)
    if zero and (chunk.cue("rest") or (zero_table(chunk, scope, form, out, span))):
        for figure in chunk.figures:
            out.account(figure, Use.CHECKED, "零")
        if chunk.cue("rest") and not zero_table(chunk, scope, form, Output(), span):
            rest_zero(scope, out, span)
        return scope
    if any(p.cue("note") and p.token.text.startswith("不对") for p in chunk.pieces):
        asking = Asking(Sentence((chunk,), span.start, span.end, 0, False), form, known, out)
        scope = asking.hear(chunk, scope, text)
        asking.ask(text)
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
    scope = scope.but(parts=chunk.mark == "、" and (scope.parts or chunk.cue("of_which")))
    if chunk.mark == ":" and all(f.token.unit_kind == "other" and not f.makes for f in chunk.figures):
        scope = scope.but(of_other=True)
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
    # （均自然人，下同） speaks of all that is told here
    same = any(c.cue("below") and not c.labels for c in chunk.inner)
    inside = scope.but(bracket=not same)
    if scope.prior:
        inside = inside.but(out=scope.out or "上年数", channel="prior")
    for number, inner in enumerate(chunk.inner):
        behind = chunk.inner[number + 1 :]
        if known.brackets and inner.figures and not inner.labels:
            _leave_out(inner, out, known.brackets)
            continue
        if inner.cue("of_which") and any(c.cue("exclude") and not c.figures for c in behind):
            # 部公2（其中含第三方1，已计部公，不另计）
            _leave_out(inner, out, "其中的数，已包含在内")
            continue
        if divides_open(chunk, inner, out):
            for figure in inner.figures:
                out.open(figure, "".join(p.token.text for p in inner.labels))
            continue
        inside = _chunk(inner, inside, form, out, text, known)
        if inner.cue("previous") and not (inner.figures or inner.labels):
            # （翻了去年的年报，结转下年度写的是3件）
            inside = inside.but(channel="prior")
    if told:
        return scope.but(told=inside.told)
    return inside.but(
        bracket=scope.bracket, prior=scope.prior, out=scope.out, sibling=scope.sibling, channel=scope.channel
    )
