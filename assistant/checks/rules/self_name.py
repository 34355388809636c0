"""SELF_NAME: the unit calls itself by one name that fits its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.checks.claims.passages import Passage, Span
from assistant.checks.context import CheckInput
from assistant.checks.lazy import HAN, Words, one_of, regex
from assistant.checks.registry import Hit, Unknown, rule
from assistant.report.findings import Fix, Severity

_SELF = regex(
    rf"我(街道|管委会|中心|{one_of('局委办厅院处署镇乡县区市省旗州校所')})(?!国|们|方|里|公室|事处[^，。、的]|级|直)"
)
_OTHER_BEFORE = frozenset("自敌忘")
_GROUPS = (
    frozenset(("局", "委", "办", "厅", "院", "中心", "处", "署", "所", "校", "管委会")),
    frozenset(("镇", "乡", "街道")),
    frozenset(("县", "区", "旗")),
    frozenset(("市", "州", "省")),
)
_TOWN = regex(rf"({HAN}{{1,8}}?)(镇|乡|街道)(?:办事处|人民政府|政府)?$")
_TOWN_WORDS = Words("镇|乡|街道")
_AREA_END = regex(r".*(?:省|市|县|区|旗|州|盟)")


@rule("SELF_NAME", "单位自称前后一致", Severity.WARNING, "language")
def self_name(ctx: CheckInput) -> Iterator[Hit | Unknown]:
    """为什么：正文中单位的自称应当固定，并与单位名称相符；一会儿“我乡”、一会儿“我镇”，往往是套用了其他单位的文稿。
    不合格：某乡人民政府的报告中写“努力推进我镇政务公开工作”。
    合格：全文统一自称“我乡”。
    修改：把不一致的自称改为本单位的自称。
    """
    found = [
        (match[1], passage, passage.span(match.start(1), match.end(1)))
        for passage in ctx.sections
        if "我" in passage.compact
        for match in _SELF.finditer(passage.compact)
        if passage.compact[match.start() - 1 : match.start()] not in _OTHER_BEFORE
    ]
    own = _own_word(ctx) or _commonest(word for word, _, _ in found)
    also = ("处", "办") if own == "街道" else ()
    if own:
        for word, passage, span in found:
            if word not in (own, *also) and _clashes(word, own, bool(ctx.report.org.name)):
                yield _hit(ctx, passage, span, word, own)
    yield from _other_kind(ctx)


def _own_word(ctx: CheckInput) -> str:
    """The word after 我 that fits the unit's name, empty when the name is unknown."""
    word = ctx.report.org.short_self
    return word.removeprefix("我") if word.startswith("我") else ""


def _commonest(words: Iterator[str]) -> str:
    counts = Counter(words)
    return counts.most_common(1)[0][0] if counts else ""


def _clashes(word: str, own: str, sure: bool) -> bool:
    """Whether a unit that is a ``own`` cannot call itself ``word``: a lower unit may speak of 我县 or 我市 around it."""
    group = next((g for g in _GROUPS if own in g), frozenset[str]())
    if word in group:
        return True
    rank = {w: i for i, g in enumerate(_GROUPS) for w in g}
    if not sure:
        return False
    # a town is no department and the other way round; an area speaks of nothing below itself
    return rank[word] < rank.get(own, 0) or (rank.get(own) == 0 and rank[word] == 1)


def _hit(ctx: CheckInput, passage: Passage, span: Span, word: str, own: str) -> Hit:
    line = passage.text[max(0, span.start - 8) : span.end + 8].split("\n")[-1 if span.start else 0]
    words = re.sub(r"\s", "", line)
    return Hit(
        passage.key,
        f"单位自称不一致：此处写“我{word}”（“{words}”），本单位应自称“我{own}”",
        expected=f"我{own}",
        got=f"我{word}",
        fix=Fix(title=f"将“我{word}”改为“我{own}”", edits=ctx.rewording(span, own)),
        spans=(Span(span.key, span.start - 1, span.end) if span.start else span,),
    )


def _other_kind(ctx: CheckInput) -> Iterator[Hit]:
    """“司寨镇” in the report of 司寨乡: the proper name is right and the kind is not."""
    own = ctx.report.org.name
    match = _TOWN.match(_AREA_END.sub("", own)) if _TOWN_WORDS.found_in(own) else None
    if match is None:
        return
    name, kind = match[1], match[2]
    other = regex(rf"{re.escape(name)}(镇|乡|街道)")
    for passage in (ctx.passage("title"), ctx.passage("preamble"), *ctx.sections):
        for found in other.finditer(passage.compact):
            if found[1] != kind:
                span = passage.span(found.start(), found.end())
                yield Hit(
                    passage.key,
                    f"单位名称不一致：此处写“{found.group()}”，本单位为“{name}{kind}”",
                    expected=f"{name}{kind}",
                    got=found.group(),
                    fix=Fix(title=f"改为“{name}{kind}”", edits=ctx.rewording(span, name + kind)),
                    spans=(span,),
                )
