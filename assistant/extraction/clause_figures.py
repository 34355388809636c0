"""Reads figures: which words say what they count, and the cells they fill."""

from __future__ import annotations

import re

from assistant.extraction.clause_absences import bare_zero, of_several_tables, zero_targets
from assistant.extraction.clause_bare import bare_figure
from assistant.extraction.clause_outcomes import awaited
from assistant.extraction.clause_state import ClauseState
from assistant.extraction.clause_turns import case_of_another_year, one_applicant, turned
from assistant.extraction.phrases import Binding, Phrase, is_feature
from assistant.extraction.statements import Remark, Span, Target
from assistant.extraction.targets import Sense
from assistant.extraction.tokens import Token
from assistant.extraction.vectors import BEFORE

__all__ = ["figure", "vector"]


def figure(r: ClauseState, phrase: Phrase, binding: Binding) -> None:
    """Read one figure with its words."""
    number = binding.number
    if number.value is None or _only_explains(r, binding) or turned(r, phrase, binding):
        return
    words, sense = _meant(r, phrase, binding)
    if sense.ask or sense.ask_applicant or sense.decoy:
        _not_placed(r, phrase, binding, sense)
        return
    if number.value == 0 and of_several_tables(words):
        for target in zero_targets(r, words, [w for w in words if is_feature(w)]):
            r.add("zero", target, binding.span, phrase)
        return
    if number.value == 0 and not sense.targets and bare_zero(r, phrase, words):
        return
    if not sense.targets:
        bare_figure(r, phrase, binding, words)
        return
    if case_of_another_year(r, sense):
        return
    if number.value != 0 and len(sense.targets) > 1:
        r.remark(
            "AMBIGUOUS_MAP",
            sense.words,
            f"“{sense.words}”合计 {number.value}，请分别说明各是多少",
            binding.span,
            got=number.value,
        )
        return
    span = (
        binding.span if not r.dangling else binding.span.join(Span(r.dangling[0].start, r.dangling[-1].end))
    )
    for target in sense.targets:
        place_value(r, phrase, target, binding, sense, span, words)
        if whole_case(target, binding):
            place_value(r, phrase, target._replace(col="total"), binding, sense, span, words)


def _only_explains(r: ClauseState, binding: Binding) -> bool:
    """部分公开那行多登了一份, 总数是按37加的: by how much a figure was wrong, and what another was made from."""
    number = binding.number
    if number.gap.endswith("按") and _MADE_FROM.match(r.source, number.end):
        return True
    slip = binding.before[-1] if binding.before else None
    if slip is None or not (slip.cue("slip") and slip.text.startswith("多")) or number.unit_kind != "count":
        return False
    rows = {t.row for t in r.resolver.sense(binding.before, r.ctx).targets}
    live = [s for s in r.recalled() if s.kind == "value" and not s.dropped]
    wrong = [s for s in live if s.target.row in rows and s.target.col == "total"]
    if wrong:
        # the right figure follows: 按37（33/4/0）算
        r.follow(wrong[-1].target, wrong[-1])
        r.ctx.last, r.correcting = wrong[-1], True
    return True


def _meant(r: ClauseState, phrase: Phrase, binding: Binding) -> tuple[list[Token], Sense]:
    """The words that say what the figure counts, those of the clauses before it included where they go on, and their sense."""
    number, words = binding.number, binding.words
    named = any(map(is_feature, words))
    if _named_behind(binding):
        words = binding.after
    if r.dangling and phrase.before == ":" and not named:
        # 强制：全年0: the word before the colon is named, not the row of the last figure
        words = r.dangling + words
    elif (
        number.unit_kind == "money"
        and phrase.before in (":", ")", "】")
        and any(t.has("t2row") for t in r.dangling)
    ):
        # 行政事业性收费：财政所给的数是86,427.50元; 行政事业性收费（占道费）56.4万元
        words = r.dangling
    elif number.approx and named:
        r.vague = words
        for target in r.resolver.sense(words, r.ctx).targets:
            # 处罚大概三百来件，其余是0: the row is spoken of, and stays blank
            awaited(r, target, binding.span, phrase)
    elif r.vague and number.unit_kind == "count" and not named:
        # 许可三百零几来着，噢，三百一十二件: the exact figure of what was vague
        words, r.vague = r.vague, []
    sense = r.resolver.sense(words, r.ctx, number)
    if not r.dangling or sense.decoy or not r.joins(phrase):
        return words, sense
    # 依申请台账（共7件）: the bracket adds up what stands before it
    total = (
        number.value != 0
        and phrase.before != "("
        and any(w.cue("sum") for w in words)
        and not any(map(is_feature, words))
    )
    if not total and (not sense.targets or _goes_on(r, phrase, number, sense)):
        words = r.dangling + words
        sense = r.resolver.sense(words, r.ctx, number)
    return words, sense


def _named_behind(binding: Binding) -> bool:
    """办出12件许可: a verb of dealing before the figure, what was dealt with directly behind it."""
    verbs = [w for w in binding.before if is_feature(w)]
    behind = binding.after[:1]
    return (
        bool(verbs and behind)
        and all(w.has("row", "result_total") for w in verbs)
        and not behind[0].gap.strip()
        and (behind[0].has("t2row") or behind[0].has("t4block"))
    )


def _goes_on(r: ClauseState, phrase: Phrase, number: Token, sense: Sense) -> bool:
    """A zero at the end of a list, or the category of an item named before it."""
    if number.value == 0 and phrase.before == "、":
        return True
    category = sense.targets[0].row.endswith("_subtotal") and phrase.before in (")", "+", ",")
    return category and any(
        e.kind == "row" and not e.key.endswith("_subtotal") for t in r.dangling for e in t.entries
    )


def _not_placed(r: ClauseState, phrase: Phrase, binding: Binding, sense: Sense) -> None:
    """A figure of something that has no row: asked, or left out as a matter of its own."""
    value = binding.number.value
    if sense.ask:
        if value:
            r.remark(
                "AMBIGUOUS_MAP",
                sense.ask,
                f"“{sense.ask}”{value}件在表三没有固定的行，请说明计入哪一项",
                binding.span,
                got=value,
            )
    elif sense.ask_applicant:
        if value and _ENDS.match(r.source, binding.number.end):
            r.remark(
                "AMBIGUOUS_MAP",
                sense.ask_applicant,
                f"“{sense.ask_applicant}”{value}件在表三没有固定的列，请说明计入自然人、商业企业、科研机构、社会公益组织、法律服务机构还是其他",
                binding.span,
                got=value,
            )
    elif not one_applicant(r, phrase, binding):
        r.ctx.applicants = False
        r.ctx.decoy_sentence = phrase.sentence


def vector(r: ClauseState, phrase: Phrase, token: Token, words: list[Token]) -> None:
    """规章0/0/0: one figure a column; a stroke leaves its cell blank and is asked."""
    row = Target(*token.row)
    if row.row == BEFORE:
        last = r.ctx.last
        here = last is not None and (last.sentence == phrase.sentence or r.correcting)
        if last is None or last.target.table != "table3" or not here:
            return
        row = row._replace(row=last.target.row)
    named = [w for w in words if w.end <= token.start]
    span = Span(named[-1].start if named else token.start, token.end)
    prior = r.is_prior(named, row)
    for item, name in zip(token.items, token.columns, strict=True):
        place = Target(row.table, *name.split(".")) if "." in name else row._replace(col=name)
        if item.kind == "num":
            r.add("value", place, span, phrase, value=item.value, prior=prior)
    if any(item.kind == "slash" for item in token.items) and row.row != "*":
        name = r.resolver.form.table(row.table).row(row.row).name
        r.out.remarks.append(
            Remark(
                "BLANK_ZERO",
                f"{row.table}.{row.row}",
                f"“{name}”一行写的是“/”，表格中须填数字，请确认是否为 0",
                span,
                "info",
            )
        )
    r.follow(row, None)


def _is_negative(r: ClauseState, number: Token) -> bool:
    """收到申请-5件: a minus sign, unless the text parts all its words and figures with dashes."""
    return number.gap.rstrip().endswith("-") and bool(number.value) and not r.dashes


_MADE_FROM = re.compile("(?:件|份)?来?(?:加|算|计|统计|汇总)的")
_ENDS = re.compile(r"\s*(?:[，,、。；;：:）)\n]|申请|$)")
"""what may stand behind a number of requests: 村委会2份材料 are none"""
_WITH_PARTIAL = re.compile("[（(](?:含|包括|包含|全给加|加上?|和|及)部分(?:公开|给)[）)]")
_OF_GOVERNMENT = re.compile(r"[省市县区州旗](?:人民)?政府(?:名义|的)?$")


def place_value(
    r: ClauseState,
    phrase: Phrase,
    target: Target,
    binding: Binding,
    sense: Sense,
    span: Span,
    words: list[Token],
) -> None:
    number = binding.number
    if _is_negative(r, number) and target.col not in ("delta", "*"):
        where = ".".join(target)
        message = f"“{binding.number.text}”前面有负号，件数和金额不能为负，没有填写，请确认应填的数"
        r.out.remarks.append(
            Remark("CELL_TYPE", where, message, span, "error", got=-number.value if number.value else None)
        )
        return
    prior = r.is_prior(words, target) or number.past
    if target.row == "granted" and _WITH_PARTIAL.search(r.source, span.start, number.start):
        # 公开类（含部分公开）168件
        target = target._replace(row="granted_or_partial")
    if target.table == r.resolver.t2.key and words and _OF_GOVERNMENT.search(words[0].gap):
        # 市政府现行有效规章, 以市政府名义印发: of the whole area, whoever reports it
        r.scope = "area"
    rest = any(w.cue("rest") for w in words)
    if rest and number.value == 0:
        r.add("zero", Target(target.table, target.row, "rest"), span, phrase)
        return
    if target.col == "*" or (number.value == 0 and len(sense.targets) > 1 and target.table != "table3"):
        if number.value != 0:
            return
        col = target.col if target.col not in ("total", "*") else "*"
        r.add("zero", Target(target.table, target.row, col), span, phrase, prior=prior, words=sense.words)
        r.follow(target, None)
        return
    value = number.value
    assert value is not None, "a figure is bound only when it was read"
    if words and any(
        t.has("t2col", "delta")
        and t.text.endswith(
            ("减", "减少", "减了", "少", "少了", "取消", "划走", "划出", "下放", "移交", "调减")
        )
        for t in words
    ):
        value = -value
    if target.col == "delta" and number.gap.rstrip().endswith("-"):
        value = -value
    statement = r.add(
        "value",
        target,
        span,
        phrase,
        value=value,
        unit=number.unit,
        prior=prior,
        words=sense.words,
        official=sense.official,
    )
    if phrase.cue("period") is not None:
        # 一季度收4件: a part of the year never fills a cell
        statement.dropped = "period"
    named = any(e.kind == "row" for w in words for e in w.entries)
    applicant = target.table == "table3" and target.col not in ("total", "*") and not r.ctx.col
    if applicant and not named:
        statement.inherited = all(s.inherited for s in r.told_in(phrase.sentence)[:-1])
    statement.whole = is_whole(r, target, binding) or (
        r.ctx.whole and target.table == "table3" and target.col == r.ctx.col
    )
    if number.scaled and not number.unit and target.col.startswith("amount"):
        statement.unit = "元"
    r.follow(target, statement)


def is_whole(r: ClauseState, target: Target, binding: Binding) -> bool:
    if target.table != "table3" or target.col in ("total", "*") or r.ctx.col:
        return False
    named = any(e.kind == "row" for w in binding.before for e in w.entries)
    return (
        named and any(w.has("col") for w in binding.after) and not any(w.has("col") for w in binding.before)
    )


def whole_case(target: Target, binding: Binding) -> bool:
    """复议1件维持: the figure is the total and the outcome at once."""
    if target.table != "table4" or target.col == "total":
        return False
    return any(w.has("t4block") for w in binding.before) and not any(w.has("t4col") for w in binding.before)
