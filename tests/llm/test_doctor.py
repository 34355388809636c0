"""Holds what ``nianbao doctor`` says about servers that work, half work and do not."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assistant.interfaces.cli.app import run
from evals.fake_openai import METHODS, Answer, FakeOpenAI

pytest.importorskip("langchain_openai")

_RIGHT = Answer.of({"cell": "granted.total", "value": 7})


def _doctor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, **more: str
) -> tuple[int, str]:
    names = {
        "MODEL": "scripted",
        "BASE_URL": url,
        "BACKOFF": "0.001",
        "TIMEOUT": "60",
        "CONNECT_TIMEOUT": "60",
        **more,
    }
    for name, value in names.items():
        monkeypatch.setenv(f"NIANBAO_{name}", value)
    status = run(["doctor"])
    output = capsys.readouterr()
    assert "Traceback" not in output.err
    return status, output.out + output.err


def test_without_a_model_it_says_how_to_set_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    assert "NIANBAO_MODEL" in capsys.readouterr().out


def test_the_presets_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--presets"]) == 0
    output = capsys.readouterr().out
    for name in ("deepseek", "qwen", "glm", "moonshot", "openai", "vllm", "ollama", "llamacpp"):
        assert name in output


@pytest.mark.parametrize("supported", METHODS)
def test_each_method_is_tried_and_the_first_that_works_is_kept(
    supported: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with FakeOpenAI(lambda _: _RIGHT, methods=(supported,)) as server:
        status, output = _doctor(monkeypatch, capsys, server.url)
    assert status == 0
    assert output.count("[通过]") == 2
    assert output.count("服务方不支持") == 3
    assert "可以使用" in output
    assert supported in (tmp_path / "cache" / "nianbao" / "methods.json").read_text()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("401", "密钥"),
        ("404_model", "NIANBAO_MODEL"),
        ("hang", "没有回答"),
        ("500", "出错"),
        ("wrong_content_type", "网页"),
    ],
)
def test_a_server_that_does_not_work_is_explained(
    fault: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeOpenAI(lambda _: Answer(fault=fault)) as server:
        # only the server that hangs may be given up early: a busy machine answers late
        seconds = "0.5" if fault == "hang" else "60"
        status, output = _doctor(monkeypatch, capsys, server.url, RETRIES="1", TIMEOUT=seconds)
    assert status == 1
    assert said in output
    assert "离线" in output


def test_a_closed_port_and_a_wrong_key(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeOpenAI(lambda _: _RIGHT, key="right") as server:
        status, output = _doctor(monkeypatch, capsys, server.url, API_KEY="sk-wrong")
        assert (status, "密钥" in output, "sk-wrong" in output) == (1, True, False)
    # bound but not listening: refuses, and no server of another test can take the port meanwhile
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        status, output = _doctor(monkeypatch, capsys, f"http://127.0.0.1:{held.getsockname()[1]}/v1")
    assert (status, "连接不上" in output) == (1, True)


def test_a_server_that_takes_no_connection_is_not_called_slow(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as full, socket.socket() as first:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        # the queue holds this one and nobody accepts it: every further attempt waits in vain
        first.connect(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/v1"
        status, output = _doctor(monkeypatch, capsys, url, CONNECT_TIMEOUT="0.2")
    assert (status, "连接不上" in output) == (1, True)


def test_a_weak_model_and_an_unknown_name_are_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = Answer.of({"cell": "partial.total", "value": 3})
    with FakeOpenAI(lambda _: wrong, models=("a", "b")) as server:
        status, output = _doctor(monkeypatch, capsys, server.url)
    assert status == 0
    assert "清单中没有 scripted；清单中有：a、b" in output
    assert "能力不足" in output


def test_garbage_works_in_no_way(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with FakeOpenAI(lambda _: Answer("我不知道")) as server:
        status, output = _doctor(monkeypatch, capsys, server.url)
    assert status == 1
    assert "请更换模型" in output


def test_wrong_settings_are_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, output = _doctor(monkeypatch, capsys, "nonsense")
    assert status == 1
    assert "NIANBAO_BASE_URL" in output


def test_drafting_with_a_model_from_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    facts = tmp_path / "facts.txt"
    facts.write_text("收到申请3件，都是个人，予以公开3件。", encoding="utf-8")
    assert run(["draft", str(facts), "--engine", "llm"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setenv("NIANBAO_MODEL", "scripted")
    with FakeOpenAI(
        lambda _: Answer.of({"figures": [{"quote": "予以公开3件", "cells": ["granted"]}]})
    ) as server:
        monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
        assert run(["draft", str(facts), "--engine", "llm", "--prose", "template", "-f", "json"]) in (0, 1)
        assert '"engine": "llm"' in capsys.readouterr().out
        assert run(["draft", str(facts), "--engine", "auto", "--prose", "template"]) in (0, 1)
        assert "读取：离线和模型 scripted（1 次请求，" in capsys.readouterr().err
        assert run(["draft", str(facts), "--engine", "offline"]) in (0, 1)
        assert "读取：离线\n" in capsys.readouterr().err
    assert run(["draft", str(facts), "--engine", "auto"]) in (0, 1)
    said = capsys.readouterr().err
    assert "读取：离线\n" in said
    assert said.count("MODEL_FAULT") == 1
