"""Holds that uploads nobody sends are deleted, and that nothing put in their place is followed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.interfaces.chat.uploads import Person, Uploads

_ZHANG = Person("张三", "login 1")


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_never_sent_is_deleted(tmp_path: Path) -> None:
    clock = _Clock()
    uploads = Uploads(tmp_path, clock)
    key = uploads.put(_ZHANG, "a.txt", BytesIO(b"1"))
    clock.now += 29 * 60
    uploads.sweep()
    assert list(tmp_path.iterdir()) == [tmp_path / key]
    clock.now += 2 * 60
    uploads.sweep()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError, match="重新选择"), uploads.taken(key, _ZHANG):
        pass


def test_what_a_killed_server_left_is_deleted(tmp_path: Path) -> None:
    Uploads(tmp_path).put(_ZHANG, "a.txt", BytesIO(b"1"))
    (tmp_path / "hash").mkdir()
    (tmp_path / "hash" / "b.txt").write_text("2")
    Uploads(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_link_put_in_the_place_of_an_upload_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("绝密")
    uploads = Uploads(tmp_path / "uploads")
    key = uploads.put(_ZHANG, "a.txt", BytesIO(b"1"))
    (tmp_path / "uploads" / key).unlink()
    (tmp_path / "uploads" / key).symlink_to(secret)
    with pytest.raises(InputError, match="重新上传"), uploads.taken(key, _ZHANG):
        pass
    assert secret.read_text() == "绝密"


def test_a_file_is_deleted_even_when_reading_it_fails(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    key = uploads.put(_ZHANG, "a.docx", BytesIO(b"PK\x03\x04 not a document"))
    with pytest.raises(ZeroDivisionError), uploads.taken(key, _ZHANG):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../../etc/a.txt", "C:\\x\\a.txt", "\n" * 9 + "a.txt", "长" * 300 + "a.txt"]
)
def test_a_name_is_only_shown(tmp_path: Path, name: str) -> None:
    uploads = Uploads(tmp_path)
    with uploads.taken(uploads.put(_ZHANG, name, BytesIO(b"1")), _ZHANG) as (shown, content):
        assert shown.endswith("a.txt")
        assert not set(shown) & set("/\\\n")
        assert len(shown) <= 120
        assert content == b"1"
