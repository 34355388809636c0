"""A desk on a fresh folder for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.interfaces.chat.desk import Desk


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the model of the machine."""
    for name in [n for n in os.environ if n.startswith(("NIANBAO_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("NIANBAO_CONFIG", str(tmp_path / "nianbao.toml"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with nothing on it."""
    desk = Desk(tmp_path / "state")
    yield desk
    desk.close()
