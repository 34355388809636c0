"""What rules clauses from outside: headings, the unit spoken of, the year, the part of the year, doubt."""

from __future__ import annotations

import re

from assistant.extraction.sentences.headings import under_headings
from assistant.extraction.sentences.known import (
    OTHER_UNIT,
    OURS,
    Known,
    by_periods,
    is_of_others,
    names_own,
    whole_text,
)
from assistant.extraction.sentences.pieces import Chunk
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, ROW, FormMap

__all__ = ["Known", "by_periods", "is_of_others", "ruled", "under_headings", "whole_text"]

_HANDED = re.compile("[给发报][你您我]|先[给发报]")
"""文字部分先给你：… brings the figures, and quotes no prose"""


def _columns_only(chunk: Chunk) -> bool:
    """Whether its labels are columns of table 2 alone."""
    return bool(chunk.labels) and all(
        s.axis == COL and s.table.startswith("table2") for p in chunk.labels for s in p.senses[:1]
    )


def _is_of_this_year(chunk: Chunk, scope: Scope) -> bool:
    """去年底有效15件，制发2件，现行有效16件; 今年发2件: what came in and went after last year's stock is this year's."""
    stock = scope.sibling is not None and scope.sibling.col == "in_force"
    return stock or any(p.token.text.startswith(("今年", "本年", "全年")) for p in chunk.labels)


_REPORT = re.compile(r"[(（]?[^，,。；;\n]{0,8}(?:年报|报告)")


def _names_report(chunk: Chunk, text: str) -> bool:
    """去年（2024年）年报里: the words behind the year say that its report is meant."""
    ends = (p.end for p in chunk.pieces if p.cue("previous"))
    return any(
        text[end - 2 : end] in ("年报", "报告")
        or text[end - 1 : end + 1] == "年报"
        or _REPORT.match(text, end)
        for end in ends
    )


def _in_channel(chunk: Chunk, scope: Scope, text: str) -> Scope:
    """正文写的是…, 2023年年报：…: clauses that tell what stands elsewhere, and those that come back to this year's tables."""
    last_year = chunk.cue("previous")
    if chunk.cue("text") and not (chunk.mark == ":" and _HANDED.search(chunk.tail)):
        return scope.but(channel="text", line_channel="text")
    if last_year and chunk.mark == ":" and not chunk.figures and not chunk.labels:
        return scope.but(channel="prior", line_channel="prior")
    if last_year and _names_report(chunk, text):
        return scope.but(channel="prior")
    back = chunk.cue("table", "table2", "table3", "table4")
    if scope.channel == "prior":
        back = back or chunk.cue("current") or _is_of_this_year(chunk, scope)
    return scope.but(channel="", line_channel="") if back and scope.channel else scope


def _in_table(chunk: Chunk, scope: Scope, form: FormMap) -> Scope:
    """表四那15个格：…: the table that the clause names holds what follows."""
    key = next((k for k in ("table2", "table3", "table4") if chunk.cue(k)), "")
    if not key:
        return scope
    key = form.table2 if key == "table2" else key
    last = scope.last if scope.last is not None and scope.last.table == key else None
    return scope.but(table=key, last=last)


def _past_of(chunk: Chunk, scope: Scope) -> str:
    """2022年收到9件，办结9件；2023年收到14件，办结13件；2024年…: the earlier year that opens a group of clauses rules all of it."""
    if chunk.cue("current") or any(p.token.text.startswith("今年") for p in chunk.labels):
        return ""
    if not scope.opening:
        return scope.past
    lead = next(
        (p for p in chunk.pieces if p.cue("previous") or p.token.kind == "year" or p.kind != "cue"), None
    )
    rows = {s.key for p in chunk.labels for s in p.senses[:1] if s.axis == ROW}
    if lead is None or not chunk.figures or not rows & {"new_received", "received_all"} or chunk.cue("left"):
        return ""
    if lead.token.kind == "year" and lead.token.text == "往昔":
        return "older"
    return "previous" if lead.cue("previous") else ""


def ruled(chunk: Chunk, scope: Scope, text: str, known: Known, form: FormMap) -> Scope:
    """The scope for a clause: another unit, another year, a quarter."""
    if not chunk.pieces:
        return scope
    out, prior = scope.out, scope.prior
    if known.undecided and (chunk.cue("whole_area", "own_body") or names_own(chunk, text)):
        out = "口径未定"
    elif chunk.cue("whole_area") and known.ours_told:
        out = "其他范围"
    elif names_own(chunk, text) and known.area:
        out = "本机关口径"
    elif (
        names_own(chunk, text)
        or (scope.out == "其他范围" and chunk.cue("own_body"))
        or chunk.cue("whole_area")
        or (known.names_us and OURS.search(text, max(0, chunk.pieces[0].start - 4), chunk.pieces[-1].end))
    ) or (out in ("本机关口径", "口径未定") and scope.opening and not scope.colon):
        out = ""
    if known.names_others:
        lead = text[max(0, chunk.pieces[0].start - 10) : chunk.pieces[0].start].rpartition("\n")[2]
        out = "其他单位" if OTHER_UNIT.search(lead) else out
    scope = _in_channel(chunk, scope, text)
    scope = _in_table(chunk, scope, form)
    carry = chunk.cue("previous")
    scope = scope if carry == scope.carry else scope.but(carry=carry)
    if chunk.cue("period"):
        # 四季度单季为：予以公开1件、不掌握3件
        heads = chunk.mark == ":" and not chunk.figures and not chunk.labels
        return scope.but(out="季度数", prior=prior, period_head=heads)
    if scope.period_head and not chunk.cue("current", "sum"):
        return scope
    if out == "季度数" and (chunk.cue("current") or chunk.labels):
        out = ""
    past = _past_of(chunk, scope) if scope.past or scope.opening else ""
    if past != scope.past:
        out = "其他年度" if past == "older" else "" if scope.past == "older" else out
        scope = scope.but(past=past)
    over = chunk.cue("left") or any(s.key == "carried_over" for p in chunk.labels for s in p.senses)
    if (
        chunk.cue("compare")
        and scope.table == "table3"
        and chunk.labels
        and chunk.figures
        and not any(f.makes for f in chunk.figures)
    ):
        # 与去年年报结转下年度的58件一致
        prior = chunk.pieces[0].cue("compare")
    elif chunk.cue("previous") and not over:
        prior = bool(chunk.figures) or (
            scope.channel == "text" and scope.opening and any(not p.senses[0].weak for p in chunk.labels)
        )
    elif chunk.cue("current") or not _columns_only(chunk) or _is_of_this_year(chunk, scope):
        # 2022年制发9件，废止1件: the year holds for the columns that follow
        prior = prior and not chunk.labels and not chunk.cue("current")
    prior = prior or scope.past == "previous"
    return scope if (out, prior) == (scope.out, scope.prior) else scope.but(out=out, prior=prior)
