"""Catching up: what a subscriber missed goes first, then how things are, then what comes live."""

from deskbell.actions.desk import Desk
from deskbell.actions.read_messages import Followed, HistoryRequest, follow_chat, read_messages
from deskbell.cable import frames
from deskbell.cable.announcer import Announcer
from deskbell.cable.subscription import Subscription
from deskbell.domain.people import Actor

REPLAY_PAGE = 100
"""Messages read at a time for a replay: they leave at the socket's pace, not all at once."""


class CatchUp:
    """Answers the history of one client's subscriptions from the database."""

    __slots__ = ("_actor", "_announcer", "_desk")

    def __init__(self, desk: Desk, announcer: Announcer, actor: Actor) -> None:
        self._desk = desk
        self._announcer = announcer
        self._actor = actor

    async def follow(
        self, subscription: Subscription, history: HistoryRequest | None
    ) -> Followed | None:
        """Check the right to the channel and where its history starts; None for all admins' one.

        The subscription listens already and holds what it hears: what commits between this look
        and the replay is held, not missed. Raises NotFound when the channel is not for this actor,
        or RateLimited.
        """
        self._desk.limits.take("subscriptions_per_person", self._actor.user_id)
        chat_id = subscription.channel.chat_id
        if chat_id is None:
            return None
        return await self._desk.read(follow_chat, self._actor, chat_id, history)

    async def answer(
        self,
        subscription: Subscription,
        followed: Followed | None,
        *,
        wanted: bool,
        with_state: bool,
    ) -> None:
        """Replay the history if it is `wanted`, say the state, and let the held events go."""
        replayed = 0
        if wanted and (followed is None or followed.replay_after is None):
            subscription.say(frames.REJECT_HISTORY)
        elif followed is not None and followed.replay_after is not None:
            replayed = await self._replay(subscription, followed, followed.replay_after)
            subscription.say(frames.CONFIRM_HISTORY)
        if followed is not None and with_state:
            subscription.say(frames.event_body(followed.state))
        subscription.release(replayed)

    async def _replay(self, subscription: Subscription, followed: Followed, after: int) -> int:
        channel, last = subscription.channel, followed.state.last_seq
        while after < last and not subscription.closed:
            page = await self._desk.read(
                read_messages,
                self._actor,
                channel.chat_id,
                after=after,
                limit=min(REPLAY_PAGE, last - after),
            )
            for message in page.messages:
                await subscription.replay(self._announcer.new_message(channel.stream, message))
                after = message.seq
        return after
