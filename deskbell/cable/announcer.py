"""The announcer: turns what actions announced into broadcasts, for streams that somebody hears."""

from collections.abc import Callable
from datetime import datetime

from deskbell.cable import frames
from deskbell.cable.frames import Body, Broadcast
from deskbell.domain.events import Announcement, NewMessage
from deskbell.domain.message import Message
from deskbell.metrics import Metrics
from deskbell.realtime import streams
from deskbell.realtime.hub import Hub


class Announcer:
    """Called by the writer after each commit, in its order. `epoch` names the history of this
    database; it changes only when a backup is restored."""

    def __init__(self, hub: Hub[Body], metrics: Metrics, clock: Callable[[], datetime]) -> None:
        self.hub = hub
        self.epoch = ""
        self.now = clock
        self._metrics = metrics

    def announce(self, announcement: Announcement) -> None:
        """Broadcast an event to those who hear its stream."""
        event, chat_id = announcement.event, announcement.chat_id
        if isinstance(event, NewMessage):
            self._metrics.messages.labels(event.message.sender_type).inc()
        stream = streams.ADMINS if chat_id is None else streams.of_chat(chat_id)
        if not self.hub.is_heard(stream):
            return
        if isinstance(event, NewMessage):
            self.hub.publish(stream, self.new_message(stream, event.message))
        else:
            self.hub.publish(stream, Broadcast(event))

    def new_message(self, stream: str, message: Message) -> Broadcast:
        """A message with its place in its stream."""
        return frames.new_message(message, stream, self.epoch)
