"""A real small model on loopback; these tests are collected only by ``make test-live``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.live.small_model import weights

if os.environ.get("NIANBAO_LIVE") != "1" or find_spec("xllamacpp") is None or weights() is None:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Base URL of the running model."""
    log = tmp_path_factory.mktemp("model") / "log"
    program = Path(__file__).with_name("small_model.py")
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            [sys.executable, str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as server,
    ):
        assert server.stdout is not None
        line = server.stdout.readline().strip()
        assert line.startswith("http://127.0.0.1:"), log.read_text(errors="replace")[-2000:]
        yield f"{line}/v1"
        server.kill()
