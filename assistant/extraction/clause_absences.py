"""Reads clauses of absence: 没有, 均为0, 其余全零."""

from __future__ import annotations

import re

from assistant.extraction.clause_state import ClauseState
from assistant.extraction.phrases import Phrase, is_feature
from assistant.extraction.statements import Span, Target
from assistant.extraction.targets import Sense
from assistant.extraction.tokens import Token

__all__ = [
    "absence",
    "bare_zero",
    "both_ways",
    "list_goes_on",
    "of_several_tables",
    "rest_zero",
    "vague_rest",
    "widen",
    "zero_targets",
]


def absence(r: ClauseState, phrase: Phrase, words: list[Token], zero: Token) -> None:
    span = phrase.span
    rest = None if phrase.cue("previous") else phrase.cue("rest")
    every = phrase.cue("every")
    other = phrase.cue("other")
    named = [t for t in words if is_feature(t) and not t.cue("other")]
    if rest is not None or (other is not None and every is not None and not named):
        rest_zero(r, phrase, rest or other, named)
        return
    if phrase.cue("all_tables") and not named:
        r.add("zero", Target("*", "rest", "rest"), span, phrase)
        return
    if phrase.cue("table2", "table3", "table4") and not named:
        _tables_before(r)
        r.add("zero", Target(r.ctx.table, "*", "*"), span, phrase)
        return
    features = named
    absent = _applicants_listed(r, phrase, words)
    joined = r.dangling if list_goes_on(r, phrase, named) else []
    sense_words = [*joined, *words]
    targets = zero_targets(r, sense_words, [t for t in joined if is_feature(t)] + features)
    if not targets and any(t.cue("previous") for t in words) and r.ctx.table == "table3":
        targets = [Target("table3", "carried_over", "*")]
    elif not targets and r.ctx.table == "table3" and r.source[zero.end : zero.end + 1] in ("剩", "留"):
        # 去年没压，今年没剩
        targets = [Target("table3", "carried_forward", "*")]
    if joined:
        span = span.join(Span(joined[0].start, joined[-1].end))
    if both_ways(r, words, targets):
        targets.append(Target("table3", "carried_over", "*"))
    for target in targets:
        if target.row == "new_received" and target.col == "*" and not _speaks_of_requests(r, span):
            # 社会评议没有收到意见: nothing about requests
            continue
        if absent and target.table == "table3" and target.col == "*":
            for col in absent:
                r.add("zero", target._replace(col=col), span, phrase, prior=r.is_prior(words, target))
            continue
        if r.ctx.col and target.table == "table3" and target.col == "*":
            # 公司企业：新收8件，去年没有: of that applicant
            target = target._replace(col=r.ctx.col)
        prior = r.is_prior(words, target)
        r.add("zero", target, span, phrase, prior=prior)
        r.follow(target, None)
    r.dangling = []


def _applicants_listed(r: ClauseState, phrase: Phrase, words: list[Token]) -> tuple[str, ...]:
    """科研机构、社会公益组织、其他组织，本年无申请，上年亦无结转: the absence is that of these applicants alone."""
    listed = tuple(dict.fromkeys(e.key for t in r.dangling for e in t.entries if e.kind == "col"))
    only_them = bool(listed) and all(t.has("col") or t.cue("other") for t in r.dangling)
    if only_them and phrase.before == "," and not any(w.has("col") for w in words):
        r.absent = phrase.sentence, listed
    return r.absent[1] if r.absent[0] == phrase.sentence and not any(w.has("col") for w in words) else ()


def _speaks_of_requests(r: ClauseState, span: Span) -> bool:
    """Whether 申请 or 公开 stands in or beside the clause; 收到 alone may be about anything."""
    line = r.source[max(r.lines.start(span.start), span.start - 16) : span.end + 8].split("\n")[0]
    return re.search("申请|信息公开|要公开|来要", line) is not None


def both_ways(r: ClauseState, words: list[Token], targets: list[Target]) -> bool:
    """没有结转 without a direction says that nothing came over and nothing goes on."""
    plain = [w for w in words if w.has("row", "carried_forward") and w.text in ("结转", "结转的")]
    if (
        not plain
        or len(targets) != 1
        or targets[0].row != "carried_forward"
        or any(w.cue("next", "previous") for w in words)
    ):
        return False
    return any(
        w.cue("zero") and w.text in ("没", "没有", "无", "都没有", "也没有", "均无") for w in words
    ) and not r.row_told("carried_over")


def list_goes_on(r: ClauseState, phrase: Phrase, named: list[Token]) -> bool:
    if not r.dangling:
        return False
    if not named:
        return r.joins(phrase)
    return phrase.before == "、"


def of_several_tables(words: list[Token]) -> bool:
    """复议诉讼收费都是0: one zero for rows of more than one table, which no single sense of the words can hold."""
    return any(w.has("t2row") for w in words) and any(w.has("t4block") for w in words)


def zero_targets(r: ClauseState, words: list[Token], features: list[Token]) -> list[Target]:
    """Every row named in a clause of absence; 没有逾期答复 and the like name none."""
    out: list[Target] = []
    for word in features:
        if word.has("decoy") or word.has("ask") or word.cue("hedge"):
            continue
        if word.has("row", "result_total") or (
            word.has("row", "granted") and all(e.weak for e in word.entries if e.kind == "row")
        ):
            continue
        if word.has("row", "new_received") and any(
            w.end == word.start and (w.has("row", "carried_over") or w.has("row", "carried_forward"))
            for w in features
        ):
            # 无上年结转申请: the word only says what was carried over
            continue
        if word.has("t2col") and not word.has("t2row"):
            continue
        if word.has("col") and any(w.has("row") for w in features):
            continue
        beside = any(w is not word and w.has("t2row") for w in features)
        weak = all(e.weak for e in word.entries if e.kind == "t2row")
        if word.has("t2row", "admin_fee") and weak and not (beside and not of_several_tables(features)):
            # 没收费 may mean 事业性收费 or 信息处理费; settled when the whole message is known
            out.append(Target("charge", "*", "*"))
            continue
        context = [w for w in words if w.cue("previous", "next") or (word.has("row") and w.has("col"))]
        context += [w for w in words if w.has("t2col")] if word.has("t2row") else []
        out += widen(r.resolver.sense([*context, word], r.ctx).targets, word)
    if not out and any(w.has("t2col") for w in features):
        out += r.resolver.sense([w for w in features if w.has("t2col")], r.ctx).targets
    return list(dict.fromkeys(out))


def widen(targets: tuple[Target, ...], word: Token) -> list[Target]:
    return [
        t._replace(col="*") if t.col == "total" and t.table in ("table3", "table4") else t for t in targets
    ]


def rest_zero(r: ClauseState, phrase: Phrase, cue: Token | None, named: list[Token]) -> None:
    """其余全零: the rest of the block of cases, of the named group, or of the table spoken of."""
    if cue is None or vague_rest(phrase, cue):
        return
    ctx = r.ctx
    sense = r.resolver.sense(named, ctx) if named else Sense()
    if phrase.cue("all_tables"):
        target = Target("*", "rest", "rest")
    elif sense.targets:
        target = sense.targets[-1]
        target = target._replace(col="rest")
    elif ctx.table == "table4" and ctx.block and phrase.before not in ("。", "\n"):
        target = Target("table4", ctx.block, "rest")
    elif (
        phrase.before in ("。", "\n", "")
        and not re.search("[行格列]", cue.text)
        and phrase.after in ("。", "\n", "!")
    ):
        target = Target("*", "rest", "rest")
    else:
        target = Target(ctx.table or "table3", "rest", "rest")
    r.add("zero", target, phrase.span, phrase)


def vague_rest(phrase: Phrase, cue: Token) -> bool:
    """别的没有 (nothing else happened) does not say that cells are zero; 其余为0, 别的行都没有 do."""
    exact = any((t.cue("zero") and re.search("[零0]", t.text)) or t.kind == "num" for t in phrase.tokens)
    return not exact and not re.search("[行格项栏列]|其余", cue.text) and not phrase.cue("every")


def bare_zero(r: ClauseState, phrase: Phrase, words: list[Token]) -> bool:
    """表二全是0; 其余格子都是0."""
    named = [w for w in words if is_feature(w) and not w.cue("other")]
    every, other, rest = phrase.cue("every"), phrase.cue("other"), phrase.cue("rest")
    if named:
        return False
    if rest is not None or (other is not None and every is not None):
        rest_zero(r, phrase, rest or other, [])
        return True
    if phrase.cue("all_tables"):
        r.add("zero", Target("*", "rest", "rest"), phrase.span, phrase)
        return True
    if phrase.cue("table2", "table3", "table4"):
        _tables_before(r)
        r.add("zero", Target(r.ctx.table, "*", "*"), phrase.span, phrase)
        return True
    return False


def _tables_before(r: ClauseState) -> None:
    """表二、表三其余、表四都是零: the tables listed before the last one."""
    tables = {"table2": r.resolver.t2.key, "table3": "table3", "table4": "table4"}
    for phrase in reversed(r.out.phrases[-1 - len(tables) : -1]):
        named = next((key for cue, key in tables.items() if phrase.cue(cue)), None)
        if (
            named is None
            or phrase.after != "、"
            or any(is_feature(t) for t in phrase.tokens)
            or phrase.numbers
        ):
            break
        row = "rest" if phrase.cue("rest") else "*"
        r.add("zero", Target(named, row, row), phrase.span, phrase)
