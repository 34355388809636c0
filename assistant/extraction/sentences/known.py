"""What the whole of a material tells before its clauses are read: whose lines they are, by what it is told, how years are spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.extraction.sentences.pieces import Chunk, Sentence
from assistant.extraction.sentences.words import COL, ROW
from assistant.extraction.structure import Situation

__all__ = [
    "FRAME",
    "OTHER_UNIT",
    "OURS",
    "UNIT",
    "Known",
    "by_periods",
    "is_of_others",
    "is_same_unit",
    "names_own",
    "whole_text",
]

UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:镇|乡|街道|局|委|办|厅|大队|支队|中心|所|院|处|公司|开发区|林场)(?:机关|本级)?"
)
OTHER_UNIT = re.compile(
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
OURS = re.compile("我[局镇]")
_BODIES = tuple("府省市县区镇乡委局厅州旗")
_WHICH = re.compile(
    r"(?:用|填|按|报|取|登|写)(?:的是)?哪[一个]{0,2}(?:数|口径|套)[^。；\n]{0,8}(?:没定|未定|还没|再定|先问)"
    r"|口径[^。；\n]{0,6}(?:请[您你示]?定|没定|未定|拿不定|定不下)|(?:登|填|按|报)哪一?个[？?]"
)
FRAME = " —-*#:【】[]()"


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
    named = OURS.search(text) is not None
    chunks = [c for s in sentences for top in s.chunks for c in (top, *top.inner)]
    own = named or any(names_own(c, text) for c in chunks)
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
        names_others=OTHER_UNIT.search(text) is not None,
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
    return is_led_by_unit(sentence, text, unit) or _is_sum_of_units(sentence, text)


def _is_sum_of_units(sentence: Sentence, text: str) -> bool:
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
        FRAME + "\t：，,·—"
    )
    return UNIT.fullmatch(lead) is not None and len(lead) > 2 and not is_same_unit(lead, unit)


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


def names_own(chunk: Chunk, text: str) -> bool:
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


def is_same_unit(name: str, unit: str) -> bool:
    """Whether a name in the material (市局机关, 本镇) is the reporting body's; ``unit`` is its full name."""
    core = re.sub(r"机关|本级|人民政府|办事处|^本|^我", "", name)
    core = re.sub(r"^[市县区省州]", "", core)
    return not core or core in unit or core[-4:] in unit or core in ("局", "镇", "乡", "办", "委", "厅")
