"""Offsets of a Word document's text lead to its characters: automatic numbers, cut runs, hyphens and several lines included."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from assistant.documents.places import Change
from assistant.documents.word.changing import rewrite_word
from assistant.documents.word.places import WordPlaces, word_places
from assistant.documents.word.reading import read_word
from assistant.documents.word.runs import runs_of

_HYPHEN = "<w:r><w:noBreakHyphen/></w:r>"
_BREAK = "<w:r><w:br/></w:r>"


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def _numbering() -> Any:
    return parse_xml(
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def _body(*paragraphs: str) -> Any:
    document = docx.Document()
    body: Any = document.element.body
    for number, runs in enumerate(paragraphs):
        body.insert(number, parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))
    return body


def _words(places: WordPlaces, words: str) -> str:
    """What the runs print that an offset leads to."""
    start = places.document.text.index(words)
    spot = places.at(start)
    assert spot is not None
    first, last = runs_of(spot.element, places.characters(spot, start, start + len(words)))
    runs = list(spot.element.iter(qn("w:r")))
    taken = runs[runs.index(first) : runs.index(last) + 1]
    return "".join(text.text or "" for run in taken for text in run.iter(qn("w:t")))


@pytest.mark.parametrize(
    "runs",
    [
        _run("工作已作部暑，已公开"),
        _run("工作已作部") + _run("暑，已公开"),
        _run("工作 已作  部暑，") + _run("已公开"),
        _run("工作已作部暑，") + _HYPHEN + _run("已公开"),
        _run("工作") + _HYPHEN + _run("已作部暑，已公开"),
        _run("部署到位") + _BREAK + _run("工作已作部暑，已公开"),
        _run("部暂到位") + _BREAK + _run("工作已作部暑，") + _HYPHEN,
    ],
)
def test_words_lead_to_the_runs_that_print_them(runs: str) -> None:
    places = word_places(_body(_run("部署"), runs, _run("部暑不到位")), None)
    assert _words(places, "部暑") == "部暑"


def test_an_automatic_number_is_none_of_the_characters() -> None:
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    places = word_places(_body(number + _run("概述"), number + _run("总体情况")), _numbering())
    assert "二、总体情况" in places.document.text
    assert _words(places, "总体") == "总体"
    # the number is printed by no run: what stands beside it shows the place
    start = places.document.text.index("二、")
    spot = places.at(start)
    assert spot is not None
    assert places.characters(spot, start, start + 2) == range(1)


def test_a_stretch_beyond_the_paragraph_ends_with_it() -> None:
    places = word_places(_body(_run("甲乙"), _run("丙丁")), None)
    (spot, _) = places.spots
    assert places.characters(spot, 1, 5) == range(1, 2)


def test_an_empty_paragraph_gets_a_run() -> None:
    body = _body("")
    first, last = runs_of(body[0])
    assert first is last
    assert first.getparent() is body[0]


def test_the_same_words_elsewhere_in_the_markup_are_not_changed() -> None:
    """Words in a frame beside the text are not read, and so are none of the places."""
    document = docx.Document()
    paragraph: Any = document.add_paragraph("已作部暑。")._p
    frame = parse_xml(
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p>{_run('部暑')}</w:p></w:txbxContent></w:pict></w:r>"
    )
    paragraph.insert(0, frame)
    out = BytesIO()
    document.save(out)
    text = read_word(out.getvalue(), "a.docx").text
    at = text.index("暑")
    changed = docx.Document(BytesIO(rewrite_word(out.getvalue(), "a.docx", [Change(at, at + 1, "署")])))
    assert [t.text for t in changed.element.body.iter(qn("w:t"))] == ["部暑", "已作部署。"]
