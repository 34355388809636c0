"""Settles what single clauses leave open, once the whole message is known: scopes, questions, corrections, doublets."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.extraction.clause_state import RESULT_ROWS
from assistant.extraction.clauses import Reading
from assistant.extraction.phrases import Phrase
from assistant.extraction.statements import Remark, Span, Statement, Target
from assistant.report import Scope, UnitProfile

__all__ = ["settle"]


def settle(reading: Reading, source: str, profile: UnitProfile) -> None:
    """Resolve questions, scopes, 受理, 收费 and withdrawals in place; every decision not taken becomes a remark."""
    _one_line_of_cases(reading)
    _taken_back(reading)
    _excluded(reading)
    _quoted_last_year(reading, source)
    _scopes(reading, profile, source)
    _questions(reading, source)
    _wholes(reading)
    _narrowed(reading)
    _inherited(reading)
    _added_up(reading)
    _parts_of_the_year(reading)
    _shared(reading)
    _received(reading)
    _charges(reading)
    _withdrawals(reading)
    _drafted(reading, source)
    _text_years(reading)


def _live(reading: Reading) -> list[Statement]:
    return [s for s in reading.statements if not s.dropped]


# ---------------------------------------------------------------- left out, quoted, whole
def _taken_back(reading: Reading) -> None:
    """复议那条作废，复议0: a total corrected to nothing takes its outcomes with it."""
    for i, statement in enumerate(reading.statements):
        if (
            statement.corrects
            and statement.target.table == "table4"
            and statement.target.col in ("total", "*")
            and (statement.value == 0 or statement.kind == "zero")
        ):
            for earlier in reading.statements[:i]:
                if (
                    earlier.target.table == "table4"
                    and earlier.target.row == statement.target.row
                    and earlier.target.col != "total"
                ):
                    earlier.dropped = "taken back"


def _one_line_of_cases(reading: Reading) -> None:
    """一行15个数（复议五个、…）: 8 1 2 0 12 …: the words around the fifteen figures only explain their order."""
    by_sentence: dict[int, list[Statement]] = {}
    for s in reading.statements:
        if s.target.table == "table4" and s.kind == "value":
            by_sentence.setdefault(s.sentence, []).append(s)
    for statements in by_sentence.values():
        spans = [s.span for s in statements]
        run = next((span for span in spans if spans.count(span) >= 15), None)
        for s in statements:
            if run is not None and s.span != run:
                s.dropped = "legend"


def _excluded(reading: Reading) -> None:
    """…486件，不在此列: what the clerk leaves out is left out."""
    for i, phrase in enumerate(reading.phrases):
        if phrase.cue("exclude") is None:
            continue
        spans = [phrase.span] + [p.span for p in reading.phrases[:i] if p.segment == phrase.segment]
        for statement in _live(reading):
            if any(_inside(statement.span, span) for span in spans):
                statement.dropped = "excluded"


_LAST_REPORT = re.compile(
    r"(?:去年|上年|上一年|前一年|20\d{2}年)[^“”\n]{0,10}(?:年报|报告)[^“”\n]{0,12}[:：]\s*[“\"]([^”\"]*)[”\"]"
)


def _quoted_last_year(reading: Reading, source: str) -> None:
    """去年年报是这样写的：“…”: the quoted figures are last year's."""
    for match in _LAST_REPORT.finditer(source):
        for statement in _live(reading):
            if match.start(1) <= statement.span.start and statement.span.end <= match.end(1):
                statement.prior = True
                statement.dropped = "quoted" if statement.kind != "value" else ""


def _wholes(reading: Reading) -> None:
    """逾期不补正2件自然人: total and applicant at once, unless the row is broken down elsewhere."""
    for statement in _live(reading):
        if not statement.whole:
            continue
        same = [
            s
            for s in _live(reading)
            if s is not statement
            and s.target.row == statement.target.row
            and not s.prior
            and not s.text_channel
        ]
        if any(
            s.kind == "value" and (s.target.col == "total" or s.target.col != statement.target.col)
            for s in same
        ):
            continue
        reading.statements.append(
            replace(statement, target=statement.target._replace(col="total"), whole=False, spans=[])
        )
        reading.statements.append(replace(statement, kind="only", value=None, whole=False, spans=[]))


def _narrowed(reading: Reading) -> None:
    """规范性文件没出过，有效的3件: nothing was issued or abolished; what is in force is told."""
    live = _live(reading)
    for zero in live:
        if zero.kind != "zero" or not zero.target.table.startswith("table2") or zero.target.col != "*":
            continue
        told = [
            s
            for s in live
            if s.kind == "value"
            and s.target[:2] == zero.target[:2]
            and s.value
            and not s.prior
            and s.sentence == zero.sentence
        ]
        if told and all(s.target.col == "in_force" for s in told):
            zero.dropped = "narrowed"
            for col in ("issued", "abolished"):
                if not any(s.target == zero.target._replace(col=col) for s in live):
                    reading.statements.append(
                        replace(zero, target=zero.target._replace(col=col), dropped="", spans=[])
                    )


def _inherited(reading: Reading) -> None:
    """新收118件，……，结转下年3件。自然人111，企业6，律所1: applicants told in a sentence of their own belong to the row
    that they add up to, not to the row that happened to stand last."""
    live = [s for s in _live(reading) if s.kind == "value" and s.target.table == "table3" and not s.prior]
    totals = {s.target.row: s for s in live if s.target.col == "total"}
    for sentence in {s.sentence for s in live if s.inherited}:
        parts = [s for s in live if s.inherited and s.sentence == sentence]
        rows = {s.target.row for s in parts}
        held = totals.get(next(iter(rows))) if len(rows) == 1 else None
        added = sum(s.value for s in parts if isinstance(s.value, int))
        if held is None or not isinstance(held.value, int) or added <= held.value:
            continue
        told = {s.target.row for s in live if s.target.col != "total" and not s.inherited}
        fitting = [
            s for r, s in totals.items() if s.value == added and r not in told and s.sentence < sentence
        ]
        near = [s for s in fitting if s.sentence == max(f.sentence for f in fitting)]
        # new and finished may be equal: the first of the sentence is what the others follow from
        if near:
            for part in parts:
                part.target = part.target._replace(row=near[0].target.row)


def _added_up(reading: Reading) -> None:
    """今年有3份申请，2份1月收到，还有1份国庆后收的: figures of one cell that add up to the one told with them are its
    parts in another respect."""
    groups: dict[tuple[int, Target], list[Statement]] = {}
    for s in _live(reading):
        if (
            s.kind == "value"
            and isinstance(s.value, int)
            and not s.corrects
            and not s.prior
            and not s.text_channel
        ):
            groups.setdefault((s.sentence, s.target), []).append(s)
    for same in groups.values():
        values = [s.value for s in same if isinstance(s.value, int)]
        if len(values) >= 3 and 2 * max(values) == sum(values):
            for s in same:
                if s.value != max(values):
                    s.dropped = "part"


_QUARTERS = 4


def _parts_of_the_year(reading: Reading) -> None:
    """四个季度的许可: the parts are shown and asked, never added up unseen."""
    told = {s.target: s for s in _live(reading) if s.kind == "value" and not s.prior}
    parts: dict[Target, list[Statement]] = {}
    for s in reading.statements:
        if s.dropped == "period" and not s.prior:
            parts.setdefault(s.target, []).append(s)
    for target, some in parts.items():
        figures = "、".join(str(s.value) for s in some)
        whole = told.get(target)
        if whole is not None:
            added = sum(s.value for s in some if s.value is not None)
            if len(some) == _QUARTERS and whole.value is not None and added != whole.value:
                message = f"四个季度合计 {added}（{figures}），与全年数 {whole.value} 不一致，请核对"
                reading.remarks.append(
                    Remark(
                        "NARRATIVE_SUM",
                        ".".join(target),
                        message,
                        some[0].span,
                        "warning",
                        added,
                        whole.value,
                    )
                )
            continue
        message = f"只说了各时段的数（{figures}），请说明全年数"
        reading.remarks.append(Remark("MISSING_FIELD", ".".join(target), message, some[0].span))


def _shared(reading: Reading) -> None:
    """办结389件：予以公开158件（企业13件）……行政查询8件，均为自然人: the clause ends the list of items and does not
    speak of the whole that the list breaks down."""
    live = _live(reading)
    others = {
        s.target.col for s in live if s.kind == "value" and s.value and s.target.row.startswith(RESULT_ROWS)
    } - {"total", "*"}
    for statement in live:
        ends_list = statement.kind == "only" and statement.shared and statement.target.row == "result_total"
        if ends_list and others - {statement.target.col}:
            statement.dropped = "whole"


# ---------------------------------------------------------------- questions
def _questions(reading: Reading, source: str) -> None:
    """A figure the clerk asks about (这个要不要填？) is not a statement."""
    phrases = reading.phrases
    for i, phrase in enumerate(phrases):
        if phrase.cue("question") is None and phrase.after not in ("?", "？"):
            continue
        text = source[phrase.span.start : phrase.span.end + 1]
        about = _ABOUT.search(source[max(0, phrase.span.start - 6) : phrase.span.end + 6])
        spans = [phrase.span]
        outer = next((p for p in reversed(phrases[:i]) if not p.depth), None) if phrase.depth else None
        if outer is not None:
            spans.append(outer.span)
        elif about and i:
            starts_sentence = phrases[i - 1].sentence != phrase.sentence
            spans += [p.span for p in phrases if starts_sentence and p.sentence == phrases[i - 1].sentence]
            spans += [] if starts_sentence else [phrases[i - 1].span]
        dropped = [s for s in _live(reading) if any(_inside(s.span, span) for span in spans)]
        for statement in dropped:
            statement.dropped = "question"
        _ask_about(reading, phrase, dropped, text, bool(about))


_ABOUT = re.compile(
    r"(?:这(?!种|样)|该|它|那|上述|以上数)[^。？?，,]{0,8}?(?:算|填|写|计|进|归|放|用|要不要|能不能)|算不算|算[^。？?，,]{0,8}吗"
)


def _ask_about(reading: Reading, phrase: Phrase, dropped: list[Statement], text: str, about: bool) -> None:
    for statement in dropped:
        if statement.kind == "value" and statement.value != 0:
            where = ".".join(statement.target)
            reading.remarks.append(
                Remark(
                    "AMBIGUOUS_MAP",
                    where,
                    f"“{text.strip()}”——该数是否填入此格须由您确认，系统没有填写",
                    statement.span,
                    got=statement.value,
                )
            )
    applicants = {e.key for t in phrase.tokens for e in t.entries if e.kind == "col"}
    if len(applicants) >= 2 and re.search("算|还是|归|填", text):
        # 个体户算自然人还是算商业企业？
        message = f"“{text.strip()}”——申请人类型须由您确认，系统没有填写"
        reading.remarks.append(Remark("AMBIGUOUS_MAP", "table3.applicants", message, phrase.span))
    rows = [t for t in phrase.tokens if any(e.kind in ("t2row", "row", "t4block") for e in t.entries)]
    if rows and not dropped and about:
        reading.remarks.append(
            Remark(
                "AMBIGUOUS_MAP",
                rows[0].text,
                f"“{text.strip()}”——口径不同的数不能直接填入“{rows[0].text}”，请确认应填的数",
                phrase.span,
            )
        )


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start < outer.end or outer.start < inner.end <= outer.end


# ---------------------------------------------------------------- scopes
_WHICH = re.compile(r"(?:用|填|按|报|取)(?:的是)?哪[一个]{0,2}(?:数|口径|套)")


def _undecided(reading: Reading, source: str) -> None:
    """表格用哪个数还没定: where both scopes are told and the clerk has not decided, neither is filled."""
    if not _WHICH.search(source):
        return
    live = [s for s in _live(reading) if s.kind == "value" and s.value and s.scope and not s.prior]
    twice = {s.target for s in live if s.scope == "area"} & {s.target for s in live if s.scope == "own"}
    for statement in (s for s in live if s.target in twice):
        statement.dropped = "scope"
        reading.remarks.append(
            Remark(
                "SCOPE_MISMATCH",
                ".".join(statement.target),
                "本机关和全区域两种口径都说了，还没有定用哪一个，没有填入表格，请先确定口径",
                statement.span,
                got=statement.value,
            )
        )


def _scopes(reading: Reading, profile: UnitProfile, source: str) -> None:
    """全区 figures and 本机关 figures are never mixed: those of the other scope are kept out and asked."""
    wanted, other = ("area", "own") if profile.scope is Scope.GOVERNMENT else ("own", "area")
    _undecided(reading, source)
    for statement in _live(reading):
        if (
            statement.scope != other
            or statement.kind not in ("value", "zero", "aside")
            or statement.value == 0
        ):
            continue
        if other == "own" and not (statement.text_channel or _has_scope(reading, wanted, statement)):
            continue
        statement.dropped = "scope"
        names = {"area": "全区域（本级政府）", "own": "本机关"}
        reading.remarks.append(
            Remark(
                "SCOPE_MISMATCH",
                ".".join(statement.target),
                f"这一数字是{names[other]}口径，本报告应填{names[wanted]}口径，没有填入表格；正文引用时须写明口径",
                statement.span,
                got=statement.value,
            )
        )


def _has_scope(reading: Reading, scope: str, statement: Statement) -> bool:
    return any(
        s.scope == scope and s.target == statement.target and s is not statement for s in reading.statements
    )


# ---------------------------------------------------------------- 受理
def _received(reading: Reading) -> None:
    """受理 N 件 is 本年新收 only where the carried-over number is given apart; otherwise it may include it."""
    live = _live(reading)
    over = any(s.target.row == "carried_over" and not s.hedged for s in live)
    lumped = any(s.target.row == "received_all" and _includes(reading, s) for s in live)
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


def _includes(reading: Reading, statement: Statement) -> bool:
    """Whether 含上年结转 stands in the bracket behind it."""
    following = [p for p in reading.phrases if p.span.start >= statement.span.end]
    return (
        bool(following)
        and bool(following[0].depth)
        and any(t.has("row", "carried_over") for t in following[0].tokens)
    )


# ---------------------------------------------------------------- 收费
def _charges(reading: Reading) -> None:
    """没收费: no information fee in any case; 行政事业性收费 is asked about where nothing else settles it."""
    live = _live(reading)
    settled = any(
        (
            s.target.row == "admin_fee"
            or (s.target.table.startswith("table2") and s.target.row in ("*", "rest"))
        )
        for s in live
        if s.target.table != "charge"
    )
    for statement in live:  # 没收费
        if statement.target.table != "charge":
            continue
        if settled or not any(s.target.table == "fee" for s in live):
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
def _withdrawals(reading: Reading) -> None:
    """其中主动撤回 42 件 may be only a part of （六）3.其他: asked, not filled."""
    outcomes = [s for s in _live(reading) if s.kind == "value" and s.target.row.startswith(RESULT_ROWS)]
    for statement in _live(reading):
        alone = len(outcomes) == 1 and statement.value != 1
        if (
            statement.target.row == "ot_other"
            and (statement.part or alone)
            and statement.kind == "value"
            and "撤" in statement.words
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


def _drafted(reading: Reading, source: str) -> None:
    """政府信息管理：2021年我镇制发…9件 beside 表二：规范性文件0、0、7: the line of an aspect is prose of section one where
    the table gives the same row."""
    live = [s for s in _live(reading) if s.kind == "value"]
    spans = [Span(*m.span()) for m in _ASPECT_LINE.finditer(source)]
    inside = {id(s) for s in live if any(_inside(s.span, span) for span in spans)}
    tabled = {s.target[:2] for s in live if id(s) not in inside and not s.text_channel}
    headed = re.search(r"表[一二三四234]|表格", source) is not None
    for s in live:
        if id(s) in inside and headed and s.target[:2] in tabled:
            s.text_channel = True


def _text_years(reading: Reading) -> None:
    """A sentence of the prose that carries another year than the report's."""
    wrong = [s for s in _live(reading) if s.text_channel and s.prior]
    if wrong:
        reading.remarks.append(
            Remark(
                "YEAR", "s1", "正文这一句写的是上一年度，应为本报告年度，请改正年份", wrong[0].span, "error"
            )
        )
    for statement in wrong:
        statement.prior = False
