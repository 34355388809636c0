"""Settles what the clerk asks about or has not decided: questions, figures of another scope."""

from __future__ import annotations

import re
from bisect import bisect_left

from assistant.extraction.clause_state import Reading
from assistant.extraction.phrases import Phrase
from assistant.extraction.statements import Remark, Span, Statement
from assistant.report import Scope, UnitProfile

__all__ = ["questions", "scopes"]


def questions(reading: Reading, source: str) -> None:
    """A figure the clerk asks about (这个要不要填？) is not a statement."""
    phrases = reading.phrases
    by_start, by_end = _Order(reading.statements), _Order(reading.statements, by_end=True)
    sentences: dict[int, list[Span]] = {}
    for phrase in phrases:
        sentences.setdefault(phrase.sentence, []).append(phrase.span)
    outside: Phrase | None = None
    for i, phrase in enumerate(phrases):
        outer = outside if phrase.depth else None
        outside = outside if phrase.depth else phrase
        if phrase.cue("question") is None and phrase.after not in ("?", "？"):
            continue
        about = _ABOUT.search(_around(source, phrase))
        spans = [phrase.span]
        if outer is not None:
            spans.append(outer.span)
        elif _JOINED.search(_around(source, phrase)):
            spans += sentences[phrase.sentence]
        elif about and i:
            starts_sentence = phrases[i - 1].sentence != phrase.sentence
            spans += sentences[phrases[i - 1].sentence] if starts_sentence else [phrases[i - 1].span]
        met = {
            n
            for span in spans
            for n in (*by_start.between(*span), *by_end.between(span.start + 1, span.end + 1))
        }
        dropped = [s for n in sorted(met) if not (s := reading.statements[n]).dropped]
        for statement in dropped:
            statement.dropped = "question"
        _ask_about(reading, phrase, dropped, source, bool(about))


class _Order:
    """Statements by where they start or end, so that those of a phrase are found without walking through all."""

    def __init__(self, statements: list[Statement], *, by_end: bool = False) -> None:
        places = [s.span.end if by_end else s.span.start for s in statements]
        self._order = sorted(range(len(places)), key=places.__getitem__)
        self._places = [places[n] for n in self._order]

    def between(self, start: int, end: int) -> list[int]:
        """Indexes of the statements that start (or end) from ``start`` to before ``end``."""
        return self._order[bisect_left(self._places, start) : bisect_left(self._places, end)]


_ABOUT = re.compile(
    r"(?:这(?!种|样)|该|它|那|上述|以上数)[^。？?，,]{0,8}?(?:算|填|写|计|进|归|放|用|要不要|能不能)|算不算|算[^。？?，,]{0,8}吗"
)


_BESIDE = 6
_JOINED = re.compile(
    r"(?:要不要|要否|用不用|该不该|是否|能不能|可不可以|需不需要).{0,4}(?:并|合并|加|算|计|合)(?:到一起|在一起|一起|进来|进去|起来|入)"
)
"""分局的要不要并进来: whether the figures of two bodies are told together or apart is open for all of them"""


def _around(source: str, phrase: Phrase) -> str:
    """The words of a phrase and a few beside them, which its tokens do not hold."""
    return source[max(0, phrase.span.start - _BESIDE) : phrase.span.end + _BESIDE]


def _ask_about(reading: Reading, phrase: Phrase, dropped: list[Statement], source: str, about: bool) -> None:
    text = source[phrase.span.start : phrase.span.end + 1]
    code = "SCOPE_MISMATCH" if _JOINED.search(_around(source, phrase)) else "AMBIGUOUS_MAP"
    for statement in dropped:
        if statement.kind == "value" and statement.value != 0:
            where = ".".join(statement.target)
            reading.remarks.append(
                Remark(
                    code,
                    where,
                    f"“{text.strip()}”——该数是否填入此格须由您确认，系统没有填写",
                    statement.span,
                    got=statement.value,
                )
            )
    applicants = {e.key for t in phrase.tokens for e in t.entries if e.kind == "col"}
    if len(applicants) >= 2 and re.search("算|还是|归|填", text):
        # 个体户算自然人还是算商业企业？
        message = f"“{text.strip()}”——申请人类型须由您确认，系统没有填写"
        reading.remarks.append(Remark("AMBIGUOUS_MAP", "table3.applicants", message, phrase.span))
    rows = [t for t in phrase.tokens if any(e.kind in ("t2row", "row", "t4block") for e in t.entries)]
    if rows and not dropped and about:
        reading.remarks.append(
            Remark(
                "AMBIGUOUS_MAP",
                rows[0].text,
                f"“{text.strip()}”——口径不同的数不能直接填入“{rows[0].text}”，请确认应填的数",
                phrase.span,
            )
        )


_WHICH = re.compile(r"(?:用|填|按|报|取)(?:的是)?哪[一个]{0,2}(?:数|口径|套)")


def _undecided(reading: Reading, source: str) -> None:
    """表格用哪个数还没定: where both scopes are told and the clerk has not decided, neither is filled."""
    if not _WHICH.search(source):
        return
    live = [s for s in reading.live if s.kind == "value" and s.value and s.scope and not s.prior]
    twice = {s.target for s in live if s.scope == "area"} & {s.target for s in live if s.scope == "own"}
    for statement in (s for s in live if s.target in twice):
        statement.dropped = "scope"
        reading.remarks.append(
            Remark(
                "SCOPE_MISMATCH",
                ".".join(statement.target),
                "本机关和全区域两种口径都说了，还没有定用哪一个，没有填入表格，请先确定口径",
                statement.span,
                got=statement.value,
            )
        )


def scopes(reading: Reading, profile: UnitProfile, source: str) -> None:
    """全区 figures and 本机关 figures are never mixed: those of the other scope are kept out and asked."""
    wanted, other = ("area", "own") if profile.scope is Scope.GOVERNMENT else ("own", "area")
    _undecided(reading, source)
    # of the other scope is what is looked at, so none of these is the statement itself
    scoped = {s.target for s in reading.statements if s.scope == wanted}
    for statement in reading.live:
        if (
            statement.scope != other
            or statement.kind not in ("value", "zero", "aside")
            or statement.value == 0
        ):
            continue
        if other == "own" and not (statement.text_channel or statement.target in scoped):
            continue
        statement.dropped = "scope"
        names = {"area": "全区域（本级政府）", "own": "本机关"}
        reading.remarks.append(
            Remark(
                "SCOPE_MISMATCH",
                ".".join(statement.target),
                f"这一数字是{names[other]}口径，本报告应填{names[wanted]}口径，没有填入表格；正文引用时须写明口径",
                statement.span,
                got=statement.value,
            )
        )
