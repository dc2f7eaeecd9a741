"""The user's own chat: `/support_chat`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request

from deskbell.actions.desk import Desk
from deskbell.actions.identify import (
    Identified,
    identify_by_link,
    identify_user,
    identify_visitor,
    welcome_visitor,
)
from deskbell.actions.mark_read import mark_read
from deskbell.actions.open_chat import open_chat, show_own_chat
from deskbell.actions.read_messages import read_messages
from deskbell.actions.snapshot import OwnChatSnapshot
from deskbell.api.bodies import ChatLink, Me, MessageBody, OpenedSession
from deskbell.api.calls import Answer, Call, first_language
from deskbell.domain.message import check_message_id, new_message_id
from deskbell.domain.people import Actor, Person, User
from deskbell.tokens import Tokens

POP_OUT_LIFE = timedelta(hours=12)
"""How long the window of a pop-out can renew its session by its link: about a day's work."""

Identify = Callable[[Request], Awaitable[User | None]]
"""A host's hook: the signed-in user of this request, or None."""


@dataclass(frozen=True, slots=True)
class VisitorApi:
    """Operations for whoever has a chat of their own."""

    desk: Desk
    tokens: Tokens
    identify: Identify

    async def open_session(self, call: Call) -> Answer:
        """Say who one is and get a bearer token."""
        self.desk.limits.take("sessions_per_address", call.network)
        # The host's own user outranks any key a browser still holds.
        host_user = await self.identify(call.request)
        if host_user is None and call.body.identity is None and call.body.link is not None:
            return Answer(await self._follow_link(call.body.link))
        identified = await self._identify(call, host_user)
        return Answer(session_of(self.tokens, identified.person, identified.visitor_key))

    async def _follow_link(self, link: str) -> OpenedSession:
        followed = self.tokens.followed("open-chat", link)
        identified = await self.desk.write(identify_by_link, followed.user_id)
        return session_of(self.tokens, identified.person, link_ends_at=followed.ends_at)

    async def _identify(self, call: Call, host_user: User | None) -> Identified:
        if host_user is not None:
            return await self.desk.write(identify_user, host_user)
        if call.body.identity is not None:
            return await self.desk.write(identify_user, self.tokens.identity(call.body.identity))
        if call.body.visitor_key is not None:
            return await self.desk.write(identify_visitor, call.body.visitor_key)
        locale = first_language(call.request)
        return await self.desk.write(welcome_visitor, locale)

    async def show_chat(self, call: Call) -> Answer:
        """Get the chat with its newest messages, made on the first call."""
        return Answer(await self._own_chat(call.caller))

    async def _own_chat(self, caller: Actor) -> OwnChatSnapshot:
        # Nearly always there already: only the first call has to wait for the writer.
        shown = await self.desk.read(show_own_chat, caller)
        if shown is not None:
            return shown
        return await self.desk.write(open_chat, caller)

    async def read_messages(self, call: Call) -> Answer:
        """Read messages of one's own chat, after or before a `seq`."""
        query = call.query
        page = await self.desk.read(
            read_messages,
            call.caller,
            None,
            after=query.after,
            before=query.before,
            limit=query.limit,
        )
        return Answer(page)

    async def send_message(self, call: Call) -> Answer:
        """Send a message to one's own chat, which is made if need be."""
        chat = await self._own_chat(call.caller)
        message_id = new_message_id() if call.body.id is None else check_message_id(call.body.id)
        sent = await self.desk.send(call.caller, chat.id, message_id, call.body.content)
        return Answer(MessageBody(sent.message), 200 if sent.repeated else 201)

    async def make_link(self, call: Call) -> Answer:
        """Make a link to one's own chat, for a window of its own."""
        grant = self.tokens.pop_out(call.session, POP_OUT_LIFE)
        return Answer(ChatLink(grant.token, grant.expires_at))

    async def mark_read(self, call: Call) -> Answer:
        """Mark the admins' messages as read."""
        return Answer(await self.desk.write(mark_read, call.caller, call.body.up_to))


def session_of(
    tokens: Tokens,
    person: Person,
    visitor_key: str | None = None,
    link_ends_at: datetime | None = None,
) -> OpenedSession:
    """Issue the bearer token for somebody whom we know now."""
    grant = tokens.grant(Actor(person.id, person.role), person.name, link_ends_at)
    me = Me(id=person.id, email=person.email, name=person.name, role=person.role)
    return OpenedSession(
        token=grant.token, expires_at=grant.expires_at, user=me, visitor_key=visitor_key
    )
