"""What a kind of file needs is known in one module each."""

from __future__ import annotations

from pathlib import Path

import pytest

import assistant

_ROOT = Path(assistant.__file__).parent


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("paperSize", "documents/sheet/writing.py"),
        ('data_type = "s"', "documents/sheet/writing.py"),
        ("load_workbook(", "documents/sheet/workbook.py"),
        ('"{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"', "documents/word/markup.py"),
        ("deepcopy(run)", "documents/word/runs.py"),
        (".writestr(", "documents/archive.py"),
        ('"noscript"', "documents/page/markup.py"),
        ("hanging: dict", "documents/page/markup.py"),
    ],
)
def test_it_stands_in_one_module(words: str, place: str) -> None:
    found = {
        path.relative_to(_ROOT).as_posix()
        for path in _ROOT.rglob("*.py")
        if words in path.read_text(encoding="utf-8")
    }
    assert found == {place}
