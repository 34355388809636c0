"""A one-tap answer, sent back as a message, is understood and closes what it says."""

from __future__ import annotations

import re

import pytest

from assistant.assembly import Assembly, assemble
from assistant.assembly.questions import ASIDE, questions_of
from assistant.extraction.sources import read_sources
from assistant.forms import CellKey, Form, form_for_year
from assistant.report import UnitProfile
from assistant.report.findings import Question
from tests.assembly.answers import cells_of

_BEFORE = (
    "",
    "新收申请5件。",
    "新收申请5件，没有上年结转，办结5件。",
    "新收申请5件，上年结转2件，予以公开3件。",
    "新收和上年结转共12件申请，予以公开3件。",
    *(
        f"新收申请9件，没有上年结转，{category}5件，予以公开4件。"
        for category in ("不予公开", "无法提供", "不予处理", "其他处理")
    ),
    *("行政复议3件。", "未经复议直接起诉3件。", "复议后起诉2件。", "没有复议。", "没有诉讼。"),
    "没有复议，未经复议直接起诉2件。",
    *("行政许可5件。", "行政处罚5件，行政强制2件。", "规范性文件制发3件。", "规范性文件制发3件，废止1件。"),
    "规章制发0件。规范性文件制发3件，现行有效8件，废止1件；行政许可3件，行政处罚1件，行政强制0件。",
)
"""messages after which, between them, every kind of question is asked"""


def _drafted(year: int, *messages: str) -> Assembly:
    sources = {f"第{n}句话": text for n, text in enumerate(messages) if text}
    facts = read_sources(sources, year=year, profile=UnitProfile()).facts
    return assemble(facts, form=form_for_year(year), year=year, profile=UnitProfile())


def _meant(question: Question, choice: str, form: Form) -> list[CellKey]:
    """The cells a choice speaks of: those of the rows it names as absent, else all the question asks about."""
    cells = cells_of(question, form)
    rows = {key.row: form.table(key.table).row(key.row) for key in cells}
    absent = {key for key, row in rows.items() if re.search(f"没有{re.escape(row.label)}(，|$)", choice)}
    return [key for key in cells if not absent or key.row in absent]


@pytest.mark.parametrize("year", [2025, 2020])
@pytest.mark.parametrize("before", _BEFORE)
def test_a_choice_closes_what_it_says(before: str, year: int) -> None:
    message = f"{year}年{before}" if before else ""
    drafted = _drafted(year, message)
    form = form_for_year(year)
    for question in questions_of(drafted):
        for choice in question.choices:
            after = _drafted(year, message, choice)
            if choice == ASIDE:
                # it takes figures out of account; their cells are asked for behind it
                continue
            if question.about == ("section6.info_fee_yuan",):
                assert after.report.info_fee.yuan == 0
                continue
            left = [str(k) for k in _meant(question, choice, form) if after.report.value(k) is None]
            assert left == [], (question.text, choice)
            kept = {k: v for k, v in drafted.report.filled() if after.report.value(k) != v}
            assert kept == {}, f"{choice} changed what was said"
            assert after.findings == (), choice
