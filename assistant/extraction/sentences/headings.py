"""What the headings above a block rule in it: the unit, the year, the table and the row that they name."""

from __future__ import annotations

import re

from assistant.documents.blocks import Block
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.sentences.known import (
    FRAME,
    UNIT,
    Known,
    is_same_unit,
)
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.terse import applicant_named
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.numerals import fold

__all__ = ["under_headings"]

_INNER = re.compile(r"[科股处室]$")
"""财务处: an office within the body, whose paragraphs are the body's"""
_AREA_NAME = re.compile(r"[县区镇乡市旗]|街道|林场")
_BRACKETS = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]?")
_COMPARES = re.compile("两年|对比|相比|对照|比较")
_LAST_YEAR = re.compile(r"上年|去年|上一年|20\d\d年")
_BRACKETED = re.compile(r"[(（][^()（）]{0,60}[)）]")
_ASPECTS = {
    "依申请": "table3",
    "申请": "table3",
    "复议": "table4",
    "诉讼": "table4",
    "主动公开": "",
    "许可": "table2",
    "表二": "table2",
    "表三": "table3",
    "表四": "table4",
}


def under_headings(scope: Scope, block: Block, known: Known, lexicon: Lexicon, form: FormMap) -> Scope:
    """The scope at the start of a block: labels, unit and year of its headings."""
    heads: list[Sense] = []
    table, out, channel = "", "", ""
    for heading in block.headings:
        words = _BRACKETED.sub("", fold(heading))
        table = next((t for aspect, t in _ASPECTS.items() if aspect in words), table)
        table = form.table2 if table == "table2" else table
        out = _other_unit(words, known) or _other_scope(words, known, lexicon) or out
        if _is_of_last_year(words, known.year):
            out = "其他年度"
        if any(e.kind == "cue" and e.key == "text" for e in lexicon.lookup(words.strip(FRAME))):
            channel = "text"
        heads = [*heads, *_labels(words, lexicon)]
    kept = () if block.headings else scope.heads
    last = next((h for h in reversed(heads) if h.axis == ROW), None)
    changed = scope.but(
        over=(*heads, *scope.below),
        heads=kept,
        table=table or (scope.table if not block.headings else ""),
        block_out=out,
        block_channel=channel,
    )
    if last is not None:
        return changed.but(last=last, last_sentence=scope.sentence)
    return changed.but(
        last=scope.last if scope.last is None or not table or scope.last.table == table else None
    )


def _is_of_last_year(words: str, year: int | None) -> bool:
    """Whether a heading names another year alone; what it says in brackets, or of two years, rules nothing."""
    words = _BRACKETS.sub("", words)
    if year is None or not _LAST_YEAR.search(words) or _COMPARES.search(words):
        return False
    ours = str(year) in words or "今年" in words or "本年" in words
    return not ours and not ("上年" in words and "结转" in words)


def _other_unit(words: str, known: Known) -> str:
    if not known.unit:
        return ""
    name = words.strip(FRAME)
    if known.unit.endswith("人民政府") and not _AREA_NAME.search(name):
        # 行政审批局 tells its part of the government's report
        return ""
    if UNIT.fullmatch(name) and not (_INNER.search(name) or is_same_unit(name, known.unit)):
        return "其他单位"
    return ""


def _other_scope(words: str, known: Known, lexicon: Lexicon) -> str:
    """—— 全系统 ——: a heading that is the name of a scope."""
    cues = {e.key for e in lexicon.lookup(words.strip(FRAME)) if e.kind == "cue"}
    if "whole_area" in cues and known.ours_told:
        return "其他范围"
    return "本机关口径" if "own_body" in cues and known.area else ""


def _labels(words: str, lexicon: Lexicon) -> list[Sense]:
    """The applicant or row that a short heading names as a whole (【自然人】, 行政复议)."""
    name = re.sub(
        r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.]\s*)?(?:关于)?|情况|部分|数据|申请$|\s|[:：*#【】]",
        "",
        words,
    )
    short = applicant_named(name)
    if short:
        return [Sense(COL, "table3", short)]
    entries = lexicon.lookup(name) if name else ()
    for entry in entries:
        if entry.kind == "col":
            return [Sense(COL, "table3", entry.key)]
        if entry.kind == "row" and not entry.weak:
            return [Sense(ROW, "table3", entry.key)]
        if entry.kind == "t4block":
            return [Sense(ROW, "table4", entry.key)]
        if entry.kind == "t2row" and not entry.weak:
            return [Sense(ROW, "table2", entry.key)]
    return []
