"""Looks once more at what was said when the whole material is read: drafted prose and figures of another scope."""

from __future__ import annotations

import re

from assistant.extraction.sentences.output import Output
from assistant.extraction.sentences.scopes import OTHER_SCOPES
from assistant.extraction.statements import Places, Remark, Span, Target
from assistant.extraction.structure import Unplaced

__all__ = ["conclude"]

_ASPECT_LINE = re.compile(
    r"(?m)^[ \t]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．][ \t]*)?"
    r"(?:主动公开|依申请公开|政府信息管理|信息管理|平台建设|公开平台建设|监督保障)[：:。][^\n]*"
)
_QUOTED = re.compile('[“"]([^”"\n]{2,12})[”"]')
_UNSURE = re.compile(
    r"(?:[“\"][^”\"\n]{2,12}[”\"][和与及、跟]?){1,4}[^。；\n“”]{0,12}"
    r"(?:拿不准|吃不准|不知道|没把握|弄不清|不确定|[填放归算计][到在进入]?哪)"
)
_TABLES = re.compile(r"表[一二三四234]|表格")


def conclude(out: Output, text: str) -> None:
    """Settles in place what a clause alone cannot tell."""
    _ask_unsure_words(out, text)
    _draft_lines(out, text)
    _years_of_prose(out)
    _other_scopes(out)


def _ask_unsure_words(out: Output, text: str) -> None:
    """“内部资料”填哪一行我拿不准: what the writer himself cannot place is asked, and fills nothing."""
    for said in _UNSURE.finditer(text):
        for word in _QUOTED.findall(said.group()):
            mine = [
                s
                for s in out.statements
                if s.kind == "value" and s.spans and word in text[s.span.start : s.span.end] and s.value
            ]
            out.statements = [s for s in out.statements if s not in mine]
            if mine:
                spans = tuple(span for s in mine for span in s.spans)
                question = f"“{word}”填在哪一行您说拿不准，请说明计入哪一项"
                places = (Target(mine[0].target.table, "*", "*"),)
                out.unplaced.append(Unplaced(spans, word, places, question, (f"“{word}”不计入",)))


def _draft_lines(out: Output, text: str) -> None:
    """政府信息管理：2021年我镇制发…9件 beside 表二：规范性文件0、0、7: an aspect's line is prose where a table gives the row."""
    if not _TABLES.search(text):
        return
    prose = Places(Span(*m.span()) for m in _ASPECT_LINE.finditer(text))
    values = [s for s in out.statements if s.kind == "value"]
    inside = {id(s) for s in values if prose.met_by(s.span)}
    tabled = {s.target[:2] for s in values if id(s) not in inside and not s.text_channel}
    tabled |= {s.target[:2] for s in out.statements if s.kind == "zero" and not prose.met_by(s.span)}
    for statement in values:
        if id(statement) in inside and statement.target[:2] in tabled:
            statement.text_channel = True


def _years_of_prose(out: Output) -> None:
    """A sentence of the prose that carries another year than the report's."""
    wrong = [s for s in out.statements if s.text_channel and s.prior]
    for statement in wrong:
        statement.prior = False
        out.old_year(statement.span)


def _other_scopes(out: Output) -> None:
    """全区 figures and 本机关 figures are never mixed: those of the other scope are kept out, and told in one remark."""
    others = [s for s in out.of_others if s.value]
    if not others:
        return
    told = {s.target for s in out.statements if s.kind == "value" and not (s.prior or s.text_channel)}
    first = next((s for s in others if s.target not in told), None)
    where = others[0].target.table if first is None else ".".join(first.target)
    figures = "、".join(dict.fromkeys(str(s.value) for s in others))
    if others[0].scope == "口径未定":
        message = f"{figures}分属不同口径，还没有定用哪一个，没有填入表格，请先确定口径"
        out.remarks.append(Remark("SCOPE_MISMATCH", where, message, others[0].span, got=others[0].value))
        return
    message = (
        f"{figures}是{OTHER_SCOPES[others[0].scope]}口径的数，与本报告的口径不同，没有填入表格；"
        "正文引用时须写明口径"
    )
    out.remarks.append(Remark("SCOPE_MISMATCH", where, message, others[0].span, got=others[0].value))
