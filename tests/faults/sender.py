"""A client that never gives up: it sends, and through every loss of the server sends again."""

import asyncio
import random
from uuid import uuid4

from websockets.exceptions import WebSocketException

from tests.faults.chat_log import ChatLog
from tests.integration.cable_client import CableClient, Frame, connected, identifier_of, is_message
from tests.servers import RunningServer

AHEAD = 16
"""Messages sent before the first of them is acknowledged."""

AGAIN_WITHIN = 0.05
"""Seconds until it tries to connect again, at most; the server needs a second to come back."""


class Sender:
    """Somebody in a chat who writes without a pause. Messages wait in an outbox until they are
    acknowledged, and keep their ids for every further attempt."""

    def __init__(
        self, server: RunningServer, token: str, chat_id: str, epoch: str, log: ChatLog
    ) -> None:
        self.heard: list[str] = []
        self.stopping = False
        self.connections = 0
        self._server = server
        self._token = token
        self.chat_id = chat_id
        self._epoch = epoch
        self._log = log
        self._outbox: dict[str, str] = {}

    async def run(self) -> None:
        """Write until told to stop and everything is acknowledged."""
        while not (self.stopping and not self._outbox):
            try:
                async with connected(self._server, self._token) as client:
                    self.connections += 1
                    await self._talk(client)
            except (OSError, WebSocketException, TimeoutError):
                await asyncio.sleep(random.uniform(0, AGAIN_WITHIN))  # noqa: S311 - no secret

    async def _talk(self, client: CableClient) -> None:
        identifier = await self._catch_up(client)
        for message_id, content in tuple(self._outbox.items()):
            await client.send_message(identifier, content, message_id)
        while not (self.stopping and not self._outbox):
            while len(self._outbox) < AHEAD and not self.stopping:
                await self._write(client, identifier)
            self._hear(await client.next())

    async def _catch_up(self, client: CableClient) -> str:
        """Follow the chat from the last message heard, and hear what was missed."""
        identifier = identifier_of(self.chat_id)
        position = {"epoch": self._epoch, "offset": len(self.heard)}
        history = {"streams": {f"support_chat:{self.chat_id}": position}}
        await client.say("subscribe", identifier, history=history)
        is_state = is_message("chat_state")
        while not is_state(frame := await client.next()):
            assert frame.get("type") not in ("reject_subscription", "reject_history"), frame
            self._hear(frame)
        return identifier

    async def _write(self, client: CableClient, identifier: str) -> None:
        message_id = str(uuid4())
        self._outbox[message_id] = f"message {message_id}"
        self._log.sent.add(message_id)
        await client.send_message(identifier, self._outbox[message_id], message_id)

    def _hear(self, frame: Frame) -> None:
        if not is_message("new_message")(frame):
            assert not is_message("message_rejected")(frame), frame
            return
        message = frame["message"]["message"]
        if message["seq"] > len(self.heard):
            # What comes is dense and in order; a client could not show it otherwise.
            assert message["seq"] == len(self.heard) + 1, frame
            self.heard.append(message["id"])
        # Else the answer to a retry of something that came as history meanwhile.
        assert self.heard[message["seq"] - 1] == message["id"], frame
        if self._outbox.pop(message["id"], None) is not None:
            self._log.acknowledged[message["id"]] = message["seq"]
