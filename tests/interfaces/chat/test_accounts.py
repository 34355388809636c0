"""Holds that passwords are kept hashed, sessions end, and guessing is slowed down."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.interfaces.chat.accounts import Accounts


class _Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: _Clock) -> Accounts:
    made = Accounts(tmp_path / "people.sqlite", now=clock)
    made.set_password("张三", "一个很长很长的密码")
    return made


def test_a_right_password_gives_a_session(accounts: Accounts) -> None:
    token = accounts.log_in(" 张三 ", "一个很长很长的密码")
    assert accounts.who(token) == "张三"
    accounts.log_out(token)
    assert accounts.who(token) is None


@pytest.mark.parametrize(
    ("name", "password"), [("张三", "错的密码"), ("李四", "一个很长很长的密码"), ("", "")]
)
def test_wrong_ones_give_none(accounts: Accounts, name: str, password: str) -> None:
    assert accounts.log_in(name, password) is None


@pytest.mark.parametrize("token", [None, "", "x", "\ud800"], ids=range(4))
def test_a_token_that_is_none(accounts: Accounts, token: str | None) -> None:
    assert accounts.who(token) is None


def test_nothing_readable_is_on_disk(accounts: Accounts, tmp_path: Path) -> None:
    token = accounts.log_in("张三", "一个很长很长的密码")
    accounts.close()
    raw = (tmp_path / "people.sqlite").read_bytes()
    assert token is not None
    assert token.encode() not in raw
    assert "一个很长很长的密码".encode() not in raw
    assert (tmp_path / "people.sqlite").stat().st_mode & 0o077 == 0


def test_a_session_ends_after_a_working_day_however_busy(accounts: Accounts, clock: _Clock) -> None:
    token = accounts.log_in("张三", "一个很长很长的密码")
    for _ in range(11):
        clock.now += 3600
        assert accounts.who(token) == "张三"
    clock.now += 2 * 3600
    assert accounts.who(token) is None


def test_a_session_ends_when_nobody_works(accounts: Accounts, clock: _Clock) -> None:
    token = accounts.log_in("张三", "一个很长很长的密码")
    clock.now += 1.9 * 3600
    assert accounts.who(token) == "张三"
    clock.now += 2.1 * 3600
    assert accounts.who(token) is None


def test_sessions_of_an_earlier_version_end_and_the_file_is_used_on(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    old = sqlite3.connect(path)
    old.execute("CREATE TABLE session (token TEXT PRIMARY KEY, name TEXT NOT NULL, until REAL NOT NULL)")
    old.execute("INSERT INTO session VALUES ('x', '张三', 1e12)")
    old.commit()
    old.close()
    accounts = Accounts(path)
    accounts.set_password("张三", "一个很长很长的密码")
    assert accounts.who(accounts.log_in("张三", "一个很长很长的密码")) == "张三"
    accounts.close()


def _wrong(accounts: Accounts, times: int, address: str = "10.0.0.1") -> None:
    for _ in range(times):
        assert accounts.log_in("张三", "猜的", address) is None


def test_guessing_waits_longer_each_time_and_is_never_shut_out_for_good(
    accounts: Accounts, clock: _Clock
) -> None:
    _wrong(accounts, 5)
    for wait in (5, 10, 20, 40):
        with pytest.raises(UsageError, match="后再试"):
            accounts.log_in("张三", "一个很长很长的密码", "10.0.0.1")
        clock.now += wait + 1
        _wrong(accounts, 1)
    clock.now += 81
    assert accounts.log_in("张三", "一个很长很长的密码", "10.0.0.1") is not None
    _wrong(accounts, 5)


def test_the_longest_wait_is_a_quarter_of_an_hour(accounts: Accounts, clock: _Clock) -> None:
    for _ in range(40):
        _wrong(accounts, 1)
        clock.now += 901
    assert accounts.log_in("张三", "一个很长很长的密码", "10.0.0.1") is not None


def test_a_colleague_who_guesses_locks_nobody_out(accounts: Accounts) -> None:
    accounts.set_password("李四", "一个很长很长的密码")
    _wrong(accounts, 5)
    with pytest.raises(UsageError):
        accounts.log_in("张三", "猜的", "10.0.0.1")
    assert accounts.log_in("张三", "一个很长很长的密码", "10.0.0.2") is not None
    assert accounts.log_in("李四", "一个很长很长的密码", "10.0.0.1") is not None


def test_a_new_password_ends_the_sessions(accounts: Accounts) -> None:
    token = accounts.log_in("张三", "一个很长很长的密码")
    accounts.set_password("张三", "另外一个很长的密码")
    assert accounts.who(token) is None
    assert accounts.log_in("张三", "另外一个很长的密码") is not None


def test_a_person_who_is_removed_is_out_at_once(accounts: Accounts) -> None:
    token = accounts.log_in("张三", "一个很长很长的密码")
    accounts.remove("张三")
    assert accounts.who(token) is None
    assert accounts.names == []


@pytest.mark.parametrize(
    ("name", "password"),
    [("李四", "short"), ("", "long enough"), ("a\nb", "long enough"), ("长" * 41, "long enough")],
)
def test_names_and_passwords_that_will_not_do(accounts: Accounts, name: str, password: str) -> None:
    with pytest.raises(UsageError):
        accounts.set_password(name, password)
