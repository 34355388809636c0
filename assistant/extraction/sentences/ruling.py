"""What rules clauses from outside: headings, the unit spoken of, the year, the part of the year, doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.documents.blocks import Block
from assistant.extraction.lexicon import Lexicon
from assistant.extraction.sentences.pieces import Chunk, Sentence
from assistant.extraction.sentences.scopes import Scope
from assistant.extraction.sentences.terse import applicant_named
from assistant.extraction.sentences.words import COL, ROW, FormMap, Sense
from assistant.extraction.structure import Situation
from assistant.numerals import fold

__all__ = ["Known", "by_periods", "is_of_others", "ruled", "under_headings", "whole_text"]

_UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:镇|乡|街道|局|委|办|厅|大队|支队|中心|所|院|处|公司|开发区|林场)(?:机关|本级)?"
)
_INNER = re.compile(r"[科股处室]$")
"""财务处: an office within the body, whose paragraphs are the body's"""
_OTHER_UNIT = re.compile(
    r"(?<![找去向问请给送转交到知])(?:下属|所属|代管|托管|其他|兄弟|别的|隔壁)(?:的)?[\u4e00-\u9fff]{0,8}?(?:单位|局|镇|乡|大队|支队|中心|所|站|街道|部门)"
)
_FEW = 40
"""lines led by a unit that are held against each other"""
_MARKER = re.compile(r"^[ \t*·-]*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、]|[①-⑳])?[ \t]*")
_BRACKETS_HOLD = re.compile(
    r"括[号弧][里内中](?:面)?[^。\n，,；;]{0,8}?(?P<year>[去上前今本]年|(?:20)?\d{2}年)"
)
_PERIODS = re.compile(r"[按分逐各]季|季度|Q[1-4]|[按分逐]月|1[ \t]?[-~—至到][ \t]?12[ \t]?月")
_GOVERNMENT = re.compile(r"(?:人民政府|[省市县区州旗盟])$")
_AREA = re.compile(
    r"(?:全[县区市省旗州]|各单位|各部门)[^。\n，,]{0,8}(?:汇总|口径)|汇总表?的?数|按全[县区市省]"
)
_HANDED = re.compile("[给发报][你您我]|先[给发报]")
"""文字部分先给你：… brings the figures, and quotes no prose"""
_OURS = re.compile("我[局镇]")
_BODIES = tuple("府省市县区镇乡委局厅州旗")
_WHICH = re.compile(
    r"(?:用|填|按|报|取|登|写)(?:的是)?哪[一个]{0,2}(?:数|口径|套)[^。；\n]{0,8}(?:没定|未定|还没|再定|先问)"
    r"|口径[^。；\n]{0,6}(?:请[您你示]?定|没定|未定|拿不定|定不下)|(?:登|填|按|报)哪一?个[？?]"
)
_AREA_NAME = re.compile(r"[县区镇乡市旗]|街道|林场")
_FRAME = " —-*#:【】[]()"
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
    undecided: bool = False
    """two scopes are told, and nobody has decided which one the tables take"""
    names_others: bool = False
    """下属单位 and the like are spoken of"""
    names_us: bool = False
    """我局 or 我镇 is spoken of"""
    brackets: str = ""
    """what the figures in brackets are, where the material says so: 括号里是2023年数"""
    area: bool = False
    """the report is the whole area's; what the body itself has is another count"""


def whole_text(sentences: Sequence[Sentence], text: str, situation: Situation) -> Known:
    """Looks at all sentences once."""
    named = _OURS.search(text) is not None
    chunks = [c for s in sentences for top in s.chunks for c in (top, *top.inner)]
    own = named or any(_own(c, text) for c in chunks)
    area = any(c.cue("whole_area") for c in chunks)
    undecided = own and _WHICH.search(text) is not None
    whole = _GOVERNMENT.search(situation.unit) is not None or _AREA.search(text) is not None
    led = [_rows_of(s) for s in sentences if s.first and is_led_by_unit(s, text, situation.unit)]
    leads = {_applicant(group) for s in sentences for group in _groups(s)} - {""}
    return Known(
        unit=situation.unit,
        year=situation.year,
        ours_told=area and (undecided or (not whole and (own or bool(situation.unit)))),
        # 审批局 telling of permits and 财政局 of fees are speakers, not entries of a list
        lists_units=any(a & b for a, b in combinations(led[:_FEW], 2)),
        by_applicant=len(leads) > 1,
        area=own and area and whole,
        undecided=own and area and _WHICH.search(text) is not None,
        names_others=_OTHER_UNIT.search(text) is not None,
        names_us=named,
        brackets=_brackets(text, situation.year),
    )


def _brackets(text: str, year: int | None) -> str:
    """Why the figures that stand alone in brackets are left out, empty where they are the report's own."""
    said = _BRACKETS_HOLD.search(text)
    if said is None:
        return ""
    told = said["year"]
    this = told in ("今年", "本年") or (
        year is not None and told.removesuffix("年") in (str(year), str(year % 100))
    )
    return "" if this else "其他年度"


def by_periods(text: str) -> bool:
    """Whether a text is told by quarters or months."""
    return _PERIODS.search(text) is not None


def _rows_of(sentence: Sentence) -> frozenset[str]:
    return frozenset(s.key for c in sentence.chunks for p in c.labels for s in p.senses[:1] if s.axis == ROW)


def is_of_others(sentence: Sentence, text: str, unit: str) -> bool:
    """Whether a line of a list of units is another unit's, or adds them up."""
    return is_led_by_unit(sentence, text, unit) or is_sum_of_units(sentence, text)


def is_sum_of_units(sentence: Sentence, text: str) -> bool:
    """三家合计：新收46件: a line that adds up the units listed before it."""
    first = next((c for c in sentence.chunks if c.pieces), None)
    if first is None or not first.cue("sum"):
        return False
    return "家" in text[text.rfind("\n", 0, first.pieces[0].start) + 1 : first.pieces[-1].end]


def is_led_by_unit(sentence: Sentence, text: str, unit: str) -> bool:
    """县自规局 收11件: a line that opens with another unit's name."""
    first = next((c.pieces[0] for c in sentence.chunks if c.pieces), None)
    if first is None or not unit:
        return False
    lead = _MARKER.sub("", text[text.rfind("\n", 0, first.start) + 1 : first.start]).strip(
        _FRAME + "\t：，,·—"
    )
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


def _is_of_this_year(chunk: Chunk, scope: Scope) -> bool:
    """去年底有效15件，制发2件，现行有效16件; 今年发2件: what came in and went after last year's stock is this year's."""
    stock = scope.sibling is not None and scope.sibling.col == "in_force"
    return stock or any(p.token.text.startswith(("今年", "本年", "全年")) for p in chunk.labels)


def _own(chunk: Chunk, text: str) -> bool:
    """Whether our own body is named; 机关 and 本级 do it where they open the clause or stand behind its kind (县政府本级)."""
    return chunk.cue("own_body") and any(
        p.cue("own_body")
        and (
            p.token.text not in ("机关", "本级")
            or (not n and not p.gap)
            or text[p.start - 1 : p.start] in _BODIES
        )
        for n, p in enumerate(chunk.pieces)
    )


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
        if any(e.kind == "cue" and e.key == "text" for e in lexicon.lookup(words.strip(_FRAME))):
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
    name = words.strip(_FRAME)
    if known.unit.endswith("人民政府") and not _AREA_NAME.search(name):
        # 行政审批局 tells its part of the government's report
        return ""
    if _UNIT.fullmatch(name) and not (_INNER.search(name) or _same_unit(name, known.unit)):
        return "其他单位"
    return ""


def _other_scope(words: str, known: Known, lexicon: Lexicon) -> str:
    """—— 全系统 ——: a heading that is the name of a scope."""
    cues = {e.key for e in lexicon.lookup(words.strip(_FRAME)) if e.kind == "cue"}
    if "whole_area" in cues and known.ours_told:
        return "其他范围"
    return "本机关口径" if "own_body" in cues and known.area else ""


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
    if known.undecided and (chunk.cue("whole_area", "own_body") or _own(chunk, text)):
        out = "口径未定"
    elif chunk.cue("whole_area") and known.ours_told:
        out = "其他范围"
    elif _own(chunk, text) and known.area:
        out = "本机关口径"
    elif (
        _own(chunk, text)
        or (scope.out == "其他范围" and chunk.cue("own_body"))
        or chunk.cue("whole_area")
        or (known.names_us and _OURS.search(text, max(0, chunk.pieces[0].start - 4), chunk.pieces[-1].end))
    ) or (out in ("本机关口径", "口径未定") and scope.opening and not scope.colon):
        out = ""
    if known.names_others:
        lead = text[max(0, chunk.pieces[0].start - 10) : chunk.pieces[0].start].rpartition("\n")[2]
        out = "其他单位" if _OTHER_UNIT.search(lead) else out
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
