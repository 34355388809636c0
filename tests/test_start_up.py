"""Holds that the command starts without the heavy packages, which are imported where they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

_HEAVY = {
    "gradio",
    "langchain",
    "langchain_openai",
    "openai",
    "docx",
    "openpyxl",
    "pandas",
    "pdfplumber",
    "jinja2",
    "lxml",
}


@pytest.mark.parametrize("module", ["assistant", "assistant.interfaces.cli.app", "assistant.prose"])
def test_importing_loads_no_heavy_package(module: str) -> None:
    program = f"import sys, {module}; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert _HEAVY & set(loaded) == set()
