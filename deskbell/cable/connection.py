"""One welcomed client: obeys its commands, and keeps its subscriptions and its presence."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from deskbell.actions.desk import Desk
from deskbell.actions.read_messages import HistoryRequest
from deskbell.cable import frames, session
from deskbell.cable.announcer import Announcer
from deskbell.cable.catch_up import CatchUp
from deskbell.cable.frames import Broadcast, PresenceNews
from deskbell.cable.session import Channel, Session
from deskbell.cable.socket import Socket
from deskbell.cable.subscription import Subscription
from deskbell.domain.errors import Busy, DeskbellError, Malformed
from deskbell.domain.events import MessageRejected, NewMessage, Outcome, Typing
from deskbell.metrics import Metrics
from deskbell.realtime.presence import Presence, PresenceInfo
from deskbell.tokens import Bearer

log = logging.getLogger(__name__)

MAX_IN_FLIGHT = 256
"""Messages of one socket that wait for the writer at most; then its frames wait unread."""

MAX_FRAME = 256 * 1024
"""Characters of a frame at most, where the server in front of us reads larger ones."""

TYPING_EVERY = 0.5
"""Seconds between two whispers that are passed on."""


class Connection:
    """A client and all it follows."""

    def __init__(
        self,
        desk: Desk,
        announcer: Announcer,
        presence: Presence,
        metrics: Metrics,
        bearer: Bearer,
        send: Callable[[dict[str, Any]], Awaitable[None]],
        *,
        extended: bool,
    ) -> None:
        self.socket = Socket(
            send, self.leave, expires_at=bearer.expires_at, clock=announcer.now, metrics=metrics
        )
        self._session = Session(bearer.actor)
        self._desk = desk
        self._announcer = announcer
        self._presence = presence
        self._metrics = metrics
        self._name = bearer.name
        self._extended = extended
        self._catch_up = CatchUp(desk, announcer, bearer.actor)
        self._subscriptions: dict[str, Subscription] = {}
        self._in_flight = 0
        self._room: asyncio.Event | None = None
        self._whispered_at = 0.0

    def welcome(self) -> None:
        """Say the first word."""
        self.socket.outbox.put(frames.WELCOME)

    async def receive(self, text: str) -> None:
        """Obey one frame; raises Malformed when the connection cannot go on."""
        while self._in_flight >= MAX_IN_FLIGHT:
            self._room = asyncio.Event()
            await self._room.wait()
        if len(text) > MAX_FRAME:
            raise Malformed
        command = self._session.receive(text)
        # The path of a message never waits: its commit is settled by a callback.
        if type(command) is session.Send:
            self._send(command)
            return
        self.socket.busy = True
        try:
            await self._obey(command)
        finally:
            self.socket.busy = False

    def leave(self) -> None:
        """Stop hearing and being present: the socket is gone or going."""
        for subscription in tuple(self._subscriptions.values()):
            self._drop(subscription)

    def gone(self) -> None:
        """Let go of everything: the socket is closed."""
        self.leave()
        self.socket.outbox.close()

    async def _obey(self, command: session.Command) -> None:  # noqa: C901 - one line a command
        match command:
            case session.Subscribe(channel, history, join):
                await self._subscribe(channel, history, join=join)
            case session.Unsubscribe(channel):
                self._drop(self._subscriptions[channel.identifier])
            case session.Replay(channel, history):
                await self._history(self._subscriptions[channel.identifier], history)
            case session.Whisper(channel):
                self._whisper(self._subscriptions[channel.identifier])
            case session.Join(channel):
                self._join(self._subscriptions[channel.identifier])
            case session.Leave(channel):
                self._leave_presence(self._subscriptions[channel.identifier])
            case session.AskPresence(channel):
                present = PresenceNews(self._presence.present(channel.stream))
                self._subscriptions[channel.identifier].hear(present)
            case session.Pong():
                self.socket.ponged()
            case session.RejectSubscription(identifier):
                self.socket.outbox.put(frames.opening(identifier) + frames.REJECT_SUBSCRIPTION)
            case session.RejectMessage(channel, message_id, code):
                self._reject(channel, message_id, code)

    # Messages.

    def _send(self, command: session.Send) -> None:
        settle = partial(self._settle, command.channel, str(command.message_id))
        self._in_flight += 1
        try:
            self._desk.submit(
                self._session.actor, command.chat_id, command.message_id, command.content, settle
            )
        except DeskbellError as error:
            settle(error)

    def _settle(self, channel: Channel, message_id: str, outcome: Outcome[Any] | Exception) -> None:
        """The message was stored or refused. Its broadcast is the acknowledgement, except for a
        retry, which nobody else needs to hear of."""
        self._in_flight -= 1
        if self._room is not None:
            self._room.set()
            self._room = None
        if isinstance(outcome, Outcome):
            subscription = self._subscriptions.get(channel.identifier)
            if outcome.result.repeated and subscription is not None:
                # Without its place in the stream: an old one would take the client back to it.
                subscription.say(frames.event_body(NewMessage(outcome.result.message)))
        elif isinstance(outcome, DeskbellError):
            self._reject(channel, message_id, outcome.code)
        else:
            log.error("could not store a message", exc_info=outcome)
            self._reject(channel, message_id, Busy.code)

    def _reject(self, channel: Channel, message_id: str | None, code: str) -> None:
        self._metrics.rejected_messages.labels(code).inc()
        body = frames.event_body(MessageRejected(message_id, code))
        self.socket.outbox.put(frames.opening(channel.identifier) + body)

    # Subscriptions.

    async def _subscribe(
        self, channel: Channel, history: HistoryRequest | None, *, join: bool
    ) -> None:
        subscription = self._subscriptions.get(channel.identifier)
        if subscription is None:
            subscription = Subscription(channel, self.socket.outbox, extended=self._extended)
            self._subscriptions[channel.identifier] = subscription
        subscription.hold()
        self._announcer.hub.subscribe(channel.stream, subscription)
        try:
            followed = await self._catch_up.follow(subscription, history)
        except DeskbellError:
            self._drop(subscription)
            subscription.say(frames.REJECT_SUBSCRIPTION)
            return
        if self._subscriptions.get(channel.identifier) is not subscription:
            return  # Dropped meanwhile: the connection is ending.
        if followed is not None:
            subscription.side = followed.side
        self._session.channels[channel.identifier] = channel
        subscription.say(frames.CONFIRM_SUBSCRIPTION)
        if join and channel.chat_id is not None:
            self._join(subscription)
        await self._catch_up.answer(
            subscription, followed, wanted=history is not None, with_state=True
        )

    async def _history(self, subscription: Subscription, history: HistoryRequest) -> None:
        subscription.hold()
        try:
            followed = await self._catch_up.follow(subscription, history)
        except DeskbellError:
            self._drop(subscription)
            subscription.say(frames.REJECT_SUBSCRIPTION)
            return
        await self._catch_up.answer(subscription, followed, wanted=True, with_state=False)

    def _drop(self, subscription: Subscription) -> None:
        channel = subscription.channel
        subscription.end()
        self._leave_presence(subscription)
        self._announcer.hub.unsubscribe(channel.stream, subscription)
        self._subscriptions.pop(channel.identifier, None)
        self._session.channels.pop(channel.identifier, None)

    # Typing and presence.

    def _whisper(self, subscription: Subscription) -> None:
        now = time.monotonic()
        if now - self._whispered_at >= TYPING_EVERY:
            self._whispered_at = now
            typing = Broadcast(Typing(subscription.side))
            stream = subscription.channel.stream
            self._announcer.hub.publish(stream, typing, except_for=subscription)

    def _join(self, subscription: Subscription) -> None:
        if subscription.present:
            return
        subscription.present = True
        stream = subscription.channel.stream
        info = PresenceInfo(subscription.side, self._name)
        news = self._presence.join(stream, str(self._session.actor.user_id), info)
        if news is not None:
            self._announcer.hub.publish(stream, PresenceNews(news))

    def _leave_presence(self, subscription: Subscription) -> None:
        if not subscription.present:
            return
        subscription.present = False
        stream = subscription.channel.stream
        news = self._presence.leave(stream, str(self._session.actor.user_id))
        if news is not None:
            self._announcer.hub.publish(stream, PresenceNews(news))
