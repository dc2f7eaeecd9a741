"""What the cable takes and what it refuses, over the real uvicorn: frames, sizes, handshakes."""

import json
from uuid import uuid4

import pytest
from websockets.asyncio.client import connect

from deskbell.domain.message import MAX_CONTENT
from tests.integration.cable_client import (
    EXTENDED,
    CableClient,
    connected,
    identifier_of,
    is_message,
    seated,
)
from tests.servers import Guest, RunningServer

FRAME_LIMIT = 256 * 1024


async def test_a_frame_over_the_limit_ends_the_connection_cleanly(
    server: RunningServer, guest: Guest
) -> None:
    async with seated(server, guest) as (client, identifier):
        await client.send_message(identifier, "x" * FRAME_LIMIT, str(uuid4()))
        assert await client.until_closed() == ([], 1009)
    assert server.messages("/support_chat/messages", guest.token) == []


async def test_the_longest_message_passes_in_its_longest_spelling(
    server: RunningServer, guest: Guest
) -> None:
    """Escaped twice, as JSON in JSON: each of these is 14 bytes in the frame."""
    longest = "🦔" * MAX_CONTENT
    async with seated(server, guest) as (client, identifier):
        await client.send_message(identifier, longest, str(uuid4()))
        heard = await client.until(is_message("new_message"))
    assert heard["message"]["message"]["content"] == longest
    (stored,) = server.messages("/support_chat/messages", guest.token)
    assert stored["content"] == longest


async def test_one_character_more_is_refused_and_nothing_else(
    server: RunningServer, guest: Guest
) -> None:
    message_id = str(uuid4())
    async with seated(server, guest) as (client, identifier):
        await client.send_message(identifier, "x" * (MAX_CONTENT + 1), message_id)
        await client.until(is_message("message_rejected", id=message_id, code="invalid"))
        await client.send_message(identifier, "short", str(uuid4()))
        await client.until(is_message("new_message", content="short", seq=1))


async def test_compression_is_offered_in_vain(server: RunningServer, guest: Guest) -> None:
    async with connected(server, guest.token, compression="deflate") as client:
        assert client.socket.protocol.extensions == []


@pytest.mark.parametrize(
    "rubbish",
    ["{", "[]", "null", "7", '"text"', "{}", '{"command": 7}', "[" * 100_000, b"\x00\xff"],
    ids=lambda rubbish: repr(rubbish[:16]),
)
async def test_rubbish_ends_the_connection_with_a_reason(
    server: RunningServer, guest: Guest, rubbish: str | bytes
) -> None:
    async with connected(server, guest.token) as client:
        await client.socket.send(rubbish)
        frames, code = await client.until_closed()
    goodbye = {"type": "disconnect", "reason": "invalid_request", "reconnect": False}
    assert (frames, code) == ([goodbye], 1008)


async def test_text_that_is_no_utf8_ends_the_connection_cleanly(
    server: RunningServer, guest: Guest
) -> None:
    async with connected(server, guest.token) as client:
        await client.socket.send(b"\xff\xfe", text=True)
        assert await client.until_closed() == ([], 1007)


async def test_what_no_protocol_knows_is_ignored(server: RunningServer, guest: Guest) -> None:
    async with seated(server, guest) as (client, identifier):
        await client.say("dance", identifier)
        await client.say("message", identifier, data=json.dumps({"action": "dance"}))
        await client.say("dance", "no identifier")
        assert await lives(client, identifier)


async def test_a_foreign_chat_is_rejected_like_one_that_does_not_exist(
    server: RunningServer, guest: Guest
) -> None:
    other = server.welcome_guest()
    answers = []
    async with connected(server, guest.token) as client:
        for chat_id in (other.chat_id, str(uuid4())):
            identifier = identifier_of(chat_id)
            for command in ("subscribe", "message", "history", "whisper", "join", "presence"):
                await client.say(command, identifier, data='{"action": "send_message"}')
                frame = await client.next()
                assert frame.pop("identifier") == identifier
                answers.append(frame)
    assert answers == [{"type": "reject_subscription"}] * len(answers)


@pytest.mark.parametrize(
    ("token", "reason"), [("", "unauthorized"), ("forged.token.x", "unauthorized")]
)
async def test_a_bad_token_is_told_before_anything_else(
    server: RunningServer, token: str, reason: str
) -> None:
    protocols = [EXTENDED, f"anycable-token.{token}"] if token else [EXTENDED]
    async with connect(server.cable, subprotocols=protocols) as socket:  # type: ignore[arg-type]
        frames, code = await CableClient(socket).until_closed()
    goodbye = {"type": "disconnect", "reason": reason, "reconnect": False}
    assert (frames, code) == ([goodbye], 1008)


async def lives(client: CableClient, identifier: str) -> bool:
    """Tell whether a connection still works; what it said before must be answered by now."""
    await client.send_message(identifier, "still here", str(uuid4()))
    return is_message("new_message", content="still here")(await client.next())
