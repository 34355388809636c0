"""Holds that a database file somebody tampered with can spoil a draft and never run code."""

from __future__ import annotations

import json
import pickle
import sqlite3
from pathlib import Path
from typing import Any

import ormsgpack
import pytest

from assistant.errors import InputError
from assistant.interfaces.chat.desk import Desk

_SINGLE, _POSITIONAL, _KEYWORDS, _METHOD, _PYDANTIC_1, _PYDANTIC_2 = range(6)


class _Pickled:
    """Makes a file when it is read back."""

    def __init__(self, made: Path) -> None:
        self.made = made

    def __reduce__(self) -> Any:
        return Path.touch, (self.made,)


def _bombs(made: Path) -> list[tuple[str, bytes]]:
    """Checkpoints that call a function when they are read, by each means the serializer knows."""
    calls = [
        (_SINGLE, ("os", "mkdir", str(made))),
        (_POSITIONAL, ("os", "mkdir", [str(made)])),
        (_KEYWORDS, ("os", "mkdir", {"path": str(made)})),
        (_METHOD, ("os", "path", str(made), "exists")),
        (_PYDANTIC_1, ("os", "mkdir", {"path": str(made)})),
        (_PYDANTIC_2, ("os", "mkdir", {"path": str(made)}, "x")),
    ]
    packed = [
        ("msgpack", ormsgpack.packb({"channel_values": {"log": ormsgpack.Ext(code, ormsgpack.packb(call))}}))
        for code, call in calls
    ]
    constructor = {"lc": 2, "type": "constructor", "id": ["os", "mkdir"], "kwargs": {"path": str(made)}}
    return [*packed, ("json", json.dumps(constructor).encode()), ("pickle", pickle.dumps(_Pickled(made)))]


@pytest.mark.parametrize("number", range(8))
def test_a_tampered_checkpoint_is_refused(tmp_path: Path, number: int) -> None:
    made = tmp_path / "made"
    folder = tmp_path / "state"
    desk = Desk(folder)
    draft = desk.new("甲").id
    desk.send(draft, "甲", {"kind": "message", "text": "新收申请5件"})
    other = desk.new("甲").id
    desk.send(other, "甲", {"kind": "message", "text": "新收申请6件"})
    desk.close()
    database = sqlite3.connect(folder / "turns.sqlite")
    with database:
        change = "UPDATE checkpoints SET type = ?, checkpoint = ? WHERE thread_id = ?"
        database.execute(change, (*_bombs(made)[number], draft))
    database.close()
    desk = Desk(folder)
    with pytest.raises(InputError, match="请从备份恢复"):
        desk.open(draft, "甲")
    assert not made.exists()
    assert len(desk.open(other, "甲").log) == 1
    desk.close()


def test_what_was_written_is_plain_and_is_read_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    draft = desk.new("甲").id
    before = desk.send(draft, "甲", {"kind": "message", "text": "新收申请5件，都是自然人"})
    desk.send(draft, "甲", {"kind": "undo"})
    desk.send(draft, "甲", {"kind": "redo"})
    desk.close()
    again = Desk(tmp_path)
    assert again.open(draft, "甲").log == before.log
    again.close()
