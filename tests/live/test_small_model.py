"""Holds that a real, poor model behind true HTTP and true constrained decoding cannot harm a draft."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.drafting.engines import Engine
from assistant.drafting.pipeline import DraftOptions, draft_texts, read_offline
from assistant.forms import load_form
from assistant.interfaces.cli.app import run
from assistant.llm.chat import ChatModel
from assistant.llm.methods import body_of, object_of
from assistant.llm.running import run_sync
from assistant.model_reader.answers import Reading
from assistant.model_reader.asked import Names, reading_schema
from assistant.model_reader.judgement import Judgement
from assistant.model_reader.llm_reader import ModelReader
from assistant.office.model_settings import ModelSettings
from assistant.report import UnitProfile
from assistant.report.draft import Draft

_MESSAGES = (
    "今年新收12件，9个是自然人，3个是企业。予以公开7件，部分公开4件，还有1件保护第三方没给。没有结转。",
    "行政许可48件，行政处罚7件，规范性文件制发2件、废止1件、现行有效30件，行政事业性收费12.5万元。",
)


def _settings(address: str, cache: Path, **changes: Any) -> ModelSettings:
    """Patience for two slow cores; short answers, for what the model says is of no use."""
    values: dict[str, Any] = {
        "model": "smollm2",
        "base_url": address,
        "preset": "llamacpp",
        "timeout": 900,
        "deadline": 3000,
        "retries": 0,
        "max_output_tokens": 300,
        "repair_rounds": 1,
        "cache_dir": cache,
        **changes,
    }
    return ModelSettings(**values)


def _values(draft: Draft) -> dict[str, Any]:
    return {f"{c.row}.{c.col}": c.value for c in draft.cells if c.value is not None}


def test_doctor_finds_the_model_and_its_methods(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {
        "MODEL": "smollm2",
        "BASE_URL": address,
        "PRESET": "llamacpp",
        "TIMEOUT": "900",
        "MAX_OUTPUT_TOKENS": "80",
    }.items():
        monkeypatch.setenv(f"NIANBAO_{name}", value)
    monkeypatch.setenv("NIANBAO_CACHE_DIR", str(tmp_path))
    assert run(["doctor"]) == 0
    assert "[通过] json_schema" in capsys.readouterr().out


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_the_schema_binds_the_decoder(address: str, tmp_path: Path, stream: bool) -> None:
    names = Names(load_form("2021"))

    async def once() -> Any:
        async with ChatModel(_settings(address, tmp_path, stream=stream)) as model:
            reader = ModelReader(model, names, UnitProfile(name="清源县水利局"), 2025)
            return await model.send(
                reader.messages(_MESSAGES[0]), body_of("json_schema", reading_schema(names))
            )

    reply = run_sync(once())
    assert reply.text.lstrip().startswith("{")
    assert reply.finish_reason in ("stop", "length")
    assert reply.input_tokens > 500
    assert reply.output_tokens > 0
    _keep_out(reply.text)
    found = object_of(reply)
    if reply.finish_reason == "stop":
        assert found is not None
        assert {item.cell for item in Reading.model_validate(found).parsed.cells} <= set(names.places)


def _keep_out(text: str) -> None:
    """Whatever complete entries the model managed, also of an answer that was cut off, changes no cell."""
    entries = [json.loads(entry) for entry in re.findall(r'\{\s*"quote"\s*:[^{}]*\}', text)]
    work, _ = read_offline({"input": _MESSAGES[0]}, DraftOptions(org="清源县水利局", year=2025))
    offline = work.finish(work.facts, work.findings)
    judgement = Judgement(work, offline)
    draft, _ = judgement.without_doubtful(*judgement.judge({"input": Reading(figures=entries).parsed}))
    assert _values(draft) == _values(offline)


@pytest.mark.parametrize("message", _MESSAGES, ids=["requests", "decisions"])
def test_the_draft_is_the_offline_one_or_better(address: str, tmp_path: Path, message: str) -> None:
    options: dict[str, Any] = {"org": "清源县水利局", "year": 2025}
    offline = draft_texts({"input": message}, DraftOptions(**options, engine=Engine.OFFLINE))
    model = _settings(address, tmp_path, method="json_schema")
    draft = draft_texts({"input": message}, DraftOptions(**options, engine=Engine.LLM, model=model))
    assert _values(draft) == _values(offline)
    assert draft.model.input_tokens > 0
    codes = {f.code for f in draft.findings}
    assert draft.model.engine == "llm" or "MODEL_FAULT" in codes
