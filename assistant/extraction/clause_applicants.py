"""Reads clauses about applicants: group clauses, 都是自然人, exceptions, single rows."""

from __future__ import annotations

import re

from assistant.extraction.clause_state import RESULT_ROWS, ClauseState
from assistant.extraction.phrases import Binding, Phrase
from assistant.extraction.statements import Span, Statement, Target
from assistant.extraction.tokens import Token

__all__ = [
    "all_but",
    "all_but_part",
    "group_clause",
    "is_applicant_clause",
    "is_that",
    "line_end",
    "only",
    "only_clause",
    "rest_applicants",
    "same_segment",
    "single_out",
    "unplaced",
]

_LEADS_ITEMS = re.compile(
    r"(?:下面|以下|下列|往下|后面)[的说讲列这些几条各项都全是均为指]{0,8}[^，,。；;：:\n—]{1,12}?(?:那\d*件|的|[：:—，,\n]|$)"
)
"""下面说的都是个人…; 下面是我们单位的材料 leads no items"""
_APPLICANT_CLAUSE = re.compile(
    r"[的是系由为属也亦都均全统皆一律申请人提出递交来要过所有\s\"“”、()（）和及与]*"
)


_CLAUSE_END = re.compile(r"[，,。；;、：:\n（）()]|$")
_LONGEST_TAIL = 400
"""characters of a clause behind its last word"""


def group_clause(r: ClauseState, phrase: Phrase, words: list[Token], bindings: list[Binding]) -> bool:
    """企业那3件：…, 下面说的都是个人…, 自然人：新收…: the applicant of the items that follow."""
    cols = [e.key for t in words for e in t.entries if e.kind == "col"]
    if not bindings and phrase.after == ":" and phrase.cue("other") and _COUNTS_AS.search(_before(r, phrase)):
        # 合作社和协会这类归“其他”：2件
        cols = ["other_org"]
    if not cols or r.names_row(words):
        return False
    if phrase.cue("rest") and not bindings and _AS_FOLLOWS.match(r.source, phrase.span.end):
        # 其余都是个人的，如下——
        rest_applicants(r, phrase, cols[0])
        r.ctx.col, r.ctx.col_sentence, r.ctx.whole = cols[0], None, True
        return True
    if not bindings and phrase.after == "。" and len(phrase.tokens) == 1 and _is_heading(r, phrase):
        # 二、商业企业。本年新收5件。……: the line is about them
        r.ctx.col, r.ctx.col_sentence = cols[0], r.last_of_line[phrase.sentence]
        return True
    anaphor = bool(bindings) and all(
        b.number.gap.rstrip().endswith("那") or is_that(phrase, b.number) for b in bindings
    )
    if phrase.cue("below") and _LEADS_ITEMS.search(r.source[phrase.span.start : phrase.span.end + 4]):
        r.ctx.col, r.ctx.col_sentence = cols[0], None
        r.ctx.whole = phrase.cue("every") is not None
        return True
    if anaphor and phrase.after in (":", "—", ","):
        r.ctx.col, r.ctx.col_sentence = cols[0], phrase.sentence
        return True
    boxed = phrase.before in ("—", "【", "[") and phrase.after in ("—", "】", "]", "\n")
    if boxed and not bindings and not phrase.cue("zero") and len({*cols}) == 1:
        r.ctx.col, r.ctx.col_sentence = cols[0], None
        return True
    if not bindings and phrase.after in (":", "—") and not phrase.cue("every", "zero") and not phrase.depth:
        leads = phrase.before in ("\n", "", "“", "。") and phrase.after == ":"
        r.heading_sentence = phrase.sentence
        r.ctx.col, r.ctx.col_sentence = (
            cols[0],
            r.last_of_line[phrase.sentence]
            if leads
            else phrase.sentence + (phrase.after == ":" and line_end(r, phrase)),
        )
        r.dangling = [t for t in words if t.has("col")]
        return True
    return False


def _is_heading(r: ClauseState, phrase: Phrase) -> bool:
    """Whether nothing but an ordinal stands before the phrase on its line."""
    start = r.lines.start(phrase.span.start)
    before = r.source[start : phrase.span.start]
    return (
        phrase.span.start - start <= _LONGEST_ORDINAL
        and re.fullmatch(r"[ \t]*[（(]?[一二三四五六七八九十\d]{0,3}[)）、.．]?[ \t]*", before) is not None
    )


_LONGEST_ORDINAL = 80
"""characters before a heading on its line, blanks included"""
_COUNTS_AS = re.compile(r"(?:归|算|属于?|归入|归到|计入|算作|记作|列入)[“\"‘（(\s]*(?:其他|其它)")


def _before(r: ClauseState, phrase: Phrase) -> str:
    return r.source[max(0, phrase.span.start - 8) : phrase.span.end]


_AS_FOLLOWS = re.compile(r"[的了，,、\s]*(?:具体|分别|情况|明细)*如下")


def line_end(r: ClauseState, phrase: Phrase) -> bool:
    return r.source[phrase.span.end : phrase.span.end + 3].strip(" ：:的—-")[:1] in ("\n", "")


def is_that(phrase: Phrase, number: Token) -> bool:
    index = phrase.tokens.index(number)
    return index > 0 and phrase.tokens[index - 1].cue("that")


def only_clause(
    r: ClauseState, phrase: Phrase, cols: list[str], every: Token | None, words: list[Token]
) -> bool:
    """都是自然人, 系自然人申请, （个人）: completes the figures before it."""
    if phrase.after == "、" and phrase.depth and every is None:
        # （自然人、商业企业各1件): a list begins
        return False
    if phrase.cue("except"):
        for row in r.excepted:
            r.add("only", Target("table3", row, cols[0]), phrase.span, phrase)
        return True
    if r.orphan is not None:
        last = r.ctx.last
        named = re.match(r"[那这]?(?:是|算|填|按|属)", phrase.tokens[0].gap.strip()) is not None
        if (
            named
            and last is not None
            and last.target.row == r.ctx.row
            and last.target.col not in ("total", "*")
        ):
            # 家长7件；培训机构2件，那是公司: the next applicant of the row
            place = Target("table3", r.ctx.row, cols[0])
            span = r.orphan.span.join(phrase.span)
            r.follow(place, r.add("value", place, span, phrase, value=r.orphan.number.value))
            r.orphan = None
            return True
        r.orphan_col = cols[0] if phrase.depth else r.orphan_col
        return False
    if every is None and not phrase.cue("rest") and not is_applicant_clause(r, phrase):
        return False
    if phrase.cue("rest"):
        rest_applicants(r, phrase, cols[0])
        return True
    starts = phrase.before in ("。", "\n", "")
    everything = every is not None and starts
    if phrase.cue("above") and every is not None and not starts:
        # 国家秘密3、……查询事项10，以上都是自然人: what the sentence has listed so far
        listed = [s for s in r.ctx.open if s.sentence == phrase.sentence]
        if listed:
            only(r, listed, cols[0], phrase.span, phrase)
            return True
        everything = True
    said = [s for s in r.ctx.open if s.sentence == phrase.sentence]
    if everything or (
        every is not None and not said and any("申请人" in t.gap or "所有" in t.gap for t in phrase.tokens)
    ):
        r.add("only", Target("table3", "*", cols[0]), phrase.span, phrase)
        r.ctx.open.clear()
        return True
    items = [s for s in r.ctx.open if s.sentence == phrase.sentence and s.target.row not in r.excepted]
    pointed = next(
        (t for t in phrase.tokens if t.kind == "num" and t.unit in ("项", "行", "类", "条", "种")), None
    )
    if pointed is not None and isinstance(pointed.value, int):
        items = r.ctx.open[-pointed.value :]
        only(r, items, cols[0], phrase.span, phrase)
        return True
    also = phrase.tokens[0].gap.strip(" ，,").startswith(("也", "亦"))
    if (every is None and not also) or phrase.depth:
        items = items[-1:]
    else:
        items = same_segment(r, items, phrase) or items[-1:]
    last = r.ctx.last
    if not items and last is not None and last.sentence == phrase.sentence and last.target.col == cols[0]:
        # 家长7件，都按自然人算: says again who they are
        return True
    if not items and (r.excepted or every is not None):
        r.add("only", Target("table3", "*", cols[0]), phrase.span, phrase)
        return True
    only(r, items, cols[0], phrase.span, phrase)
    return bool(items)


def rows_only(r: ClauseState, phrase: Phrase, words: list[Token], cols: list[str], every: Token) -> bool:
    """上年结转和结转下年度的均为自然人: the clause names its rows."""
    named = [
        e.key
        for w in (*r.dangling, *words)
        if w.start < every.start
        for e in w.entries
        if e.kind == "row" and not e.weak and not e.key.endswith("_subtotal")
    ]
    if not named or len(set(cols)) != 1:
        return False
    for row in dict.fromkeys(named):
        clause = r.add("only", Target("table3", row, cols[0]), phrase.span, phrase)
        clause.shared = len(named) > 1
    r.dangling = []
    return True


def all_but(r: ClauseState, phrase: Phrase, words: list[Token]) -> bool:
    """除慈善会那件外都是个人; 除已注明的企业4件外，办结的都是自然人: all that nobody was named for.

    The figure only says again how many were named. False for a clause that names a row: it excepts that row.
    """
    every = phrase.cue("every")
    unnamed = phrase.cue("rest")
    if (
        unnamed
        and unnamed.text.startswith(("没", "未"))
        and every is None
        and any(w.has("col") for w in words)
    ):
        # 没点名企业、律师事务所的，全部是自然人
        r.all_but = phrase.sentence
        return True
    behind = [
        e.key
        for w in words
        if every is not None and w.start > every.start
        for e in w.entries
        if e.kind == "col"
    ]
    if phrase.cue("except") is None:
        if r.all_but != phrase.sentence or not behind:
            return False
        r.all_but = -1
        r.add("rest_only", Target("table3", "*", behind[0]), phrase.span, phrase)
        return True
    named = [w for w in words if every is None or w.start < every.start]
    if r.names_row(named) or not any(w.has("col") for w in named):
        return False
    said = r.source[phrase.span.start : phrase.span.end]
    if phrase.numbers and not re.search("注明|标明|标出|上述|以上|前面|已|那", said):
        # 除2件由企业提出、1件由律所提出以外，其余都是自然人: the figures are new
        return False
    if behind:
        r.add("rest_only", Target("table3", "*", behind[0]), phrase.span, phrase)
    else:
        r.all_but = phrase.sentence
    return True


def all_but_part(r: ClauseState, phrase: Phrase, col: str, span: Span) -> None:
    """…、行政查询事项11件，除第三方中有企业2件外均为自然人: the other items of the list, and the rest of the one excepted."""
    rows = {e.key for t in phrase.tokens for e in t.entries if e.kind == "row"}
    items = [
        s
        for s in r.ctx.open
        if s.sentence == phrase.sentence
        and s.target.row not in rows
        # what all the items add up to holds the excepted ones too
        and s.target.row.startswith(RESULT_ROWS)
        and not s.target.row.endswith("_subtotal")
    ]
    only(r, same_segment(r, items, phrase), col, span, phrase)
    for row in rows:
        r.add("rest_only", Target("table3", row, col), phrase.span, phrase)


def unplaced(r: ClauseState, phrase: Phrase, words: list[Token]) -> bool:
    """还有1件…，属于党务信息: the figure before it has no row of its own; it is asked, not filled."""
    asked = next((w for w in words if w.has("ask")), None)
    recent = [s for s in r.told_in(phrase.sentence) if s.kind == "value" and not s.dropped][-1:]
    if asked is None or not recent or phrase.span.start - recent[0].span.end > 30:
        return False
    if recent[0].target.table != "table4" or recent[0].target.col != "total":
        recent[0].dropped = "ask"
    r.remark(
        "AMBIGUOUS_MAP",
        asked.text,
        f"“{asked.text}”在表三没有固定的行，请说明计入哪一项",
        phrase.span,
        got=recent[0].value,
    )
    return True


def single_out(r: ClauseState, phrase: Phrase, words: list[Token], cols: list[str]) -> bool:
    """部分公开那件是公司申请的: the applicant of one row."""
    if phrase.cue("that") is None:
        return False
    sense = r.resolver.sense([w for w in words if not w.has("col")], r.ctx)
    if len(sense.targets) != 1 or sense.targets[0].table != "table3":
        return False
    that = phrase.cue("that")
    applicant = next(w for w in words if w.has("col"))
    named = next((w for w in words if w.has("row")), None)
    if that is not None and named is not None and applicant.end <= that.start < named.start:
        # 科研院所那件是部分公开: the one request of that applicant
        r.add(
            "value", sense.targets[0]._replace(col=cols[0]), phrase.span, phrase, value=1, words=sense.words
        )
        return True
    r.add("only", sense.targets[0]._replace(col=cols[0]), phrase.span, phrase)
    r.ctx.open = [s for s in r.ctx.open if s.target.row != sense.targets[0].row]
    return True


def is_applicant_clause(r: ClauseState, phrase: Phrase) -> bool:
    """个人的, 是企业申请的: nothing but the applicant; 让他去找别的单位 is no such clause."""
    stop = _CLAUSE_END.search(r.source, phrase.span.end, phrase.span.end + _LONGEST_TAIL)
    end = stop.start() if stop else phrase.span.end
    words = phrase.tokens[0].gap + r.source[phrase.span.start : end]
    for token in phrase.tokens:
        if token.has("col") or token.has("row"):
            words = words.replace(r.source[token.start : token.end], "", 1)
    return _APPLICANT_CLAUSE.fullmatch(words) is not None


def same_segment(r: ClauseState, items: list[Statement], phrase: Phrase) -> list[Statement]:
    return [s for s in items if s.span.start >= r.segments[phrase.segment]]


def only(r: ClauseState, items: list[Statement], col: str, span: Span, phrase: Phrase) -> None:
    for item in items:
        clause = r.add("only", Target("table3", item.target.row, col), item.span.join(span), phrase)
        clause.shared = len(items) > 1
        r.ctx.open = [s for s in r.ctx.open if s is not item]


def rest_applicants(r: ClauseState, phrase: Phrase, col: str) -> None:
    """其余都是自然人: of the row spoken of; 没注明的都是个人: of every row without an applicant."""
    rest = phrase.cue("rest")
    unmarked = rest is not None and re.search("注明|标|写|说", rest.text)
    singled = any(s.kind == "only" for s in r.told_in(phrase.sentence))
    # behind 企业2件，一件予以公开…；律所1件，…: of every row
    told = phrase.before in ("。", "\n", ";") and phrase.sentence - r.stories_line <= 1 and r.story_row != ""
    row = "*" if unmarked or singled or told or not r.ctx.row else r.ctx.row
    r.add("rest_only", Target("table3", row, col), phrase.span, phrase)
