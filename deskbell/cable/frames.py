"""The frames of the protocol: what clients may say, and what we say to them.

A broadcast is encoded once per stream; each subscriber adds only the text of its own identifier.
"""

from typing import Any

import msgspec

from deskbell.domain.errors import Malformed
from deskbell.domain.events import Event, NewMessage
from deskbell.domain.message import Message
from deskbell.realtime.presence import Joined, Left, PresenceList

PLAIN = "actioncable-v1-json"
EXTENDED = "actioncable-v1-ext-json"
TOKEN_PREFIX = "anycable-token."  # noqa: S105 - a prefix, not a token

WELCOME = '{"type":"welcome"}'


class StreamPosition(msgspec.Struct):
    """How far a client has followed a stream."""

    epoch: str
    offset: int


class History(msgspec.Struct):
    """What a client wants replayed. `since` is in Unix seconds; AnyCable's may say `false`."""

    since: float | bool | None = None
    streams: dict[str, StreamPosition] = {}


class ClientFrame(msgspec.Struct):
    """Anything a client sends; which fields count depends on the command."""

    command: str
    identifier: str = ""
    data: Any = None
    history: History | None = None
    presence: Any = None


class Identifier(msgspec.Struct):
    """What an identifier's JSON says: which channel, of which chat."""

    channel: str
    chat_id: str = ""


class ActionData(msgspec.Struct):
    """What the JSON in the `data` of a `message` command says."""

    action: str
    content: str = ""
    id: str | None = None


_encode = msgspec.json.Encoder().encode
_client_frames = msgspec.json.Decoder(ClientFrame)
_identifiers = msgspec.json.Decoder(Identifier)
_actions = msgspec.json.Decoder(ActionData)

# msgspec lets these two out of its decoder for deep nesting and for broken UTF-8.
_UNREADABLE = (msgspec.MsgspecError, RecursionError, UnicodeError)


def read_frame(text: str) -> ClientFrame:
    """Read a client's frame; raises Malformed."""
    try:
        return _client_frames.decode(text)
    except _UNREADABLE:
        raise Malformed from None


def read_identifier(text: str) -> Identifier:
    """Read an identifier; raises Malformed."""
    try:
        return _identifiers.decode(text)
    except _UNREADABLE:
        raise Malformed from None


def read_action(data: object) -> ActionData:
    """Read the data of a `message` command; raises Malformed."""
    if not isinstance(data, str):
        raise Malformed
    try:
        return _actions.decode(data)
    except _UNREADABLE:
        raise Malformed from None


def ping(unix_time: int) -> str:
    """The heartbeat every three seconds."""
    return f'{{"type":"ping","message":{unix_time}}}'


def disconnect(reason: str, *, reconnect: bool) -> str:
    """The last frame of a connection we end; `reconnect` says whether trying again makes sense."""
    frame = {"type": "disconnect", "reason": reason, "reconnect": reconnect}
    return _encode(frame).decode()


def opening(identifier: str) -> str:
    """The beginning of every frame that belongs to a subscription; a body completes it."""
    return f'{{"identifier":{_encode(identifier).decode()},'


# Bodies: the rest of a frame after `opening`.

CONFIRM_SUBSCRIPTION = '"type":"confirm_subscription"}'
REJECT_SUBSCRIPTION = '"type":"reject_subscription"}'
CONFIRM_HISTORY = '"type":"confirm_history"}'
REJECT_HISTORY = '"type":"reject_history"}'


def event_body(event: Event) -> str:
    """An event as plain Action Cable."""
    return f'"message":{_encode(event).decode()}}}'


class Broadcast:
    """One event for many subscribers: each variant is encoded when the first one needs it."""

    __slots__ = ("_extended", "_plain", "event", "place")

    def __init__(self, event: Event, place: str = "") -> None:
        self.event = event
        self.place = place
        self._plain = ""
        self._extended = ""

    def body(self, *, extended: bool) -> str:
        """The body for a subscriber of that protocol."""
        if not self._plain:
            self._plain = event_body(self.event)
        if not (extended and self.place):
            return self._plain
        if not self._extended:
            self._extended = self._plain[:-1] + self.place
        return self._extended


class PresenceNews:
    """Somebody came or went; plain Action Cable has no frame for that."""

    __slots__ = ("_body",)

    def __init__(self, news: Joined | Left | PresenceList) -> None:
        self._body = f'"type":"presence","message":{_encode(news).decode()}}}'

    def body(self, *, extended: bool) -> str | None:
        """The body for a subscriber of that protocol, None when it has no word for it."""
        return self._body if extended else None


Body = Broadcast | PresenceNews


def new_message(message: Message, stream: str, epoch: str) -> Broadcast:
    """A message of a chat's stream, with its place there: `offset` is `seq`."""
    place = f',"stream_id":"{stream}","epoch":"{epoch}","offset":{message.seq}}}'
    return Broadcast(NewMessage(message), place)
