"""Holds that a configured model reads along, that its lies stay out, and that what it read is kept with the turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.interfaces.chat.desk import Desk
from evals.fake_openai import Answer, FakeOpenAI
from tests.interfaces.chat.support import Talk
from tests.llm.scripts import cell, reads

pytest.importorskip("langchain_openai")

_ODD = "行政许可那本登记簿末尾用红笔圈出来的数是88件"


def _configured(monkeypatch: pytest.MonkeyPatch, server: FakeOpenAI) -> None:
    monkeypatch.setenv("NIANBAO_MODEL", "scripted")
    monkeypatch.setenv("NIANBAO_BASE_URL", server.url)
    monkeypatch.setenv("NIANBAO_BACKOFF", "0.001")


def test_what_only_the_model_reads_is_used_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "s")
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报：没有收到申请。")
    assert talk.cell("admin_license", "decisions", "table2") is None
    with FakeOpenAI(reads(cell("admin_license.decisions", 88, _ODD))) as server:
        _configured(monkeypatch, server)
        talk.say(_ODD)
    assert talk.cell("admin_license", "decisions", "table2") == 88
    monkeypatch.delenv("NIANBAO_MODEL")
    desk.close()
    again = Desk(tmp_path / "s")
    snapshot = again.latest("甲")
    assert snapshot.draft == talk.now.draft
    later = Talk(again, draft=snapshot.id)
    later.say("把行政许可改成90")
    assert later.cell("admin_license", "decisions", "table2") == 90
    later.undo()
    later.undo()
    assert later.cell("admin_license", "decisions", "table2") is None
    again.close()


def test_a_lie_of_the_model_stays_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk(desk)
    with FakeOpenAI(reads(cell("admin_penalty.decisions", 99, "行政处罚99件"))) as server:
        _configured(monkeypatch, server)
        talk.say("清源县水利局2025年年报：没有收到申请。")
    assert talk.cell("admin_penalty", "decisions", "table2") is None


def test_a_model_that_fails_stops_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk(desk)
    with FakeOpenAI(lambda body: Answer(fault="400")) as server:
        _configured(monkeypatch, server)
        talk.say("清源县水利局2025年年报：行政许可12件。")
    assert talk.cell("admin_license", "decisions", "table2") == 12


def test_a_change_in_words_asks_no_model(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报：行政许可12件。")
    with FakeOpenAI(reads()) as server:
        _configured(monkeypatch, server)
        talk.say("把行政许可改成13")
        assert server.requests == []
    assert talk.cell("admin_license", "decisions", "table2") == 13
