"""Closes the books: every figure of the readable blocks ends in a statement, an account or as unplaced; rivals lose their sureness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from assistant.documents.blocks import Block
from assistant.extraction.inventory import inventory_of
from assistant.extraction.sentences.cutting import READABLE
from assistant.extraction.sentences.leaving import left_out
from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.words import FormMap
from assistant.extraction.statements import Places, Span, Statement, Target
from assistant.extraction.structure import Account, StructureReading, Unplaced, Use

__all__ = ["accounted"]

_NEVER = frozenset({"identity_number", "telephone", "document_number", "date", "time", "ordinal"})
"""kinds of figures that no cell holds, whatever label stands beside them"""
_COUNTING = ("", "件", "份", "宗", "起", "万元", "元")
"""units that requests, cases and fees are counted in"""


def accounted(out: Output, text: str, blocks: Sequence[Block], form: FormMap) -> StructureReading:
    """The reading with one account for each figure."""
    readable = Places(Span(b.start, b.end) for b in blocks if b.kind in READABLE)
    figures = [figure for figure in inventory_of(text) if readable.touched_by(*figure.span)]
    never = {figure.span for figure in figures if figure.kind in _NEVER}
    words = Places(figure.span for figure in figures if figure.kind == "word")
    out.statements = [
        s
        for s in out.statements
        if never.isdisjoint(s.spans) and not any(words.touched_by(*span) for span in s.spans)
    ]
    out.unplaced = [
        u for u in out.unplaced if u.question or not all(words.touched_by(*span) for span in u.spans)
    ]
    _doubt_rivals(out.statements)
    _doubt_corrected(out)
    _doubt_beside_open(out)
    _lean_on_whole(out.statements, form)
    told = Places(span for s in out.statements for span in (s.spans or [s.span]))
    done = Places([a.span for a in out.accounts] + [span for u in out.unplaced for span in u.spans])
    unread = left_out(text)
    outside = Places(span for span, _ in unread)
    accounts, unplaced = list(out.accounts), list(out.unplaced)
    for figure in figures:
        if outside.touched_by(*figure.span):
            why = next(
                why for span, why in unread if span.start < figure.span.end and figure.span.start < span.end
            )
            accounts.append(Account(figure.span, Use.LEFT_OUT, why))
        elif told.touched_by(*figure.span) or done.touched_by(*figure.span):
            continue
        elif figure.is_candidate and figure.unit in _COUNTING:
            unplaced.append(Unplaced((figure.span,), figure.text))
        else:
            why = figure.why or "表格以外的数"
            accounts.append(Account(figure.span, Use.LEFT_OUT if figure.why else Use.NARRATIVE, why))
    return StructureReading(out.statements, accounts, unplaced, out.remarks)


def _doubt_corrected(out: Output) -> None:
    """What a sentence with 更正, 不对 or 漏了 names, by row or by figure, is not sure where it was told before."""
    for statement in out.statements:
        if statement.sure and not statement.corrects:
            told = (statement.target.table, statement.target.row) in out.doubted_rows
            statement.sure = not (told or (statement.value in out.doubted_values and statement.value != 0))


def _doubt_beside_open(out: Output) -> None:
    """A figure that nobody could place and that may belong to a row is a rival of what was told of the row; one that may have
    been left out of any row is a rival of the whole table."""
    rows = {(place.table, place.row) for open_one in out.unplaced for place in open_one.places}
    tables = {place.table for open_one in out.unplaced if open_one.spreads for place in open_one.places}
    for statement in out.statements:
        table, row, _ = statement.target
        if (table, row) in rows or table in tables:
            statement.sure = False


def _lean_on_whole(statements: Sequence[Statement], form: FormMap) -> None:
    """复议2件，均维持; 不予公开1件（属于过程性信息）: what was said of all of a figure is as sure as the figure."""
    wholes = {
        (s.target.table, s.target.row, s.value) for s in statements if s.sure and s.target.col == "total"
    }
    for statement in statements:
        if statement.kind == "value" and not statement.spans:
            table, row, _ = statement.target
            rows = (row,) if table == "table4" else (form.group_of.get(row, ""),)
            statement.sure = any((table, one, statement.value) in wholes for one in rows)


def _doubt_rivals(statements: Sequence[Statement]) -> None:
    """Two different values of one cell: neither is sure, unless one corrects the other."""
    values: dict[Target, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.kind == "value" and not (statement.prior or statement.text_channel):
            values[statement.target].append(statement)
    for same in values.values():
        if len({s.value for s in same}) > 1:
            for statement in same:
                statement.sure = False
