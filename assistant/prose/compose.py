"""Writes sections one, five and six from the figures and the user's own words, with no model."""

from __future__ import annotations

from assistant.prose import cells, questions
from assistant.prose.kept import kept_passages
from assistant.prose.model import Prose, ProseSlot
from assistant.prose.phrases import phrase
from assistant.prose.said import Said, collect
from assistant.prose.slots import SlotBook, settle
from assistant.report import AnnualReport
from assistant.report.facts import ASPECTS, Aspect, Fact
from assistant.report.findings import Question

__all__ = ["compose"]

_FIVE = (Aspect.DISCLOSURE, Aspect.REQUESTS, Aspect.MANAGEMENT, Aspect.PLATFORM, Aspect.OVERSIGHT)
_S1_LIMIT = 1000
"""characters of section one in principle (国办公开办函〔2021〕30号)"""


def compose(report: AnnualReport, facts: tuple[Fact, ...]) -> Prose:
    """Sections s1, s5 and s6 of ``report`` from its cells and the activities in ``facts``.

    What the user did not say is not claimed: a blank cell gives no sentence, an aspect without material a visible gap
    【待补充：…】 and a question. Every figure in the text has a slot. The result depends on the arguments alone.
    """
    book = SlotBook(report, facts)
    said, unused = collect(book, facts)
    texts: dict[str, str] = {}
    slots: list[ProseSlot] = []
    marked = {"s1": _section_one(book, said), "s5": _section_five(book, said), "s6": _section_six(book, said)}
    asked = _questions(report, said, marked["s1"].split("\n"))
    kept = kept_passages(facts)
    preamble = kept.pop("preamble", None)
    marked |= {section: passage.marked(marked.get(section, "")) for section, passage in kept.items()}
    for section, text in marked.items():
        texts[section], found = settle(section, text)
        slots += found
    return Prose(
        sections=texts,
        preamble=preamble.fact.text if preamble is not None else "",
        slots=tuple(slots),
        questions=(
            *(q for q in asked if not any(passage.answers(q) for passage in kept.values())),
            *(question for passage in kept.values() for question in passage.questions(said)),
        ),
        unused=unused,
    )


def _year(book: SlotBook) -> str:
    return f"{book.n('report.year')}年" if book.has("report.year") else "本年度"


def _lead(book: SlotBook) -> str:
    return f"{_year(book)}，{book.report.org.short_self}"


def _gap(book: SlotBook, what: str) -> str:
    return phrase("gap", book, what=what)


def _section_one(book: SlotBook, said: dict[Aspect, Said]) -> str:
    full = _aspects(book, said, detail=True)
    # the details stand in the tables; the limit is met by leaving them there
    return full if len(settle("s1", full)[0]) <= _S1_LIMIT else _aspects(book, said, detail=False)


def _aspects(book: SlotBook, said: dict[Aspect, Said], *, detail: bool) -> str:
    report = book.report
    rows = [row.key for row in report.layout.table("table4").rows]
    names: dict[str, object] = {
        "year": _year(book),
        "lead": _lead(book),
        "opening": "全年",
        "applicants": cells.applicants(report) if detail else (),
        "outcomes": cells.outcomes(report) if detail else (),
        "reviews": {row: cells.review_results(report, row) if detail else () for row in rows},
        "decisions": cells.decisions(report),
        "fees": cells.fees(report),
        "documents": cells.documents(report),
    }
    return "\n".join(
        phrase(
            "paragraph",
            book,
            number=number,
            title=ASPECTS[aspect],
            body=phrase(aspect.value, book, said=said[aspect], **names),
            gap=_gap(book, f"本年度{ASPECTS[aspect]}工作情况"),
        )
        for number, aspect in enumerate(_FIVE, start=1)
    )


def _section_five(book: SlotBook, said: dict[Aspect, Said]) -> str:
    parts = (("存在的主要问题", Aspect.PROBLEM, "主要问题"), ("改进措施", Aspect.IMPROVEMENT, "改进措施"))
    return "\n".join(
        phrase(
            "paragraph",
            book,
            number=number,
            title=title,
            body=phrase("problems", book, items=said[aspect].all, gap=_gap(book, what)),
            gap="",
        )
        for number, (title, aspect, what) in enumerate(parts, start=1)
    )


def _section_six(book: SlotBook, said: dict[Aspect, Said]) -> str:
    gap = _gap(book, "信息处理费收取情况") if _fee_is_due(book.report) else ""
    fee = phrase("fee", book, lead=_lead(book), gap=gap)
    other = phrase("other", book, items=said[Aspect.OTHER].all)
    return "\n".join(line for line in (fee, other) if line) or _gap(book, "其他需要报告的事项")


def _fee_is_due(report: AnnualReport) -> bool:
    """Whether section six must speak of the 信息处理费: since the 2021 form."""
    return report.layout.years[0] >= 2021


def _questions(report: AnnualReport, said: dict[Aspect, Said], paragraphs: list[str]) -> tuple[Question, ...]:
    asked: list[Question | None] = [
        questions.ask_aspect(aspect)
        for aspect, paragraph in zip(_FIVE, paragraphs, strict=True)
        if not said[aspect] and (aspect is not Aspect.REQUESTS or "【待补充" in paragraph)
    ]
    if report.org.is_government:
        mentioned = "；".join(said[aspect].words for aspect in (Aspect.OVERSIGHT, Aspect.OTHER))
        asked.append(questions.ask_results(Said(words=mentioned)))
    problems, improvements = said[Aspect.PROBLEM], said[Aspect.IMPROVEMENT]
    if not problems:
        asked.append(questions.ask_problems())
    if len(improvements.all) < max(len(problems.all), 1):
        asked.append(questions.ask_improvements(problems, improvements))
    fee = report.info_fee
    if fee.yuan is None and fee.cases != 0 and _fee_is_due(report):
        asked.append(questions.ask_fee(amount_only=fee.cases is not None))
    if not _fee_is_due(report) and fee.yuan is None and not said[Aspect.OTHER]:
        asked.append(questions.ask_other())
    return tuple(question for question in asked if question is not None)
