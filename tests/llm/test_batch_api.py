"""Holds that many reports can be read as one job: submitted, polled, resumed by another run, collected without losing a unit."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.drafting.bulk import Unit, collect_bulk, submit_bulk
from assistant.drafting.engines import Engine
from assistant.drafting.pipeline import DraftOptions
from assistant.errors import InputError, ModelAnswerError, ModelDenied, ModelError
from assistant.llm.batch_api import load_job
from assistant.report.draft import Draft
from evals.fake_batches import BatchDesk
from evals.fake_openai import Answer, FakeOpenAI, method_of
from tests.llm.conftest import settings_for
from tests.llm.scripts import cell, drafted, reads, said

pytest.importorskip("langchain_openai")

_NAMES = ("甲局", "乙局", "丙局")


def _units(count: int = 3) -> dict[str, Unit]:
    return {
        name: Unit(
            {"数据": f"今年新收{number + 4}件，都是自然人，予以公开{number + 4}件。"},
            DraftOptions(org=name, year=2025),
        )
        for number, name in enumerate(_NAMES[:count])
    }


def _script(body: dict[str, Any]) -> Answer:
    number = next(n for n in range(4, 7) if f"新收{n}件" in said(body))
    return reads(cell("new_received.total", number, f"新收{number}件"))(body)


def _submit(server: FakeOpenAI, units: dict[str, Unit], file: Path, **changes: Any) -> None:
    asyncio.run(submit_bulk(units, file, settings_for(server.url, **changes)))


def _collect(server: FakeOpenAI, units: dict[str, Unit], file: Path) -> dict[str, Draft]:
    return asyncio.run(collect_bulk(units, file, settings_for(server.url), pause=0.001))


@pytest.mark.parametrize("method", ["json_schema", "function_calling", "json_mode", "text"])
def test_a_job_is_submitted_in_one_run_and_collected_in_another(tmp_path: Path, method: str) -> None:
    file = tmp_path / "job.json"
    with FakeOpenAI(_script) as server:
        _submit(server, _units(), file, method=method)
        assert {method_of(body) for body in server.requests} == {method}
        assert load_job(file).status == "validating"
        drafts = _collect(server, _units(), file)
    assert load_job(file).status == "completed"
    assert list(drafts) == list(_NAMES)
    for name, draft in drafts.items():
        assert draft.model.engine == "llm"
        assert draft.report.org.name == name
        assert {f.where for f in draft.facts if f.read_by == "both"} == {"table3.new_received.total"}


def test_the_job_file_holds_neither_facts_nor_keys(tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    with FakeOpenAI(_script) as server:
        _submit(server, _units(), file, api_key="sk-secret")
    text = file.read_text(encoding="utf-8")
    assert not any(word in text for word in ("sk-secret", "新收", "甲局", "数据"))


def test_lost_and_changed_units_get_their_offline_draft(tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    with FakeOpenAI(_script) as server:
        _submit(server, _units(), file)
        changed = {
            **_units(),
            "乙局": Unit(
                {"数据": "今年新收9件，都是自然人，予以公开9件。"}, DraftOptions(org="乙局", year=2025)
            ),
        }
        drafts = _collect(server, changed, file)
    assert [d.model.engine for d in drafts.values()] == ["llm", "offline", "llm"]
    assert "材料有改动" in next(f.message for f in drafts["乙局"].findings if f.code == "MODEL_FAULT")
    assert drafts["乙局"].report.table3["new_received"]["total"] == 9


def test_requests_that_the_provider_lost_are_named(tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    with FakeOpenAI(_script) as server:
        _submit(server, _units(), file)
        first = load_job(file).names[0]
        server.batches = BatchDesk(lost=frozenset({first}))
        _submit(server, _units(), file)
        drafts = _collect(server, _units(), file)
    assert [d.model.engine for d in drafts.values()] == ["offline", "llm", "llm"]


@pytest.mark.parametrize("fate", ["failed", "expired", "cancelled"])
def test_a_job_that_failed_is_one_line(tmp_path: Path, fate: str) -> None:
    file = tmp_path / "job.json"
    with FakeOpenAI(_script, batches=BatchDesk(fate=fate)) as server:
        _submit(server, _units(), file)
        with pytest.raises(ModelAnswerError, match="请重新提交"):
            _collect(server, _units(), file)


@pytest.mark.parametrize("fate", ["expired", "cancelled"])
def test_what_was_done_before_a_job_ended_early_is_kept(tmp_path: Path, fate: str) -> None:
    file = tmp_path / "job.json"
    with FakeOpenAI(_script) as server:
        _submit(server, _units(), file)
        last = load_job(file).names[-1]
        server.batches = BatchDesk(fate=fate, lost=frozenset({last}), partial=True)
        _submit(server, _units(), file)
        drafts = _collect(server, _units(), file)
    assert [d.model.engine for d in drafts.values()] == ["llm", "llm", "offline"]
    faults = [f.message for f in drafts["丙局"].findings if f.code == "MODEL_FAULT"]
    assert len(faults) == 1
    assert ("没有在期限内完成" if fate == "expired" else "已被取消") in faults[0]


def test_each_draft_says_what_its_own_calls_cost(tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    prices = {"input_price": 1.0, "output_price": 10.0}
    with FakeOpenAI(_script) as server:
        _submit(server, _units(), file)
        settings = settings_for(server.url, **prices)
        drafts = asyncio.run(collect_bulk(_units(), file, settings, pause=0.001))
    for draft in drafts.values():
        use = draft.model
        assert (use.name, use.requests) == ("scripted", 1)
        assert use.yuan == round((use.input_tokens + 10 * use.output_tokens) / 1e6, 6) > 0


def test_a_bad_answer_of_one_unit_does_not_spoil_the_others(tmp_path: Path) -> None:
    file = tmp_path / "job.json"

    def script(body: dict[str, Any]) -> Answer:
        return Answer("没有数据") if "新收5件" in said(body) else _script(body)

    with FakeOpenAI(script) as server:
        _submit(server, _units(), file)
        drafts = _collect(server, _units(), file)
    assert [d.model.engine for d in drafts.values()] == ["llm", "offline", "llm"]
    offline = drafted("今年新收5件，都是自然人，予以公开5件。", None, Engine.OFFLINE, org="乙局")
    assert drafts["乙局"].report.tables == offline.report.tables


@pytest.mark.parametrize("preset", ["vllm", ""], ids=["known", "found out"])
def test_a_server_without_the_batch_api_is_one_line(tmp_path: Path, preset: str) -> None:
    file = tmp_path / "job.json"
    with FakeOpenAI(_script, batches=BatchDesk(missing=True)) as server:
        with pytest.raises(ModelDenied, match="逐个起草"):
            _submit(server, _units(), file, preset=preset)
        assert len(server.paths) == (0 if preset else 1)
    assert not file.exists()


def test_a_wrong_file_and_a_wrong_key_are_one_line(tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    file.write_text(json.dumps({"id": 1}), encoding="utf-8")
    with pytest.raises(InputError, match="不是批量任务文件"):
        load_job(file)
    with FakeOpenAI(_script, key="right") as server, pytest.raises(ModelError, match="密钥"):
        _submit(server, _units(), file, api_key="wrong")
