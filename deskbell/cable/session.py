"""What a client says, read without I/O: a frame goes in, a command or a refusal comes out.

The endpoint moves the data; what is allowed is decided here and in the actions.
"""

from dataclasses import dataclass
from uuid import UUID

from deskbell.actions.read_messages import HistoryRequest
from deskbell.cable import frames
from deskbell.cable.frames import ClientFrame, History
from deskbell.domain.errors import DeskbellError, Malformed
from deskbell.domain.message import check_message_id, is_blank, new_message_id
from deskbell.domain.people import Actor
from deskbell.realtime import streams

MAX_SUBSCRIPTIONS = 128
"""Subscriptions of one connection at most."""

MAX_IDENTIFIER = 512
"""Characters of an identifier at most: it is kept, and comes back with every frame."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that exists and may be asked for: a chat's, or (`chat_id` None) all admins'."""

    identifier: str
    stream: str
    chat_id: UUID | None


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Follow a channel, perhaps from a place in its history on."""

    channel: Channel
    history: HistoryRequest | None
    join: bool


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Stop following a channel."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message to a followed chat."""

    channel: Channel
    chat_id: UUID
    message_id: UUID
    content: str


@dataclass(frozen=True, slots=True)
class Replay:
    """Replay the history of a followed channel."""

    channel: Channel
    history: HistoryRequest


@dataclass(frozen=True, slots=True)
class Whisper:
    """Tell the others in the chat that one is writing."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class Join:
    """Be present in the chat."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class Leave:
    """Be present no more."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class AskPresence:
    """Who is present?"""

    channel: Channel


@dataclass(frozen=True, slots=True)
class Pong:
    """The client is alive, and will go on saying so."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """Nothing to do: a newer client's command, or a blank message."""


@dataclass(frozen=True, slots=True)
class RejectSubscription:
    """There is no such channel for this client."""

    identifier: str


@dataclass(frozen=True, slots=True)
class RejectMessage:
    """The message will not be stored; `code` says why."""

    channel: Channel
    message_id: str | None
    code: str


Command = (
    Subscribe
    | Unsubscribe
    | Send
    | Replay
    | Whisper
    | Join
    | Leave
    | AskPresence
    | Pong
    | Ignore
    | RejectSubscription
    | RejectMessage
)


class Session:
    """One client's conversation: whom it speaks for and which channels it follows."""

    __slots__ = ("actor", "channels")

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.channels: dict[str, Channel] = {}

    def receive(self, text: str) -> Command:
        """Read one frame; raises Malformed when the connection cannot go on."""
        frame = frames.read_frame(text)
        if frame.command == "pong":
            return Pong()
        if frame.command == "subscribe":
            return self._subscribe(frame)
        channel = self.channels.get(frame.identifier)
        if channel is None:
            # Also the answer to foreign identifiers: not followed is not followed.
            known = frame.command in ("message", "history", "whisper", "join", "presence")
            return RejectSubscription(frame.identifier) if known else Ignore()
        return self._command(frame, channel)

    def _subscribe(self, frame: ClientFrame) -> Subscribe | RejectSubscription:
        channel = self.channels.get(frame.identifier)
        if channel is None and len(self.channels) < MAX_SUBSCRIPTIONS:
            channel = self._channel(frame.identifier)
        if channel is None:
            return RejectSubscription(frame.identifier)
        history = None if frame.history is None else _history(channel, frame.history)
        return Subscribe(channel, history, join=frame.presence is not None)

    def _channel(self, identifier: str) -> Channel | None:
        """Resolve an identifier; whether the chat is open to the actor is the action's to say."""
        if len(identifier) > MAX_IDENTIFIER:
            return None
        try:
            named = frames.read_identifier(identifier)
            if named.channel == "ChatChannel":
                chat_id = check_message_id(named.chat_id)
                return Channel(identifier, streams.of_chat(chat_id), chat_id)
        except DeskbellError:
            return None
        if named.channel == "AdminNotificationChannel" and self.actor.is_admin:
            return Channel(identifier, streams.ADMINS, None)
        return None

    def _command(self, frame: ClientFrame, channel: Channel) -> Command:  # noqa: PLR0911
        match frame.command:
            case "unsubscribe":
                return Unsubscribe(channel)
            case "history":
                return Replay(channel, _history(channel, frame.history or History()))
            case "message" if channel.chat_id is not None:
                return _action(frame, channel, channel.chat_id)
            case "whisper" if channel.chat_id is not None:
                return Whisper(channel)
            case "join" if channel.chat_id is not None:
                return Join(channel)
            case "leave" if channel.chat_id is not None:
                return Leave(channel)
            case "presence":
                return AskPresence(channel)
            case _:
                return Ignore()


def _action(frame: ClientFrame, channel: Channel, chat_id: UUID) -> Command:
    try:
        data = frames.read_action(frame.data)
    except Malformed as error:
        return RejectMessage(channel, None, error.code)
    if data.action != "send_message":
        return Ignore()
    if is_blank(data.content):
        return Ignore() if data.id is None else RejectMessage(channel, data.id, "blank")
    try:
        message_id = new_message_id() if data.id is None else check_message_id(data.id)
    except DeskbellError as error:
        return RejectMessage(channel, data.id, error.code)
    return Send(channel, chat_id, message_id, data.content)


def _history(channel: Channel, wanted: History) -> HistoryRequest:
    position = wanted.streams.get(channel.stream)
    if position is None:
        return HistoryRequest(since=None if isinstance(wanted.since, bool) else wanted.since)
    return HistoryRequest(epoch=position.epoch, offset=position.offset)
