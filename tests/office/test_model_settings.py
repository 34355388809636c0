"""Holds how the model's settings are found, and that a wrong one is one line without the value."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.errors import ModelNotReady
from assistant.llm.pace import Pace
from assistant.llm.presets import all_presets, preset_for
from assistant.office.model_settings import ModelSettings, load_settings, settings_file


def _write(text: str) -> Path:
    path = settings_file()
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_is_configured_by_default() -> None:
    assert not load_settings().configured


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    _write(
        '[model]\nmodel = "甲"\nbase_url = "http://10.0.0.5:8000/v1/"\ntimeout = 7\n[unit]\nlevel = "town"\n'
    )
    monkeypatch.setenv("NIANBAO_MODEL", "乙")
    monkeypatch.setenv("NIANBAO_TIMEOUT", "")
    settings = load_settings()
    assert (settings.model, settings.base_url, settings.timeout) == ("乙", "http://10.0.0.5:8000/v1", 7)


def test_the_address_of_the_call_itself_is_understood() -> None:
    assert ModelSettings(base_url="https://h.example/v1/chat/completions").base_url == "https://h.example/v1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[model\n", "读不懂"),
        ('model = "x"\n', "写作 \\[model\\]"),
        ('[model]\nmodle = "x"\n', "modle"),
        ('[model]\ntimeout = "sk-secret"\n', "NIANBAO_TIMEOUT"),
        ('[model]\nbase_url = "ftp://sk-secret"\n', "NIANBAO_BASE_URL"),
        ('[model]\nbase_url = "https://user:sk-secret@h.example/v1"\n', "NIANBAO_BASE_URL"),
        ("[model]\nretries = 1000\n", "NIANBAO_RETRIES"),
    ],
)
def test_a_wrong_setting_is_one_line(text: str, said: str) -> None:
    _write(text)
    with pytest.raises(ModelNotReady, match=said) as caught:
        load_settings()
    assert "\n" not in str(caught.value)
    assert "sk-secret" not in f"{caught.value}{caught.value.__cause__}"


def test_keys_are_hidden() -> None:
    settings = ModelSettings(api_key=SecretStr("sk-secret"))
    assert "sk-secret" not in repr(settings) + settings.model_dump_json()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://api.deepseek.com", "deepseek"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "qwen"),
        ("https://open.bigmodel.cn/api/paas/v4", "glm"),
        ("https://api.moonshot.cn/v1", "moonshot"),
        ("https://api.openai.com/v1", "openai"),
        ("http://10.1.1.1:8000/v1", "vllm"),
        ("http://localhost:11434/v1", "ollama"),
        ("http://192.168.1.2:8080/v1", "llamacpp"),
        ("https://llm.intranet/v1", "default"),
    ],
)
def test_the_provider_is_found_from_the_address(address: str, name: str) -> None:
    assert preset_for(ModelSettings(base_url=address)).name == name


def test_presets_are_complete() -> None:
    for preset in all_presets().values():
        assert preset.methods[-1] == "text"
        assert preset.title
        assert preset.hint
    with pytest.raises(ModelNotReady, match="deepseek、qwen"):
        preset_for(ModelSettings(preset="nobody"))


def test_the_pace_keeps_requests_and_tokens_within_the_minute() -> None:
    now = [0.0]
    pace = Pace(requests=2, tokens=100, clock=lambda: now[0])
    assert [pace.reserve(10), pace.reserve(10)] == [0, 0]
    assert pace.reserve(10) == 60
    now[0] = 61
    # the third went out at 60, so one more fits now
    assert pace.reserve(10) == 0
    now[0] = 200
    assert pace.reserve(500) == 0
    assert pace.reserve(1) == 60
