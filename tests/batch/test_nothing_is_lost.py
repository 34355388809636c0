"""A batch leaves inputs, other people's files and edited results as they are, and lists every unit it was given."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant import BatchOptions, draft_batch
from assistant.batch import UnitInput, UnitState, store
from assistant.batch.names import FolderNames
from assistant.drafting.pipeline import DraftOptions
from assistant.errors import UsageError
from assistant.interfaces.cli.app import run
from tests.batch.support import facts_of, folder_of, tree

_ROOT = Path(__file__).parents[2]
_COMMON = ["--year", "2024", "--zeros", "confirm", "-f", "json", "--jobs", "1", "--engine", "offline"]


def _options(output: Path, *, resume: bool = False) -> BatchOptions:
    shared = DraftOptions(year=2024, confirm_zeros=True)
    return BatchOptions(output=output, draft=shared, formats=("json",), jobs=1, resume=resume)


@pytest.mark.parametrize("place", ["in", "in/out", "in/../in", "link/out", "last", "last/new"])
def test_results_never_come_to_lie_among_the_inputs(
    tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, last = folder_of(tmp_path / "in", 1), folder_of(tmp_path / "last", 1)
    (tmp_path / "link").symlink_to("in")
    before = tree(tmp_path)
    command = ["batch", str(source), "--previous", str(last), "-o", str(tmp_path / place), *_COMMON]
    for more in ([], ["--resume"]):
        assert run([*command, *more]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert "请用 -o" in error
    assert tree(tmp_path) == before


def test_the_list_of_units_is_not_replaced_by_the_index(tmp_path: Path) -> None:
    table = tmp_path / "总览.html"
    table.write_text(facts_of(1), encoding="utf-8")
    for more in ([], ["--resume"]):
        assert run(["batch", str(table), "-o", str(tmp_path), *_COMMON, *more]) == 2
    assert table.read_text(encoding="utf-8") == facts_of(1)


def test_an_index_of_somebody_else_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "总览.xlsx").write_bytes(b"somebody's")
    assert run(["batch", str(folder_of(tmp_path / "in", 1)), "-o", str(output), *_COMMON]) == 2
    assert "请用 -o 换一个文件夹" in capsys.readouterr().err
    assert tree(output) == {}
    assert (output / "总览.xlsx").read_bytes() == b"somebody's"


def test_a_folder_of_somebody_else_is_neither_moved_nor_filled(tmp_path: Path) -> None:
    output = tmp_path / "out"
    (output / "水利局").mkdir(parents=True)
    (output / "水利局" / "笔记.txt").write_text("别人的", encoding="utf-8")
    units = [UnitInput(name, {"input": facts_of(1)}) for name in ("水利局", "财政局")]
    results = {result.org: result for result in draft_batch(units, _options(output))}
    assert results["水利局"].state is UnitState.FAILED
    assert "水利局" in results["水利局"].problem
    assert results["财政局"].state is UnitState.DONE
    assert [p.name for p in (output / "水利局").iterdir()] == ["笔记.txt"]


def test_an_index_with_answers_typed_into_it_is_kept(tmp_path: Path) -> None:
    source, output = folder_of(tmp_path / "in", 1), tmp_path / "out"
    list(draft_batch(source, _options(output)))
    list(draft_batch(source, _options(output, resume=True)))
    assert not (output / "被替换的旧稿").exists()
    for name in ("总览.xlsx", "总览.html"):
        (output / name).write_bytes(b"answers")
    list(draft_batch(source, _options(output, resume=True)))
    aside = {p.name: p.read_bytes() for p in (output / "被替换的旧稿").iterdir()}
    assert aside == {"总览-1.xlsx": b"answers", "总览-1.html": b"answers"}
    assert (output / "总览.html").read_bytes() != b"answers"


@pytest.mark.parametrize(
    "names",
    [
        [
            "总览",
            "总览.html",
            "总览.xlsx",
            "被替换的旧稿",
            "index",
            "index.html",
            "汇总",
            ".nianbao",
            "NUL",
            "con.txt",
        ],
        ["水利局", "水利局", "水利局（2）", "水利局（2）"],
        ["ABC局", "abc局"],
        ["甲" * 90, "甲" * 95],
    ],
    ids=lambda names: names[0][:8],
)
def test_every_unit_has_a_folder_whatever_it_is_called(tmp_path: Path, names: list[str]) -> None:
    output = tmp_path / "out"
    results = list(draft_batch([UnitInput(name, {"input": facts_of(1)}) for name in names], _options(output)))
    assert {result.state for result in results} == {UnitState.DONE}
    assert len({result.key.casefold() for result in results}) == len(names)
    assert all((output / result.key / "年报.json").is_file() for result in results)
    assert (output / "总览.html").is_file()
    assert (output / "总览.xlsx").is_file()


def test_folder_names_are_the_same_in_every_run() -> None:
    orgs = ["水利局", "水利局（2）", "水利局", "总览.html"]
    first, second = FolderNames(), FolderNames()
    assert [first.take(org) for org in orgs] == [second.take(org) for org in orgs]


def test_a_unit_without_readable_material_is_listed_as_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder_of(tmp_path / "in", 1)
    (source / "空局").mkdir()
    (source / "图片局").mkdir()
    (source / "图片局" / "扫描.png").write_bytes(b"x")
    (source / "旧格式局.wps").write_bytes(b"x")
    assert run(["batch", str(source), "-o", str(tmp_path / "out"), *_COMMON]) == 2
    said = capsys.readouterr().err
    for name in ("空局", "图片局", "旧格式局"):
        assert f"{name}：" in said
        assert name in (tmp_path / "out" / "总览.html").read_text(encoding="utf-8")
    assert "共 4 个单位：完成 1 个，未完成 3 个" in said.replace("（沿用 0 个）", "")


def test_a_list_may_only_name_files_beside_it(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "秘密.txt"
    home.mkdir()
    outside.write_text(facts_of(1), encoding="utf-8")
    (home / "里面.txt").write_text(facts_of(2), encoding="utf-8")
    (home / "链接.txt").symlink_to(outside)
    (home / "夹").symlink_to(tmp_path)
    good = ["里面.txt", "./里面.txt", "../home/里面.txt", str(home / "里面.txt")]
    bad = ["../秘密.txt", str(outside), "链接.txt", "夹/秘密.txt", "里面.txt/../../秘密.txt"]
    lines: list[dict[str, Any]] = [{"org": name, "files": [name]} for name in (*good, *bad)]
    lines += [{"org": f"上年 {name}", "facts": facts_of(3), "previous": name} for name in bad]
    table = home / "单位.jsonl"
    table.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    results = sorted(draft_batch(table, _options(tmp_path / "out")), key=lambda result: result.number)
    states = [result.state for result in results]
    assert states == [UnitState.DONE] * len(good) + [UnitState.FAILED] * (2 * len(bad))
    assert all("清单" in result.problem for result in results[len(good) :])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"org": "甲局", "fact": "新收1件"}, "最接近的是“facts”"),
        ({"org": "甲局", "单位名": "乙局"}, "最接近的是“单位名称”"),
        ({"org": "甲局", "§": 1}, "可用："),
        ({"org": "甲局", "level": "conty"}, "county"),
        ({"org": "甲局", "scope": "all"}, "government"),
        ({"org": "甲局", "year": "去年"}, "2025"),
        ({"org": "甲局", "year": 2024.5}, "2025"),
        ({"org": "甲局", "files": {"a": 1}}, "文件名"),
        ({"org": "甲局", "facts": 5}, "材料"),
    ],
)
def test_what_is_not_understood_in_a_list_is_named_in_chinese(line: dict[str, Any], words: str) -> None:
    (result,) = draft_batch([{"facts": facts_of(1), **line}], BatchOptions(jobs=1))
    assert result.state is UnitState.FAILED
    assert words in result.problem
    assert "not a valid" not in result.problem


def test_a_full_disk_is_one_line_and_the_batch_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = folder_of(tmp_path / "in", 2), tmp_path / "out"

    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(store, "_write", full)
        assert run(["batch", str(source), "-o", str(output), *_COMMON]) == 2
    error = capsys.readouterr().err
    assert [line for line in error.splitlines() if line.startswith("nianbao：")] == [error.splitlines()[-1]]
    assert "磁盘已满" in error
    assert "--resume" in error
    assert not [p for p in output.iterdir() if p.is_dir() and p.name != ".nianbao"]
    assert run(["batch", str(source), "-o", str(output), *_COMMON, "--resume"]) == 0


def test_a_full_database_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: store.Store, *arguments: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(store.Store, "_note", full)
    with pytest.raises(UsageError, match="磁盘已满"):
        list(draft_batch(folder_of(tmp_path / "in", 1), _options(tmp_path / "out")))


def test_progress_that_nobody_reads_does_not_stop_the_work(tmp_path: Path) -> None:
    source, output = folder_of(tmp_path / "in", 3), tmp_path / "out"
    reading, writing = os.pipe()
    os.close(reading)
    command = [
        sys.executable,
        "-m",
        "assistant.interfaces",
        "batch",
        str(source),
        "-o",
        str(output),
        *_COMMON,
    ]
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(command, stderr=pipe, stdout=subprocess.PIPE, cwd=_ROOT, check=False)
    assert done.returncode == 0
    assert len(list(output.glob("*/年报.json"))) == 3


@pytest.mark.parametrize("runner", ["local", "dask"])
def test_a_plain_script_needs_no_guard(tmp_path: Path, runner: str) -> None:
    folder_of(tmp_path / "units", 2)
    (tmp_path / "批量.py").write_text(
        "from pathlib import Path\n"
        "from assistant import BatchOptions, draft_batch\n"
        "print('once')\n"
        f"options = BatchOptions(output=Path('out'), jobs=2, formats=('json',), runner={runner!r})\n"
        "for result in draft_batch('units/', options):\n"
        "    print(result.org, result.state)\n",
        encoding="utf-8",
    )
    done = _script(tmp_path / "批量.py")
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.split("\n")[1:-1]) == [f"清源县第{number}镇人民政府 done" for number in (1, 2)]
    assert done.stdout.count("once") == 1


def test_the_python_of_the_page_runs_as_it_stands(tmp_path: Path) -> None:
    folder_of(tmp_path / "units", 2)
    page = (_ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    programs = [part.split("```")[0] for part in page.split("```python\n")[1:]]
    assert len(programs) == 2
    for number, program in enumerate(programs):
        script = tmp_path / f"{number}.py"
        script.write_text(program, encoding="utf-8")
        done = _script(script)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()


def _script(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(path)],
        cwd=path.parent,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
