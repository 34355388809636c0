"""A scripted server that speaks the OpenAI protocol on loopback, with faults on demand; the real client talks to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from evals.fake_batches import BatchDesk

__all__ = ["FAULTS", "METHODS", "Answer", "FakeOpenAI", "method_of"]

METHODS = ("json_schema", "function_calling", "json_mode", "text")
Script = Callable[[dict[str, Any]], "Answer"]


@dataclass(frozen=True)
class Answer:
    """What the server says: normally one choice; ``fault`` names a way to misbehave instead (FAULTS)."""

    content: str = ""
    refusal: str = ""
    finish_reason: str = "stop"
    fault: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, value: object) -> Answer:
        """An answer that is one JSON object."""
        return cls(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


_STATUS = {
    "401": (
        401,
        {"error": {"message": "bad key", "type": "invalid_request_error", "code": "invalid_api_key"}},
    ),
    "404_model": (
        404,
        {"error": {"message": "no such model", "type": "invalid_request_error", "code": "model_not_found"}},
    ),
    "429": (429, {"error": {"message": "slow down", "type": "requests", "code": "rate_limit_exceeded"}}),
    "quota": (
        429,
        {"error": {"message": "no money", "type": "insufficient_quota", "code": "insufficient_quota"}},
    ),
    "400": (400, {"error": {"message": "unsupported", "type": "invalid_request_error", "code": None}}),
    "500": (500, {"error": {"message": "broken", "type": "server_error", "code": None}}),
}
FAULTS = (
    *_STATUS,
    "hang",
    "cut",
    "truncated_json",
    "wrong_schema",
    "refusal",
    "empty_choices",
    "no_choices",
    "empty_answer",
    "wrong_content_type",
    "redirect",
    "huge",
    "not_json",
    "error_in_200",
    "length",
)


def method_of(body: dict[str, Any]) -> str:
    """The structured-output method a request uses."""
    if body.get("tools"):
        return "function_calling"
    kind = (body.get("response_format") or {}).get("type", "")
    return {"json_schema": "json_schema", "json_object": "json_mode"}.get(kind, "text")


@dataclass
class FakeOpenAI:
    """The server; use it as a context manager. ``script`` answers each chat completion; ``requests`` keeps the bodies."""

    script: Script
    methods: tuple[str, ...] = METHODS
    models: tuple[str, ...] = ("scripted",)
    key: str = ""
    """when set, other keys are answered with 401"""
    listing_hangs: bool = False
    """the list of models is never answered"""
    requests: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    batches: BatchDesk = field(default_factory=BatchDesk)

    def __enter__(self) -> Self:
        self.closing = threading.Event()
        self._server = _Quiet(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Base URL of the endpoint."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def answer(self, body: dict[str, Any]) -> Answer:
        """The answer to one chat completion; methods the server does not know are refused as real servers do."""
        self.requests.append(body)
        if method_of(body) not in self.methods:
            return Answer(fault="400")
        return self.script(body)

    def completion(self, body: dict[str, Any]) -> dict[str, Any]:
        """A whole chat completion object, for batches."""
        return _completion(body, self.answer(body))


class _Quiet(ThreadingHTTPServer):
    """A server that says nothing when a client hangs up, as clients do that have heard enough."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Faults are asked for; the client's view of them is what tests look at."""


def _usage(body: dict[str, Any], answer: Answer) -> dict[str, int]:
    sent = sum(len(str(m.get("content") or "")) for m in body.get("messages", []))
    return {
        "prompt_tokens": sent,
        "completion_tokens": len(answer.content),
        "total_tokens": sent + len(answer.content),
    }


def _message(body: dict[str, Any], answer: Answer) -> dict[str, Any]:
    message: dict[str, Any] = {
        "role": "assistant",
        "content": answer.content,
        "refusal": answer.refusal or None,
    }
    if method_of(body) == "function_calling" and answer.content and not answer.refusal:
        name = body["tools"][0]["function"]["name"]
        call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": answer.content}}
        message |= {"content": None, "tool_calls": [call]}
    return message


def _completion(body: dict[str, Any], answer: Answer) -> dict[str, Any]:
    choice = {"index": 0, "message": _message(body, answer), "finish_reason": answer.finish_reason}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body.get("model", ""),
        "choices": [choice],
        "usage": _usage(body, answer),
    }


def _chunks(body: dict[str, Any], answer: Answer) -> Iterator[dict[str, Any]]:
    """The completion as stream chunks, the role first, the usage last."""
    base = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": body.get("model", ""),
    }
    message = _message(body, answer)
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    if "tool_calls" in message:
        deltas.append({"tool_calls": [{"index": 0, **message["tool_calls"][0]}]})
    elif answer.refusal:
        deltas.append({"refusal": answer.refusal})
    else:
        text = str(message["content"])
        deltas += [{"content": text[i : i + 40]} for i in range(0, len(text), 40)]
    for delta in deltas:
        yield {**base, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield {**base, "choices": [{"index": 0, "delta": {}, "finish_reason": answer.finish_reason}]}
    yield {**base, "choices": [], "usage": _usage(body, answer)}


def _spoiled(body: dict[str, Any], answer: Answer) -> tuple[bytes, str]:
    """Body and content type of the faults that come with status 200."""
    good = json.dumps(_completion(body, answer)).encode()
    whole = _completion(body, answer)
    if answer.fault == "empty_choices":
        whole["choices"] = []
    elif answer.fault == "no_choices":
        del whole["choices"]
    elif answer.fault == "error_in_200":
        whole = {"error": {"message": "internal", "type": "server_error"}}
    elif answer.fault == "wrong_content_type":
        return b"<html><body>login</body></html>", "text/html; charset=utf-8"
    elif answer.fault == "not_json":
        return good[: len(good) // 2], "application/json"
    elif answer.fault == "huge":
        whole["choices"][0]["message"]["content"] = "0" * 6_000_000
    return json.dumps(whole).encode(), "application/json"


_CONTENT_FAULTS = {
    "truncated_json": Answer('{"figures":[{"quote":"予以公开5件","cel'),
    "wrong_schema": Answer('{"表三":{"予以公开":7},"figures":"七"}'),
    "refusal": Answer(refusal="I cannot help with that."),
    "empty_answer": Answer(""),
    "length": Answer('{"figures":[', finish_reason="length"),
}


def _handler_of(server: FakeOpenAI) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Routes the few paths of the protocol."""

        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

        def do_GET(self) -> None:
            server.paths.append(self.path)
            if not self._allowed():
                return
            if self.path == "/v1/models" and server.listing_hangs:
                server.closing.wait(30)
                self.close_connection = True
                return
            if self.path == "/v1/models":
                listed = [
                    {"id": name, "object": "model", "created": 1, "owned_by": "test"}
                    for name in server.models
                ]
                self._json(200, {"object": "list", "data": listed})
                return
            found = server.batches.get(self.path)
            if found is None:
                self._json(
                    404, {"error": {"message": "not found", "type": "invalid_request_error", "code": None}}
                )
            elif isinstance(found, bytes):
                self._send(200, found, "application/jsonl")
            else:
                self._json(200, found)

        def do_POST(self) -> None:
            server.paths.append(self.path)
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            if not self._allowed():
                return
            if self.path == "/v1/chat/completions":
                body = json.loads(raw)
                self._chat(body, server.answer(body))
            elif server.batches.missing:
                self._json(404, {"error": {"message": "not found", "type": "not_found", "code": None}})
            else:
                self._json(
                    200,
                    server.batches.post(
                        self.path, raw, self.headers.get("content-type", ""), server.completion
                    ),
                )

        def _allowed(self) -> bool:
            if server.key and self.headers.get("authorization") != f"Bearer {server.key}":
                self._json(*_STATUS["401"])
                return False
            return True

        def _chat(self, body: dict[str, Any], answer: Answer) -> None:
            if answer.fault in _STATUS:
                status, error = _STATUS[answer.fault]
                self._json(status, error, answer.headers)
            elif answer.fault == "hang":
                server.closing.wait(30)
                self.close_connection = True
            elif answer.fault == "redirect":
                self._send(302, b"", "text/html", {"location": "http://127.0.0.1:9/elsewhere"})
            elif answer.fault in _CONTENT_FAULTS:
                self._whole(body, _CONTENT_FAULTS[answer.fault])
            elif answer.fault == "cut":
                self._cut(body, answer)
            elif answer.fault:
                self._send(200, *_spoiled(body, answer))
            else:
                self._whole(body, answer)

        def _whole(self, body: dict[str, Any], answer: Answer) -> None:
            if not body.get("stream"):
                self._json(200, _completion(body, answer), answer.headers)
                return
            lines = [f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n" for chunk in _chunks(body, answer)]
            self._send(200, "".join([*lines, "data: [DONE]\n\n"]).encode(), "text/event-stream")

        def _cut(self, body: dict[str, Any], answer: Answer) -> None:
            """Promise a whole answer, send half of it, hang up."""
            whole = json.dumps(_completion(body, answer)).encode()
            kind = "application/json"
            if body.get("stream"):
                whole = "".join(f"data: {json.dumps(c)}\n\n" for c in _chunks(body, answer)).encode()
                kind = "text/event-stream"
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(whole)))
            self.end_headers()
            self.wfile.write(whole[: len(whole) // 2])
            self.close_connection = True

        def _json(self, status: int, value: object, headers: dict[str, str] | None = None) -> None:
            self._send(status, json.dumps(value, ensure_ascii=False).encode(), "application/json", headers)

        def _send(self, status: int, data: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {
                "content-type": kind,
                "content-length": str(len(data)),
                **(headers or {}),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(data)
            except OSError:
                self.close_connection = True  # the client has heard enough

    return Handler
