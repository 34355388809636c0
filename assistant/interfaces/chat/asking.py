"""Chooses the one question to put next, and reads short answers in its light."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.forms import CellKey
from assistant.numerals import find_numerals, fold
from assistant.report.draft import Draft
from assistant.report.facts import Aspect, FactStatus
from assistant.report.findings import Question, Severity

__all__ = ["aspect_asked", "key_of", "next_question", "open_questions", "short_answer"]

_NONE = re.compile(r"^(?:都|全|确)?(?:没有|没|无|零|0|０|确无|均无|没有的|没了)(?:的|了|啊|哦)?[。.!！]*$")
_FIGURE = re.compile(
    r"^(?:共|一共|总共|有|是|就)?\s*([\d０-９,，零〇一二三四五六七八九十百千万两]+)\s*(?:件|份|个|次|条|宗|起)?(?:吧|的|了)?[。.!！]*$"
)
_FEE_ANSWER = re.compile(
    r"^(?:收了?|有|共|一共|收取|收取了|收过)?[,，]?\s*(?:\d+\s*件[,，]?\s*)?\d[\d,.]*\s*(?:元|块钱?)?(?:[,，]?\s*(?:涉及|共|一共)?\s*\d+\s*件(?:申请)?)?[。.!！了]*$"
)
_QUOTED = re.compile("“([^“”]+)”")
_STOP = re.compile("[，,。；;！!\n]")
_NAMEABLE = 26
_TWICE = 2
_ASPECTS = (
    {f"s1.{a.value}": a for a in Aspect}
    | {f"s5.{a.value}": a for a in Aspect}
    | {"s6": Aspect.OTHER, "s6.other": Aspect.OTHER}
)


def key_of(question: Question) -> str:
    """Name under which a question is put off."""
    return f"{question.code}:{','.join(question.about[:3])}"


def open_questions(draft: Draft) -> list[Question]:
    """All questions: the unit and the year, contradictions, then what the draft lacks in the order of its worth."""
    asked = [q for q in draft.questions if q.code == "PROFILE"]
    # who has said 其余都是0 is not asked for it again; what stays blank then has its own question
    rest = any(f.where == "rest.rest" and f.status is FactStatus.STATED for f in draft.facts)
    return [
        *asked,
        *_conflicts(draft),
        *(q for q in draft.questions if q.code != "PROFILE" and not (rest and q.code == "BLANK_ZERO")),
    ]


def next_question(draft: Draft, skipped: Collection[str], said: str = "") -> Question | None:
    """The first question not put off; None when nothing is left to ask.

    ``said`` is what the assistant has said so far: a question that was put twice in vain steps back behind the others,
    because who goes on with something else does not want to hear it a third time now.
    """
    waiting = [q for q in open_questions(draft) if key_of(q) not in skipped]
    fresh = (q for q in waiting if said.count(q.text) < _TWICE)
    return next(fresh, waiting[0] if waiting else None)


def _conflicts(draft: Draft) -> list[Question]:
    """A contradiction as a question: one choice for each thing that was said."""
    form = draft.report.layout
    asked = []
    for finding in draft.findings:
        if finding.code != "CONFLICT" or finding.severity is not Severity.ASK:
            continue
        said = [f for f in draft.facts if f.where == finding.where and f.status.value == "conflicting"]
        values = list(dict.fromkeys(f.value for f in said if f.value is not None))
        key = CellKey.parse(finding.where) if finding.where.count(".") == 2 else None
        choices: tuple[str, ...] = ()
        if key is not None and form.has(key) and len(values) > 1:
            name = form.label(key).replace("·", "的")
            choices = tuple(f"把{name}改成{value}" for value in values)
        choices = choices or tuple(dict.fromkeys(_to_take_back(finding.message, draft)))
        asked.append(Question(code="CONFLICT", about=(finding.where,), text=finding.message, choices=choices))
    return asked


def _to_take_back(message: str, draft: Draft) -> Iterator[str]:
    """Which of the statements quoted in the message is wrong: one choice for each that can be named in one short clause."""
    said = {e.quote.strip() for f in draft.facts for e in f.evidence}
    for words in _QUOTED.findall(message):
        if words in said and len(words) <= _NAMEABLE and not _STOP.search(words):
            yield f"“{words}”这句不算"


def short_answer(words: str, asked: Question | None, draft: Draft) -> str:
    """The words in full: 没有 becomes the choice it stands for, a bare figure gets its row, 全部… what it is all of.

    Anything else comes back as it is; the reader takes it from there.
    """
    if asked is None or asked.code in ("CONFIRM", "CONFLICT", "AMBIGUOUS_MAP", "PROFILE"):
        return words
    plain = fold(words.strip())
    if _NONE.match(plain):
        return _none_choice(asked.choices) or words
    figure = _FIGURE.match(plain)
    if figure is not None:
        return _with_row(words, figure[1], asked, draft)
    subject = _subject(asked, plain)
    if subject:
        return f"{subject}{words}"
    handled = re.match(r"办结 (\d+) 件", asked.text)
    if handled is not None and "已说明" not in asked.text and re.match("(?:全部|全都|都|均)", plain):
        return f"办结{handled[1]}件，{words}"
    return words


def _subject(asked: Question, plain: str) -> str:
    """What an answer speaks of that does not name it: the fee for 200元, the reviews for 两件维持，一件撤销."""
    if asked.about[:1] == ("section6.info_fee_yuan",) and _FEE_ANSWER.match(plain):
        return "信息处理费"
    reviewed = re.match(r"(行政复议|行政诉讼（[^）]*）) ?(\d+) 件的结果", asked.text)
    if (
        reviewed is not None
        and re.search("维持|纠正|撤|驳|终止|没?审结|其他", plain)
        and not re.search("复议|诉讼|起诉", plain)
    ):
        return f"{reviewed[1]}{reviewed[2]}件："
    return ""


def _with_row(words: str, figure: str, asked: Question, draft: Draft) -> str:
    """5件 to the question after one cell: 本年新收：5件, or 把新收的自然人改成5 where the row has other columns."""
    numbers = [n.value for n in find_numerals(figure)]
    if len(asked.about) != 1 or len(numbers) != 1:
        return words
    key = CellKey.parse(asked.about[0]) if asked.about[0].count(".") == 2 else None
    form = draft.report.layout
    if key is None or not form.has(key):
        return words
    if key.col != "total" and len(form.table(key.table).columns_of(key.row)) > 1:
        return f"把{form.label(key).replace('·', '的')}改成{numbers[0]}{form.column(key).unit}"
    unit = form.column(key).unit or "件"
    return f"{form.table(key.table).row(key.row).name}：{numbers[0]}{unit}"


def _none_choice(choices: Sequence[str]) -> str | None:
    return next((c for c in choices if re.search("没有|未|都没|0", c)), None)


def aspect_asked(asked: Question | None) -> Aspect | None:
    """The aspect the question wants words for, if it wants words."""
    if asked is None or not asked.about:
        return None
    return _ASPECTS.get(asked.about[0])
