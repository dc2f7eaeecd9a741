"""One open socket: obeys its client's commands and writes what its subscriptions hear."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from deskbell.actions.desk import Desk
from deskbell.actions.read_messages import Followed, HistoryRequest, follow_chat, read_messages
from deskbell.cable import frames, session
from deskbell.cable.announcer import Announcer
from deskbell.cable.frames import Broadcast, PresenceNews
from deskbell.cable.session import Channel, Session
from deskbell.cable.subscription import Subscription
from deskbell.domain.errors import Busy, DeskbellError
from deskbell.domain.events import MessageRejected, Outcome, Typing
from deskbell.metrics import Metrics
from deskbell.realtime.outbox import Outbox
from deskbell.realtime.presence import Presence, PresenceInfo
from deskbell.tokens import Bearer

log = logging.getLogger(__name__)

MAX_IN_FLIGHT = 256
"""Messages of one socket that wait for the writer at most; then its frames wait unread."""

REPLAY_PAGE = 100
"""Messages read at a time for a replay: they leave at the socket's pace, not all at once."""

TYPING_EVERY = 0.5
"""Seconds between two whispers that are passed on."""

PONG_PATIENCE = 10.0
"""Seconds after which a client that used to answer pings counts as gone."""

OVERFLOW, POLICY, RESTART = 1013, 1008, 1012
"""Close codes of RFC 6455 and its registry: try again later, policy violation, restart."""


class Connection:
    """A client that has been welcomed."""

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
        self.session = Session(bearer.actor)
        self._desk = desk
        self._announcer = announcer
        self._presence = presence
        self._metrics = metrics
        self._bearer = bearer
        self._send = send
        self._extended = extended
        self._outbox = Outbox(self._send_text, self._overflow)
        self._subscriptions: dict[str, Subscription] = {}
        self._in_flight = 0
        self._settled: asyncio.Event | None = None
        self._ponged_at: float | None = None
        self._whispered_at = 0.0
        self._closing: asyncio.Task[None] | None = None

    # What the endpoint calls.

    def welcome(self) -> None:
        """Say the first word."""
        self._outbox.put(frames.WELCOME)

    async def receive(self, text: str) -> None:
        """Obey one frame; raises Malformed when the connection cannot go on."""
        while self._in_flight >= MAX_IN_FLIGHT:
            self._settled = asyncio.Event()
            await self._settled.wait()
        command = self.session.receive(text)
        if type(command) is session.Send:
            self._send_message(command)
        else:
            await self._obey(command)

    def beat(self, now: int) -> None:
        """Ping the client; end the connection when its token or its patience is over."""
        self._outbox.put(frames.ping(now))
        if self._bearer.expires_at.timestamp() <= self._announcer.now().timestamp():
            self.end("token_expired", POLICY, reconnect=False)
        elif self._ponged_at is not None and time.monotonic() - self._ponged_at > PONG_PATIENCE:
            self._close_soon(POLICY)

    def end(self, reason: str, code: int, *, reconnect: bool) -> None:
        """Say why, and close once that is written."""
        self._outbox.put(frames.disconnect(reason, reconnect=reconnect))
        self._close_soon(code)

    def leave(self) -> None:
        """Stop hearing anything: the socket is gone or going."""
        for subscription in tuple(self._subscriptions.values()):
            self._drop(subscription)

    def gone(self) -> None:
        """Let go of everything: the socket is closed."""
        self.leave()
        self._outbox.close()

    # Commands.

    async def _obey(self, command: session.Command) -> None:
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
                self._ponged_at = time.monotonic()
            case session.RejectSubscription(identifier):
                self._outbox.put(frames.opening(identifier) + frames.REJECT_SUBSCRIPTION)
            case session.RejectMessage(channel, message_id, code):
                self._reject(channel, message_id, code)

    def _send_message(self, command: session.Send) -> None:
        message_id = str(command.message_id)
        settle = partial(self._settle, command.channel, message_id)
        self._in_flight += 1
        try:
            self._desk.submit(
                self.session.actor, command.chat_id, command.message_id, command.content, settle
            )
        except DeskbellError as error:
            settle(error)

    def _settle(self, channel: Channel, message_id: str, outcome: Outcome[Any] | Exception) -> None:
        """The message was stored or refused. Its broadcast is the acknowledgement, except for a
        retry, which nobody else needs to hear of."""
        self._in_flight -= 1
        if self._settled is not None:
            self._settled.set()
            self._settled = None
        if isinstance(outcome, Outcome):
            subscription = self._subscriptions.get(channel.identifier)
            if outcome.result.repeated and subscription is not None:
                message = outcome.result.message
                subscription.tell(self._announcer.new_message(channel.stream, message))
        elif isinstance(outcome, DeskbellError):
            self._reject(channel, message_id, outcome.code)
        else:
            log.error("could not store a message", exc_info=outcome)
            self._reject(channel, message_id, Busy.code)

    def _reject(self, channel: Channel, message_id: str | None, code: str) -> None:
        self._metrics.rejected_messages.labels(code).inc()
        body = frames.event_body(MessageRejected(message_id, code))
        self._outbox.put(frames.opening(channel.identifier) + body)

    # Subscriptions and their history.

    async def _subscribe(
        self, channel: Channel, history: HistoryRequest | None, *, join: bool
    ) -> None:
        subscription = self._subscriptions.get(channel.identifier)
        if subscription is None:
            subscription = Subscription(channel, self._outbox, extended=self._extended)
            self._subscriptions[channel.identifier] = subscription
        # Listen first, read then: whatever commits in between is held, not missed.
        subscription.hold()
        self._announcer.hub.subscribe(channel.stream, subscription)
        try:
            followed = await self._follow(channel, history)
        except DeskbellError:
            self._drop(subscription)
            subscription.say(frames.REJECT_SUBSCRIPTION)
            return
        self.session.channels[channel.identifier] = channel
        subscription.say(frames.CONFIRM_SUBSCRIPTION)
        if join and channel.chat_id is not None:
            self._join(subscription)
        await self._catch_up(subscription, followed, history)

    async def _history(self, subscription: Subscription, history: HistoryRequest) -> None:
        subscription.hold()
        try:
            followed = await self._follow(subscription.channel, history)
        except DeskbellError:
            subscription.say(frames.REJECT_HISTORY)
            subscription.release(0)
            return
        await self._catch_up(subscription, followed, history, with_state=False)

    async def _follow(self, channel: Channel, history: HistoryRequest | None) -> Followed | None:
        if channel.chat_id is None:
            return None
        return await self._desk.read(follow_chat, self.session.actor, channel.chat_id, history)

    async def _catch_up(
        self,
        subscription: Subscription,
        followed: Followed | None,
        history: HistoryRequest | None,
        *,
        with_state: bool = True,
    ) -> None:
        """Replay what was asked for, say how things are, then let the held events go."""
        replayed = 0
        if history is not None and (followed is None or followed.history_rejected):
            subscription.say(frames.REJECT_HISTORY)
        if followed is not None:
            subscription.side = followed.side
            if followed.replay_after is not None:
                replayed = await self._replay(subscription, followed, followed.replay_after)
                subscription.say(frames.CONFIRM_HISTORY)
            if with_state:
                subscription.say(frames.event_body(followed.state))
        subscription.release(replayed)

    async def _replay(self, subscription: Subscription, followed: Followed, after: int) -> int:
        channel, last = subscription.channel, followed.state.last_seq
        while after < last and not self._outbox.closed:
            page = await self._desk.read(
                read_messages,
                self.session.actor,
                channel.chat_id,
                after=after,
                limit=min(REPLAY_PAGE, last - after),
            )
            for message in page.messages:
                await subscription.replay(self._announcer.new_message(channel.stream, message))
                after = message.seq
            if not page.messages:
                break
        return after

    def _drop(self, subscription: Subscription) -> None:
        channel = subscription.channel
        self._leave_presence(subscription)
        self._announcer.hub.unsubscribe(channel.stream, subscription)
        self._subscriptions.pop(channel.identifier, None)
        self.session.channels.pop(channel.identifier, None)

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
        info = PresenceInfo(subscription.side, self._bearer.name)
        news = self._presence.join(stream, str(self.session.actor.user_id), info)
        if news is not None:
            self._announcer.hub.publish(stream, PresenceNews(news))

    def _leave_presence(self, subscription: Subscription) -> None:
        if not subscription.present:
            return
        subscription.present = False
        stream = subscription.channel.stream
        news = self._presence.leave(stream, str(self.session.actor.user_id))
        if news is not None:
            self._announcer.hub.publish(stream, PresenceNews(news))

    # The socket.

    async def _send_text(self, frame: str) -> None:
        await self._send({"type": "websocket.send", "text": frame})

    def _overflow(self) -> None:
        self._metrics.overflows.inc()
        self.leave()
        self._close_soon(OVERFLOW)

    def _close_soon(self, code: int) -> None:
        if self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(self._close(code))

    async def _close(self, code: int) -> None:
        await self._outbox.flush()
        self._outbox.close()
        try:
            await self._send({"type": "websocket.close", "code": code})
        except (OSError, RuntimeError):
            log.debug("the socket was closed already")
