"""One followed channel of one socket: hears its stream, and holds it back while history replays."""

from deskbell.cable import frames
from deskbell.cable.frames import Body, Broadcast
from deskbell.cable.session import Channel
from deskbell.domain.events import NewMessage
from deskbell.domain.message import SenderType
from deskbell.realtime.outbox import Outbox

MAX_HELD = 1_000
"""Events held during a replay at most; a reader so slow resumes by `seq` instead."""


class Subscription:
    """A listener of the hub that knows its identifier and its protocol."""

    __slots__ = (
        "_ended",
        "_extended",
        "_held",
        "_opening",
        "_outbox",
        "channel",
        "present",
        "side",
    )

    def __init__(self, channel: Channel, outbox: Outbox, *, extended: bool) -> None:
        self.channel = channel
        self.side: SenderType = "user"
        self.present = False
        self._outbox = outbox
        self._extended = extended
        self._opening = frames.opening(channel.identifier)
        self._held: list[Body] | None = None
        self._ended = False

    def hear(self, body: Body) -> None:
        """Take in a broadcast: pass it on, or keep it until the replay is through."""
        if self._held is not None:
            self._held.append(body)
            if len(self._held) > MAX_HELD:
                self._held.clear()
                self._outbox.overflow()
            return
        text = body.body(extended=self._extended)
        if text is not None:
            self._outbox.put(self._opening + text)

    @property
    def closed(self) -> bool:
        """Nothing more will reach the subscriber."""
        return self._ended or self._outbox.closed

    def end(self) -> None:
        """Stop for good, also in the middle of a replay."""
        self._ended = True

    def say(self, body: str) -> None:
        """Send this subscriber a frame of its own, past whatever is held."""
        self._outbox.put(self._opening + body)

    async def replay(self, broadcast: Broadcast) -> None:
        """Send a past event at the socket's own pace."""
        await self._outbox.put_paced(self._opening + broadcast.body(extended=self._extended))

    def hold(self) -> None:
        """Keep what comes from now on: the past goes first."""
        if self._held is None:
            self._held = []

    def release(self, replayed_up_to: int) -> None:
        """Pass on what was held, except messages that the replay had already."""
        held, self._held = self._held or [], None
        if self.closed:
            return
        for body in held:
            if not (
                isinstance(body, Broadcast)
                and isinstance(body.event, NewMessage)
                and body.event.message.seq <= replayed_up_to
            ):
                self.hear(body)
