"""A connection whose other end is gone without a word: the server finds out by itself."""

import asyncio

from tests.integration.cable_client import CableClient, Frame, connected
from tests.integration.proxy import FailingProxy
from tests.servers import Guest, RunningServer

PATIENCE = 60.0
"""An unanswered WebSocket ping is noticed after 20 to 40 seconds."""


async def test_a_silent_visitor_is_no_longer_present(
    server: RunningServer, guest: Guest, admin_token: str
) -> None:
    """One tells by the pongs of the protocol, which are missing sooner; one only by WebSocket's."""
    other = server.welcome_guest()
    with FailingProxy(server.port) as proxy:
        async with (
            connected(server, admin_token) as agent,
            connected(server, guest.token, port=proxy.port) as with_pongs,
            connected(server, other.token, port=proxy.port) as without,
        ):
            for client, visitor in ((with_pongs, guest), (without, other)):
                await agent.follow(visitor.chat_id)
                await client.say("join", await client.follow(visitor.chat_id))
                assert await presence(agent, "join") == visitor.user_id
            await with_pongs.say("pong")
            await asyncio.to_thread(proxy.silence)
            async with asyncio.timeout(PATIENCE):
                assert await presence(agent, "leave") == guest.user_id
                assert await presence(agent, "leave") == other.user_id


async def presence(client: CableClient, kind: str) -> str:
    """Wait for news of somebody's presence, however long; return who it is."""
    while True:
        frame = await patient_next(client)
        if frame.get("type") == "presence" and frame["message"]["type"] == kind:
            return str(frame["message"]["id"])


async def patient_next(client: CableClient) -> Frame:
    while True:
        try:
            return await client.next()
        except TimeoutError:
            continue
