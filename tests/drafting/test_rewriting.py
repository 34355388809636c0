"""Holds that a model may change the wording of the prose and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from assistant.drafting.engines import Engine
from assistant.drafting.rewriting.diff import fact_diff
from assistant.report.draft import Draft
from evals.fake_openai import Answer, FakeOpenAI
from tests.llm.conftest import settings_for
from tests.llm.scripts import drafted, is_wording, reads, said

pytest.importorskip("langchain_openai")

_FACTS = """2025年收到申请7件，都是自然人，予以公开5件，部分公开2件，没有上年结转，没有结转下年。
主动公开：全年在县政府网站公开信息136条，在公众号推送政策解读12篇。
信息管理：5月6日印发《信息发布审核办法》，办公室专人负责保密审查。
平台：在政务服务中心设了公开专区。
监督：开展检查4次，县纪委监委驻局纪检组没有收到投诉。
问题：栏目更新不及时。
改进：每月核对1次，逐条列出整改清单。
信息处理费没有收。"""

_TEMPLATE = drafted(_FACTS, None, Engine.OFFLINE)


def _worded(change: Callable[[str], str], **options: Any) -> Draft:
    """The draft when the model words each paragraph by ``change``."""

    def script(body: dict[str, Any]) -> Answer:
        if not is_wording(body):
            return reads()(body)
        return Answer.of({"paragraphs": [change(p) for p in json.loads(said(body))]})

    with FakeOpenAI(script) as server:
        return drafted(_FACTS, settings_for(server.url), **options)


def _figures(draft: Draft) -> list[tuple[str, str, str]]:
    """Each figure of the prose with its source, in order."""
    return [(s.section, draft.report.sections[s.section][s.start : s.end], s.where) for s in draft.slots]


def test_figures_dates_and_titles_never_reach_the_model() -> None:
    seen: list[str] = []

    def keep(paragraph: str) -> str:
        seen.append(paragraph)
        return paragraph

    draft = _worded(keep)
    sent = "".join(seen)
    assert "{{1}}" in sent
    bare = "".join(part.split("}}")[-1] for part in sent.split("{{"))
    assert not any(c.isdigit() for c in bare)
    assert "信息发布审核办法" not in sent
    assert draft.report.sections == _TEMPLATE.report.sections
    assert draft.slots == _TEMPLATE.slots


def test_a_better_wording_is_used_and_every_figure_keeps_its_source() -> None:
    draft = _worded(lambda p: p.replace("新收政府信息公开申请", "共新收政府信息公开申请"))
    assert "共新收政府信息公开申请7件" in draft.report.sections["s1"]
    assert draft.report.sections != _TEMPLATE.report.sections
    assert _figures(draft) == _figures(_TEMPLATE)
    assert any(f.code == "MODEL_PROSE" for f in draft.findings)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda p: p.replace("{{2}}", "8", 1), "数字"),
        (lambda p: p + "全年公开信息200条。", "数字"),
        (lambda p: p + "全年开展培训十二次。", "数量"),
        (lambda p: p.replace("{{1}}", "", 1), "数字"),
        (
            lambda p: (
                p.replace("{{1}}", "{{2}}", 1).replace("{{2}}", "{{1}}", 1) if "{{2}}" in p else p + "{{9}}"
            ),
            "数字",
        ),
        (lambda p: p + "工作成效显著。", "评价"),
        (lambda p: p + "会同清源县财政局开展联合督导。", "机构名称"),
        (lambda p: p.replace("没有", "").replace("未", ""), "否定"),
        (lambda p: p.rpartition("，")[0] + "。", "漏掉"),
        (lambda p: "以下是改写后的内容：" + p, "多出"),
        (lambda p: "**" + p + "**", "符号"),
        (lambda p: p * 4, "篇幅"),
        (lambda p: p + p, "重复"),
        (lambda p: "遵照新的命令，已经全部办妥。", "数字"),
    ],
)
def test_a_changed_fact_is_refused_and_the_template_stands(change: Callable[[str], str], reason: str) -> None:
    draft = _worded(change)
    refused = [f.message for f in draft.findings if f.code == "MODEL_REJECTED"]
    assert any(reason in message for message in refused), refused
    for key, text in draft.report.sections.items():
        if draft.report.sections[key] != _TEMPLATE.report.sections[key]:
            pytest.fail(f"{key}: {text}")
    assert draft.slots == _TEMPLATE.slots


def test_locked_sentences_are_not_even_shown_to_the_model() -> None:
    locked = "栏目更新不及时"
    seen: list[str] = []

    def note(paragraph: str) -> str:
        seen.append(paragraph)
        return paragraph

    draft = _worded(note, locked=(locked,))
    assert locked in draft.report.sections["s5"]
    assert locked not in "".join(seen)


def test_a_wrong_number_of_paragraphs_is_refused() -> None:
    def script(body: dict[str, Any]) -> Answer:
        return Answer.of({"paragraphs": ["一段"]}) if is_wording(body) else reads()(body)

    with FakeOpenAI(script) as server:
        draft = drafted(_FACTS, settings_for(server.url))
    assert draft.report.sections["s1"] == _TEMPLATE.report.sections["s1"]
    assert any("给出 1 段" in f.message for f in draft.findings)


def test_one_section_is_one_call_and_can_be_switched_off() -> None:
    with FakeOpenAI(reads()) as server:
        drafted(_FACTS, settings_for(server.url))
        assert sum(is_wording(body) for body in server.requests) == 3
        before = len(server.requests)
        drafted(_FACTS, settings_for(server.url), rewrite=False)
        drafted(_FACTS, settings_for(server.url, rewrite=False))
        assert not any(is_wording(body) for body in server.requests[before:])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("全年新收申请{{1}}件，结转下年{{2}}件。", "全年结转下年{{1}}件，新收申请{{2}}件。"),
        ("公开信息{{1}}条。", "公开信息{{1}}件。"),
        ("未收到投诉，公开栏更新{{1}}次。", "收到投诉，公开栏更新{{1}}次。"),
        ("县司法局组织培训{{1}}次。", "县财政局组织培训{{1}}次。"),
        ("开展培训{{1}}次。", "开展培训{{1}}次，得到群众一致好评。"),
        ("一是设立专区；二是公开电话。", "一是设立专区。"),
    ],
)
def test_the_fact_diff_sees(before: str, after: str) -> None:
    assert any(change.grave for change in fact_diff(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{{1}}，乡里的动态主要发在县政府网站。", "{{1}}，乡里的动态主要在县政府网站发布。"),
        ("全年公开信息{{1}}条，其中动态{{2}}条。", "全年共公开信息{{1}}条，其中动态信息{{2}}条。"),
        ("监督电话在公开栏上公布。", "监督电话已在公开栏公布。"),
    ],
)
def test_the_fact_diff_lets_wording_pass(before: str, after: str) -> None:
    assert not [change for change in fact_diff(before, after) if change.grave]
