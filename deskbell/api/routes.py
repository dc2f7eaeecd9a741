"""Every operation of the service in one table; REST and its OpenAPI document are made from it."""

from dataclasses import dataclass

from deskbell.actions.list_chats import ChatList
from deskbell.actions.snapshot import (
    AdminChatSnapshot,
    ChatSummary,
    MessagePage,
    OwnChatSnapshot,
)
from deskbell.api import bodies
from deskbell.api.calls import Audience


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """One operation: where it is, who may call it, what it takes and gives."""

    method: str
    path: str
    operation: str
    audience: Audience
    answer: type
    body: type | None = None
    query: type | None = None
    statuses: tuple[int, ...] = (200,)


ROUTES: tuple[ApiRoute, ...] = (
    ApiRoute(
        "POST",
        "/support_chat/session",
        "visitor.open_session",
        "public",
        bodies.OpenedSession,
        body=bodies.OpenSession,
    ),
    ApiRoute("GET", "/support_chat", "visitor.show_chat", "bearer", OwnChatSnapshot),
    ApiRoute(
        "GET",
        "/support_chat/messages",
        "visitor.read_messages",
        "bearer",
        MessagePage,
        query=bodies.MessageQuery,
    ),
    ApiRoute(
        "POST",
        "/support_chat/messages",
        "visitor.send_message",
        "bearer",
        bodies.MessageBody,
        body=bodies.NewMessageBody,
        statuses=(201, 200),
    ),
    ApiRoute(
        "PATCH",
        "/support_chat/mark_read",
        "visitor.mark_read",
        "bearer",
        ChatSummary,
        body=bodies.UpTo,
    ),
    ApiRoute("POST", "/support_chat/link", "visitor.make_link", "bearer", bodies.ChatLink),
    ApiRoute(
        "PATCH",
        "/support_chat/contact",
        "contact.change_contact",
        "bearer",
        bodies.ContactBody,
        body=bodies.ContactChangeBody,
    ),
    ApiRoute(
        "POST",
        "/confirm_email",
        "contact.confirm_email",
        "public",
        bodies.Empty,
        body=bodies.ConfirmEmail,
    ),
    ApiRoute(
        "POST",
        "/admin/session",
        "admin_session.sign_in",
        "public",
        bodies.OpenedSession,
        body=bodies.SignIn,
    ),
    ApiRoute("GET", "/admin/session", "admin_session.resume", "cookie", bodies.OpenedSession),
    ApiRoute("DELETE", "/admin/session", "admin_session.sign_out", "cookie", bodies.Empty),
    ApiRoute(
        "POST",
        "/admin/setup",
        "admin_session.set_up",
        "public",
        bodies.OpenedSession,
        body=bodies.SetUp,
    ),
    ApiRoute("GET", "/admin/chats", "agent.list_chats", "bearer", ChatList, query=bodies.ListQuery),
    ApiRoute("GET", "/admin/chats/{chat_id}", "agent.show_chat", "bearer", AdminChatSnapshot),
    ApiRoute(
        "POST",
        "/admin/chats/{chat_id}/view",
        "agent.view_chat",
        "bearer",
        ChatSummary,
        body=bodies.UpTo,
    ),
    ApiRoute("POST", "/admin/chats/{chat_id}/archive", "agent.archive_chat", "bearer", ChatSummary),
    ApiRoute(
        "POST", "/admin/chats/{chat_id}/unarchive", "agent.unarchive_chat", "bearer", ChatSummary
    ),
    ApiRoute(
        "GET",
        "/admin/chats/{chat_id}/messages",
        "agent.read_messages",
        "bearer",
        MessagePage,
        query=bodies.MessageQuery,
    ),
    ApiRoute(
        "POST",
        "/admin/chats/{chat_id}/messages",
        "agent.send_message",
        "bearer",
        bodies.MessageBody,
        body=bodies.NewMessageBody,
        statuses=(201, 200),
    ),
    ApiRoute("GET", "/healthz", "operator.healthz", "public", bodies.Health),
    ApiRoute("GET", "/readyz", "operator.readyz", "public", bodies.Health, statuses=(200, 503)),
)
