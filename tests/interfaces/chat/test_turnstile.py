"""Holds that one person's pile of work keeps nobody else waiting."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Event

import pytest

from assistant.errors import UsageError
from assistant.interfaces.chat.turnstile import Turnstile

_PATIENCE = 60.0


def test_one_at_a_time_for_each_person_and_the_others_go_on() -> None:
    turnstile, stop = Turnstile(hands=2), Event()
    held = [turnstile.submit("甲", lambda: stop.wait(_PATIENCE)) for _ in range(9)]
    # nine pieces of one person's are waiting, and another's is done at once
    assert turnstile.submit("乙", lambda: "答复").result(_PATIENCE) == "答复"
    assert [f.done() for f in held] == [False] * 9
    stop.set()
    assert all(f.result(_PATIENCE) for f in held)
    turnstile.close()


def test_persons_take_turns() -> None:
    turnstile, go, order = Turnstile(hands=1), Event(), list[str]()
    first: Future[bool] = turnstile.submit("丙", lambda: go.wait(_PATIENCE))
    waiting = [
        turnstile.submit(name, lambda name=name: order.append(name))  # type: ignore[misc]  # bound where it is made
        for name in ("甲", "甲", "甲", "乙", "丁", "乙")
    ]
    go.set()
    assert first.result(_PATIENCE)
    for future in waiting:
        future.result(_PATIENCE)
    assert order == ["甲", "乙", "丁", "甲", "乙", "甲"]
    turnstile.close()


def test_a_pile_that_is_too_high_is_refused_and_what_fails_fails_alone() -> None:
    turnstile, go = Turnstile(hands=1, pile=2), Event()
    under_way = turnstile.submit("甲", lambda: go.wait(_PATIENCE))
    broken = turnstile.submit("甲", lambda: 1 / 0)
    turnstile.submit("甲", lambda: 1)
    with pytest.raises(UsageError, match="请稍等"):
        turnstile.submit("甲", lambda: 1)
    other = turnstile.submit("乙", lambda: 2)
    go.set()
    assert under_way.result(_PATIENCE)
    with pytest.raises(ZeroDivisionError):
        broken.result(_PATIENCE)
    assert other.result(_PATIENCE) == 2
    turnstile.close()
