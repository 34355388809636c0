"""What rules clauses from outside: headings, the unit spoken of, the year, the part of the year, doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.blocks import Block
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.sentences.pieces import Chunk, Sentence
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.structure import Situation
from assistant.numerals import fold

__all__ = ["Known", "ruled", "under_headings", "whole_text"]

_UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:镇|乡|街道|局|委|办|厅|大队|支队|中心|所|院|处|公司|开发区|林场)(?:机关|本级)?"
)
_OTHER_UNIT = re.compile(
    r"(?:下属|所属|代管|托管|其他|兄弟|别的|隔壁)(?:的)?[\u4e00-\u9fff]{0,8}?(?:单位|局|镇|乡|大队|支队|中心|所|站|街道|部门)"
)
_GOVERNMENT = re.compile(r"(?:人民政府|[省市县区州旗盟])$")
_AREA = re.compile(
    r"(?:全[县区市省旗州]|各单位|各部门)[^。\n，,]{0,8}(?:汇总|口径)|汇总表?的?数|按全[县区市省]"
)
_OURS = re.compile("我[局镇]")
_LAST_YEAR = re.compile(r"上年|去年|上一年|20\d\d年")
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


@dataclass(frozen=True)
class Known:
    """What the whole material tells: whether our own unit is told apart from a wider area, and how years are spoken of."""

    unit: str
    year: int | None
    ours_told: bool
    lists_units: bool = False
    """lines are told by units"""
    by_applicant: bool = False
    """lines are told by applicants"""
    names_others: bool = False
    """下属单位 and the like are spoken of"""
    names_us: bool = False
    """我局 or 我镇 is spoken of"""
    area: bool = False
    """the report is the whole area's; what the body itself has is another count"""


def whole_text(sentences: Sequence[Sentence], text: str, situation: Situation) -> Known:
    """Looks at all sentences once."""
    named = _OURS.search(text) is not None
    own = named or any(_own(c) for s in sentences for c in s.chunks)
    area = any(c.cue("whole_area") for s in sentences for c in s.chunks)
    whole = _GOVERNMENT.search(situation.unit) is not None or _AREA.search(text) is not None
    led = sum(is_led_by_unit(s, text, situation.unit) for s in sentences if s.first)
    leads = {_applicant(group) for s in sentences for group in _groups(s)} - {""}
    return Known(
        unit=situation.unit,
        year=situation.year,
        ours_told=own and area and not whole,
        lists_units=led > 1,
        by_applicant=len(leads) > 1,
        area=own and area and whole,
        names_others=_OTHER_UNIT.search(text) is not None,
        names_us=named,
    )


def is_led_by_unit(sentence: Sentence, text: str, unit: str) -> bool:
    """县自规局 收11件: a line that opens with another unit's name."""
    first = next((c.pieces[0] for c in sentence.chunks if c.pieces), None)
    if first is None or not unit:
        return False
    lead = text[sentence.start : first.start].rpartition("\n")[2].strip(" \t:：，,-*·")
    lead = re.sub(r"^\d{1,2}[.、)]\s*", "", first.token.gap.strip(" \t:：") or lead)
    return _UNIT.fullmatch(lead) is not None and len(lead) > 2 and not _same_unit(lead, unit)


def _groups(sentence: Sentence) -> list[list[Chunk]]:
    """The clauses of a sentence, parted by semicolons."""
    groups: list[list[Chunk]] = [[]]
    for chunk in sentence.chunks:
        groups[-1].append(chunk)
        if chunk.mark == ";":
            groups.append([])
    return groups


def _applicant(chunks: Sequence[Chunk]) -> str:
    """The applicant that opens a group of clauses in which rows and no other applicant are named."""
    pieces = [p for c in chunks for p in c.pieces]
    keys = {s.key for p in pieces for s in p.senses[:1] if s.axis == COL and s.table == "table3"}
    opens = (
        pieces
        and pieces[0].senses
        and pieces[0].senses[0].axis == COL
        and pieces[0].senses[0].table == "table3"
    )
    rows = sum(p.kind == "label" and p.senses[0].axis == ROW for p in pieces)
    return next(iter(keys)) if opens and len(keys) == 1 and rows > 1 else ""


def _columns_only(chunk: Chunk) -> bool:
    """Whether its labels are columns of table 2 alone."""
    return bool(chunk.labels) and all(
        s.axis == COL and s.table.startswith("table2") for p in chunk.labels for s in p.senses[:1]
    )


def _own(chunk: Chunk) -> bool:
    return any(p.cue("own_body") and p.token.text not in ("机关", "本级") for p in chunk.pieces)


def under_headings(scope: Scope, block: Block, known: Known, lexicon: Lexicon, form: FormMap) -> Scope:
    """The scope at the start of a block: labels, unit and year of its headings."""
    heads: list[Sense] = []
    table, out = "", ""
    for heading in block.headings:
        words = fold(heading)
        table = next((t for aspect, t in _ASPECTS.items() if aspect in words), table)
        table = form.table2 if table == "table2" else table
        out = _other_unit(words, known) or out
        if _LAST_YEAR.search(words) and known.year is not None and not _this_year(words, known.year):
            out = "其他年度"
        heads = [*heads, *_labels(words, lexicon)]
    kept = () if block.headings else scope.heads
    last = next((h for h in reversed(heads) if h.axis == ROW), None)
    changed = scope.but(
        over=tuple(heads),
        heads=kept,
        table=table or (scope.table if not block.headings else ""),
        block_out=out,
    )
    if last is not None:
        return changed.but(last=last, last_sentence=scope.sentence)
    return changed.but(
        last=scope.last if scope.last is None or not table or scope.last.table == table else None
    )


def _this_year(words: str, year: int) -> bool:
    return str(year) in words or "今年" in words or "本年" in words or ("上年" in words and "结转" in words)


def _other_unit(words: str, known: Known) -> str:
    if not known.unit:
        return ""
    name = words.strip(" —-*#:【】[]()")
    if _UNIT.fullmatch(name) and not _same_unit(name, known.unit):
        return "其他单位"
    return ""


def _same_unit(name: str, unit: str) -> bool:
    core = re.sub(r"机关|本级|人民政府|办事处|^本|^我", "", name)
    core = re.sub(r"^[市县区省州]", "", core)
    return not core or core in unit or core[-4:] in unit or core in ("局", "镇", "乡", "办", "委", "厅")


def _labels(words: str, lexicon: Lexicon) -> list[Sense]:
    """The applicant or row that a short heading names as a whole (【自然人】, 行政复议)."""
    name = re.sub(
        r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.]\s*)?(?:关于)?|情况|部分|数据|申请$|\s|[:：*#【】]",
        "",
        words,
    )
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


def ruled(chunk: Chunk, scope: Scope, text: str, known: Known) -> Scope:
    """The scope for a clause: another unit, another year, a quarter."""
    if not chunk.pieces:
        return scope
    out, prior = scope.out, scope.prior
    if chunk.cue("whole_area") and known.ours_told:
        out = "其他范围"
    elif _own(chunk) and known.area:
        out = "本机关口径"
    elif (
        _own(chunk)
        or chunk.cue("whole_area")
        or (known.names_us and _OURS.search(text, max(0, chunk.pieces[0].start - 4), chunk.pieces[-1].end))
    ):
        out = ""
    if known.names_others:
        lead = text[max(0, chunk.pieces[0].start - 10) : chunk.pieces[0].start].rpartition("\n")[2]
        out = "其他单位" if _OTHER_UNIT.search(lead) else out
    if chunk.cue("text"):
        return scope.but(line_out="正文中的数", prior=prior)
    if chunk.cue("previous") and chunk.mark == ":" and not chunk.figures and not chunk.labels:
        return scope.but(line_out="上年数")
    carry = chunk.cue("previous")
    scope = scope if carry == scope.carry else scope.but(carry=carry)
    if chunk.cue("period"):
        return scope.but(out="季度数", prior=prior)
    if out == "季度数" and (chunk.cue("current") or chunk.labels):
        out = ""
    if chunk.cue("previous") and not any(s.key == "carried_over" for p in chunk.labels for s in p.senses):
        prior = bool(chunk.figures)
    elif chunk.cue("current") or not _columns_only(chunk):
        # 2022年制发9件，废止1件: the year holds for the columns that follow
        prior = prior and not chunk.labels and not chunk.cue("current")
    return scope if (out, prior) == (scope.out, scope.prior) else scope.but(out=out, prior=prior)
