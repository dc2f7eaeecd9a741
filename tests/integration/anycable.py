"""Runs clients/anycable.mjs, which is @anycable/web from npm, and listens to what it tells."""

import json
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Self

import pytest

WEB = Path(__file__).parents[2] / "web"
SCRIPT = Path(__file__).parent / "clients" / "anycable.mjs"
PATIENCE = 20.0

Event = dict[str, Any]


class AnycableClient:
    """One process of Node with one cable, which follows one chat."""

    def __init__(self, port: int, token: str, chat_id: str) -> None:
        url = f"ws://127.0.0.1:{port}/cable"
        node = shutil.which("node")
        if node is None or not (WEB / "node_modules" / "@anycable").is_dir():
            pytest.skip("no Node, or no npm packages in web/node_modules")
        self.messages: list[str] = []
        self._events: Queue[Event] = Queue()
        self._process = subprocess.Popen(
            [node, str(SCRIPT), url, token, chat_id],
            cwd=WEB,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def say(self, command: str, **more: Any) -> None:
        """Have it do something."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"command": command, **more}) + "\n")
        self._process.stdin.flush()

    def wait(self, kind: str, wanted: Callable[[Event], bool] = lambda _: True) -> Event:
        """Skip events up to the one that is wanted."""
        while True:
            try:
                event = self._events.get(timeout=PATIENCE)
            except Empty:
                raise TimeoutError(f"no {kind} came; heard {self.messages}") from None
            if event["event"] == "exit":
                raise ChildProcessError(f"Node ended while a {kind} should come")
            if event["event"] == "message" and event["message"]["type"] == "new_message":
                self.messages.append(event["message"]["message"]["content"])
            if event["event"] == kind and wanted(event):
                return event

    def wait_for_message(self, kind: str, **fields: Any) -> Event:
        """Wait for a channel message of that type with these fields."""

        def matches(event: Event) -> bool:
            message = event["message"]
            told = message["message"] if message["type"] == "new_message" else message
            return bool(message["type"] == kind and fields.items() <= told.items())

        message: Event = self.wait("message", matches)["message"]
        return message

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._events.put(json.loads(line))
        self._events.put({"event": "exit"})
