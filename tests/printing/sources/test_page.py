"""Holds that the review page answers for every figure, shows what was not used, and needs nothing but itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from assistant.drafting.pipeline import DraftOptions, draft_texts
from assistant.printing.sources.materials import WHOLE
from assistant.printing.sources.page import build_review, render_review
from assistant.report.draft import Draft
from assistant.report.facts import FactStatus, Origin

_EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.txt"))
_FACTS = (
    "2025年新收申请5件，自然人3件，企业2件。没有上年结转。予以公开4件，其中自然人3件、企业1件。"
    "说错了，予以公开是3件。天气转凉请注意保暖啦哈哈。"
)


def _draft(text: str = _FACTS, **options: object) -> Draft:
    return draft_texts({"消息1": text}, DraftOptions(org="清源县水利局", year=2025, **options))  # type: ignore[arg-type]


def _tree(page: str) -> Any:
    return html.document_fromstring(page)


def _data(page: str) -> dict[str, dict[str, dict[str, object]]]:
    found = _tree(page).xpath("//div[@class='nb-data']/text()")
    data: dict[str, dict[str, dict[str, object]]] = json.loads(found[0])
    return data


@pytest.mark.parametrize("path", _EXAMPLES, ids=lambda path: path.stem)
def test_every_cell_and_every_figure_of_the_prose_has_a_reason(path: Path) -> None:
    draft = draft_texts({path.name: path.read_text(encoding="utf-8")}, DraftOptions(org="清源县水利局"))
    page = render_review(draft)
    places = _tree(page).xpath("//article//*[@data-why]")
    why = _data(page)["why"]
    cells = [place for place in places if place.tag == "td"]
    assert [cell.get("data-why") for cell in cells] == [str(key) for key in draft.report.layout.cells]
    assert len(places) - len(cells) == len(draft.slots) > 0
    for place in places:
        reason = why[place.get("data-why")]
        # words of an activity hold several figures; the page shows the one that was clicked
        assert reason["value"] == (place.text or "") or (reason["value"] == "" and reason["facts"])


@pytest.mark.parametrize("path", _EXAMPLES, ids=lambda path: path.stem)
def test_the_sources_are_whole_and_each_used_word_is_marked(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    view = build_review(draft_texts({path.name: text}, DraftOptions(org="清源县水利局")))
    (source,) = view["sources"]
    assert "".join(piece["text"] for run in source["runs"] for piece in run["pieces"]) == text
    marked = {fact for run in source["runs"] for fact in run["facts"]}
    assert marked == set(view["facts"])


def test_a_derived_total_names_its_sum_and_its_words() -> None:
    draft = _draft("2025年新收申请：自然人3件，企业2件。")
    view = build_review(draft)
    reason = view["why"]["table3.new_received.total"]
    assert (reason["origin"], reason["value"]) == (Origin.DERIVED, "5")
    assert [(t["sign"], t["name"], t["value"]) for t in reason["terms"]] == [
        ("+", "本年新收·自然人", "3"), ("+", "本年新收·商业企业", "2")
    ]  # fmt: skip
    assert {view["facts"][i]["quote"] for i in reason["facts"]} >= {"企业2件"}


def test_a_derived_part_is_a_difference() -> None:
    reason = build_review(_draft("2025年新收申请5件，没有上年结转，办结3件。"))["why"][
        "table3.carried_forward.total"
    ]
    assert (reason["value"], reason["origin"]) == ("2", Origin.DERIVED)
    assert [(t["sign"], t["value"]) for t in reason["terms"]] == [("+", "5"), ("+", "0"), ("−", "3")]


def test_what_was_not_used_is_shown() -> None:
    draft = _draft()
    assert any(f.status is FactStatus.SUPERSEDED for f in draft.facts)
    view = build_review(draft)
    assert any(f["status"] == "superseded" and "4" in f["quote"] for f in view["set_aside"])
    page = _tree(render_review(draft))
    assert "已被后面的更正取代" in page.text_content()


def test_a_sentence_nothing_was_read_from_is_shown() -> None:
    draft = _draft("新收申请3件，都是自然人，要地图的那边17件。\n————\n编号 A-17 的附表另送。")
    unread = build_review(draft)["unread"]
    assert [(u["text"], u["figure"]) for u in unread] == [
        ("要地图的那边17件", True),
        ("编号 A-17 的附表另送", False),
    ]


def test_every_figure_of_a_source_says_where_it_went() -> None:
    page = _tree(render_review(_draft("2025年新收申请3件，都是自然人，要地图的那边17件。开展培训6次。")))
    shown = {(f.text, f.get("class"), f.get("title")) for f in page.xpath("//pre//span[@title]") if f.text}
    assert {
        ("2025", "fig left_out", "不计入：年份"),
        ("3", "fig cell", "已填入表格"),
        ("17", "fig open", "没有归属：不清楚填到哪一格"),
        ("6", "fig fact", "表格以外的数"),
    } <= shown
    assert "没有归属 1" in page.text_content()


def test_a_year_alone_is_no_unread_figure() -> None:
    draft = _draft("关于2025年度材料的说明").model_copy(update={"facts": ()})
    assert [u["figure"] for u in build_review(draft)["unread"]] == [False]


def test_last_years_figure_says_so() -> None:
    earlier = draft_texts(
        {"a": "结转下年度3件，都是自然人。"}, DraftOptions(org="清源县水利局", year=2024)
    ).report
    reason = build_review(_draft("新收申请2件。", previous=earlier))["why"]["table3.carried_over.total"]
    assert (reason["origin"], reason["value"]) == (Origin.CARRIED, "3")
    assert "上年年报" in reason["note"]


def test_a_blank_cell_is_blank_and_says_so() -> None:
    reason = build_review(_draft("新收申请2件。"))["why"]["table2.admin_license.decisions"]
    assert (reason["value"], reason["origin_name"]) == ("", "尚未填写")


def test_markup_in_the_words_stays_words() -> None:
    page = render_review(_draft("新收申请5件。监督保障：<script>alert(1)</script>开展培训3次 </pre>“'&。"))
    tree = _tree(page)
    assert len(tree.xpath("//script")) == 1
    assert "<script>alert(1)</script>开展" in tree.xpath("string(//pre)")


def test_a_long_source_is_cut_where_nothing_was_read() -> None:
    draft = _draft("新收申请5件。\n" + "甲" * (WHOLE + 5) + "\n上年没有结转。")
    page = render_review(
        draft.model_copy(update={"facts": tuple(f for f in draft.facts if "甲" not in f.evidence[0].quote)})
    )
    assert "此处略去" in page
    assert len(page) < WHOLE * 8


def test_the_page_reaches_for_nothing() -> None:
    page = render_review(_draft())
    assert not re.search(r"https?://|@import|url\(|<link|<img|src=|fetch\(", page)


def test_the_same_draft_gives_the_same_page() -> None:
    assert render_review(_draft()) == render_review(_draft())


def test_the_command_writes_it_beside_the_report(tmp_path: Path) -> None:
    (tmp_path / "数据.txt").write_text(_FACTS, encoding="utf-8")
    program = "import sys; from assistant.interfaces.cli.app import main; main()"
    for formats, wanted in (
        (["html"], {"年报.html", "年报.review.html"}),
        (["review"], {"年报.review.html"}),
    ):
        target = tmp_path / formats[0]
        target.mkdir()
        arguments = [
            "draft",
            str(tmp_path / "数据.txt"),
            *[a for f in formats for a in ("-f", f)],
            "-o",
            str(target / "年报"),
        ]
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        assert {p.name for p in target.iterdir() if not p.name.startswith(".")} == wanted
