"""The fact diff: what a rewritten paragraph lost, added or turned around; slots stand for figures on both sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.drafting.rewriting.masking import slots_in
from assistant.prose.figures import figures_of

__all__ = ["Change", "fact_diff"]

_CLAUSE = re.compile(r"[，。；：、！？\n]+")
_SLOT = re.compile(r"\{\{\s*\d{1,3}\s*\}\}")
_MARK = "§"
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2}(?:人民政府|政府办公室|办公室|办公厅|委员会|管委会|办事处|管理局|监督局|服务局|[\u4e00-\u9fff]局|法院|检察院|街道办|党委|党组|公司|中心)"
)
_NEGATION = re.compile(r"没有|未能|尚未|未|无(?!障碍)|不(?!断|仅|但|同|少|动产)|没(?!有)")
_PRAISE = re.compile(
    r"显著|圆满|卓有|突出成|明显提升|明显提高|大幅|一流|领先|充分肯定|高度评价|广泛好评|一致好评|深受|取得.{0,4}成效|成效.{0,2}明显|有力推动|稳步提升|持续提升"
)
_FILLER = re.compile(
    r"^(?:[一二三四五六七八九十]是|同时|此外|另外|其中|并|积极|认真|切实|进一步|依法|及时|按照规定|按规定|本年度|全年|主要|方面)+"
)
_LOST, _ADDED, _SURE = 0.35, 0.3, 0.55
"""share of a clause's pairs of characters that must stand on the other side: below the first two the clause counts as lost or
added, below the last a person should look"""


@dataclass(frozen=True)
class Change:
    """One difference, in plain Chinese; ``grave`` ones forbid the use of the paragraph."""

    text: str
    grave: bool = True


def fact_diff(before: str, after: str) -> list[Change]:
    """What changed between two masked texts beyond wording. Empty when the facts are the same."""
    return [
        *_figures(before, after),
        *_places(before, after),
        *_names(before, after),
        *_claims(before, after),
        *_clauses(before, after),
        *_repeats(before, after),
    ]


def _figures(before: str, after: str) -> Iterator[Change]:
    if slots_in(before) != slots_in(after):
        yield Change("数字、日期或文号有增减或换了位置")
    plain = _SLOT.sub(_MARK, after)
    if re.search(r"[0-9０-９%％]", plain):
        yield Change("写入了不是原稿所有的数字")
    said = Counter(f.text for f in figures_of(_SLOT.sub(_MARK, before)))
    if Counter(f.text for f in figures_of(plain)) != said:
        yield Change("汉字写的数量与原稿不同")
    if re.search(r"[{}<>#*`|\[\]\n]", _SLOT.sub("", after)):
        yield Change("含有不属于公文的符号")


def _places(before: str, after: str) -> Iterator[Change]:
    """Each figure must still be about the same thing: words before it and the measure behind it."""
    old, new = _contexts(before), _contexts(after)
    for number, (words, measure) in old.items():
        if number not in new:
            continue
        words_now, measure_now = new[number]
        if measure and measure_now[:1] != measure[:1]:
            yield Change(f"第 {number} 处数字的单位变了")
        elif _pairs(words) and not _pairs(words) & _pairs(words_now):
            yield Change(f"第 {number} 处数字说的事项变了")


def _contexts(text: str) -> dict[int, tuple[str, str]]:
    found = {}
    for match in re.finditer(r"\{\{\s*(\d{1,3})\s*\}\}", text):
        before = _SLOT.sub("。", text[: match.start()])
        words = re.split(r"[。；]", before)[-1][-14:]
        measure = re.match(r"人次|万元|[\u4e00-\u9fff]?", text[match.end() :])
        found[int(match[1])] = (words, measure.group() if measure else "")
    return found


def _names(before: str, after: str) -> Iterator[Change]:
    for one, other, verb in ((after, before, "多出"), (before, after, "缺少")):
        for match in _BODY.finditer(one):
            if match.group() not in other:
                yield Change(f"{verb}机构名称“{match.group()}”")


def _claims(before: str, after: str) -> Iterator[Change]:
    praise = [w for w in _PRAISE.findall(after) if w not in before]
    if praise:
        yield Change(f"多出评价“{praise[0]}”")
    if len(_NEGATION.findall(before)) != len(_NEGATION.findall(after)):
        yield Change("否定的说法有增减")


def _clauses(before: str, after: str) -> Iterator[Change]:
    for one, other, limit, verb in ((before, after, _LOST, "漏掉"), (after, before, _ADDED, "多出")):
        pairs = _pairs(other)
        for clause in _CLAUSE.split(_SLOT.sub("", one)):
            bare = _FILLER.sub("", clause.strip())
            own = _pairs(bare)
            if len(bare) < 4 or not own:
                continue
            share = len(own & pairs) / len(own)
            if share < limit:
                yield Change(f"{verb}“{bare[:20]}”")
            elif share < _SURE and verb == "多出":
                yield Change(f"“{bare[:20]}”与原稿说法差别较大", grave=False)


def _repeats(before: str, after: str) -> Iterator[Change]:
    for clause, times in Counter(c for c in _CLAUSE.split(after) if len(c) >= 4).items():
        if times > max(1, before.count(clause)):
            yield Change(f"重复“{clause[:20]}”")
    if len(after) > 2 * len(before) + 20:
        yield Change("篇幅与原稿相差过大")


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[^\u4e00-\u9fff]", "", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}
