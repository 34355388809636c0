"""Reads requests told as stories: a counted request, and the outcome that the clauses behind it name without a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.extraction.sentences.pieces import Chunk, Piece
from assistant.extraction.sentences.placing import named
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.statements import Span, Statement, Target

__all__ = ["APPLICANT_UNITS", "Story", "pointed_at", "story_at", "told_by"]

_RECEIVED = ("new_received", "received_all")
_NO_OUTCOME = (*_RECEIVED, "carried_over", "result_total", "granted_or_partial")
_BREAKS = (
    "hedge",
    "question",
    "pending",
    "correction",
    "rest",
    "note",
    "slip",
    "except",
    "compare",
    "text",
    "previous",
)
_NOT_ONE = (*(b for b in _BREAKS if b != "rest"), "of_which", "negated", "sum")
_ONE = re.compile(r"[件份个宗笔]")
APPLICANT_UNITS = ("家", "位", "名", "人", "户", "个")
"""units that count applicants: 一家公司"""
_MOST = 8
"""clauses that one story may run over"""


@dataclass(frozen=True)
class Story:
    """``value`` requests (of the applicant ``col``, empty where none is named) ended as ``row``. ``figure`` is what counts them,
    None where 那件 only points at one; ``pointed``: they were told before; ``told``: the first clause tells more than the story;
    ``end``: the place of the clause behind it."""

    row: Sense
    col: str
    value: int
    span: Span
    end: int
    figure: Piece | None = None
    pointed: bool = False
    told: bool = False
    opens: bool = False
    """it opens its group with the applicant's figure: so many of them came in"""
    part: bool = False
    """of those that came in only the ones of this applicant, so that the row may have others"""


@dataclass(frozen=True)
class _Subject:
    value: int
    figure: Piece | None
    pointed: bool
    received: bool
    part: bool = False


def story_at(
    parts: Sequence[Chunk], at: int, scope: Scope, form: FormMap, text: str, *, ordinal: bool
) -> Story | None:
    """The story that the clause at ``at`` opens: 一份按过程性信息没给, 1件是律所来的，要拆迁协议，部分公开了, 律所那件不掌握."""
    subject = _subject(parts[at], scope, form, text)
    if ordinal and not at and all(f.token.unit_kind == "other" for f in parts[0].figures):
        subject = _Subject(1, None, False, False)
    if subject is None:
        return None
    end = at + 1
    labels = list(_labels(parts[at]))
    outcome = list(parts[at : at + 1])
    while (
        end < len(parts)
        and end - at < _MOST
        and (ordinal or parts[end - 1].mark != ";")
        and _goes_on(parts, end)
    ):
        labels += _labels(parts[end])
        outcome.append(parts[end])
        end += 1
    shown = [p for p in labels if any(s.key == "partial" for s in p.senses[:1])]
    rivals = [p for p in labels if shown and any(s.key == "granted" for s in p.senses[:1])]
    # 遮掉以后给的，算部分公开: what was given in part is not given
    labels = [p for p in labels if p not in rivals]
    row, _, _ = named(labels, scope.but(pending=()), form)
    if (
        row is None
        or not _is_one(labels)
        or not _is_outcome(row, form)
        or not _fits(subject, row, outcome, labels)
    ):
        return None
    while len(outcome) > 1 and not any(
        _is_outcome(s, form) for p in _labels(outcome[-1]) for s in p.senses[:1]
    ):
        outcome.pop()
    pieces = [p for c in outcome for p in (*c.pieces, *(q for inner in c.inner for q in inner.pieces))]
    span = Span(min(p.start for p in pieces), max(p.end for p in pieces))
    _, col, _ = named([p for c in outcome for p in _labels(c)], scope.but(pending=()), form)
    col = scope.head(COL, "table3") if col is None or col.table != "table3" else col
    key = "" if col is None else col.key
    own = (
        scope.opening
        and not (ordinal or subject.pointed or parts[at].cue("rest"))
        and _names_applicant(parts[at], scope)
    )
    return Story(
        row, key, subject.value, span, at + len(outcome), subject.figure, subject.pointed, subject.received, own,
        subject.part,
    )  # fmt: skip


def pointed_at(chunk: Chunk, scope: Scope, text: str) -> Story | None:
    """不掌握14份，律所那份在里头; 合作社那个就在这五件里面; 予以公开4件（包括律所那件）: one of the row told last is the applicant's."""
    that = any(p.cue("that") and _ONE.match(text, p.end) for p in chunk.pieces)
    last = scope.told[-1] if scope.told else None
    cols = {s.key for p in chunk.labels for s in p.senses[:1]}
    if (
        not that
        or last is None
        or any((f.makes, f.token.value) != ("known", last.value) for f in chunk.figures)
        or len(cols) != 1
        or not all(_is_col(p) for p in chunk.labels)
    ):
        return None
    if (
        last.sentence != scope.sentence
        or last.row.table != "table3"
        or last.col != "total"
        or chunk.cue("except")
    ):
        return None
    span = Span(chunk.pieces[0].start, chunk.pieces[-1].end)
    return Story(last.row, cols.pop(), 1, span, 0, pointed=True)


def _names_applicant(chunk: Chunk, scope: Scope) -> bool:
    """Whether the requests of one applicant are told here: 律师事务所：1件, or one of the list that a figure headed."""
    head = scope.colon and scope.head(COL, "table3") is not None
    return head or (scope.listed and any(_is_col(p) for p in _labels(chunk)))


def _subject(chunk: Chunk, scope: Scope, form: FormMap, text: str) -> _Subject | None:
    """What the clause counts, where it counts requests and tells no outcome of them by itself."""
    if chunk.cue(*_NOT_ONE) and not chunk.cue("that"):
        return None
    rows = [s for p in chunk.labels for s in p.senses[:1] if s.axis == ROW]
    if any(s.table != "table3" or s.key == "carried_over" for s in rows):
        return None
    received = any(s.key in _RECEIVED for p in chunk.labels for s in p.senses[:1] if s.axis == ROW)
    that = next((p for p in chunk.pieces if p.cue("that") and _ONE.match(text, p.end)), None)
    if not chunk.figures and that is not None:
        return _Subject(1, None, True, False)
    part = received and _is_part(chunk)
    counts = [f for f in chunk.figures if f.token.unit_kind != "other"] or list(chunk.figures)
    if len(counts) != 1 and not part:
        return None
    figure = counts[-1]
    token = figure.token
    if (
        figure.makes not in ("", "known")
        or not isinstance(token.value, int)
        or not token.value
        or token.approx
    ):
        return None
    who = token.unit in APPLICANT_UNITS and any(p.start == figure.end and _is_col(p) for p in chunk.labels)
    if (token.unit_kind != "count" and not who) or token.unit in ("项", "样"):
        return None
    row, _, _ = named(chunk.labels, scope.but(pending=()), form)
    if not part and not figure.makes and row is not None and _is_outcome(row, form):
        return None
    return _Subject(token.value, figure, figure.makes == "known", received and not figure.makes, part)


def _is_part(chunk: Chunk) -> bool:
    """新收23件中商业企业2件: a whole, and the part of one applicant of it."""
    if [p.kind for p in chunk.pieces] != ["label", "figure", "label", "figure"]:
        return False
    whole, part = chunk.figures
    many, few = whole.token.value, part.token.value
    return _is_col(chunk.pieces[2]) and isinstance(many, int) and isinstance(few, int) and few < many


def _is_col(piece: Piece) -> bool:
    return bool(piece.senses) and piece.senses[0].axis == COL and piece.senses[0].table == "table3"


def _goes_on(parts: Sequence[Chunk], at: int) -> bool:
    """Whether a clause may go on with the story: it counts nothing, denies nothing and waits for no figure."""
    chunk = parts[at]
    waits = chunk.mark == ":" or (chunk.mark == "、" and any(c.figures for c in parts[at + 1 : at + 3]))
    if chunk.figures or waits or chunk.cue(*_BREAKS, "that"):
        return False
    return not (chunk.cue("zero") and any(p.cue("zero") for p in chunk.pieces))


def _labels(chunk: Chunk) -> Iterator[Piece]:
    yield from chunk.labels
    for inner in chunk.inner:
        if not inner.figures:
            yield from _labels(inner)


def _is_one(labels: Sequence[Piece]) -> bool:
    """Whether the labels name one outcome beside its groups, and one applicant."""
    senses = [s for p in labels for s in p.senses[:1] if s.table == "table3" and not s.weak]
    rows = {s.key for s in senses if s.axis == ROW} - {*_NO_OUTCOME}
    cols = {s.key for s in senses if s.axis == COL}
    return len({r for r in rows if not r.endswith("_subtotal")} or rows) < 2 and len(cols) < 2


def _is_outcome(sense: Sense, form: FormMap) -> bool:
    known = sense.key in form.rows3 or sense.key in form.groups
    return sense.axis == ROW and sense.table == "table3" and known and sense.key not in _NO_OUTCOME


def _fits(subject: _Subject, row: Sense, chunks: Sequence[Chunk], labels: Sequence[Piece]) -> bool:
    """Of several requests that came in, the outcome holds where it is said of all."""
    if not subject.received or subject.value == 1:
        return True
    said = [p for p in labels if any(s.key == row.key for s in p.senses[:1])]
    every = any(c.cue("every") for c in chunks if any(p in said for p in c.labels))
    return every or any(p.token.text[0] in "都全均" for p in said)


def told_by(stories: Sequence[tuple[Story, int]], statements: Sequence[Statement]) -> list[Statement]:
    """What stories (each with its sentence) say of cells: their sum for each row and applicant, unless a figure tells the row."""
    said = {
        s.target: s for s in statements if s.kind == "value" and s.target.table == "table3" and not s.prior
    }
    found: list[Statement] = []
    for row in dict.fromkeys(story.row.key for story, _ in stories):
        mine = _each_once([(s, n) for s, n in stories if s.row.key == row])
        total = said.get(Target("table3", row, "total"))
        apart = any(t.row == row for t in said)
        cells = {} if apart or any(s.part for s, _ in mine) else {"total": mine}
        for col in dict.fromkeys(s.col for s, _ in mine if s.col):
            cells[col] = [(s, n) for s, n in mine if s.col == col]
        for col, parts in cells.items():
            value = sum(s.value for s, _ in parts)
            target = Target("table3", row, col)
            room = total.value if total is not None and isinstance(total.value, int) else value
            if target not in said and value <= room:
                found.append(_statement(target, value, parts))
    return [*found, *_received(stories, said)]


def _each_once(stories: Sequence[tuple[Story, int]]) -> list[tuple[Story, int]]:
    """The stories without those that point a second time at the same request (企业那件)."""
    kept: list[tuple[Story, int]] = []
    pointed: set[str] = set()
    for story, sentence in stories:
        if story.pointed and story.col in pointed:
            continue
        pointed |= {story.col} if story.pointed else set()
        kept.append((story, sentence))
    return kept


def _received(stories: Sequence[tuple[Story, int]], said: Mapping[Target, Statement]) -> list[Statement]:
    """Stories that tell of every request that came in tell its applicants as well; where nothing else is told, they tell of all."""
    total = said.get(Target("table3", "new_received", "total"))
    columns = any(t.row == "new_received" and t.col != "total" for t in said)
    each = [(s, n) for s, n in stories if not s.pointed]
    whole = sum(s.value for s, _ in each)
    over = any(t.row == "carried_over" and s.value for t, s in said.items())
    others = {t.row for t in said} - {s.row.key for s, _ in stories}
    if total is None or total.value != whole:
        opening = [(s, n) for s, n in each if s.opens and Target("table3", "new_received", s.col) not in said]
        cols = {
            col: [(s, n) for s, n in opening if s.col == col]
            for col in dict.fromkeys(s.col for s, _ in opening)
        }
        if total is not None or others:
            return [
                _statement(Target("table3", "new_received", c), sum(s.value for s, _ in p), p)
                for c, p in cols.items()
            ]
    if columns or over or not each or (total.value != whole if total is not None else bool(others)):
        return []
    cells = {} if total is not None else {"total": each}
    if all(s.col for s, _ in each):
        cells |= {
            col: [(s, n) for s, n in each if s.col == col] for col in dict.fromkeys(s.col for s, _ in each)
        }
    return [
        _statement(Target("table3", "new_received", col), sum(s.value for s, _ in parts), parts)
        for col, parts in cells.items()
    ]


def _statement(target: Target, value: int, parts: Sequence[tuple[Story, int]]) -> Statement:
    spans = [Span(s.figure.start, s.figure.end) if s.figure is not None else s.span for s, _ in parts]
    span = parts[0][0].span
    return Statement("value", target, span, value, "", sentence=parts[0][1], spans=spans, sure=False)
