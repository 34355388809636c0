"""Starts the chat as a clerk does, on a free port of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_MAIN = "import sys; from assistant.interfaces.cli.app import main; main()"
_PATIENCE = 180.0
"""seconds; it takes 3 on a quiet machine, and a busy one is no reason to fail"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path) -> dict[str, str]:
    """The machine's environment without any model it may have configured."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NIANBAO_", "OPENAI_"))}
    return {**kept, "PYTHONUNBUFFERED": "1", "NIANBAO_CONFIG": str(folder / "nianbao.toml")}


@dataclass
class Served:
    """A running server and the folder of its state."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> Served:
        """Start it and wait until it answers."""
        command = [sys.executable, "-c", _MAIN, "chat", "--port", str(self.port), "--data", str(self.folder)]
        log = (self.folder.parent / f"{self.folder.name}.log").open("ab")
        with log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=_environment(self.folder))
        deadline = time.monotonic() + _PATIENCE
        while not self._answers():
            assert self.process.poll() is None, "the server ended before it answered"
            assert time.monotonic() < deadline, "the server does not answer"
        return self

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}login", timeout=1):
                return True
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            # a server that has ended is noticed at once; one that still starts is asked again a moment later
            with suppress(subprocess.TimeoutExpired):
                assert self.process is not None
                self.process.wait(0.1)
            return False

    def kill(self) -> None:
        """kill -9: no time to write anything."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
