"""What a clerk reads of the command line itself: Chinese throughout, with examples, and the nearest right word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import assistant
from assistant.errors import install_hint
from assistant.interfaces.cli.app import COMMANDS, run

_ROOT = Path(__file__).parents[3]
_PARSER = re.compile(
    r"Usage|Options|Arguments|Commands|OPTIONS|ARGS|Show this|default|required|list\[|<str|<path|<int|Missing|Invalid|"
    r"No such|Input should|not a valid|not one of|unexpected|Error|Try "
)
_SENTENCE = re.compile(r"(?<![-\w])[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")


def _error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert (error.startswith("nianbao："), error.count("\n")) == (True, 1)
    assert "；" in error
    assert not _PARSER.search(error), error
    return error


@pytest.mark.parametrize("arguments", [[], *([command] for command in COMMANDS)], ids=" ".join)
def test_every_help_page_is_chinese_and_has_examples(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--help"]) == 0
    page = capsys.readouterr().out
    assert "用法：" in page
    assert "选项：" in page
    assert f"nianbao {' '.join(arguments)}".strip() in page.partition("示例：")[2]
    assert not _PARSER.search(page), page
    assert not _SENTENCE.search(page.partition("示例")[0]), page


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    shown = capsys.readouterr().out
    for command in COMMANDS:
        assert f"  {command} " in shown


def test_the_columns_of_the_help_are_straight_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    from unicodedata import east_asian_width

    assert run(["render", "--help"]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if re.match(r"  -", line)]
    starts = set()
    for row in rows:
        name = re.match(r"  \S.*?  +", row)
        assert name is not None
        starts.add(sum(2 if east_asian_width(letter) in "WF" else 1 for letter in name[0]))
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "最接近的是“check”"),
        (["DRAFT"], "最接近的是“draft”"),
        (["draft", "--yaer", "2024"], "最接近的是“--year”"),
        (["check", "--prevous", "x"], "最接近的是“--previous”"),
        (["batch", "x", "--reusme"], "最接近的是“--resume”"),
        (["--verson"], "最接近的是“--version”"),
        (["draft", "--level", "conty"], "最接近的是“county”"),
        (["batch", "x", "-o", "y", "--engine", "offlien"], "最接近的是“offline”"),
        (["rules", "T3_BALANC"], "最接近的是“T3_BALANCE”"),
        (["check", "{report}", "--select", "T3_BALANC"], "最接近的是“T3_BALANCE”"),
        (["check", "{report}", "--ignore", "LENGHT"], "最接近的是“LENGTH”"),
    ],
)
def test_the_nearest_right_word_is_named(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report = str(_ROOT / "examples" / "xian_2023.json")
    assert words in _error([a.format(report=report) for a in arguments], capsys)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["draft", "--year"], "选项 --year 后面缺少内容；用 nianbao draft --help"),
        (["draft", "--year", "abc"], "选项 --year 应为整数"),
        (["draft", "--year", "1900"], "不能小于 2008"),
        (["draft", "--year", "2900"], "不能大于 2099"),
        (["batch", "x", "-o", "y", "--jobs", "999"], "不能大于 256"),
        (["chat", "--port", "http"], "应为整数"),
        (["accept", "x", "LENGTH", "--date", "明天"], "2026-01-15"),
        (["check"], "缺少参数“年报”"),
        (["read"], "缺少参数“年报”"),
        (["render"], "缺少参数“年报”"),
        (["batch"], "缺少参数“材料”"),
        (["render", "a", "b", "c"], "多余的参数：b c"),
        (["check", "--fix=3", "x"], "选项 --fix 后面不带内容"),
        (["draft", "-x"], "没有“-x”这个选项；用 nianbao draft --help"),
        (["--frobnicate"], "没有“--frobnicate”这个选项"),
        (["--show-completion", "cmd"], "可用：bash"),
        (["read", "x", "-o"], "选项 -o 后面缺少内容"),
    ],
)
def test_bad_usage_is_said_in_chinese(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in _error(arguments, capsys)


def test_the_version_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"nianbao {assistant.__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", assistant.__version__)
    changes = (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert assistant.__version__ in changes
    # the package index and the module must not disagree: the one is made of the other
    project = (_ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in project
    assert not re.search(r"^version = ", project, re.M)


def test_the_package_says_that_it_is_typed() -> None:
    assert (files("assistant") / "py.typed").is_file()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_script_completes_the_line(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--show-completion", shell]) == 0
    script = capsys.readouterr().out
    assert "_NIANBAO_COMPLETE" in script
    assert "nianbao" in script


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("nianbao dr", ["draft"]),
        ("nianbao ", list(COMMANDS)),
        ("nianbao draft --pre", ["--previous"]),
        ("nianbao draft --level ", ["province", "city", "county", "town", "department"]),
    ],
)
def test_the_shell_is_told_how_the_line_may_go_on(line: str, expected: list[str]) -> None:
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "assistant.interfaces"],
        env={**os.environ, **words, "_NIANBAO_COMPLETE": "complete_bash"},
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == expected


def test_nobody_is_sent_to_a_package_that_is_not_published() -> None:
    pages = [*(_ROOT / "assistant").rglob("*.py"), *(_ROOT / "docs").glob("*.md"), *_ROOT.glob("README*.md")]
    wrong = [
        page for page in pages if re.search(r"pip install '?nianbao\b", page.read_text(encoding="utf-8"))
    ]
    assert wrong == []
    assert "pip install '.[docs]'" in install_hint("docs")


def test_every_extra_that_is_named_exists() -> None:
    named = set()
    for page in (_ROOT / "assistant").rglob("*.py"):
        named |= set(re.findall(r"install_hint\([\"'](\w+)[\"']\)", page.read_text(encoding="utf-8")))
    project = (_ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert {"docs", "llm", "chat", "scale"} <= named
    assert all(re.search(rf"^{extra} = \[", project, re.M) for extra in named)
