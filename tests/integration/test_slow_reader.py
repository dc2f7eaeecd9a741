"""One member of a chat who stops reading: the others notice nothing, and nothing is lost to it."""

import asyncio
import socket
from uuid import uuid4

from tests.integration.cable_client import (
    CableClient,
    connected,
    is_message,
    seated,
)
from tests.servers import Guest, RunningServer

OVERFLOW = 1013

MESSAGES = 250
AT_A_TIME = 5
LONG = "🦔" * 9_000
"""250 of these are 9 MB: more than the kernel's buffers and our outbox take for one reader."""


async def test_a_slow_reader_is_let_go_and_comes_back_by_seq(
    server: RunningServer, guest: Guest
) -> None:
    async with (
        seated(server, guest) as (writer, identifier),
        seated(server, guest) as (healthy, _),
        connected(server, guest.token, sock=narrow_socket(server), max_queue=1) as slow,
    ):
        epoch = await epoch_of(slow, guest.chat_id)
        listening = asyncio.create_task(healthy.until(is_message("new_message", seq=MESSAGES)))
        await send_all(writer, identifier)
        await listening
        frames, code = await slow.until_closed()
        assert code == OVERFLOW
        assert overflows(server) == 1

    got = seqs(frames)
    assert 0 < len(got) < MESSAGES
    async with connected(server, guest.token, max_size=None) as back:
        await back.follow(guest.chat_id, after=(epoch, got[-1]))
        while (frame := await back.next()).get("type") != "confirm_history":
            got += seqs([frame])
    assert got == list(range(1, MESSAGES + 1))


async def send_all(client: CableClient, identifier: str) -> None:
    """Send everything, a few at a time, for whoever floods and does not listen is slow as well."""
    for first in range(0, MESSAGES, AT_A_TIME):
        for number in range(first, first + AT_A_TIME):
            await client.send_message(identifier, f"{number} {LONG}", str(uuid4()))
        for number in range(first, first + AT_A_TIME):
            await client.until(is_message("new_message", seq=number + 1))


async def epoch_of(client: CableClient, chat_id: str) -> str:
    await client.say("subscribe", await client.follow(chat_id))
    state = await client.until(is_message("chat_state"))
    return str(state["message"]["epoch"])


def narrow_socket(server: RunningServer) -> socket.socket:
    """A connection whose end holds little, so that the server soon feels that nobody reads."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.connect(("127.0.0.1", server.port))
    return narrow


def seqs(frames: list[dict[str, object]]) -> list[int]:
    is_new = is_message("new_message")
    return [frame["message"]["message"]["seq"] for frame in frames if is_new(frame)]  # type: ignore[index]


def overflows(server: RunningServer) -> float:
    """How many sockets the server says it let go."""
    lines = server.text("/metrics").splitlines()
    line = next(line for line in lines if line.startswith("deskbell_overflows_total"))
    return float(line.rpartition(" ")[2])
