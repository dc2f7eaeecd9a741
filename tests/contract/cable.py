"""A client of the cable without a network: an ASGI socket in memory whose other end is a test."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Self

from deskbell import Deskbell

EXTENDED, PLAIN = "actioncable-v1-ext-json", "actioncable-v1-json"
PATIENCE = 10.0
"""Seconds after which a test that hangs gives up."""

Frame = dict[str, Any]


class CableClient:
    """One socket. It reads all the time, except while `reading` is cleared."""

    def __init__(self, app: Deskbell, scope: dict[str, Any]) -> None:
        self._app = app
        self._scope = scope
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._from_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._markers = 0
        self.reading = asyncio.Event()
        self.reading.set()
        self.heard: list[str] = []
        """Every text that came in, as it came, to be searched for what must not be said."""

    async def __aenter__(self) -> Self:
        self._task = asyncio.ensure_future(
            self._app(self._scope, self._to_server.get, self._receive)
        )
        self._to_server.put_nowait({"type": "websocket.connect"})
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()

    async def leave(self) -> None:
        """Close the socket and wait until the server has let go of it."""
        self.reading.set()
        self._to_server.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(self._task, PATIENCE)

    async def _receive(self, event: Any) -> None:
        await self.reading.wait()
        self._from_server.put_nowait(dict(event))

    async def event(self) -> dict[str, Any]:
        """The next thing the server does."""
        return await asyncio.wait_for(self._from_server.get(), PATIENCE)

    async def frame(self) -> Frame:
        """The next frame that is no ping."""
        # One deadline for all: pings come for ever.
        async with asyncio.timeout(PATIENCE):
            while True:
                event = await self.event()
                assert event["type"] == "websocket.send", event
                self.heard.append(event["text"])
                frame: Frame = json.loads(event["text"])
                if frame.get("type") != "ping":
                    return frame

    async def close_code(self) -> int:
        """How the server closes, whatever it says before."""
        async with asyncio.timeout(PATIENCE):
            while (event := await self.event())["type"] != "websocket.close":
                pass
        return int(event["code"])

    async def welcomed(self) -> str | None:
        """Be let in; gives the sub-protocol."""
        accepted = await self.event()
        assert accepted["type"] == "websocket.accept", accepted
        assert await self.frame() == {"type": "welcome"}
        protocol: str | None = accepted["subprotocol"]
        return protocol

    def say(self, command: str, identifier: str = "", **more: Any) -> None:
        self.say_text(json.dumps({"command": command, "identifier": identifier, **more}))

    def say_text(self, text: str) -> None:
        self._to_server.put_nowait({"type": "websocket.receive", "text": text})

    def say_bytes(self, data: bytes) -> None:
        self._to_server.put_nowait({"type": "websocket.receive", "bytes": data})

    def send(self, identifier: str, content: str, message_id: str | None = None) -> None:
        """Send a message to a chat."""
        data = {"action": "send_message", "content": content}
        named = data if message_id is None else {**data, "id": message_id}
        self.say("message", identifier, data=json.dumps(named))

    async def frames(self) -> list[Frame]:
        """All that the server says before it answers a question put to it now."""
        self._markers += 1
        marker = f"marker {self._markers}"
        self.say("presence", marker)  # no such channel: rejected by name, in its turn
        said: list[Frame] = []
        while (frame := await self.frame()) != {
            "identifier": marker,
            "type": "reject_subscription",
        }:
            said.append(frame)
        return said

    async def subscribe(self, identifier: str, **more: Any) -> list[Frame]:
        """Follow a channel; gives all that comes with it."""
        self.say("subscribe", identifier, **more)
        frames = await self.frames()
        assert frames[0] == {"identifier": identifier, "type": "confirm_subscription"}, frames
        return frames[1:]

    async def message(self) -> Frame:
        """The channel message in the next frame."""
        frame = await self.frame()
        message: Frame = frame["message"]
        return message


def websocket_scope(
    protocols: Sequence[str], headers: dict[str, str], path: str = "/cable"
) -> dict[str, Any]:
    return {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "scheme": "ws",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "subprotocols": list(protocols),
        "client": ("192.0.2.7", 40_000),
        "server": ("desk.example", 80),
        "state": {},
        "extensions": {"websocket.http.response": {}},
    }


def chat_channel(chat_id: str) -> str:
    return json.dumps({"channel": "ChatChannel", "chat_id": chat_id})


ADMINS_CHANNEL = json.dumps({"channel": "AdminNotificationChannel"})
