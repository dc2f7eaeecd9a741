"""The endpoint at `/cable`: opens sockets for those with a token, and closes them in waves.

A raw ASGI application: a framework's handler per message costs 15 to 30 % of the throughput.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from deskbell.actions.desk import Desk
from deskbell.cable import frames
from deskbell.cable.announcer import Announcer
from deskbell.cable.connection import Connection
from deskbell.cable.heartbeat import Heartbeat
from deskbell.cable.origins import Origins
from deskbell.cable.socket import POLICY, RESTART
from deskbell.domain.errors import Malformed, TokenExpired, Unauthorized
from deskbell.metrics import Metrics
from deskbell.realtime.presence import Presence
from deskbell.tokens import Bearer, Tokens

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

WAVES = 10
"""Groups in which sockets are closed when the server stops, so that not all return at once."""


class Cable:
    """All open sockets of this process."""

    def __init__(
        self,
        desk: Desk,
        announcer: Announcer,
        tokens: Tokens,
        origins: Origins,
        metrics: Metrics,
    ) -> None:
        self._desk = desk
        self._announcer = announcer
        self._tokens = tokens
        self._origins = origins
        self._metrics = metrics
        self._presence = Presence()
        self._heartbeat = Heartbeat()
        self._connections: dict[Connection, None] = {}
        self._draining = False

    def start(self) -> None:
        """Begin the heartbeat."""
        self._heartbeat.start()

    def stop(self) -> None:
        """End the heartbeat."""
        self._heartbeat.stop()

    async def drain(self, seconds: float) -> None:
        """Ask every client to come back later, wave by wave, over that time at most."""
        self._draining = True
        connections = tuple(self._connections)
        # A handful goes at once; only a crowd has to be spread.
        size = max(50, -(-len(connections) // WAVES))
        for start in range(0, len(connections), size):
            if start:
                await asyncio.sleep(seconds / WAVES)
            wave = connections[start : start + size]
            for connection in wave:
                connection.socket.end("server_restart", RESTART, reconnect=True)
            closings = [each.socket.closing for each in wave if each.socket.closing is not None]
            if closings:
                await asyncio.wait(closings, timeout=seconds / WAVES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket, from its handshake to its end."""
        await receive()
        offered: list[str] = list(scope.get("subprotocols", ()))
        protocol, known = choose_protocol(offered)
        if not known:
            await _refuse(scope, send, 400)
            return
        try:
            bearer = self._bearer(offered)
        except Unauthorized as error:
            expired = isinstance(error, TokenExpired)
            await _accept(send, protocol)
            await _say_goodbye(send, "token_expired" if expired else "unauthorized")
            return
        if not self._origins.allows(bearer.actor, *_origin_and_host(scope)):
            await _refuse(scope, send, 403)
            return
        await _accept(send, protocol)
        connection = Connection(
            self._desk,
            self._announcer,
            self._presence,
            self._metrics,
            bearer,
            send,
            extended=protocol == frames.EXTENDED,
        )
        await self._serve(connection, receive)

    async def _serve(self, connection: Connection, receive: Receive) -> None:
        slot = self._heartbeat.add(connection.socket)
        self._connections[connection] = None
        self._metrics.connections.inc()
        try:
            if self._draining:
                connection.socket.end("server_restart", RESTART, reconnect=True)
            else:
                connection.welcome()
            await _listen(connection, receive)
        finally:
            self._metrics.connections.dec()
            del self._connections[connection]
            self._heartbeat.remove(connection.socket, slot)
            connection.gone()

    def _bearer(self, offered: list[str]) -> Bearer:
        for name in offered:
            if name.startswith(frames.TOKEN_PREFIX):
                return self._tokens.bearer(name.removeprefix(frames.TOKEN_PREFIX))
        raise Unauthorized


async def _listen(connection: Connection, receive: Receive) -> None:
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            return
        if connection.socket.closing is not None:
            continue  # We said goodbye: what still arrives was sent before it was read.
        try:
            # A binary frame has no text: as unreadable as any other rubbish.
            await connection.receive(event.get("text") or "")
        except Malformed:
            connection.socket.end("invalid_request", POLICY, reconnect=False)


def choose_protocol(offered: list[str]) -> tuple[str | None, bool]:
    """Pick the sub-protocol to answer with, and tell whether we speak with this client at all.

    None offered means plain Action Cable; only unknown ones means no.
    """
    for name in (frames.EXTENDED, frames.PLAIN):
        if name in offered:
            return name, True
    return None, all(name.startswith(frames.TOKEN_PREFIX) for name in offered)


def _origin_and_host(scope: Scope) -> tuple[str | None, str | None]:
    headers = dict(scope["headers"])
    origin, host = headers.get(b"origin"), headers.get(b"host")
    return (
        None if origin is None else origin.decode("latin-1"),
        None if host is None else host.decode("latin-1"),
    )


async def _accept(send: Send, protocol: str | None) -> None:
    await send({"type": "websocket.accept", "subprotocol": protocol})


async def _say_goodbye(send: Send, reason: str) -> None:
    text = frames.disconnect(reason, reconnect=False)
    await send({"type": "websocket.send", "text": text})
    await send({"type": "websocket.close", "code": POLICY})


async def _refuse(scope: Scope, send: Send, status: int) -> None:
    """Refuse the handshake with an HTTP status, where the server can say one."""
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": status, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        await send({"type": "websocket.close", "code": POLICY})
