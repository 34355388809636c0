"""However the world outside fails, a command ends with one clear line at most, and never with a traceback."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from assistant.interfaces.cli.app import run
from tests.interfaces.cli.test_command_line import FACTS

_ROOT = Path(__file__).parents[3]
_MAIN = [sys.executable, "-c", "from assistant.interfaces.cli.app import main; main()"]
_DRAFT = ["draft", "数据.txt", "--org", "青溪县水利局", "--year", "2023", "--engine", "offline"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with raw facts and a report in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "数据.txt").write_text(FACTS + "业务系统名称：𠮷𠀋平台。", encoding="utf-8")
    assert run([*_DRAFT, "-f", "json", "-o", "年报.json"]) == 0
    return tmp_path


def _run(arguments: list[str], home: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), **options.pop("environment", {})}
    return subprocess.run(
        [*_MAIN, *arguments], cwd=home, check=False, env=environment, stderr=subprocess.PIPE, **options
    )


_PRINTING = [
    [*_DRAFT, "-f", "txt"],
    [*_DRAFT, "-f", "json"],
    ["check", "年报.json"],
    ["check", "年报.json", "-f", "json"],
    ["read", "年报.json"],
    ["render", "年报.json"],
    ["rules"],
    ["rules", "T3_BALANCE"],
    ["doctor", "--presets"],
    ["accept", "--list"],
    ["batch", "数据.txt", "--dry-run"],
    ["--help"],
    ["--version"],
]


@pytest.mark.parametrize("arguments", _PRINTING, ids=" ".join)
def test_a_full_disk_behind_standard_output_is_one_line(home: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = _run(arguments, home, stdout=full)
    said = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert [line for line in said if line.startswith("nianbao：")] == [said[-1]]
    assert "磁盘已满" in said[-1]
    assert "Traceback" not in done.stderr.decode()
    assert "Exception ignored" not in done.stderr.decode()


@pytest.mark.parametrize("arguments", _PRINTING, ids=" ".join)
def test_a_reader_that_went_away_is_no_error(home: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = _run(arguments, home, stdout=pipe)
    assert done.returncode == 0
    assert "nianbao：" not in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert "Exception ignored" not in done.stderr.decode()


@pytest.mark.parametrize("arguments", _PRINTING, ids=" ".join)
def test_an_old_terminal_is_given_every_character(home: Path, arguments: list[str]) -> None:
    done = _run(arguments, home, stdout=subprocess.PIPE, environment={"PYTHONIOENCODING": "gbk"})
    assert done.returncode in (0, 1), done.stderr
    plain = _run(arguments, home, stdout=subprocess.PIPE, environment={"PYTHONIOENCODING": "utf-8"})
    assert done.stdout.decode("gb18030") == plain.stdout.decode()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "big5"])
def test_a_terminal_without_chinese_is_given_utf8(home: Path, encoding: str) -> None:
    done = _run(["rules"], home, stdout=subprocess.PIPE, environment={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0
    assert "勾稽" in done.stdout.decode() or "平衡" in done.stdout.decode()


def test_the_c_locale_is_no_obstacle(home: Path) -> None:
    bare = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    done = _run(["rules"], home, stdout=subprocess.PIPE, environment=bare)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "T3_BALANCE" in done.stdout.decode()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("年报".encode("gbk"), "年报.json"), (b"\xff\xfe\xff", "\ufffd\ufffd\ufffd.json")],
    ids=["gbk", "none"],
)
def test_a_file_whose_name_is_no_text_is_read_and_named(home: Path, raw: bytes, shown: str) -> None:
    """An archive from Windows, unpacked elsewhere, leaves names in GBK."""
    odd = os.fsdecode(raw + b".json")
    (home / "年报.json").rename(home / odd)
    done = _run(["check", odd, "-f", "json"], home, stdout=subprocess.PIPE)
    assert done.returncode in (0, 1), done.stderr
    assert json.loads(done.stdout)["file"] == shown
    for arguments in (
        ["check", odd, "-f", "html", "-o", "核对.html"],
        ["draft", odd, "-f", "json"],
        ["read", odd],
    ):
        assert b"Traceback" not in _run(arguments, home, stdout=subprocess.PIPE).stderr
    batch = ["batch", odd, "-o", "出", "--jobs", "1", "-f", "json", "--engine", "offline"]
    done = _run(batch, home, stdout=subprocess.PIPE)
    assert done.returncode in (0, 1), done.stderr
    assert len(list((home / "出").glob("*/年报.json"))) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [*_DRAFT, "-f", "docx", "-f", "html", "-o", "/dev/null/年报"],
        ["check", "年报.json", "-f", "html", "-o", "/dev/null/核对.html"],
        ["read", "年报.json", "-o", "/dev/null/年报.json"],
        ["render", "年报.json", "-f", "docx", "-o", "/dev/null/年报.docx"],
        ["batch", "数据.txt", "-o", "/dev/null/出"],
        ["chat", "--data", "/dev/null/家"],
        ["read", "年报.json", "-o", "满"],
        ["check", "年报.json", "-f", "html", "-o", "满"],
    ],
    ids=" ".join,
)
def test_a_place_that_cannot_be_written_is_one_chinese_line(
    home: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    # named through a link: a fault here must not put a file in the place of the machine's device
    (home / "满").symlink_to("/dev/full")
    capsys.readouterr()
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert (error.startswith("nianbao："), error.count("\n")) == (True, 1)
    for english in ("No space", "Not a directory", "Errno", "denied", "unable"):
        assert english not in error
    assert (home / "满").is_symlink()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_fails_in_the_middle_leaves_nothing_half_written(
    home: Path, number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second file does not fit: the first is not written either, and what stood there stays."""
    command = [*_DRAFT, "-f", "txt", "-f", "md", "-o", "出/年报"]
    assert run(command) == 0
    before = {p.name: p.read_bytes() for p in (home / "出").iterdir()}
    (home / "数据.txt").write_text(FACTS.replace("5件", "6件"), encoding="utf-8")
    opened, calls = tempfile.mkstemp, iter([False, True])

    def failing(**options: Any) -> tuple[int, str]:
        if next(calls):
            raise OSError(number, os.strerror(number))
        found: tuple[int, str] = opened(**options)
        return found

    monkeypatch.setattr(tempfile, "mkstemp", failing)
    capsys.readouterr()
    assert run(command) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert {p.name: p.read_bytes() for p in (home / "出").iterdir()} == before


@pytest.mark.parametrize("arguments", [["draft", "-"], ["check", "-"], ["read", "-"], ["render", "-"]])
def test_ctrl_c_is_one_line_and_130(home: Path, arguments: list[str]) -> None:
    program = (
        "import signal, sys, io\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Pressed(io.RawIOBase):\n"
        "    def read(self, size=-1):\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "class Stdin:\n"
        "    buffer = Pressed()\n"
        "sys.stdin = Stdin()\n"
        "from assistant.interfaces.cli.app import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=home,
        check=False,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "nianbao：已中断，没有写出未完成的文件\n"


def test_ctrl_c_while_the_command_is_still_loading_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from assistant.interfaces.cli import app as cli

    # a test run in the background inherits that SIGINT is ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    monkeypatch.setattr(cli, "import_module", lambda name: signal.raise_signal(signal.SIGINT))
    assert run(["rules"]) == 130
    assert capsys.readouterr().err.count("\n") == 1
