"""Settles what single clauses leave open, once the whole message is known: scopes, questions, corrections, doublets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate
from operator import itemgetter

from assistant.extraction.clause_state import RESULT_ROWS
from assistant.extraction.clauses import Reading
from assistant.extraction.settle_doubts import questions, scopes
from assistant.extraction.settle_items import numbered_items_taken_back, single_requests
from assistant.extraction.settle_parts import (
    added_up,
    inherited,
    narrowed,
    parts_of_the_year,
    shared,
    wholes,
)
from assistant.extraction.statements import Places, Remark, Span, Statement, Target
from assistant.report import UnitProfile

__all__ = ["settle"]


def settle(reading: Reading, source: str, profile: UnitProfile) -> None:
    """Resolve questions, scopes, 受理, 收费 and withdrawals in place; every decision not taken becomes a remark."""
    _one_line_of_cases(reading)
    _taken_back(reading)
    numbered_items_taken_back(reading, source)
    single_requests(reading)
    _excluded(reading)
    _quoted_last_year(reading, source)
    scopes(reading, profile, source)
    questions(reading, source)
    wholes(reading)
    narrowed(reading)
    inherited(reading)
    added_up(reading)
    parts_of_the_year(reading)
    shared(reading)
    _received(reading)
    _charges(reading)
    _withdrawals(reading, source)
    _drafted(reading, source)
    _text_years(reading)


def _taken_back(reading: Reading) -> None:
    """复议那条作废，复议0: a total corrected to nothing takes its outcomes with it."""
    until: dict[str, int] = {}
    for i, statement in enumerate(reading.statements):
        if (
            statement.corrects
            and statement.target.table == "table4"
            and statement.target.col in ("total", "*")
            and (statement.value == 0 or statement.kind == "zero")
        ):
            until[statement.target.row] = i
    for i, earlier in enumerate(reading.statements if until else ()):
        target = earlier.target
        if target.table == "table4" and target.col != "total" and i < until.get(target.row, 0):
            earlier.dropped = "taken back"


def _one_line_of_cases(reading: Reading) -> None:
    """一行15个数（复议五个、…）: 8 1 2 0 12 …: the words around the fifteen figures only explain their order."""
    by_sentence: dict[int, list[Statement]] = {}
    for s in reading.statements:
        if s.target.table == "table4" and s.kind == "value":
            by_sentence.setdefault(s.sentence, []).append(s)
    for statements in by_sentence.values():
        spans = Counter(s.span for s in statements)
        run = next((span for span, times in spans.items() if times >= 15), None)
        for s in statements:
            if run is not None and s.span != run:
                s.dropped = "legend"


def _excluded(reading: Reading) -> None:
    """…486件，不在此列: what the clerk leaves out is left out."""
    until = {p.segment: i for i, p in enumerate(reading.phrases) if p.cue("exclude") is not None}
    if not until:
        return
    out = Places(p.span for i, p in enumerate(reading.phrases) if i <= until.get(p.segment, -1))
    for statement in reading.live:
        if out.met_by(statement.span):
            statement.dropped = "excluded"


_LAST_REPORT = re.compile(
    r"(?:去年|上年|上一年|前一年|20\d{2}年)[^“”\n]{0,10}(?:年报|报告)[^“”\n]{0,12}[:：]\s*[“\"]([^”\"]*)[”\"]"
)


def _quoted_last_year(reading: Reading, source: str) -> None:
    """去年年报是这样写的：“…”: the quoted figures are last year's."""
    quoted = [match.span(1) for match in _LAST_REPORT.finditer(source)]
    for statement in reading.live if quoted else ():
        before = bisect_right(quoted, statement.span.start, key=itemgetter(0))
        if before and statement.span.end <= quoted[before - 1][1]:
            statement.prior = True
            statement.dropped = "quoted" if statement.kind != "value" else ""


# ---------------------------------------------------------------- 受理
def _received(reading: Reading) -> None:
    """受理 N 件 is 本年新收 only where the carried-over number is given apart; otherwise it may include it."""
    live = reading.live
    over = any(s.target.row == "carried_over" and not s.hedged for s in live)
    reach = list(accumulate((p.span.start for p in reading.phrases), max))
    lumped = any(s.target.row == "received_all" and _includes(reading, reach, s) for s in live)
    if lumped or not over:
        new = any(s.target.row == "new_received" and s.kind == "value" for s in live)
        for statement in live:
            if (
                statement.target.row == "received_all"
                and statement.kind == "value"
                and not over
                and not new
                and statement.value
            ):
                reading.remarks.append(
                    Remark(
                        "AMBIGUOUS_MAP",
                        "table3.new_received.total",
                        f"“受理”{statement.value}件是否含上年结转没有说明，请分别说明本年新收和上年结转各多少件",
                        statement.span,
                        got=statement.value,
                    )
                )
        return
    for statement in live:
        if statement.target.row == "received_all":
            statement.target = statement.target._replace(row="new_received")


def _includes(reading: Reading, reach: list[int], statement: Statement) -> bool:
    """Whether （含上年结转…） or 其中上年结转… stands behind it; ``reach`` is where the phrases up to each begin at most."""
    index = bisect_left(reach, statement.span.end)
    if index == len(reach):
        return False
    following = reading.phrases[index]
    return (bool(following.depth) or following.tokens[0].cue("of_which")) and any(
        t.has("row", "carried_over") for t in following.tokens
    )


# ---------------------------------------------------------------- 收费
def _charges(reading: Reading) -> None:
    """没收费: no information fee in any case; 行政事业性收费 is asked about where nothing else settles it."""
    live = reading.live
    settled = any(
        (
            s.target.row == "admin_fee"
            or (s.target.table.startswith("table2") and s.target.row in ("*", "rest"))
        )
        for s in live
        if s.target.table != "charge"
    )
    told = any(s.target.table == "fee" for s in live)
    for statement in live:  # 没收费
        if statement.target.table != "charge":
            continue
        if settled or not told:
            told = True
            statement.target = Target("fee", "info_fee", "yuan")
        if not settled:
            reading.remarks.append(
                Remark(
                    "MISSING_FIELD",
                    "table2.admin_fee",
                    "“没收费”已计为没有收取信息处理费；行政事业性收费是否也为 0，请确认",
                    statement.span,
                )
            )


# ---------------------------------------------------------------- withdrawals, years
_PLACED = re.compile("(?:归|计|列|记|算)[入到在进作]?")
"""主动撤回归入“其他”1件: the clerk has decided the row"""


def _withdrawals(reading: Reading, source: str) -> None:
    """其中主动撤回 42 件 may be only a part of （六）3.其他: asked, not filled."""
    outcomes = [s for s in reading.live if s.kind == "value" and s.target.row.startswith(RESULT_ROWS)]
    for statement in reading.live:
        alone = len(outcomes) == 1 and statement.value != 1
        if (
            statement.target.row == "ot_other"
            and (statement.part or alone)
            and statement.kind == "value"
            and "撤" in statement.words
            and _PLACED.search(source, statement.span.start, statement.span.end) is None
        ):
            statement.dropped = "part"
            reading.remarks.append(
                Remark(
                    "AMBIGUOUS_MAP",
                    "table3.ot_other.total",
                    f"撤回的 {statement.value} 件通常计入“（六）其他处理—3.其他”，但未必是该行的全部，请确认该行总数",
                    statement.span,
                    got=statement.value,
                )
            )


_ASPECT_LINE = re.compile(
    r"(?m)^[ \t]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．][ \t]*)?"
    r"(?:主动公开|依申请公开|政府信息管理|信息管理|平台建设|公开平台建设|监督保障)[：:。][^\n]*"
)


_TEXT_BLOCK = re.compile(
    r"【(?:正文|文字(?:部分|稿|材料|说明)?|第一部分|总体情况)】[^【]*|(?m:^)[ \t]*(?:正文|文字部分|文字稿)(?:[（(][^）)\n]*[）)])?[：:][^\n]*"
)


def _drafted(reading: Reading, source: str) -> None:
    """政府信息管理：2021年我镇制发…9件 beside 表二：规范性文件0、0、7: the line of an aspect is prose of section one where
    the table gives the same row; so is what stands below 【正文】."""
    live = [s for s in reading.live if s.kind == "value"]
    prose = Places(
        Span(*m.span()) for pattern in (_ASPECT_LINE, _TEXT_BLOCK) for m in pattern.finditer(source)
    )
    inside = {id(s) for s in live if prose.met_by(s.span)}
    tabled = {s.target[:2] for s in live if id(s) not in inside and not s.text_channel}
    headed = re.search(r"表[一二三四234]|表格", source) is not None
    for s in live:
        if id(s) in inside and headed and s.target[:2] in tabled:
            s.text_channel = True


def _text_years(reading: Reading) -> None:
    """A sentence of the prose that carries another year than the report's."""
    wrong = [s for s in reading.live if s.text_channel and s.prior]
    if wrong:
        reading.remarks.append(
            Remark(
                "YEAR", "s1", "正文这一句写的是上一年度，应为本报告年度，请改正年份", wrong[0].span, "error"
            )
        )
    for statement in wrong:
        statement.prior = False
