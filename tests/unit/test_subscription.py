"""A subscription: what it hears live, what it holds back, and that it holds only so much."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from deskbell.cable import frames
from deskbell.cable import subscription as module
from deskbell.cable.frames import Broadcast, PresenceNews
from deskbell.cable.session import Channel
from deskbell.cable.subscription import Subscription
from deskbell.domain.events import Typing
from deskbell.domain.message import Message
from deskbell.realtime.outbox import Outbox
from deskbell.realtime.presence import Left

CHANNEL = Channel("chat", "support_chat:1", UUID(int=1))


class Paper(Outbox):
    """An outbox whose frames stay where they can be read."""

    def __init__(self) -> None:
        super().__init__(self._post, self._note)
        self.frames: list[str] = []
        self.overflows = 0

    def put(self, frame: str) -> None:
        if not self.closed:
            self.frames.append(frame)

    def said(self) -> list[object]:
        """The frames in short: messages by `seq`, everything else by type."""
        bodies = [json.loads(frame) for frame in self.frames]
        return [
            body["message"]["message"]["seq"]
            if "message" in body and "message" in body["message"]
            else body.get("type") or body["message"]["type"]
            for body in bodies
        ]

    async def _post(self, _frame: str) -> None:
        raise AssertionError("nothing is put into the queue")

    def _note(self) -> None:
        self.overflows += 1


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def subscription(paper: Paper) -> Subscription:
    return Subscription(CHANNEL, paper, extended=True)


def message(seq: int) -> Broadcast:
    stored = Message(uuid4(), seq, "Hello", "user", None, datetime(2026, 3, 2, tzinfo=UTC))
    return frames.new_message(stored, CHANNEL.stream, "e1")


def test_what_is_heard_goes_out_in_its_order(subscription: Subscription, paper: Paper) -> None:
    subscription.hear(message(1))
    subscription.hear(Broadcast(Typing("user")))
    subscription.hear(message(2))
    assert paper.said() == [1, "typing", 2]


def test_what_is_heard_during_a_replay_comes_after_it_without_doubles(
    subscription: Subscription, paper: Paper
) -> None:
    subscription.hold()
    for body in (message(2), message(3), Broadcast(Typing("user")), message(4)):
        subscription.hear(body)
    subscription.hold()  # a second request does not forget what the first one holds
    subscription.say(frames.CONFIRM_HISTORY)
    assert paper.said() == ["confirm_history"]
    subscription.release(replayed_up_to=3)
    subscription.hear(message(5))
    assert paper.said() == ["confirm_history", "typing", 4, 5]


def test_without_a_replay_everything_held_comes(subscription: Subscription, paper: Paper) -> None:
    subscription.hold()
    subscription.hear(message(1))
    subscription.release(replayed_up_to=0)
    subscription.release(replayed_up_to=0)
    assert paper.said() == [1]


def test_plain_clients_hear_of_no_presence(paper: Paper) -> None:
    Subscription(CHANNEL, paper, extended=False).hear(PresenceNews(Left("ada")))
    assert paper.said() == []


def test_a_bounded_number_is_held(
    subscription: Subscription, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_HELD", 3)
    subscription.hold()
    for seq in range(1, 4):
        subscription.hear(message(seq))
    assert (paper.overflows, paper.closed) == (0, False)
    subscription.hear(message(4))
    assert (paper.overflows, paper.closed) == (1, True)
    subscription.release(replayed_up_to=0)
    assert paper.said() == []


def test_an_ended_subscription_lets_nothing_held_go(
    subscription: Subscription, paper: Paper
) -> None:
    subscription.hold()
    subscription.hear(message(1))
    subscription.end()
    subscription.release(replayed_up_to=0)
    assert subscription.closed
    assert paper.said() == []
