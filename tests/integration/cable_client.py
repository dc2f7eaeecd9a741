"""A client of the cable for tests: says exactly what it is told, and waits for what must come."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.servers import Guest, RunningServer

EXTENDED = "actioncable-v1-ext-json"
PLAIN = "actioncable-v1-json"

PATIENCE = 15.0
"""Seconds until something must have come, on however busy a machine."""

Frame = dict[str, Any]


class CableClient:
    """One socket. Pings are swallowed; every other frame waits until a test asks for it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def say(self, command: str, identifier: str = "", **more: Any) -> None:
        """Send a frame."""
        await self.socket.send(json.dumps({"command": command, "identifier": identifier, **more}))

    async def send_message(self, identifier: str, content: str, message_id: str) -> None:
        """Send a chat message; nothing is awaited."""
        data = {"action": "send_message", "id": message_id, "content": content}
        await self.say("message", identifier, data=json.dumps(data))

    async def follow(self, chat_id: str, after: tuple[str, int] | None = None) -> str:
        """Subscribe to a chat and wait for its state; return the identifier.

        `after` is an epoch and a `seq`: the history from there on is asked for.
        """
        identifier = identifier_of(chat_id)
        more: Frame = {}
        if after is not None:
            position = {"epoch": after[0], "offset": after[1]}
            more["history"] = {"streams": {f"support_chat:{chat_id}": position}}
        await self.say("subscribe", identifier, **more)
        if after is None:
            await self.until(is_message("chat_state"))
        return identifier

    async def next(self) -> Frame:
        """The next frame that is no ping; raises ConnectionClosed or TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame: Frame = json.loads(await self.socket.recv())
                if frame.get("type") != "ping":
                    return frame

    async def until(self, wanted: Callable[[Frame], bool]) -> Frame:
        """Skip frames up to the one that is wanted."""
        while not wanted(frame := await self.next()):
            pass
        return frame

    async def until_closed(self) -> tuple[list[Frame], int]:
        """Take in everything up to the end; return it with the code of the close frame."""
        heard: list[Frame] = []
        try:
            while True:
                heard.append(await self.next())
        except ConnectionClosed as closed:
            return heard, closed.rcvd.code if closed.rcvd is not None else 1006


@asynccontextmanager
async def connected(
    server: RunningServer, token: str, *, protocol: str = EXTENDED, port: int = 0, **options: Any
) -> AsyncIterator[CableClient]:
    """Connect and be welcomed. `port` is a proxy's; `options` are those of websockets."""
    address = f"127.0.0.1:{port or server.port}"
    async with connect(
        f"ws://{address}/cable",
        origin=Origin(f"http://{address}"),
        subprotocols=[Subprotocol(protocol), Subprotocol(f"anycable-token.{token}")],
        open_timeout=PATIENCE,
        close_timeout=1,
        **options,
    ) as socket:
        client = CableClient(socket)
        assert await client.next() == {"type": "welcome"}
        yield client


@asynccontextmanager
async def seated(server: RunningServer, guest: Guest) -> AsyncIterator[tuple[CableClient, str]]:
    """A guest who follows their own chat; gives the client and the identifier."""
    async with connected(server, guest.token) as client:
        yield client, await client.follow(guest.chat_id)


def identifier_of(chat_id: str) -> str:
    """Name a chat's channel the way our own client does."""
    return json.dumps({"channel": "ChatChannel", "chat_id": chat_id}, separators=(",", ":"))


def is_message(kind: str, **fields: Any) -> Callable[[Frame], bool]:
    """Match a channel message of that type whose fields (dots go deeper) have these values."""

    def matches(frame: Frame) -> bool:
        message = frame.get("message")
        if not isinstance(message, dict) or message.get("type") != kind:
            return False
        told = {**message, **message.get("message", {})} if kind == "new_message" else message
        return all(told.get(name) == value for name, value in fields.items())

    return matches


def contents(frames: list[Frame]) -> list[str]:
    """The texts of all new messages among these frames, in the order they came."""
    is_new = is_message("new_message")
    return [frame["message"]["message"]["content"] for frame in frames if is_new(frame)]
