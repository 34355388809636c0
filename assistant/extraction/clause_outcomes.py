"""Reads clauses that give an outcome without a figure of its own: 均维持, single stories, promises."""

from __future__ import annotations

import re

from assistant.extraction.clause_applicants import only
from assistant.extraction.clause_state import RESULT_ROWS, ClauseState
from assistant.extraction.phrases import Phrase, is_feature
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.targets import Sense
from assistant.extraction.tokens import Token

__all__ = [
    "adopt_orphan",
    "all_done",
    "awaited",
    "promised",
    "refine_block",
    "renamed",
    "single_story",
    "that_one",
    "whole_of",
]


_DONE = re.compile("办结|办完|办理完|办毕|处理完")
"""均按期答复 speaks of the time limit: that is no 办结"""


def whole_of(r: ClauseState, phrase: Phrase, words: list[Token], every: Token) -> bool:
    """均维持; 全部属于行政查询事项: the whole of the figure before."""
    sense = r.resolver.sense(words, r.ctx)
    if not sense.targets or phrase.cue("hedge"):
        # 哪些是先复议的都还不清楚 says nothing of all of them
        return False
    target = sense.targets[-1]
    parent = r.ctx.last if target.table == "table4" else r.ctx.count
    if target.table == "table3" and target.row == "result_total" and "没" not in phrase.tokens[0].text:
        return all_done(r, phrase, words)
    kinds = ("litigation_direct", "litigation_after_review")
    if parent is not None and parent.target.row == "litigation_all" and target.row in kinds:
        # 诉讼3件，全是没复议就直接起诉的
        parent.target = target._replace(col=parent.target.col)
        r.ctx.block = target.row
        return True
    if parent is None or parent.value is None or parent.target.table != target.table:
        return False
    if target.table == "table3" and not target.row.startswith(RESULT_ROWS):
        return False
    if parent.target.row == target.row and target.table == "table3":
        return False
    if not every.cue("every") and parent.target.row not in ("new_received", "received_all", "result_total"):
        # 全部公开了 behind the figure of one outcome speaks of something else
        return False
    if target.table == "table4" and (target.col == "total" or parent.target.col != "total"):
        return False
    row = parent.target.row if target.table == "table4" else target.row
    r.add(
        "value",
        Target(target.table, row, target.col),
        parent.span.join(phrase.span),
        phrase,
        value=parent.value,
        prior=parent.prior,
        words=sense.words,
        official=sense.official,
    )
    return True


def all_done(r: ClauseState, phrase: Phrase, words: list[Token]) -> bool:
    """都办完了: nothing is left for next year. 均按期答复 speaks of the time limit and says nothing here."""
    done = next(
        (w for w in words if w.has("row", "result_total") and _DONE.search(w.text)),
        None,
    )
    if done is None:
        return False
    r.add("zero", Target("table3", "carried_forward", "*"), phrase.span, phrase, words=done.text)
    return True


def renamed(r: ClauseState, phrase: Phrase, words: list[Token]) -> bool:
    """一件维持，不是维持，是纠正: the figure stays, its outcome is another."""
    sense = r.resolver.sense(words, r.ctx)
    if len(sense.targets) != 1:
        return False
    target = sense.targets[0]
    if phrase.cue("negated") is not None and phrase.before != "(":
        wrong = next(
            (
                s
                for s in reversed(r.recalled())
                if s.kind == "value" and s.value and not s.dropped and _outcome(s.target) == _outcome(target)
            ),
            None,
        )
        if wrong is None or not _outcome(target):
            return False
        wrong.dropped = "taken back"
        r.renaming, r.correcting = wrong, True
        return True
    wrong = r.renaming
    if wrong is None or wrong.target.table != target.table or not _outcome(target):
        return False
    r.renaming = None
    place = (
        target._replace(row=wrong.target.row)
        if target.table == "table4"
        else target._replace(col=wrong.target.col)
    )
    statement = r.add(
        "value", place, wrong.span.join(phrase.span), phrase, value=wrong.value, words=sense.words
    )
    r.follow(place, statement)
    return True


def _outcome(target: Target) -> str:
    """The result of a case or request that a place stands for, if any."""
    if target.table == "table4":
        return target.col if target.col not in ("total", "*") else ""
    return target.row if target.table == "table3" and target.row.startswith(RESULT_ROWS) else ""


def single_story(r: ClauseState, phrase: Phrase, words: list[Token]) -> bool:
    """就1件，…涉及商业秘密: a single request's or case's outcome needs no figure."""
    if phrase.after in (":", "、") and not phrase.depth:
        return False
    sense = r.resolver.sense(words, r.ctx)
    if len(sense.targets) != 1:
        return False
    target = sense.targets[0]
    if item_of(r, target, sense, phrase):
        return True
    parent = r.ctx.last if target.table == "table4" else _latest_applicant(r)
    if (
        target.table == "table3"
        and parent is not None
        and parent.target.row not in ("new_received", "received_all", "carried_over")
    ):
        return False
    # 复议后起诉2件，维持: an outcome alone behind the cases is that of all of them
    alone = target.table == "table4" and len(phrase.tokens) == 1 and phrase.after in (";", "。", "\n")
    if (
        parent is None
        or (parent.value != 1 and not alone)
        or parent.sentence != phrase.sentence
        or parent.target.table != target.table
    ):
        return False
    if target.table == "table4":
        if target.col == "total" or parent.target.col != "total":
            return False
        target = target._replace(row=parent.target.row)
    elif parent.target.col not in ("total", "*") and target.row.startswith(RESULT_ROWS):
        # 一件是公司来要的，给公开了: that applicant's one request
        target = target._replace(col=parent.target.col)
    elif (
        not target.row.startswith(RESULT_ROWS)
        or target.row.endswith("_subtotal")
        or parent.target.row == target.row
    ):
        return False
    r.add(
        "value",
        target,
        parent.span.join(phrase.span),
        phrase,
        value=parent.value,
        prior=parent.prior,
        words=sense.words,
        official=sense.official,
    )
    return True


def _latest_applicant(r: ClauseState) -> Statement | None:
    """一件是公司来要的，给公开了，一件是个人来要的，没给: the count spoken of, and among applicants the one told last."""
    count = r.ctx.count
    if count is None or count.target.col in ("total", "*"):
        return count
    told = (s for s in reversed(r.out.statements) if s.kind == "value" and s.sentence == count.sentence)
    last = next((s for s in told if s.target.row == count.target.row), count)
    return last if last.target.col != "total" else count


def that_one(r: ClauseState, phrase: Phrase, words: list[Token]) -> bool:
    """要备案表的那件全部公开; 公司那件（要点位图）按三安全不予公开: one request with its outcome."""
    that = next(
        (t for t in phrase.tokens if t.cue("that") and r.source[t.end : t.end + 1] in ("件", "份")), None
    )
    if that is None and r.pointed[0] != phrase.sentence:
        return False
    cols = [e.key for w in words for e in w.entries if e.kind == "col"]
    sense = r.resolver.sense([w for w in words if not w.has("col")], r.ctx)
    outcome = sense.targets[-1] if len(sense.targets) == 1 else None
    if outcome is not None and (outcome.table != "table3" or not outcome.row.startswith(RESULT_ROWS)):
        outcome = None
    if that is not None and outcome is None and not any(is_feature(w) and not w.has("col") for w in words):
        r.pointed = phrase.sentence, cols[0] if cols else ""
        return False
    behind = (
        outcome is not None
        and that is not None
        and all(t.start > that.start for t in phrase.tokens if t.has("row"))
    )
    waiting = that is None and r.pointed[0] == phrase.sentence and phrase.before in (")", ",")
    if outcome is None or outcome.row.endswith("_subtotal") or not (behind or waiting):
        return False
    col = (cols[0] if cols else "") or (r.pointed[1] if waiting else "")
    r.pointed = -1, ""
    target = Target("table3", outcome.row, col or outcome.col)
    statement = r.add(
        "value", target, phrase.span, phrase, value=1, words=sense.words, official=sense.official
    )
    statement.single = True
    r.follow(target, statement)
    return True


def item_of(r: ClauseState, target: Target, sense: Sense, phrase: Phrase) -> bool:
    """不予公开1件，是内部事务: the clause behind a category names the item that all of it belongs to."""
    last = r.ctx.last
    if last is None or last.kind != "value" or not last.value or target.table != "table3":
        return False
    row = next((w for w in r.resolver.form.table("table3").rows if w.key == target.row), None)
    if row is None or not row.subtotal or row.subtotal != last.target.row or last.sentence != phrase.sentence:
        return False
    place = Target("table3", target.row, last.target.col)
    statement = r.add(
        "value",
        place,
        last.span.join(phrase.span),
        phrase,
        value=last.value,
        prior=last.prior,
        words=sense.words,
        official=sense.official,
    )
    r.follow(place, statement)
    return True


def adopt_orphan(r: ClauseState, phrase: Phrase, words: list[Token], cols: list[str]) -> bool:
    """就1件，个人来要的: the second clause says what the figure of the first one counts."""
    if r.orphan is None:
        return False
    sense = r.resolver.sense([w for w in words if not w.has("col")], r.ctx)
    if not sense.targets or sense.targets[-1].table not in ("table3", "table4"):
        return False
    binding, target = r.orphan, sense.targets[-1]
    adjacent = len(r.out.phrases) >= 2 and r.out.phrases[-2].span.start <= binding.span.start
    outcome = (
        adjacent
        and target.row.startswith(RESULT_ROWS)
        and not target.row.endswith("_subtotal")
        and phrase.cue("zero") is None
    )
    goes_on = (
        target.row == "carried_forward" and (adjacent or phrase.before == ")") and phrase.cue("zero") is None
    )
    # 37件当年全部办结, where no mark stands between
    done = (
        target.row == "result_total"
        and adjacent
        and phrase.before == "+"
        and _DONE.search(sense.words) is not None
    )
    if (
        target.table == "table3"
        and not (outcome or goes_on or done)
        and target.row not in ("new_received", "received_all", "carried_over")
    ):
        return False
    cols = cols or ([r.orphan_col] if r.orphan_col and phrase.before == ")" else [])
    cols = cols or [e.key for w in binding.words for e in w.entries if e.kind == "col"]
    r.orphan, r.orphan_col = None, ""
    span = binding.span.join(phrase.span)
    statement = r.add(
        "value", target, span, phrase, value=binding.number.value, words=sense.words, official=False
    )
    r.follow(target, statement)
    if cols:
        only(r, [statement], cols[0], span, phrase)
    return True


def promised(r: ClauseState, phrase: Phrase, words: list[Token]) -> None:
    """处罚数还没报上来: the figure follows later."""
    named = [t for t in words if is_feature(t)] or r.dangling
    for target in r.resolver.sense(named, r.ctx).targets:
        awaited(r, target, phrase.span, phrase)
    if phrase.cue("table2", "table3", "table4"):
        r.add("pending", Target(r.ctx.table, "*", "*"), phrase.span, phrase)
    r.dangling = []


def awaited(r: ClauseState, target: Target, span: Span, phrase: Phrase) -> None:
    """The place is spoken of without its figure; with a total the parts of its row are open too."""
    if target.table in ("table3", "table4") and target.col == "total":
        target = target._replace(col="*")
    r.add("pending", target, span, phrase)


def refine_block(r: ClauseState, target: Target, phrase: Phrase) -> bool:
    """官司一件，没走复议直接告的: the second clause says which kind the first one meant."""
    last = r.ctx.last
    same = last is not None and last.sentence == phrase.sentence and last.target.row == "litigation_all"
    if last is None or not same or target.row not in ("litigation_direct", "litigation_after_review"):
        return False
    blocks = [t for t in phrase.tokens if t.has("t4block")]
    if (
        phrase.after == ":"
        or len(blocks) != 1
        or re.search("哪|还是|怎么", blocks[0].gap + phrase.tokens[0].gap)
        or phrase.cue("hedge", "pending", "question")
    ):
        return False
    last.target = target._replace(col=last.target.col)
    last.span = last.span.join(phrase.span)
    r.ctx.block = target.row
    return True
