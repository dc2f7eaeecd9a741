"""Presence: who has joined a stream right now, in this process and in memory only."""

from dataclasses import dataclass
from typing import Literal

from deskbell.domain.people import Role


@dataclass(frozen=True, slots=True)
class PresenceInfo:
    """What others may know of somebody present: never an e-mail address."""

    sender_type: Role
    name: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody came, with their first connection."""

    id: str
    info: PresenceInfo
    type: Literal["join"] = "join"


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody went, with their last connection."""

    id: str
    type: Literal["leave"] = "leave"


@dataclass(frozen=True, slots=True)
class PresenceRecord:
    """One of those present."""

    id: str
    info: PresenceInfo


@dataclass(frozen=True, slots=True)
class PresenceList:
    """Everybody present."""

    total: int
    records: list[PresenceRecord]
    type: Literal["info"] = "info"


class Presence:
    """Counts connections by stream and person; ids and info come from the server alone."""

    def __init__(self) -> None:
        self._streams: dict[str, dict[str, tuple[PresenceInfo, int]]] = {}

    def join(self, stream: str, presence_id: str, info: PresenceInfo) -> Joined | None:
        """Count a connection in; return the news when it is the person's first."""
        present = self._streams.setdefault(stream, {})
        _, count = present.get(presence_id, (info, 0))
        present[presence_id] = (info, count + 1)
        return Joined(presence_id, info) if count == 0 else None

    def leave(self, stream: str, presence_id: str) -> Left | None:
        """Count a connection out; return the news when it was the person's last."""
        present = self._streams.get(stream, {})
        info, count = present.pop(presence_id, (None, 0))
        if info is not None and count > 1:
            present[presence_id] = (info, count - 1)
        if not present:
            self._streams.pop(stream, None)
        return Left(presence_id) if count == 1 else None

    def present(self, stream: str) -> PresenceList:
        """List who is there."""
        records = [
            PresenceRecord(presence_id, info)
            for presence_id, (info, _) in self._streams.get(stream, {}).items()
        ]
        return PresenceList(len(records), records)
