"""What answers look like, to the key: the shapes that clients rely on."""

from typing import Any

import httpx2

MESSAGE = {"id", "seq", "content", "sender_type", "read_at", "created_at"}
SUMMARY = {"id", "archived", "unread_count", "last_seq", "read_up_to", "viewed_up_to", "epoch"}
_MESSAGES = {"messages", "has_more"}
CHAT = SUMMARY | _MESSAGES | {"contact", "reply_seconds"}
ADMIN_CHAT = SUMMARY | _MESSAGES | {"user_id", "user_email", "user"}
USER = {
    "id",
    "email",
    "unconfirmed_email",
    "name",
    "anonymous",
    "role",
    "locale",
    "attributes",
    "created_at",
    "last_seen_at",
}
CONTACT = {"email", "unconfirmed_email", "name", "mails", "editable"}
ME = {"id", "email", "name", "role"}
SESSION = {"token", "expires_at", "user"}
ROW = {
    "id",
    "user_id",
    "user_email",
    "user_name",
    "last_message_at",
    "last_message_preview",
    "last_message_sender",
    "message_count",
    "unread",
    "archived",
}


def refused(response: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    """Check a refusal in the one shape of all errors; gives its `data`."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    body = response.json()
    assert body.keys() == {"error"}
    error = body["error"]
    assert error.keys() == {"code", "message", "data"}
    assert error["code"] == code
    assert isinstance(error["message"], str)
    assert error["message"]
    assert isinstance(error["data"], dict)
    data: dict[str, Any] = error["data"]
    return data


def cookie_of(response: httpx2.Response) -> tuple[str, set[str]]:
    """The name of the cookie that is set, and its attributes."""
    parts = [part.strip() for part in response.headers["set-cookie"].split(";")]
    return parts[0].partition("=")[0], set(parts[1:])
