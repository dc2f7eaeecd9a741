"""The agents' side: the list of chats, and each of them."""

from dataclasses import dataclass

from deskbell.actions.archive_chat import archive_chat, unarchive_chat
from deskbell.actions.desk import Desk
from deskbell.actions.list_chats import list_chats
from deskbell.actions.read_messages import read_messages
from deskbell.actions.view_chat import open_as_admin, view_chat
from deskbell.api.bodies import MessageBody
from deskbell.api.calls import Answer, Call
from deskbell.domain.access import require_admin
from deskbell.domain.message import check_message_id, new_message_id


@dataclass(frozen=True, slots=True)
class AgentApi:
    """Operations for admins; each action checks that it is one."""

    desk: Desk

    async def list_chats(self, call: Call) -> Answer:
        """List chats, newest first."""
        query = call.query
        page = await self.desk.read(
            list_chats,
            call.caller,
            archived=query.archived,
            empty=query.empty,
            cursor=query.cursor,
            limit=query.limit,
        )
        return Answer(page)

    async def show_chat(self, call: Call) -> Answer:
        """Get a chat with its newest messages and its user, and mark it as viewed."""
        require_admin(call.caller)
        return Answer(await self.desk.write(open_as_admin, call.caller, call.chat_id))

    async def view_chat(self, call: Call) -> Answer:
        """Mark a chat as viewed, by an agent who has it open."""
        require_admin(call.caller)
        up_to = call.body.up_to
        return Answer(await self.desk.write(view_chat, call.caller, call.chat_id, up_to))

    async def archive_chat(self, call: Call) -> Answer:
        """Put a chat away."""
        require_admin(call.caller)
        return Answer(await self.desk.write(archive_chat, call.caller, call.chat_id))

    async def unarchive_chat(self, call: Call) -> Answer:
        """Bring a chat back."""
        require_admin(call.caller)
        return Answer(await self.desk.write(unarchive_chat, call.caller, call.chat_id))

    async def read_messages(self, call: Call) -> Answer:
        """Read messages of a chat, after or before a `seq`."""
        require_admin(call.caller)
        query = call.query
        page = await self.desk.read(
            read_messages,
            call.caller,
            call.chat_id,
            after=query.after,
            before=query.before,
            limit=query.limit,
        )
        return Answer(page)

    async def send_message(self, call: Call) -> Answer:
        """Answer in a chat."""
        require_admin(call.caller)
        message_id = new_message_id() if call.body.id is None else check_message_id(call.body.id)
        sent = await self.desk.send(call.caller, call.chat_id, message_id, call.body.content)
        return Answer(MessageBody(sent.message), 200 if sent.repeated else 201)
