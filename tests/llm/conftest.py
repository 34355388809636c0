"""Settings that point at a scripted server and wait for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.llm import memory
from assistant.office.model_settings import ModelSettings


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No test sees the settings or the cache of the machine, or what another test negotiated."""
    import os

    for name in list(os.environ):
        if name.startswith(("NIANBAO_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("NIANBAO_CONFIG", str(tmp_path / "nianbao.toml"))
    memory._KNOWN.clear()
    yield
    memory._KNOWN.clear()


def settings_for(url: str, **changes: Any) -> ModelSettings:
    """Settings for a scripted server, impatient so that tests are quick."""
    values: dict[str, Any] = {
        "model": "scripted",
        "base_url": url,
        "backoff": 0.001,
        "timeout": 5,
        "connect_timeout": 2,
        "retries": 2,
        "deadline": 20,
        **changes,
    }
    return ModelSettings(**values)
