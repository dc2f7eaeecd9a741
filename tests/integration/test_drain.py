"""SIGTERM under load: everybody is told to come back, and what was acknowledged is kept."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

from tests.integration.cable_client import (
    connected,
    contents,
    is_message,
    seated,
)
from tests.servers import Guest, RunningServer

GOODBYE = {"type": "disconnect", "reason": "server_restart", "reconnect": True}
RESTART = 1012
AHEAD = 8


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[RunningServer]:
    with RunningServer(tmp_path, {"drain_seconds": "2"}) as server:
        yield server


async def test_whoever_is_connected_is_told_to_come_back(server: RunningServer) -> None:
    """More than one wave of them."""
    guest = server.welcome_guest()
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(connected(server, guest.token)) for _ in range(60)
        ]
        server.ask_to_stop()
        ends = await asyncio.gather(*(client.until_closed() for client in clients))
    assert ends == [([GOODBYE], RESTART)] * len(clients)
    assert server.wait_stopped() == 0


async def test_what_was_acknowledged_is_kept(server: RunningServer) -> None:
    guests = [server.welcome_guest() for _ in range(4)]
    stopping, *others = guests
    heard = await asyncio.gather(
        talk(server, stopping, stop_at=50), *(talk(server, each, stop_at=None) for each in others)
    )
    assert server.wait_stopped() == 0
    server.start()
    for guest, acknowledged in zip(guests, heard, strict=True):
        stored = [m["content"] for m in server.messages("/support_chat/messages", guest.token)]
        assert stored[: len(acknowledged)] == acknowledged
        assert stored == list(dict.fromkeys(stored))


async def test_somebody_who_does_not_read_cannot_hold_it_up(server: RunningServer) -> None:
    guest = server.welcome_guest()
    stalled_end = socket.socket()
    stalled_end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stalled_end.connect(("127.0.0.1", server.port))
    async with (
        seated(server, guest) as (writer, identifier),
        connected(server, guest.token, sock=stalled_end, max_queue=1) as stalled,
    ):
        await stalled.say("subscribe", identifier)
        for _ in range(20):
            await writer.send_message(identifier, "🦔" * 10_000, str(uuid4()))
        await writer.until(is_message("new_message", seq=20))
        server.ask_to_stop()
        assert await asyncio.to_thread(server.wait_stopped) == 0


async def talk(server: RunningServer, guest: Guest, stop_at: int | None) -> list[str]:
    """Send until the server says goodbye, a few messages ahead of their acknowledgements; return
    what was acknowledged. With so many of them, stop the server."""
    acknowledged: list[str] = []
    async with seated(server, guest) as (client, identifier):
        for number in range(AHEAD):
            await client.send_message(identifier, f"message {number}", str(uuid4()))
        while (frame := await client.next()) != GOODBYE:
            acknowledged += contents([frame])
            if len(acknowledged) == stop_at:
                server.ask_to_stop()
            text = f"message {len(acknowledged) + AHEAD - 1}"
            # The goodbye may have come while we were still reading what was before it.
            with suppress(ConnectionClosed):
                await client.send_message(identifier, text, str(uuid4()))
        frames, code = await client.until_closed()
    assert (contents(frames), code) == ([], RESTART)
    return acknowledged
