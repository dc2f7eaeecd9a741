"""Who people are: what a host says of them, what we keep, and who acts right now."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

Role = Literal["user", "admin"]


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in person of the host application, as its `identify` hook names them.

    `id` is the host's own id. `email` and `name` are believed, because the host said so.
    """

    id: str
    email: str | None = None
    name: str | None = None
    is_admin: bool = False
    locale: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def role(self) -> Role:
        return "admin" if self.is_admin else "user"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as we keep them. `external_id` is the host's id, None for anonymous visitors."""

    id: UUID
    external_id: str | None
    email: str | None
    email_verified: bool
    name: str | None
    role: Role
    locale: str | None
    attributes: dict[str, Any]
    mail_opt_out_at: datetime | None
    created_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something now, as their verified token says."""

    user_id: UUID
    role: Role

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"
