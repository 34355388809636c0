"""The files and batches half of the scripted server: uploads, a batch that takes a few polls, its results."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["BatchDesk"]


@dataclass
class BatchDesk:
    """Files and batches in memory. ``polls`` is how often a batch says that it is still at work; ``fate`` how it ends."""

    polls: int = 2
    fate: str = "completed"
    lost: frozenset[str] = frozenset()
    """custom ids whose requests end in the error file"""
    missing: bool = False
    """the server has no files and no batches"""
    partial: bool = False
    """a job that did not complete has answers all the same, but for those in ``lost``"""
    files: dict[str, bytes] = field(default_factory=dict)
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)

    def post(
        self, path: str, raw: bytes, kind: str, complete: Callable[[dict[str, Any]], dict[str, Any]]
    ) -> dict[str, Any]:
        """Upload a file, create a batch, or cancel one."""
        if path == "/v1/files":
            return self._keep(_file_part(raw, kind))
        if path.endswith("/cancel"):
            job = self.jobs[path.split("/")[-2]]
            job["status"] = "cancelled"
            return job
        asked = json.loads(raw)
        job = self._job(f"batch_{len(self.jobs) + 1}", asked["input_file_id"])
        good, bad = self._work(self.files[asked["input_file_id"]], complete)
        job["_good"], job["_bad"] = good, bad
        self.jobs[job["id"]] = job
        return self._public(job)

    def get(self, path: str) -> dict[str, Any] | bytes | None:
        """A batch, a file, or the content of one; None when there is no such thing."""
        parts = path.removeprefix("/v1/").split("/")
        if parts[0] == "files" and parts[1] in self.files:
            return self.files[parts[1]] if parts[-1] == "content" else self._file(parts[1])
        if parts[0] == "batches" and parts[1] in self.jobs:
            return self._poll(self.jobs[parts[1]])
        return None

    def _poll(self, job: dict[str, Any]) -> dict[str, Any]:
        seen = self._seen[job["id"]] = self._seen.get(job["id"], 0) + 1
        if seen <= self.polls:
            job["status"] = "in_progress"
        elif job["status"] == "in_progress" or job["status"] == "validating":
            job["status"] = self.fate
            if self.fate == "completed" or self.partial:
                job["output_file_id"] = self._keep(job["_good"])["id"]
            if self.fate == "completed":
                job["error_file_id"] = self._keep(job["_bad"])["id"] if job["_bad"] else None
        return self._public(job)

    def _work(
        self, content: bytes, complete: Callable[[dict[str, Any]], dict[str, Any]]
    ) -> tuple[bytes, bytes]:
        good, bad = [], []
        for line in content.decode().splitlines():
            request = json.loads(line)
            name = request["custom_id"]
            if name in self.lost:
                bad.append(
                    {
                        "custom_id": name,
                        "response": None,
                        "error": {"code": "server_error", "message": "lost"},
                    }
                )
                continue
            response = {"status_code": 200, "body": complete(request["body"])}
            good.append({"custom_id": name, "response": response, "error": None})
        return _lines(good), _lines(bad)

    def _keep(self, content: bytes) -> dict[str, Any]:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return self._file(name)

    def _file(self, name: str) -> dict[str, Any]:
        return {
            "id": name,
            "object": "file",
            "bytes": len(self.files[name]),
            "created_at": 1,
            "filename": "b.jsonl",
            "purpose": "batch",
            "status": "processed",
        }

    @staticmethod
    def _job(name: str, file: str) -> dict[str, Any]:
        return {
            "id": name,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "input_file_id": file,
            "completion_window": "24h",
            "status": "validating",
            "created_at": 1,
            "output_file_id": None,
            "error_file_id": None,
        }

    @staticmethod
    def _public(job: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in job.items() if not k.startswith("_")}


def _lines(values: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(v, ensure_ascii=False) + "\n" for v in values).encode()


def _file_part(raw: bytes, kind: str) -> bytes:
    """The content of the part named file of a multipart body."""
    boundary = re.search(r"boundary=\"?([^\";]+)", kind)
    if boundary is None:
        return b""
    for part in raw.split(b"--" + boundary[1].encode()):
        head, _, content = part.partition(b"\r\n\r\n")
        if b'name="file"' in head:
            return content.removesuffix(b"\r\n")
    return b""
