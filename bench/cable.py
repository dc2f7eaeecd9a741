"""A load generator's client: one picows socket that speaks AnyCable's extended protocol.

Ours and not one from npm or PyPI, because a client in the middle of a measurement must cost a
few microseconds a frame, or we would measure the client.
"""

import asyncio
import json
import random
import time
from collections.abc import Callable
from typing import Self

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

PROTOCOL = "actioncable-v1-ext-json"


class _Told(msgspec.Struct):
    id: str
    seq: int


class _Message(msgspec.Struct):
    type: str = ""
    message: _Told | None = None


class _Frame(msgspec.Struct):
    type: str = ""
    message: _Message | int | None = None


_frames = msgspec.json.Decoder(_Frame)

Heard = Callable[[str, int], None]


class LostConnection(Exception):
    """The server ended a connection, or refused something, in the middle of a benchmark."""


class Socket(WSListener):
    """A client that follows one chat; `heard` is called with id and seq of every message."""

    def __init__(self, chat_id: str) -> None:
        identifier = json.dumps({"channel": "ChatChannel", "chat_id": chat_id})
        self._identifier = json.dumps(identifier)
        self._transport: WSTransport | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._leaving = False
        self.heard: Heard = _nothing
        self.lost: Callable[[], None] | None = None

    @classmethod
    async def connect(cls, url: str, origin: str, token: str, chat_id: str) -> Self:
        """Connect, subscribe, and wait until the chat's state has come."""
        socket = cls(chat_id)
        offered = f"{PROTOCOL}, anycable-token.{token}"
        headers = {"Origin": origin, "Sec-WebSocket-Protocol": offered}
        await ws_connect(lambda: socket, url, extra_headers=headers)
        await socket._ready
        return socket

    def send(self, message_id: str, content: str) -> None:
        """Send a message; its broadcast acknowledges it."""
        data = f'{{"action":"send_message","id":"{message_id}","content":"{content}"}}'
        self._say("message", f',"data":{json.dumps(data)}')

    def close(self) -> None:
        """Go, without a word."""
        self._leaving = True
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    # What picows calls.

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport

    def on_ws_frame(self, _transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        said = _frames.decode(frame.get_payload_as_memoryview())
        if isinstance(said.message, _Message):
            self._hear(said.message)
        elif said.type == "welcome":
            self._say("subscribe")
        elif said.type in ("disconnect", "reject_subscription"):
            self._fail(said.type)

    def on_ws_disconnected(self, _transport: WSTransport) -> None:
        if not self._leaving:
            self._fail("the connection was closed")

    def _hear(self, message: _Message) -> None:
        if message.type == "new_message" and message.message is not None:
            self.heard(message.message.id, message.message.seq)
        elif message.type == "chat_state" and not self._ready.done():
            self._ready.set_result(None)
        elif message.type == "message_rejected":
            self._fail(message.type)

    def _say(self, command: str, more: str = "") -> None:
        assert self._transport is not None
        text = f'{{"command":"{command}","identifier":{self._identifier}{more}}}'
        self._transport.send(WSMsgType.TEXT, text.encode())

    def _fail(self, reason: str) -> None:
        if not self._ready.done():
            self._ready.set_exception(LostConnection(reason))
        elif self.lost is not None:
            self.lost()


def new_id() -> str:
    """A UUID of version 7 (RFC 9562), as our own client makes them: by time, so that the newest
    rows of the index lie side by side."""
    digits = f"{time.time_ns() // 1_000_000:012x}7{random.getrandbits(76):019x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-b{digits[17:20]}-{digits[20:]}"


def _nothing(_message_id: str, _seq: int) -> None:
    pass
