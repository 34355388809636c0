"""Greetings, unrelated sentences, another order and other numerals never change a cell; the same text always reads the same."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.assembly import assemble
from assistant.drafting.pipeline import DraftOptions, draft_text
from assistant.extraction.sources import read_sources
from assistant.forms import CellKey, form_for_year
from assistant.numerals import parse_chinese, to_chinese
from assistant.report import Level, UnitProfile
from assistant.report.facts import Value

EVERY: dict[str, list[dict[str, Any]]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "messages").glob("tune_*.yaml"))
}
CASES = [case for name in ("tune_a", "tune_b", "tune_f") for case in EVERY[name]]
GREETING = "您好，打扰了，下面是我们单位的材料，麻烦您看一下。\n"
FAREWELL = "\n以上就是全部情况，辛苦了，谢谢。\n食堂下周三起试营业。"


_ARABIC = re.compile(r"(?<![\d.,/〔（(第年月-])(\d{1,4})(?=[件份宗起])")
_CHINESE = re.compile(
    r"(?<![零一二三四五六七八九十百千万两第其])([零一二三四五六七八九十百千两]{1,7})(?=[件份宗起])"
)
_LEANS = re.compile(
    r"别的|其它|没有了|哪个|怎么|其余|其他|余下|剩|以上|上面|前面|上述|下面|以下|如下|更正|不对|刚才|漏|改|同上|括号|也"
    r"|没[^，。]{0,4}(?:列|写|提|注明)|第.条|^结果|[:：—]\s*$|^\s|^[（(]?[\d一二三四五六七八九十①-⑩]|\t|\|"
)
"""a line that points at another one, continues it or counts the lines: its place matters"""


def _lines(case: dict[str, Any]) -> list[str]:
    return [line for line in case["message"].split("\n") if line.strip()]


SELF_CONTAINED = [
    case
    for cases in EVERY.values()
    for case in cases
    if len(_lines(case)) >= 3 and not any(map(_LEANS.search, _lines(case)))
]
RUNNING = [c for c in CASES if "\t" not in c["message"]]
_KNOWN: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "known_failing.json").read_text(encoding="utf-8")
)["rewordings"]


def _but(name: str, cases: list[dict[str, Any]]) -> list[Any]:
    """The cases as parameters; one that is known to fail must fail, and leave the list when it passes."""
    fails = pytest.mark.xfail(strict=True, reason="listed in known_failing.json")
    return [pytest.param(c, id=c["id"], marks=fails if c["id"] in _KNOWN[name] else ()) for c in cases]


def _cells(case: dict[str, Any], text: str) -> dict[CellKey, Value]:
    """What is filled from a wording of the message; the prose and the rules have no part in it."""
    unit = UnitProfile.infer(case["org"], Level(case["level"]))
    reading = read_sources({"input": text}, year=case["year"], profile=unit)
    form = form_for_year(case["year"])
    return dict(assemble(reading.facts, form=form, year=case["year"], profile=unit).report.filled())


_PLAIN: dict[str, dict[CellKey, Value]] = {}


def _plain(case: dict[str, Any]) -> dict[CellKey, Value]:
    if case["id"] not in _PLAIN:
        _PLAIN[case["id"]] = _cells(case, case["message"])
    return _PLAIN[case["id"]]


def _full_width(text: str) -> str:
    """Digits only: other characters in full width may change a table's separators."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in text)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_unrelated_sentences_change_no_cell(case: dict[str, Any]) -> None:
    assert _cells(case, GREETING + case["message"] + FAREWELL) == _plain(case)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_full_width_digits_change_no_cell(case: dict[str, Any]) -> None:
    assert _cells(case, _full_width(case["message"])) == _plain(case)


def test_the_same_text_reads_the_same() -> None:
    case = CASES[0]
    options = DraftOptions(org=case["org"], level=Level(case["level"]), year=case["year"])
    assert draft_text(case["message"], options) == draft_text(case["message"], options)


@pytest.mark.parametrize("case", _but("numerals", RUNNING))
def test_other_numerals_change_no_cell(case: dict[str, Any]) -> None:
    characters = _ARABIC.sub(lambda m: to_chinese(int(m[1])), case["message"])
    assert _cells(case, characters) == _plain(case)
    digits = _CHINESE.sub(lambda m: str(parse_chinese(m[1]) or m[1]), case["message"])
    assert _cells(case, digits) == _plain(case)


@pytest.mark.parametrize("case", _but("order", SELF_CONTAINED))
def test_the_order_of_self_contained_lines_changes_no_cell(case: dict[str, Any]) -> None:
    for seed in range(3):
        lines = _lines(case)
        random.Random(seed).shuffle(lines)
        assert _cells(case, "\n".join(lines)) == _plain(case)


def test_there_are_such_messages() -> None:
    assert len(SELF_CONTAINED) >= 15
    assert len(RUNNING) >= 100
