"""What senders were promised, against what the server kept: the judge of every fault test."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as the server has it in the end."""

    id: str
    seq: int


@dataclass(slots=True)
class ChatLog:
    """What happened in one chat, as its clients saw it."""

    sent: set[str] = field(default_factory=set)
    """Every id that anybody tried to send."""
    acknowledged: dict[str, int] = field(default_factory=dict)
    """Every id whose sender was told that it is stored, and the `seq` that came with it."""

    def faults(self, kept: Sequence[Kept]) -> list[str]:
        """Compare with the whole log, ascending by `seq`; no fault means that

        every acknowledged message is there, once, in the place it was acknowledged with; those
        that nobody was told about are there once or not at all; and nothing else is.
        """
        return [*self._lost(kept), *self._doubled(kept), *self._invented(kept), *_gaps(kept)]

    def _lost(self, kept: Sequence[Kept]) -> Iterator[str]:
        places = {message.id: message.seq for message in kept}
        for message_id, seq in self.acknowledged.items():
            if message_id not in places:
                yield f"lost: {message_id}, acknowledged as {seq}"
            elif places[message_id] != seq:
                yield f"moved: {message_id}, acknowledged as {seq}, now {places[message_id]}"

    def _doubled(self, kept: Sequence[Kept]) -> Iterator[str]:
        for message_id, count in Counter(message.id for message in kept).items():
            if count > 1:
                yield f"doubled: {message_id} is there {count} times"

    def _invented(self, kept: Sequence[Kept]) -> Iterator[str]:
        for message in kept:
            if message.id not in self.sent:
                yield f"invented: nobody sent {message.id}"


def _gaps(kept: Sequence[Kept]) -> Iterator[str]:
    for place, message in enumerate(kept, start=1):
        if message.seq != place:
            yield f"not dense: {message.seq} stands where {place} should"
            return
