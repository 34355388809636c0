"""Holds that nobody reads, through any address and in any shape, a file that is not an upload of this very login."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.interfaces.chat.visiting import Office, Visitor, opened

_WORDS = "绝密口令七七四十九"
_FACTS = "清源县水利局2025年年报：行政许可77件。"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("locks") / "state") as office:
        yield office


@pytest.fixture(scope="module")
def secret(office: Office) -> Path:
    """A file of the server's that no visitor brought, with a link to it where uploads lie."""
    path = office.folder.parent / "secret.txt"
    path.write_text(f"{_FACTS}{_WORDS}", encoding="utf-8")
    (office.folder / "uploads" / "link.txt").symlink_to(path)
    return path


def _shapes(secret: Path, office: Office) -> list[Any]:
    link = str(office.folder / "uploads" / "link.txt")
    meta = {"_type": "gradio.FileData"}
    return [
        {"path": str(secret), "meta": meta}, {"path": link, "meta": meta}, {"path": "../secret.txt", "meta": meta},
        {"path": f"/gradio_api/file={secret}", "meta": meta}, {"path": f"file={secret}", "meta": meta},
        {"path": f"file://{secret}", "meta": meta}, {"path": "x.txt", "url": f"file://{secret}", "meta": meta},
        {"path": str(secret), "url": str(secret), "orig_name": "a.txt", "size": 3, "meta": meta}, {"path": str(secret)},
        [{"path": str(secret), "meta": meta}], {"file": {"path": str(secret), "meta": meta}, "alt_text": None},
        {"video": {"path": str(secret), "meta": meta}}, str(secret), link, "../secret.txt", f"file={secret}", [str(secret)],
        {"path": str(secret), "meta": meta, "is_stream": True},
    ]  # fmt: skip


def _tries(person: Visitor, shape: Any) -> Iterator[str]:
    """Every answer to a shape put wherever a file might be expected."""
    draft = person.draft()
    box = {"text": "", "files": [shape]}
    for values in (
        {"nb-input": box, "nb-draft": draft},
        {"nb-input": box, "nb-picked": shape, "nb-draft": draft},
        {"nb-input": shape, "nb-draft": draft},
        {"nb-input": {"text": shape, "files": []}, "nb-draft": draft},
    ):
        yield person.event("message", values).text
    for values in ({"nb-previous": shape, "nb-draft": draft}, {"nb-picked": shape, "nb-draft": draft}):
        yield person.event("previous", values).text
    yield person.event("click", {"nb-draft": shape}, {"act": "say", "text": shape}).text
    yield person.event("edit", {"nb-draft": draft}, {"block": shape}).text


@pytest.mark.parametrize("number", range(18))
def test_no_shape_of_a_path_opens_a_file(office: Office, secret: Path, number: int) -> None:
    person = office.visitor("张三")
    shape = _shapes(secret, office)[number]
    for answer in _tries(person, shape):
        assert _WORDS not in answer
    assert _WORDS not in person.all_said()
    assert _WORDS in secret.read_text(encoding="utf-8")


_KEYS = st.sampled_from(
    ["path", "url", "meta", "files", "text", "file", "value", "data", "_type", "name", "is_file"]
)


def _around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, min_size=1, max_size=3) | st.dictionaries(_KEYS, inner, min_size=1, max_size=4)


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_no_body_of_the_queue_opens_a_file(office: Office, secret: Path, data: st.DataObject) -> None:
    person = Visitor(office, "张三", _TOKEN.setdefault(id(office), office.visitor("张三").token))
    leaf = st.sampled_from([*_shapes(secret, office), {"_type": "gradio.FileData"}, None, "", 7])
    shape = data.draw(st.recursive(leaf, _around, max_leaves=6))
    draft = person.draft()
    body = {
        "data": data.draw(st.permutations([shape, {"text": "", "files": [shape]}, draft])),
        "fn_index": data.draw(st.integers(0, 9)), "session_hash": person.session,
        "event_data": data.draw(st.sampled_from([None, shape, {"act": "say", "text": shape}, {"sets": shape}])),
        "trigger_id": None,
    }  # fmt: skip
    answers = [person.join(body).text]
    path = data.draw(st.sampled_from(["call", "api", "run", "call/v2"]))
    name = data.draw(st.sampled_from(["message", "previous", "load", "predict"]))
    answers.append(person.ask("POST", f"/gradio_api/{path}/{name}", json=body).text)
    answers.append(person.ask("POST", "/gradio_api/component_server", json={**body, "component_id": 9}).text)
    assert all(_WORDS not in answer for answer in answers)
    assert _WORDS not in person.all_said()
    assert _WORDS in secret.read_text(encoding="utf-8")


_TOKEN: dict[int, str] = {}


def test_an_upload_is_taken_once_and_by_its_id_alone(office: Office) -> None:
    person = office.visitor("张三")
    answer = person.upload("统计.txt", _FACTS.encode())
    (key,) = answer.json()
    assert "/" not in answer.text
    assert str(office.folder) not in answer.text
    draft = person.draft()
    assert "77" in person.say("", draft, key)
    (turn,) = office.desk.open(draft, "张三").log
    assert turn["said"] == "上传材料：统计.txt"
    assert "找不到上传的文件" in person.say("", draft, key)
    assert [p.name for p in (office.folder / "uploads").iterdir() if p.is_file() and not p.is_symlink()] == []


@pytest.mark.parametrize("other", ["李四", "张三"], ids=["another person", "another login"])
def test_the_upload_of_another_login_is_neither_read_nor_deleted(office: Office, other: str) -> None:
    first, second = office.visitor("张三"), office.visitor(other)
    (key,) = first.upload("统计.txt", f"{_FACTS}{_WORDS}".encode()).json()
    draft = second.draft()
    pending = [str(p) for p in (office.folder / "uploads").iterdir() if not p.is_symlink()]
    assert pending
    for name in (key, *pending):
        answer = second.say("", draft, name)
        assert _WORDS not in answer
        assert "找不到上传的文件" in answer
        file = {"path": name, "meta": {"_type": "gradio.FileData"}}
        assert (
            _WORDS
            not in second.event("previous", {"nb-previous": file, "nb-picked": name, "nb-draft": draft}).text
        )
    assert office.desk.open(draft, other).log == ()
    assert "77" in first.say("", first.draft(), key)


def test_a_login_that_ends_takes_its_uploads_with_it(office: Office) -> None:
    person = office.visitor("李四")
    person.upload("统计.txt", _FACTS.encode())
    person.ask("GET", "/logout")
    assert [p for p in (office.folder / "uploads").iterdir() if p.is_file() and not p.is_symlink()] == []


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.exe", b"MZ", 415), ("a", b"x", 415), ("../../a.py", b"x", 415), ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 415),
        ("a.txt", b"x" * (20 * 1024 * 1024 + 1), 413),
    ],
    ids=["program", "no suffix", "script", "picture", "large"],
)  # fmt: skip
def test_uploads_are_checked_where_they_come_in(
    office: Office, name: str, content: bytes, status: int
) -> None:
    answer = office.visitor("李四").upload(name, content)
    assert answer.status_code == status
    assert "；请" in answer.text


def test_a_person_has_so_much_room_for_uploads_and_no_one_elses(office: Office) -> None:
    one, again, other = office.visitor("张三"), office.visitor("张三"), office.visitor("李四")
    statuses = [(one if n % 2 else again).upload("a.txt", b"1").status_code for n in range(21)]
    assert statuses == [200] * 20 + [429]
    assert other.upload("a.txt", b"1").status_code == 200
    for person in (one, again, other):
        person.ask("GET", "/logout")


_CLOSED = [
    "GET /openapi.json", "GET /docs", "GET /gradio_api/info", "GET /gradio_api/openapi.json", "GET /config", "GET /gradio_api/token",
    "GET /gradio_api/user", "GET /gradio_api/app_id", "GET /gradio_api/runs", "GET /monitoring", "GET /monitoring/summary",
    "GET /gradio_api/queue/status", "GET /gradio_api/vibe-code", "POST /gradio_api/vibe-code", "POST /gradio_api/vibe-edit",
    "POST /gradio_api/call/message", "GET /gradio_api/call/message/x", "POST /gradio_api/call/v2/message",
    "POST /gradio_api/api/message", "POST /gradio_api/run/predict", "POST /gradio_api/component_server",
    "POST /gradio_api/stream/x", "GET /gradio_api/stream/a/b/1/playlist.m3u8", "POST /gradio_api/reset", "POST /gradio_api/cancel",
    "POST /gradio_api/process_recording", "GET /gradio_api/deep_link?session_hash=x", "GET /gradio_api/proxy=http://127.0.0.1/",
    "GET /gradio_api/file={secret}", "GET /file={secret}", "GET /gradio_api/file/{secret}", "GET /gradio_api//file={secret}",
    "GET /static/../secret.txt", "GET /assets/..%2f..%2fsecret.txt", "GET /svelte/{secret}", "GET /gradio_api/heartbeat/x",
    "GET /gradio_api/custom_component/1/client/component/index.js", "GET /gradio_api/profiling/traces", "PUT /", "POST /login/",
    "DELETE /gradio_api/upload", "GET /gradio_api/upload_progress?upload_id=x", "GET /gradio_api/startup-events",
]  # fmt: skip


@pytest.mark.parametrize("what", _CLOSED)
def test_what_the_page_does_not_need_is_closed(office: Office, secret: Path, what: str) -> None:
    method, path = what.replace("{secret}", str(secret)).split(" ", 1)
    for person, statuses in ((office.visitor("张三"), (404,)), (office.stranger(), (401,))):
        answer = person.ask(method, path)
        assert answer.status_code in statuses
        assert _WORDS not in answer.text


def test_the_page_takes_a_draft_and_none_of_its_frameworks_states(office: Office) -> None:
    person = office.visitor("张三")
    state = office.folder / "gradio" / "deep_link" / "x"
    state.mkdir(parents=True)
    (state / "state.json").write_text(json.dumps({"secret": _WORDS}), encoding="utf-8")
    for query in ("deep_link=x", "deep_link=../x", "page=x", "draft=x&deep_link=x"):
        answer = person.ask("GET", f"/?{query}")
        assert answer.status_code == 200
        assert '"deep_link_state":"none"' in answer.text.replace(" ", "")
        assert _WORDS not in answer.text


def test_the_stream_of_another_is_not_read_along(office: Office) -> None:
    first, second = office.visitor("张三"), office.visitor("李四")
    assert _FACTS[:5] in first.say(_FACTS, first.draft())
    assert second.ask("GET", f"/gradio_api/queue/data?session_hash={first.session}").status_code == 403
    body = {
        "data": [""],
        "fn_index": 0,
        "session_hash": first.session,
        "event_data": None,
        "trigger_id": None,
    }
    assert second.join(body).status_code == 403


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[]", b"7", b'{"data": 1}', b"[" * 100_000, b'{"data": []}'], ids=range(7)
)
def test_a_body_that_is_none_is_refused(office: Office, body: bytes) -> None:
    answer = office.visitor("张三").ask("POST", "/gradio_api/queue/join", content=body)
    assert answer.status_code in (400, 403)


def test_a_body_without_end_is_cut(office: Office) -> None:
    person = office.visitor("张三")
    assert person.ask("POST", "/gradio_api/queue/join", content=b" " * (3 << 20)).status_code == 413
    assert office.stranger().ask("POST", "/login", data={"name": "a" * (1 << 20)}).status_code == 413


def test_whoever_watches_the_server_needs_no_login(office: Office) -> None:
    answer = office.stranger().ask("GET", "/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_every_answer_forbids_requests_to_others(office: Office) -> None:
    person = office.visitor("张三")
    for path in ("/", "/login", "/theme.css", "/nothing"):
        policy = person.ask("GET", path).headers["content-security-policy"]
        for needed in (
            "default-src 'none'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        ):
            assert needed in policy
        assert "http" not in policy
        assert "*" not in policy
        assert "script-src 'self' 'unsafe-inline'" not in policy


@pytest.mark.parametrize("text", ["甲" * 20_001, "都" * 90_000], ids=["a little", "much"])
def test_a_message_that_costs_too_much_is_one_line(office: Office, text: str) -> None:
    person = office.visitor("张三")
    draft = person.draft()
    assert "请分几次发送" in person.say(text, draft)
    assert office.desk.open(draft, "张三").log == ()
