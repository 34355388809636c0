"""Reads the answer to a question about open figures: one of the choices, its row by any name, or that it is to be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extraction.open_answers import open_asks
from assistant.extraction.patch_places import Place, Places
from assistant.extraction.patch_setting import in_unit_of, setting
from assistant.extraction.patches import Patch, Verb
from assistant.numerals import find_numerals, fold
from assistant.report.facts import Ask, Choice, Evidence, Fact
from assistant.report.findings import Question

__all__ = ["read_placing"]

_LEAD = re.compile(
    r"^(?:那就|就|都|全|全部|应该|应当|应|请|可以|算是|算作|算到|算|归到|归入|归为|归|计入|计到|计|填入|填到|填在|填|放到|放|属于|是|按|以|选)+"
)
_TAIL = re.compile(r"(?:吧|了|的|啊|那一?行|这一?行|一行|行|为准|里|中)*[.。!！]*$")
_ASIDE = re.compile(r"(?:不|别|不用|不要|无需)(?:再)?(?:计入|计|填|算|管|要|报|用填)|无关|不是(?:我们|本)")
_ORDINAL = re.compile(r"^第?([一二三四五六七八九\d])(?:个|项|种)?$")
_CLAUSE = re.compile("[^；;\n]+")
_SHORTEST = 2
"""characters by which a choice may be told"""


def read_placing(
    text: str, source: str, places: Places, asked: Question | None = None
) -> tuple[list[Patch], list[tuple[int, int]]] | None:
    """The patches and the parts of the text they use, None where the words are no answer.

    Words that are exactly a choice, or that quote what a question is about, answer it at any time; others only the question that
    was ``asked``.
    """
    opened = [f for f in open_asks(places.draft.facts) if f.ask is not None]
    patches: list[Patch] = []
    used: list[tuple[int, int]] = []
    for match in _CLAUSE.finditer(text) if opened else ():
        words, evidence = fold(match.group()).strip(), _evidence(text, source, match)
        chosen = _chosen(words, [f.ask for f in opened if f.ask is not None], asked, places)
        made = (
            [_patch(*chosen, evidence)]
            if chosen is not None
            else _elsewhere(words, opened, asked, places, evidence)
        )
        patches += made
        used += [match.span()] if made else []
    return (patches, used) if patches else None


def _elsewhere(
    words: str, opened: Sequence[Fact], asked: Question | None, places: Places, evidence: Evidence
) -> list[Patch]:
    """填行政许可: the only figure that was asked about goes into a cell that was not among the choices."""
    mine = [f for f in opened if f.ask is not None and asked is not None and f.ask.text == asked.text]
    if len(mine) != 1 or not mine[0].value or any(find_numerals(words)):
        return []
    place = places.one(_LEAD.sub("", _TAIL.sub("", words)), f"改成{mine[0].value}")
    if place is None:
        return []
    value = in_unit_of(places, place, mine[0].value, "", mine[0].unit)
    aside = Patch(verb=Verb.WITHDRAW, spans=mine[0].evidence, evidence=evidence)
    return [setting(places, place, value, evidence), aside]


def _chosen(
    words: str, asks: Sequence[Ask], asked: Question | None, places: Places
) -> tuple[Ask, Choice] | None:
    for ask in asks:
        for choice in ask.choices:
            if fold(choice.text) == words.rstrip("。.!！"):
                return ask, choice
    for ask in asks:
        subject = next((fold(c.text).split("”")[0] + "”" for c in ask.choices), "")
        quoted = bool(subject) and (subject in words or subject.strip("“”") in words)
        if quoted or (asked is not None and asked.text == ask.text):
            rest = words.replace(subject, "").replace(subject.strip("“”"), "") if quoted else words
            choice_ = _by_words(rest, ask, places)
            if choice_ is not None:
                return ask, choice_
    return None


def _by_words(words: str, ask: Ask, places: Places) -> Choice | None:
    """The one choice that the words tell: by themselves, by its row or column, by its number, or to leave it out."""
    plain = _TAIL.sub("", words.strip("“”\"'，,:： "))
    if _ASIDE.search(plain):
        return next((c for c in ask.choices if not c.claims and not c.zero), None)
    order = _ORDINAL.match(plain)
    if order is not None:
        number = next((n.value for n in find_numerals(order[1])), 0)
        return ask.choices[int(number) - 1] if 0 < number <= len(ask.choices) else None
    bare = _LEAD.sub("", plain) or plain
    if len(bare) < _SHORTEST:
        return None
    told = [c for c in ask.choices if bare in _answer(c) or _answer(c) in plain]
    if len(told) != 1:
        named = places.of(bare)
        told = [c for c in ask.choices if any(_gives(c, place) for place in named)]
    return told[0] if len(told) == 1 else None


def _answer(choice: Choice) -> str:
    """The words of a choice behind what it quotes."""
    return fold(choice.text).split("”", 1)[-1]


def _gives(choice: Choice, place: Place) -> bool:
    """Whether an answer puts something into the row or column that words name."""
    cells = [c.where.split(".") for c in choice.claims if c.value]
    if not place.row and place.col:
        return any(cell[-1] == place.col for cell in cells)
    return any(cell[:2] == [place.table, place.row] for cell in cells)


def _patch(ask: Ask, choice: Choice, evidence: Evidence) -> Patch:
    return Patch(
        verb=Verb.PLACE, topic=ask.topic, choice=choice.text, evidence=evidence, note=f"已按{choice.text}处理"
    )


def _evidence(text: str, source: str, match: re.Match[str]) -> Evidence:
    quote = match.group()
    start = match.start() + len(quote) - len(quote.lstrip())
    quote = quote.strip()
    return Evidence(source=source, start=start, end=start + len(quote), quote=quote)
