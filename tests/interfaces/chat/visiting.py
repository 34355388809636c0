"""People who talk to a whole server over HTTP, with a browser's means and a stranger's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from httpx import Client, Response

from assistant.interfaces.chat.accounts import Accounts
from assistant.interfaces.chat.desk import Desk
from tests.browser.serving import Served

PASSWORD = "一个很长很长的密码"
_NUMBERS = count(1)


@dataclass
class Office:
    """A running server, the folder of its state, and a second look at that state."""

    client: Client
    folder: Path
    desk: Desk

    def visitor(self, name: str) -> Visitor:
        """Someone who has just logged in."""
        answer = self.client.post("/login", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303
        token = answer.cookies["nianbao"]
        self.client.cookies.clear()
        return Visitor(self, name, token)

    def stranger(self) -> Visitor:
        """Someone without a login."""
        return Visitor(self, "", "")


@contextmanager
def opened(folder: Path, names: tuple[str, ...] = ("张三", "李四")) -> Iterator[Office]:
    """A server for these people."""
    folder.mkdir(parents=True, exist_ok=True)
    accounts = Accounts(folder / "people.sqlite")
    for name in names:
        accounts.set_password(name, PASSWORD)
    accounts.close()
    server, desk = Served(folder).start(), Desk(folder)
    with Client(base_url=server.url, timeout=120, trust_env=False) as client:
        yield Office(client, folder, desk)
    desk.close()
    server.stop()


@dataclass
class Visitor:
    """One login."""

    office: Office
    name: str
    token: str
    session: str = field(default_factory=lambda: f"session{next(_NUMBERS)}")

    def ask(self, method: str, path: str, **more: Any) -> Response:
        """Any request, with this login's cookie."""
        headers = {"cookie": f"nianbao={self.token}", **more.pop("headers", {})}
        return self.office.client.request(method, path, headers=headers, **more)

    def upload(self, name: str, content: bytes) -> Response:
        """A file put into the box."""
        return self.ask("POST", "/gradio_api/upload?upload_id=x", files={"files": (name, content)})

    def config(self) -> dict[str, Any]:
        """What the page says of its components and events."""
        found = re.search(r"window\.gradio_config = (.*?);</script>", self.ask("GET", "/").text)
        assert found is not None
        config: dict[str, Any] = json.loads(found[1])
        return config

    def event(self, name: str, given: dict[str, Any], data: object = None) -> Response:
        """An event of the page, with ``given`` values by the elem_id of its inputs; the answer's whole stream, or the refusal."""
        config = self.config()
        number, inputs = next((d["id"], d["inputs"]) for d in config["dependencies"] if d["api_name"] == name)
        ids = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
        body = {
            "data": [given.get(str(ids[i]), "") for i in inputs], "fn_index": number, "session_hash": self.session,
            "event_data": data, "trigger_id": None,
        }  # fmt: skip
        return self.join(body)

    def join(self, body: object) -> Response:
        """Any body for the queue; the answer's whole stream, or the refusal."""
        joined = self.ask(
            "POST", "/gradio_api/queue/join", content=json.dumps(body), headers={"content-type": "application/json"}
        )  # fmt: skip
        if joined.status_code != 200:
            return joined
        return self.ask("GET", f"/gradio_api/queue/data?session_hash={self.session}")

    def say(self, text: str, draft: str, *uploads: str) -> str:
        """A message with uploads, as the page sends it."""
        box = {"text": text, "files": []}
        return self.event(
            "message", {"nb-input": box, "nb-picked": " ".join(uploads), "nb-draft": draft}
        ).text

    def draft(self) -> str:
        """The id of a new draft."""
        return self.office.desk.new(self.name).id

    def all_said(self) -> str:
        """Everything this person's drafts hold."""
        desk = self.office.desk
        made = [desk.open(entry.id, self.name).draft for entry in desk.list(self.name)]
        return "\n".join(m.model_dump_json() for m in made)
