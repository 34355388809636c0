"""Reads figures that a turn of phrase around them explains: taken back, put right, one each, among those just told."""

from __future__ import annotations

import re

from assistant.extraction.clause_applicants import only
from assistant.extraction.clause_state import ClauseState
from assistant.extraction.phrases import Binding, Phrase, is_feature
from assistant.extraction.statements import Span, Target
from assistant.extraction.targets import Sense

__all__ = ["case_of_another_year", "one_applicant", "turned"]

_INSIDE = re.compile(r"[^，。；\n]{0,6}在(?:这|其|里|当中|此)")
_PERSONS = ("位", "名", "人", "个人", "家", "户")


def turned(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """Whether a turn of phrase has explained the figure; then nothing is left to read."""
    return any(explains(r, phrase, binding) for explains in _TURNS)


def _all_tables_zero(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """三张表其余全填0."""
    if binding.number.value != 0 or not phrase.cue("all_tables"):
        return False
    r.add("zero", Target("*", "rest", "rest"), phrase.span, phrase)
    return True


def _asked_for(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """律师事务所：1件，申请要…; 一家公司要1件: the requests of an applicant that a heading or the clause names."""
    number, words = binding.number, binding.words
    applicant = r.headed(phrase) or _asked_by(r, binding)
    if not applicant or number.unit_kind not in ("", "count"):
        return False
    if any(is_feature(w) and not w.has("col") for w in words):
        return False
    place = Target("table3", "new_received", applicant)
    r.follow(place, r.add("value", place, binding.span, phrase, value=number.value, unit=number.unit))
    return True


def _takes_back(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """不是24: the figure is what it is not; it tells which earlier statement is being corrected."""
    number = binding.number
    if phrase.cue("negated") is None:
        return False
    index = phrase.tokens.index(number)
    before = [t for t in phrase.tokens[:index] if t.cue("negated")]
    if not before or any(t.kind == "num" for t in phrase.tokens[phrase.tokens.index(before[-1]) : index]):
        return False
    r.correcting = True
    named = r.resolver.sense(phrase.tokens[:index], r.ctx, number).targets
    same = [s for s in r.recalled() if s.kind == "value" and s.value == number.value]
    wrong = next(
        (s for s in reversed(same) if any(s.target.row == t.row for t in named)),
        same[-1] if same else None,
    )
    if wrong is None:
        return True
    r.ctx.last = r.replacing = wrong
    for statement in r.told_in(r.sentence):
        if statement.target == wrong.target and statement is not wrong:
            statement.corrects = True
    return True


def _void(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """应该是49件，46作废: the figure that was said before, taken back."""
    if not binding.after or not binding.after[0].text.startswith("作废") or binding.number.unit:
        return False
    live = [s for s in r.recalled() if s.kind == "value" and not s.dropped]
    return any(s.value == binding.number.value for s in live)


def _slip(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """少登了1件: by how much it was wrong; 漏了1件重复申请 tells of one more."""
    near = binding.before[-1:]
    if not near or not near[0].cue("slip") or any(is_feature(w) for w in binding.after):
        return False
    # 不掌握那个漏了一件，应该是15: the figure that follows takes the place of the one meant
    targets = r.resolver.sense([t for t in phrase.tokens if t.end <= near[0].start], r.ctx).targets
    live = [s for s in r.recalled() if s.kind == "value" and not s.dropped]
    meant = [s for s in live if targets and s.target == targets[-1]]
    if meant:
        r.correcting = True
        r.follow(meant[-1].target, meant[-1])
    return True


def _opens_parts(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """律所3件里1件公开了、2件…: the figures that follow in the sentence are parts of that applicant's requests."""
    cols = [e.key for w in binding.before for e in w.entries if e.kind == "col"]
    if len(cols) != 1 or not re.match(r"[里中当]", r.source[binding.number.end : binding.number.end + 1]):
        return False
    if any(w.has("row") for w in binding.words) or r.ctx.table not in ("", "table3"):
        return False
    r.ctx.col, r.ctx.col_sentence = cols[0], phrase.sentence
    return True


def _among_them(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """予以公开50件，6件企业申请全在这里面: that many of the row just told."""
    if not binding.after:
        return False
    cols = [e.key for w in binding.after for e in w.entries if e.kind == "col"]
    last = r.ctx.last
    inside = _INSIDE.match(r.source, max(w.end for w in binding.after)) if cols else None
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
    if (
        "各" not in number.gap
        or not number.gap.rstrip().endswith("各")
        or number.unit_kind not in ("", "count")
    ):
        return False
    words = [*r.dangling, *binding.before]
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


def _takes_place(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
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


def _fee_part(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """收取信息处理费2件，共1,240元; 收取1,240元，涉及2件申请: the amount behind the number of requests, or the other way."""
    number, last = binding.number, r.ctx.last
    if last is None or last.target.table != "fee" or last.sentence != phrase.sentence:
        return False
    col = {"money": "yuan", "count": "cases"}.get(number.unit_kind, "")
    concerned = col == "cases" and "涉及" in r.source[phrase.span.start - 3 : number.start]
    if not col or col == last.target.col or (any(map(is_feature, binding.words)) and not concerned):
        return False
    r.add("value", last.target._replace(col=col), binding.span, phrase, value=number.value, unit=number.unit)
    return True


def _those(r: ClauseState, phrase: Phrase, binding: Binding) -> bool:
    """行政查询的三件，这三件是企业的: the figure points back at the row; all of it is that applicant's."""
    last, number = r.ctx.last, binding.number
    cols = [e.key for w in binding.after for e in w.entries if e.kind == "col"]
    if not number.gap.rstrip().endswith(("这", "那")) or len(cols) != 1 or last is None:
        return False
    if last.target.table != "table3" or last.value != number.value or last.sentence != phrase.sentence:
        return False
    only(r, [last], cols[0], binding.span, phrase)
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


def _asked_by(r: ClauseState, binding: Binding) -> str:
    """一家公司要1件: who wants something of the office, as the message begins."""
    if r.ctx.row or r.ctx.table not in ("", "table3") or not binding.before:
        return ""
    cols = [e.key for w in binding.before for e in w.entries if e.kind == "col"]
    wants = re.fullmatch(r"\s*(?:来?要|来|提|递|交|寄来|问)了?\s*", binding.number.gap) is not None
    return cols[0] if len(cols) == 1 and wants else ""


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


def case_of_another_year(r: ClauseState, sense: Sense) -> bool:
    """官司…，去年留的1件判了，维持；今年新收1件还在审: what is told of cases counts no requests."""
    told = r.ctx.table == "table4" and r.ctx.case_sentence == r.ctx.sentence
    return (
        told
        and {t.row for t in sense.targets} <= {"carried_over", "new_received"}
        and "申请" not in sense.words
    )


_TURNS = (
    _takes_back,
    _void,
    _slip,
    _all_tables_zero,
    _opens_parts,
    _among_them,
    _amount_again,
    _each,
    _takes_place,
    _fee_part,
    _those,
    _money_of_purchases,
    _asked_for,
)
"""in the order they are tried"""
