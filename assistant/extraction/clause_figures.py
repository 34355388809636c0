"""Reads figures: their cells, corrections of them, parts and applicants."""

from __future__ import annotations

import re

from assistant.extraction.clause_absences import bare_zero, of_several_tables, zero_targets
from assistant.extraction.clause_applicants import only
from assistant.extraction.clause_bare import bare_figure
from assistant.extraction.clause_state import ClauseState
from assistant.extraction.phrases import Binding, Phrase, is_feature
from assistant.extraction.statements import Remark, Span, Target
from assistant.extraction.targets import Sense
from assistant.extraction.tokens import Token

__all__ = [
    "figure",
    "is_whole",
    "one_applicant",
    "place_value",
    "takes_back",
    "takes_place",
    "vector",
    "whole_case",
]


def figure(r: ClauseState, phrase: Phrase, binding: Binding) -> None:
    number, words = binding.number, binding.words
    if number.value is None:
        return
    if takes_back(r, phrase, number) or _void(r, binding) or _slip(r, phrase, binding):
        return
    if number.value == 0 and phrase.cue("all_tables"):
        r.add("zero", Target("*", "rest", "rest"), phrase.span, phrase)
        return
    if _opens_parts(r, phrase, binding):
        return
    if _among_them(r, phrase, binding):
        return
    if _amount_again(r, phrase, binding) or _each(r, phrase, binding):
        return
    if takes_place(r, phrase, binding) or fee_amount(r, phrase, binding) or those(r, phrase, binding):
        return
    if _money_of_purchases(r, phrase, binding):
        return
    headed = r.headed(phrase) or _asked_by(r, binding)
    if (
        headed
        and number.unit_kind in ("", "count")
        and not any(is_feature(w) and not w.has("col") for w in words)
    ):
        # 律师事务所：1件，申请要…
        place = Target("table3", "new_received", headed)
        r.follow(place, r.add("value", place, binding.span, phrase, value=number.value, unit=number.unit))
        return
    if r.dangling and phrase.before == ":" and not any(is_feature(w) for w in words):
        # 强制：全年0: the word before the colon is named, not the row of the last figure
        words = r.dangling + words
    elif (
        number.unit_kind == "money"
        and any(t.has("t2row") for t in r.dangling)
        and phrase.before in (":", ")", "】")
    ):
        # 行政事业性收费：财政所给的数是86,427.50元; 行政事业性收费（占道费）56.4万元
        words = r.dangling
    if number.approx and any(is_feature(w) for w in words):
        r.vague = words
    elif r.vague and number.unit_kind == "count" and not any(is_feature(w) for w in words):
        # 许可三百零几来着，噢，三百一十二件: the exact figure of what was vague
        words, r.vague = r.vague, []
    sense = r.resolver.sense(words, r.ctx, number)
    listed = number.value == 0 and phrase.before == "、"
    category = (
        bool(sense.targets)
        and sense.targets[0].row.endswith("_subtotal")
        and phrase.before in (")", "+", ",")
    )
    listed = listed or (
        category
        and any(e.kind == "row" and not e.key.endswith("_subtotal") for t in r.dangling for e in t.entries)
    )
    total = number.value != 0 and any(w.cue("sum") for w in words) and not any(is_feature(w) for w in words)
    # 依申请台账（共7件）: the bracket adds up what stands before it
    total = total and phrase.before != "("
    if r.dangling and not sense.decoy and not total and (listed or not sense.targets) and r.joins(phrase):
        words = r.dangling + words
        sense = r.resolver.sense(words, r.ctx, number)
    if sense.ask and number.value == 0:
        return
    if sense.ask:
        r.remark(
            "AMBIGUOUS_MAP",
            sense.ask,
            f"“{sense.ask}”{number.value}件在表三没有固定的行，请说明计入哪一项",
            binding.span,
            got=number.value,
        )
        return
    if sense.decoy and one_applicant(r, phrase, binding):
        return
    if sense.decoy:
        r.ctx.applicants = False
        r.ctx.decoy_sentence = phrase.sentence
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
    if _case_of_another_year(r, sense):
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


def _void(r: ClauseState, binding: Binding) -> bool:
    """应该是49件，46作废: the figure that was said before, taken back."""
    behind = binding.after[:1]
    said = any(s.value == binding.number.value for s in r.out.live if s.kind == "value")
    return bool(behind) and behind[0].text.startswith("作废") and said and not binding.number.unit


def _asked_by(r: ClauseState, binding: Binding) -> str:
    """一家公司要1件: who wants something of the office, as the message begins."""
    cols = [e.key for w in binding.before for e in w.entries if e.kind == "col"]
    wants = re.fullmatch(r"\s*(?:来?要|来|提|递|交|寄来|问)了?\s*", binding.number.gap) is not None
    return cols[0] if len(cols) == 1 and wants and r.ctx.table in ("", "table3") and not r.ctx.row else ""


def _slip(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """少登了1件: by how much it was wrong; 漏了1件重复申请 tells of one more."""
    near = binding.before[-1:]
    if not near or not near[0].cue("slip") or any(is_feature(w) for w in binding.after):
        return False
    # 不掌握那个漏了一件，应该是15: the figure that follows takes the place of the one meant
    targets = r.resolver.sense([t for t in phrase.tokens if t.end <= near[0].start], r.ctx).targets
    meant = [s for s in r.out.live if s.kind == "value" and targets and s.target == targets[-1]]
    if meant:
        r.correcting = True
        r.follow(meant[-1].target, meant[-1])
    return True


def _case_of_another_year(r: ClauseState, sense: Sense) -> bool:
    """官司…，去年留的1件判了，维持；今年新收1件还在审: what is told of cases counts no requests."""
    told = r.ctx.table == "table4" and r.ctx.case_sentence == r.ctx.sentence
    return (
        told
        and {t.row for t in sense.targets} <= {"carried_over", "new_received"}
        and "申请" not in sense.words
    )


def _among_them(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """予以公开50件，6件企业申请全在这里面: that many of the row just told."""
    cols = [e.key for w in binding.after for e in w.entries if e.kind == "col"]
    last = r.ctx.last
    inside = (
        re.match(r"[^，。；\n]{0,6}在(?:这|其|里|当中|此)", r.source[max(w.end for w in binding.after) :])
        if cols
        else None
    )
    if inside is None or last is None or last.target.table != "table3" or last.sentence != phrase.sentence:
        return False
    r.add("value", last.target._replace(col=cols[0]), binding.span, phrase, value=binding.number.value)
    return True


def _amount_again(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """收费四十二点六万——看岔了，是四十二万六千三百元."""
    last, number = r.ctx.last, binding.number
    if not r.correcting or number.unit_kind != "money" or any(is_feature(w) for w in binding.words):
        return False
    if last is None or not last.target.col.startswith("amount"):
        return False
    r.add("value", last.target, binding.span, phrase, value=number.value, unit=number.unit)
    return True


def _each(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """商业企业、科研机构各1件: the figure holds for each word of the list."""
    number = binding.number
    words = [*r.dangling, *binding.before]
    if not number.gap.rstrip().endswith("各") or number.unit_kind not in ("", "count"):
        return False
    listed = next(
        (found for kind in ("col", "row", "t2row") if len(found := [w for w in words if w.has(kind)]) > 1), []
    )
    if len(listed) < 2:
        return False
    span = binding.span.join(Span(listed[0].start, listed[0].end))
    made = [s.targets[-1] for w in listed if (s := r.resolver.sense([w], r.ctx, None)).targets]
    for both in [t for t in made if t.row == "granted_or_partial"]:
        # 予以公开、部分公开、…各1件
        made[made.index(both) : made.index(both) + 1] = [
            both._replace(row=row) for row in ("granted", "partial")
        ]
        listed = [*listed, listed[-1]]
    for target in made if len(made) == len(listed) else ():
        statement = r.add("value", target, span, phrase, value=number.value, unit=number.unit)
        if target.col in ("total", "*"):
            # 内部事务、过程性信息各2件，都是个人
            r.follow(target, statement)
        else:
            statement.inherited = True
    r.dangling = []
    return len(made) == len(listed)


def _opens_parts(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """律所3件里1件公开了、2件…: the figures that follow in the sentence are parts of that applicant's requests."""
    cols = [e.key for w in binding.before for e in w.entries if e.kind == "col"]
    if len(cols) != 1 or not re.match(r"[里中当]", r.source[binding.number.end : binding.number.end + 1]):
        return False
    if any(w.has("row") for w in binding.words) or r.ctx.table not in ("", "table3"):
        return False
    r.ctx.col, r.ctx.col_sentence = cols[0], phrase.sentence
    return True


def vector(r: ClauseState, phrase: Phrase, token: Token, words: list[Token]) -> None:
    """规章0/0/0: one figure a column; a stroke leaves its cell blank and is asked."""
    row = Target(*token.row)
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
    prior = r.is_prior(words, target)
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
        same = [s for s in r.out.statements[:-1] if s.sentence == phrase.sentence]
        statement.inherited = all(s.inherited for s in same)
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


def those(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """行政查询的三件，这三件是企业的: the figure points back at the row; all of it is that applicant's."""
    last, number = r.ctx.last, binding.number
    cols = [e.key for w in binding.after for e in w.entries if e.kind == "col"]
    if not number.gap.rstrip().endswith(("这", "那")) or len(cols) != 1 or last is None:
        return False
    if last.target.table != "table3" or last.value != number.value or last.sentence != phrase.sentence:
        return False
    only(r, [last], cols[0], binding.span, phrase)
    return True


_PERSONS = ("位", "名", "人", "个人", "家", "户")


def one_applicant(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """申请就一份，一家公司要…的; 2份申请，分别是两位村民写来的: the applicants are as many as the requests."""
    cols = [e.key for w in binding.after for e in w.entries if e.kind == "col"]
    count = r.ctx.count
    if (
        not cols
        or count is None
        or count.value != binding.number.value
        or (count.value != 1 and binding.number.unit not in _PERSONS)
        or count.sentence != phrase.sentence
    ):
        return False
    only(r, [count], cols[0], binding.span, phrase)
    return True


def takes_back(r: ClauseState, phrase: Phrase, number: Token) -> bool:
    """不是24: the figure is what it is not; it tells which earlier statement is being corrected."""
    index = phrase.tokens.index(number)
    before = [t for t in phrase.tokens[:index] if t.cue("negated")]
    if not before or any(t.kind == "num" for t in phrase.tokens[phrase.tokens.index(before[-1]) : index]):
        return False
    r.correcting = True
    named = r.resolver.sense(phrase.tokens[:index], r.ctx, number).targets
    same = [s for s in r.out.statements if s.kind == "value" and s.value == number.value]
    wrong = next(
        (s for s in reversed(same) if any(s.target.row == t.row for t in named)),
        same[-1] if same else None,
    )
    if wrong is None:
        return True
    r.ctx.last = r.replacing = wrong
    for statement in r.out.statements:
        if statement.sentence == r.sentence and statement.target == wrong.target and statement is not wrong:
            statement.corrects = True
    return True


def takes_place(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """不是三件是两件个人的: the figure behind takes the place of the one taken back."""
    wrong, number = r.replacing, binding.number
    if (
        wrong is None
        or number.value is None
        or any(
            w.has("row") or w.has("t2row") or w.has("t4block") or w.has("t2col") or w.has("t4col")
            for w in binding.words
        )
    ):
        return False
    r.replacing = None
    statement = r.add("value", wrong.target, binding.span, phrase, value=number.value, unit=number.unit)
    cols = [e.key for w in binding.after for e in w.entries if e.kind == "col"]
    if cols and wrong.target.table == "table3":
        statement.target = wrong.target._replace(col="total")
        only(r, [statement], cols[0], binding.span, phrase)
    r.ctx.last = statement
    r.ctx.row = wrong.target.row if wrong.target.table == "table3" else r.ctx.row
    r.ctx.applicants = False
    return True


def fee_amount(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """收取信息处理费2件，共1,240元: the amount behind the number of requests."""
    number, last = binding.number, r.ctx.last
    if number.unit_kind != "money" or last is None or any(is_feature(w) for w in binding.words):
        return False
    if last.target.table != "fee" or last.target.col == "yuan" or last.sentence != phrase.sentence:
        return False
    r.add(
        "value", last.target._replace(col="yuan"), binding.span, phrase, value=number.value, unit=number.unit
    )
    return True


def _money_of_purchases(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """集中采购573个项目，2.18亿元: the amount behind the number of projects (form of 2019)."""
    last, number = r.ctx.last, binding.number
    if (
        last is None
        or last.target.row != "gov_procurement"
        or last.target.col != "projects"
        or last.sentence != phrase.sentence
        or number.unit_kind != "money"
        or any(w.has("t2row") for w in binding.words)
    ):
        return False
    target = last.target._replace(col="amount_yuan")
    r.follow(target, r.add("value", target, binding.span, phrase, value=number.value, unit=number.unit))
    return True
