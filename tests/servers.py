"""The real service as a process of its own: started, signalled, killed and started again.

Nothing here waits a fixed time: the service says when it listens, and every wait has a deadline.
"""

import http.client
import json
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.request import urlopen

from tests.cast import DANA_EMAIL, DANA_NAME, DANA_PASSWORD

SCRIPT = Path(sys.executable).with_name("deskbell")
START_SECONDS = 30.0
STOP_SECONDS = 30.0

_LISTENING = re.compile(rb"listening on http://[^\n]*:(\d+)\n")


class ServerFailed(Exception):
    """The service did not do what was asked of it; the message ends with its log."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer with its JSON read."""

    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Guest:
    """A visitor who opened a chat."""

    user_id: str
    chat_id: str
    token: str
    visitor_key: str


class RunningServer:
    """`deskbell serve` on a data folder. A restart keeps the port, so that clients find it again.

    `settings` are given as `DESKBELL_…` variables; rate limits are off unless they say otherwise.
    """

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.port = 0
        self._settings = {"rate_limits": "off", **(settings or {})}
        self._log = data / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self.kill()

    # The process.

    @property
    def pid(self) -> int:
        return self._running().pid

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def cable(self) -> str:
        return f"ws://127.0.0.1:{self.port}/cable"

    @property
    def database(self) -> Path:
        return self.data / "deskbell.sqlite3"

    def start(self) -> None:
        """Start it and wait until it listens; raises ServerFailed."""
        self.data.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command("serve", "--host", "127.0.0.1", "--port", str(self.port)),
                env=self._environment(),
                cwd=self.data,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        self.port = self._read_port(self._process)

    def kill(self) -> None:
        """End it with SIGKILL, which it cannot notice."""
        self._running().kill()
        self._reap(STOP_SECONDS)

    def terminate(self, seconds: float = STOP_SECONDS) -> int:
        """Ask it to stop with SIGTERM, wait for that and return its exit code."""
        self.ask_to_stop()
        return self.wait_stopped(seconds)

    def ask_to_stop(self) -> None:
        """Send SIGTERM and wait for nothing."""
        self._running().send_signal(signal.SIGTERM)

    def wait_stopped(self, seconds: float = STOP_SECONDS) -> int:
        """Wait until it is gone and return its exit code; raises ServerFailed when it stays."""
        try:
            return self._reap(seconds)
        except subprocess.TimeoutExpired:
            raise ServerFailed(f"it still runs after {seconds} s\n{self.log()}") from None

    def log(self) -> str:
        """What it logged so far, in all its lives."""
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    # Its clients.

    def call(self, method: str, path: str, body: Any = None, token: str = "") -> Answer:
        """Make one REST call."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        content = None if body is None else json.dumps(body)
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, content, headers)
            response = connection.getresponse()
            text = response.read()
        return Answer(response.status, json.loads(text) if text else None)

    def text(self, path: str) -> str:
        """Read a page that is no JSON."""
        with urlopen(f"{self.origin}{path}", timeout=30) as response:  # noqa: S310 - our own
            return str(response.read().decode())

    def welcome_guest(self) -> Guest:
        """Let a new visitor in, and open their chat."""
        session = self._need("POST", "/support_chat/session", {})
        token = session["token"]
        chat = self._need("GET", "/support_chat", token=token)
        return Guest(session["user"]["id"], chat["id"], token, session["visitor_key"])

    def create_admin(self, email: str = DANA_EMAIL, password: str = DANA_PASSWORD) -> None:
        """Make an admin by the command line, as an operator does."""
        options = ("--email", email, "--name", DANA_NAME, "--password-stdin")
        done = subprocess.run(
            self._command("create-admin", *options),
            env=self._environment(),
            cwd=self.data,
            input=password.encode() + b"\n",
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise ServerFailed(done.stderr.decode("utf-8", "replace"))

    def sign_in(self, email: str = DANA_EMAIL, password: str = DANA_PASSWORD) -> str:
        """Sign an admin in and return the bearer token."""
        session = self._need("POST", "/admin/session", {"email": email, "password": password})
        return str(session["token"])

    def messages(self, path: str, token: str) -> list[dict[str, Any]]:
        """Read a whole log, page by page; `path` is that of the messages."""
        found: list[dict[str, Any]] = []
        more = True
        while more:
            after = found[-1]["seq"] if found else 0
            page = self._need("GET", f"{path}?after={after}&limit=200", token=token)
            found += page["messages"]
            more = page["has_more"]
        return found

    # Inside.

    def _need(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        answer = self.call(method, path, body, token)
        if answer.status not in (200, 201):
            raise ServerFailed(f"{method} {path}: {answer.status} {answer.body}\n{self.log()}")
        return answer.body

    def _command(self, *arguments: str) -> list[str]:
        return [str(SCRIPT), *arguments, "--data", str(self.data)]

    def _environment(self) -> dict[str, str]:
        """Ours without settings of another installation."""
        kept = {name: text for name, text in os.environ.items() if "DESKBELL_" not in name}
        ours = {f"DESKBELL_{name.upper()}": text for name, text in self._settings.items()}
        return kept | ours

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise ServerFailed(f"it does not run\n{self.log()}")
        return self._process

    def _reap(self, seconds: float) -> int:
        process = self._running()
        code = process.wait(seconds)
        if process.stdout is not None:
            process.stdout.close()
        self._process = None
        return code

    def _read_port(self, process: subprocess.Popen[bytes]) -> int:
        """Read what it prints until it says where it listens."""
        assert process.stdout is not None
        said, deadline = b"", time.monotonic() + START_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while (found := _LISTENING.search(said)) is None:
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                chunk = os.read(process.stdout.fileno(), 4096) if ready else b""
                said += chunk
                if not chunk:
                    self.kill()
                    raise ServerFailed(f"it did not start: {said.decode()}\n{self.log()}")
        return int(found[1])
