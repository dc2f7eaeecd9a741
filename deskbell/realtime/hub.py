"""The hub: which subscribers in this process listen to a stream."""

from typing import Generic, Protocol, TypeVar

Body_contra = TypeVar("Body_contra", contravariant=True)
Body = TypeVar("Body")


class Listener(Protocol[Body_contra]):
    """Somebody who hears a stream. `hear` must not wait: one slow member would stop the room."""

    def hear(self, body: Body_contra) -> None:
        """Take in what the stream carries."""
        ...


class Hub(Generic[Body]):
    """Streams and their listeners."""

    def __init__(self) -> None:
        self._streams: dict[str, dict[Listener[Body], None]] = {}

    def subscribe(self, stream: str, listener: Listener[Body]) -> None:
        """Let a listener hear a stream; twice is once."""
        self._streams.setdefault(stream, {})[listener] = None

    def unsubscribe(self, stream: str, listener: Listener[Body]) -> None:
        """Stop a listener; one that does not listen is no error."""
        listeners = self._streams.get(stream)
        if listeners is not None:
            listeners.pop(listener, None)
            if not listeners:
                del self._streams[stream]

    def is_heard(self, stream: str) -> bool:
        """Tell whether anybody listens, so that nothing is encoded for nobody."""
        return stream in self._streams

    def publish(self, stream: str, body: Body, *, except_for: Listener[Body] | None = None) -> None:
        """Hand a body to every listener of a stream, in the order they came."""
        # A copy, for a listener that overflows leaves while we go through them.
        for listener in tuple(self._streams.get(stream, ())):
            if listener is not except_for:
                listener.hear(body)
