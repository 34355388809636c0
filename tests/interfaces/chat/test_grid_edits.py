"""Holds that an edited table stays as the person saw it: totals follow, neighbours stay, words are kept."""

from __future__ import annotations

import pytest

from assistant.errors import UsageError
from assistant.interfaces.chat.desk import Desk
from assistant.interfaces.chat.events import edit_block
from assistant.report.facts import FactStatus, Origin
from tests.interfaces.chat.support import Talk

_FACTS = (
    "清源县水利局2025年依申请公开：新收12件，其中个人10件，企业2件，没有上年结转。给了的7件，都是个人的；部分公开1件，也是个人。"
    "不掌握的3件，个人2件、企业1件。没有结转下年度，其余都是0。"
)


def _origin(talk: Talk, row: str, col: str) -> Origin | None:
    return next(c.origin for c in talk.now.draft.cells if (c.table, c.row, c.col) == ("table3", row, col))


def test_an_edit_repairs_a_broken_balance(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(
        "清源县水利局2025年：新收5件，都是自然人。没有上年结转。予以公开3件，都是自然人。没有结转下年度。办结3件。其余都是0。"
    )
    assert "T3_BALANCE" in talk.errors
    talk.edit(granted__natural_person=5)
    assert talk.errors == []
    assert (talk.cell("granted"), talk.cell("result_total")) == (5, 5)
    talk.undo()
    assert "T3_BALANCE" in talk.errors


def test_totals_follow_and_neighbours_stay(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS)
    assert talk.cell("granted", "natural_person") == 7
    talk.edit(granted__biz_enterprise=1)
    assert (
        talk.cell("granted", "natural_person"),
        talk.cell("granted", "biz_enterprise"),
        talk.cell("granted"),
    ) == (7, 1, 8)
    assert _origin(talk, "granted", "biz_enterprise") is Origin.EDITED


def test_the_words_that_were_replaced_are_kept(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say(_FACTS)
    talk.edit(new_received__biz_enterprise=3)
    superseded = [f for f in talk.now.draft.facts if f.status is FactStatus.SUPERSEDED]
    assert {"企业2件", "新收12件"} <= {
        q for f in superseded for e in f.evidence for q in (e.quote, e.quote[-5:])
    }
    edited = [f for f in talk.now.draft.facts if f.edited and f.where == "table3.new_received.biz_enterprise"]
    assert edited[0].evidence[0].quote == "本年新收·商业企业 填为 3"
    source = edited[0].evidence[0].source
    assert talk.now.draft.sources[source] == "本年新收·商业企业 填为 3"


def test_a_block_fills_many_cells_in_one_turn(desk: Desk) -> None:
    talk = Talk(desk)
    rows = {
        "new_received": [3, 1, 0, 0, 0, 0],
        "carried_over": [0] * 6,
        "granted": [2, 1, 0, 0, 0, 0],
        "partial": [1, 0, 0, 0, 0, 0],
    }
    columns = [c.key for c in talk.now.draft.report.layout.table("table3").columns][:-1]
    talk.edit_cells(
        [[f"table3.{r}.{c}", v] for r, values in rows.items() for c, v in zip(columns, values, strict=True)]
    )
    assert (talk.cell("new_received"), talk.cell("granted"), talk.cell("partial")) == (4, 3, 1)
    assert "共 24 格" in talk.now.log[-1]["said"]
    talk.undo()
    assert talk.cell("new_received") is None


def test_a_cell_can_be_made_blank_again(desk: Desk) -> None:
    talk = Talk(desk)
    talk.edit_cells([["table2.admin_license.decisions", 9]])
    talk.edit_cells([["table2.admin_license.decisions", None]])
    assert talk.cell("admin_license", "decisions", "table2") is None


def test_an_amount_keeps_its_decimals(desk: Desk) -> None:
    talk = Talk(desk)
    talk.edit_cells([["table2.admin_fee.amount_wan", "12.50"]])
    assert str(talk.cell("admin_fee", "amount_wan", "table2")) == "12.5"


def test_an_unknown_cell_is_left_out(desk: Desk) -> None:
    talk = Talk(desk)
    talk.edit_cells([["table3.nowhere.total", 3], ["table3.granted.natural_person", 1]])
    assert talk.cell("granted", "natural_person") == 1


def test_a_block_with_labels_is_taken_by_its_labels(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报")
    block = "办理结果\t\t自然人\t商业企业\t总计\n（一）予以公开\t\t10\t2\t12\n（三）不予公开\t1.属于国家秘密\t1\t0\t1"
    edit_block(desk, talk.now.id, talk.owner, block)
    now = desk.open(talk.now.id, talk.owner).draft.report
    assert now.table3["granted"]["natural_person"] == 10
    assert now.table3["deny_state_secret"]["natural_person"] == 1


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ("本年新收\t10\t2\t0\t0\t0\t0\t12\n某某事项\t3\t1\t0\t0\t0\t0\t4", "某某事项"),
        (
            "事项\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n予以公开\t3\t1\t0\t0\t0\t0\t5",
            "相加为 4",
        ),
        ("甲\t乙\n丙\t丁", "没有可以填入"),
    ],
)
def test_a_block_that_is_not_understood_changes_nothing(desk: Desk, block: str, named: str) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报")
    with pytest.raises(UsageError, match=named):
        edit_block(desk, talk.now.id, talk.owner, block)
    assert talk.cell("new_received") is None
