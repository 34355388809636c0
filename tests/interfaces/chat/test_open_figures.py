"""What is said of the figures that nobody could place: where they belong, or that they do not count."""

from __future__ import annotations

from assistant.forms import CellKey
from assistant.interfaces.chat.desk import Desk
from assistant.report.figures import Account
from tests.interfaces.chat.support import Talk

_FACTS = "清源县水利局2025年年报：新收申请5件，都是自然人，予以公开3件，另外那个要地图的2件，没有上年结转，没有结转下年。"


def _accounts(talk: Talk) -> dict[object, Account]:
    return {f.value: f.account for f in talk.now.draft.figures}


def test_a_figure_without_a_place_is_named_in_one_line_and_keeps_the_rest_blank(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS)
    (line,) = (line for line in talk.reply.splitlines() if line.startswith("没有读懂"))
    assert "1 个数" in line
    assert "要地图的2件" in line
    talk.say("其余都是0")
    assert _accounts(talk)[2] is Account.OPEN
    assert talk.now.draft.report.value(CellKey("table3", "np_petition", "total")) is None


def test_the_next_message_may_say_where_it_belongs(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS, "信访投诉2件")
    figures = [f for f in talk.now.draft.figures if f.value == 2]
    assert [f.account for f in figures] == [Account.LEFT_OUT, Account.CELL]
    talk.say("其余都是0")
    assert talk.now.draft.report.value(CellKey("table3", "deny_state_secret", "total")) == 0


def test_it_may_be_taken_out_of_account(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS, "这些数都不计入")
    assert "1 个没有归属的数不计入年报" in talk.reply
    assert _accounts(talk)[2] is Account.LEFT_OUT
    assert not any("不清楚填到哪里" in q.text for q in talk.now.draft.questions)
