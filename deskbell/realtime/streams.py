"""The names of streams; nobody else spells one."""

from uuid import UUID

ADMINS = "support_admins"
"""What all admins hear."""


def of_chat(chat_id: UUID) -> str:
    """Name the stream of one chat."""
    return f"support_chat:{chat_id}"
