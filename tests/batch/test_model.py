"""A batch lets a configured model read too, from one place, and says what it cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import BatchOptions, draft_batch
from assistant.batch import UnitInput, UnitResult
from assistant.drafting.engines import Engine
from assistant.drafting.pipeline import DraftOptions
from assistant.errors import ModelNotReady
from assistant.interfaces.cli.app import run
from assistant.llm import memory
from assistant.office.model_settings import ModelSettings
from evals.fake_openai import Answer, FakeOpenAI
from tests.llm.scripts import MESSAGE, cell, reads


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No test sees the settings of the machine, or what another test negotiated."""
    monkeypatch.delenv("NIANBAO_MODEL", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("NIANBAO_CONFIG", str(tmp_path / "nianbao.toml"))
    memory._KNOWN.clear()
    yield
    memory._KNOWN.clear()


def _settings(url: str) -> ModelSettings:
    return ModelSettings(
        model="scripted", base_url=url, backoff=0.001, timeout=5, connect_timeout=2, retries=0, deadline=20
    )


def _draft(server: FakeOpenAI, output: Path, *, resume: bool = False) -> list[UnitResult]:
    shared = DraftOptions(year=2025, engine=Engine.LLM, model=_settings(server.url))
    units = [UnitInput(f"清源县第{n}局", {"input": MESSAGE}) for n in range(3)]
    options = BatchOptions(output=output, draft=shared, formats=("json",), jobs=1, calls=2, resume=resume)
    return sorted(draft_batch(units, options), key=lambda result: result.number)


def test_the_model_reads_and_its_cost_is_listed(tmp_path: Path) -> None:
    with FakeOpenAI(reads(cell("new_received.total", 12, "今年新收12件"))) as server:
        results = _draft(server, tmp_path / "out")
    assert [result.model.engine for result in results] == ["llm"] * 3
    assert all(result.model.output_tokens for result in results)


def test_what_the_model_could_not_read_is_tried_again(tmp_path: Path) -> None:
    with FakeOpenAI(lambda body: Answer(fault="500")) as server:
        first = _draft(server, tmp_path / "out")
    assert all(result.draft is not None for result in first)
    with FakeOpenAI(reads(cell("new_received.total", 12, "今年新收12件"))) as server:
        second = _draft(server, tmp_path / "out", resume=True)
    assert [result.kept for result in second] == [False, False, False]


def test_a_model_that_is_not_configured_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "甲局.txt").write_text(MESSAGE, encoding="utf-8")
    with pytest.raises(ModelNotReady, match="NIANBAO_MODEL"):
        draft_batch(tmp_path, BatchOptions(draft=DraftOptions(engine=Engine.LLM)))
    assert run(["batch", str(tmp_path), "-o", str(tmp_path / "out"), "--engine", "llm"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
