"""Holds that many people talk at once without error and without mixing, and that kill -9 keeps every acknowledged turn."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.interfaces.chat.desk import Desk
from tests.interfaces.chat.support import Talk

_PEOPLE = 30


def _six_turns(desk: Desk, number: int) -> Talk:
    talk = Talk(desk, owner=f"人{number}")
    talk.say(
        f"清源县第{number}局2025年年报：新收申请{number}件，都是自然人。没有上年结转。",
        f"予以公开{number}件。",
        f"行政许可{100 + number}件。",
        f"把行政许可改成{200 + number}",
        "没有复议，没有诉讼。",
    )
    talk.edit_cells([["table2.admin_penalty.decisions", str(number)]])
    return talk


def test_thirty_conversations_at_once(desk: Desk) -> None:
    with ThreadPoolExecutor(_PEOPLE) as pool:
        talks = list(pool.map(lambda n: _six_turns(desk, n), range(1, _PEOPLE + 1)))
    for number, talk in enumerate(talks, start=1):
        assert len(talk.now.log) == 6
        assert (talk.cell("new_received"), talk.cell("granted", "natural_person")) == (number, number)
        assert talk.cell("admin_license", "decisions", "table2") == 200 + number
        assert talk.cell("admin_penalty", "decisions", "table2") == number
        (entry,) = desk.list(f"人{number}")
        again = desk.open(entry.id, f"人{number}")
        assert again.draft == talk.now.draft
        said = [turn["said"] for turn in again.log]
        assert said[0].startswith(f"清源县第{number}局")


def test_one_draft_written_from_many_threads_keeps_every_turn(desk: Desk) -> None:
    talk = Talk(desk)
    talk.say("清源县水利局2025年年报。")
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: desk.send(talk.now.id, "甲", {"kind": "message", "text": f"开展培训{n}次"}),
                range(2, 18),
            )
        )
    log = desk.open(talk.now.id, "甲").log
    assert sorted(turn["said"] for turn in log[1:]) == sorted(f"开展培训{n}次" for n in range(2, 18))
    assert len({turn["source"] for turn in log}) == 17


_TALKER = """
import sys
from pathlib import Path
from assistant.interfaces.chat.desk import Desk
desk = Desk(Path(sys.argv[1]))
draft = desk.new("甲").id
print(draft, flush=True)
for n in range(1, 1000):
    desk.send(draft, "甲", {"kind": "message", "text": f"行政许可{n}件，第{n}次说明"})
    print(n, flush=True)
"""


def test_kill_9_keeps_every_acknowledged_turn(tmp_path: Path) -> None:
    for stop_after in (1, 3, 7):
        folder = tmp_path / str(stop_after)
        with subprocess.Popen(
            [sys.executable, "-c", _TALKER, str(folder)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            draft = process.stdout.readline().strip()
            acknowledged = 0
            while acknowledged < stop_after:
                acknowledged = int(process.stdout.readline())
            process.kill()
            rest = [int(line) for line in process.stdout.read().split()]
        desk = Desk(folder)
        snapshot = desk.open(draft, "甲")
        assert len(snapshot.log) >= max([acknowledged, *rest])
        assert [t["said"] for t in snapshot.log] == [
            f"行政许可{n}件，第{n}次说明" for n in range(1, len(snapshot.log) + 1)
        ]
        assert all(turn["reply"] for turn in snapshot.log)
        desk.send(draft, "甲", {"kind": "message", "text": "把行政许可改成5"})
        desk.close()
