"""Holds that the documents name only what exists, that generated ones are current, and that the README's session is real."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from evals.images import FOLDER, LARGEST
from evals.schema_docs import SCHEMA_FILE, schema_text

_ROOT = Path(__file__).parent.parent
_PAGES = [_ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")]
_PAGES += sorted((_ROOT / "docs").glob("*.md"))
_MAIN = "import sys; from assistant.interfaces.cli.app import main; sys.exit(main())"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _fenced(path: Path) -> str:
    return "\n".join(body for _, body in _FENCE.findall(_text(path)))


def _nianbao(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _MAIN, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, check=False, env=_environment()
    )


def _environment() -> dict[str, str]:
    # the checkout itself is tested, whether or not it is installed
    return {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the examples in it, as a reader of the README has."""
    shutil.copytree(_ROOT / "examples", tmp_path / "examples")
    return tmp_path


def test_the_schema_is_current() -> None:
    assert _text(SCHEMA_FILE) == schema_text(), "run: make docs"


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", _text(_ROOT / "Makefile"), re.M))
    named = {
        word
        for words in re.findall(r"(?:^|`)make ([a-z]+(?: [a-z]+)*)", _text(page), re.M)
        for word in words.split()
    }
    assert named <= targets


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_links_and_paths_exist(page: Path) -> None:
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", _text(page)) if "://" not in link]
    paths = re.findall(
        r"`((?:assistant|templates|tests|docs|evals|examples|prompts)/[^`<>* ]*)`", _text(page)
    )
    missing = [link for link in linked if not (page.parent / link).exists()]
    missing += [path for path in paths if not (_ROOT / path).exists()]
    assert missing == []


_OURS = ("assistant", "evals", "templates", "prompts", "tests", "docs", "examples")
_HOMES = (
    "", "assistant/", "assistant/interfaces/", "assistant/checks/", "assistant/printing/", "assistant/documents/",
    "assistant/extraction/",
)  # fmt: skip
"""where a path in a document may begin; ``assembly/zeros.py`` is below assistant/"""


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_every_file_and_folder_named_is_there(page: Path) -> None:
    """Also those named in short: by the name alone, below a room, or with stars and braces in it."""
    only_ours = page.name in ("how-it-works.md", "CONTRIBUTING.md")
    missing = [word for word in _names_of_files(_text(page), only_ours) if not _is_there(word)]
    assert missing == []


def _names_of_files(text: str, only_ours: bool) -> Iterator[str]:
    for word in re.findall(r"`([\w./*-]+)`", text):
        # on pages for users, what a user has is not ours: 年报.json, nianbao.toml, units/
        home = word.split("/")[0]
        ours = only_ours or any((_ROOT / place / home).is_dir() for place in _HOMES)
        if word.startswith(("/", "out/")) or (word.startswith(".") and not word.startswith(".ci/")):
            continue
        if re.search(r"\.(py|j2|yaml)$", word) or ("/" in word and ours):
            yield word


def _is_there(word: str) -> bool:
    if any(any(_ROOT.glob(home + word.rstrip("/"))) for home in _HOMES):
        return True
    return "/" not in word and any(any((_ROOT / top).rglob(word)) for top in _OURS)


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_modules_named_exist(page: Path) -> None:
    text = _text(page)
    named = set(re.findall(r"python -m (evals(?:\.\w+)*)", text))
    named |= set(re.findall(r"^from (assistant[\w.]*) import", text, re.M))
    assert [name for name in named if find_spec(name) is None] == []


def _rooms() -> set[str]:
    """The rooms of the house: the packages and modules right below assistant/."""
    packages = {path.parent.name for path in (_ROOT / "assistant").glob("*/__init__.py")}
    return packages | {path.stem for path in (_ROOT / "assistant").glob("*.py")} - {"__init__"}


def test_every_room_has_its_line() -> None:
    named = re.findall(
        r"^\| `assistant/(\w+)(?:\.py)?` \|",
        _text(_ROOT / "docs" / "how-it-works.md").split("## The house")[1],
        re.M,
    )
    assert sorted(named) == sorted(_rooms())


def test_the_order_of_the_rooms_is_that_of_the_contract() -> None:
    contracts = tomllib.loads(_text(_ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    shown = re.findall(
        r"^```\n(interfaces\n.*?)^```$", _text(_ROOT / "docs" / "how-it-works.md"), re.M | re.S
    )
    assert [one.splitlines() for one in shown] == [layers]


@pytest.mark.parametrize("page", _PAGES[:2], ids=lambda page: page.name)
def test_the_first_screen_starts_each_way_of_use(page: Path) -> None:
    """What a stranger sees without scrolling: chat, batch and evals, each with its command; and a picture of each below."""
    first = _text(page).splitlines()[:16]
    assert [
        target for target in ("chat", "batch", "evals") if f"`make {target}`" not in "\n".join(first)
    ] == []
    pictures = re.findall(r"^!\[[^\]]+\]\((docs/images/\w+\.png)\)$", _text(page), re.M)
    assert sorted(pictures) == [f"docs/images/{name}.png" for name in ("batch", "chat", "evals")]


def test_the_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


@pytest.fixture(scope="module")
def help_page() -> str:
    return _nianbao(["--help"], _ROOT).stdout


@pytest.fixture(scope="module")
def catalogue() -> str:
    return _nianbao(["rules"], _ROOT).stdout


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_commands_and_rules_exist(page: Path, help_page: str, catalogue: str) -> None:
    for command in set(re.findall(r"nianbao ([a-z]+)\b", _text(page))):
        assert re.search(rf"\b{command}\b", help_page), f"{page.name} names nianbao {command}"
    for code in set(re.findall(r"\b((?:T[234]_[A-Z_]+)|[A-Z]{4,}_[A-Z_]+)\b", _text(page))):
        if not code.startswith(("NIANBAO_", "FORM_")):
            assert code in catalogue, f"{page.name} names rule {code}"


def test_the_commands_of_the_readme_run(folder: Path) -> None:
    lines = [line for line in _fenced(_ROOT / "README.md").splitlines() if line.startswith("nianbao ")]
    assert len(lines) >= 3
    for line in lines:
        done = _nianbao(shlex.split(line)[1:], folder)
        assert done.returncode in (0, 1), f"{line}\n{done.stderr}"
        assert "Traceback" not in done.stderr


def test_the_session_of_the_readme_is_real(folder: Path) -> None:
    sessions = [body for kind, body in _FENCE.findall(_text(_ROOT / "README.md")) if kind == "console"]
    assert sessions
    for session in sessions:
        for command, shown in re.findall(r"^\$ (nianbao .*)\n((?:(?!\$ ).*\n)*)", session, re.M):
            printed = _nianbao(shlex.split(command)[1:], folder).stdout
            for part in shown.split("……\n"):
                assert part in printed, f"{command} no longer prints:\n{part}"


def test_the_python_of_the_readme_runs(folder: Path) -> None:
    programs = [body for kind, body in _FENCE.findall(_text(_ROOT / "README.md")) if kind == "python"]
    assert programs
    for program in programs:
        command = [sys.executable, "-c", program]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=folder, check=False, env=_environment()
        )
        assert done.returncode == 0, done.stderr
        promised = re.findall(r"^print\(.*# (.+)$", program, re.M)
        assert done.stdout.splitlines()[: len(promised)] == promised


def test_the_shipped_examples_are_drafted(folder: Path) -> None:
    for example in sorted((folder / "examples").glob("*.txt")):
        done = _nianbao(["draft", str(example), "--zeros", "confirm", "-f", "txt"], folder)
        assert done.returncode in (0, 1), done.stderr
        assert "一、总体情况" in done.stdout
