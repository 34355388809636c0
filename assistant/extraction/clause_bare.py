"""Reads figures whose words name nothing: a total, a correction of the last figure, a second source, the whole of a year."""

from __future__ import annotations

import re

from assistant.extraction.clause_state import RESULT_ROWS, ClauseState
from assistant.extraction.phrases import Binding, Phrase, is_feature
from assistant.extraction.statements import Target
from assistant.extraction.tokens import Token

__all__ = ["bare_figure"]


def bare_figure(r: ClauseState, phrase: Phrase, binding: Binding, words: list[Token]) -> None:
    """A figure whose words name nothing: a total, a correction of the last figure, or the start of a story."""
    number = binding.number
    if number.unit_kind in ("other", "money") or number.approx or number.value is None:
        return
    if any(w.cue("sum") for w in words) and grand_total(r, phrase, binding):
        return
    if next_column(r, phrase, binding, words):
        return
    last = r.ctx.last
    if (
        words
        and last is not None
        and last.sentence == phrase.sentence
        and all(w.cue("previous") for w in words)
    ):
        # 新收120件，去年是96件
        r.add("value", last.target, binding.span, phrase, value=number.value, unit=number.unit, prior=True)
        return
    if phrase.cue("period"):
        last = r.ctx.last
        if last is not None and last.dropped == "period" and last.sentence == phrase.sentence:
            part = r.add("value", last.target, binding.span, phrase, value=number.value, unit=number.unit)
            part.dropped = "period"
        return
    if _other_source(r, phrase, binding, words):
        return
    if (
        r.brackets_are_prior
        and phrase.depth
        and r.ctx.last is not None
        and not any(is_feature(w) for w in words)
    ):
        # 新收 88（71）, where the brackets were said to hold last year's figures
        last = r.ctx.last
        r.add("value", last.target, binding.span, phrase, value=number.value, unit=number.unit, prior=True)
        return
    if _whole_year(r, phrase, binding):
        return
    led = r.led_by.get(phrase.sentence)
    if led and not r.said_in(phrase.sentence) and not any(is_feature(w) for w in words):
        place = Target("table3", "new_received", led)
        r.follow(place, r.add("value", place, binding.span, phrase, value=number.value, unit=number.unit))
        return
    loose = len(re.sub(r"[的了是有为共就才也都这那还又再应该改成到\s：:“”，,]+", "", number.gap)) > 2
    if r.correcting and not loose and r.ctx.last is not None and not any(is_feature(w) for w in words):
        target = r.ctx.last.target
        r.add("value", target, binding.span, phrase, value=number.value, unit=number.unit)
        return
    if number.unit_kind == "count" and not any(is_feature(w) and not w.has("col") for w in words):
        r.orphan, r.orphan_depth = binding, phrase.depth
        near = r.out.phrases[-2:]
        if (
            r.scope
            and any(p.cue("whole_area", "own_body") for p in near if p.sentence == phrase.sentence)
            and number.value
        ):
            place = Target("table3", r.ctx.row or "new_received", "total")
            r.add("aside", place, binding.span, phrase, value=number.value)


def _other_source(r: ClauseState, phrase: Phrase, binding: Binding, words: list[Token]) -> bool:
    """处罚法规股报214，执法队台账上是219: a second source gives the same cell another figure."""
    last = r.ctx.last
    reported = (
        re.search("(?:报|统计|登记|查|数)[了出来]?的(?:数)?(?:是|为)?$", binding.number.gap.strip())
        is not None
    )
    if (phrase.cue("table") is None and not reported) or any(is_feature(w) for w in words) or last is None:
        return False
    if (
        last.sentence != phrase.sentence
        or last.kind != "value"
        or not re.search("是|为|写|记|[:：]", binding.number.gap)
    ):
        return False
    r.add("value", last.target, binding.span, phrase, value=binding.number.value, unit=binding.number.unit)
    return True


def _whole_year(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """一季度收4件，……，全年20件: the whole of what was told in parts."""
    if phrase.cue("current", "sum") is None or any(is_feature(w) for w in binding.words):
        return False
    last, target = r.ctx.last, None
    if last is not None and last.dropped == "period" and last.sentence == phrase.sentence:
        target = last.target
    elif r.ctx.table == "table3" and r.ctx.row == "new_received" and not r.said_in(phrase.sentence):
        target = Target("table3", "new_received", "total")
    if target is None:
        return False
    r.follow(
        target,
        r.add("value", target, binding.span, phrase, value=binding.number.value, unit=binding.number.unit),
    )
    return True


def next_column(r: ClauseState, phrase: Phrase, binding: Binding, words: list[Token]) -> bool:
    """强制：上年126，增减0，25: a bare figure fills the last column where the ones before it are filled in order."""
    last, number = r.ctx.last, binding.number
    if (
        last is None
        or words
        or last.sentence != phrase.sentence
        or last.target.table != r.resolver.t2.key
        or number.unit
    ):
        return False
    columns = [c.key for c in r.resolver.t2.columns_of(last.target.row)]
    said = [s.target.col for s in r.told_in(phrase.sentence) if s.target.row == last.target.row]
    if said != columns[:-1] or phrase.before not in (",", "、", " "):
        return False
    target = last.target._replace(col=columns[-1])
    r.ctx.last = r.add("value", target, last.span.join(binding.span), phrase, value=number.value)
    return True


def grand_total(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """合计81, 共2: the total of the row of applicants, of the results, or of the block of cases."""
    ctx, target = r.ctx, None
    if ctx.table == "table4" and ctx.block:
        target = Target("table4", ctx.block, "total")
    elif ctx.table == "table3" and ctx.applicants and ctx.row:
        target = Target("table3", ctx.row, "total")
    elif ctx.table == "table3" and ctx.row.startswith(RESULT_ROWS):
        if phrase.before in ("。", "\n"):
            # the items of one applicant are told; what follows adds up all of them
            ctx.col, ctx.whole = "", False
        target = Target("table3", "result_total", ctx.col or "total")
    if target is None:
        return False
    statement = r.add("value", target, binding.span, phrase, value=binding.number.value, official=False)
    ctx.last = statement
    if target.table == "table3":
        ctx.row, ctx.applicants = target.row, False
    return True
