"""What a client says: every command, and everything that is none."""

import json
from typing import Any
from uuid import UUID

import pytest

from deskbell.actions.read_messages import HistoryRequest
from deskbell.cable import session as commands
from deskbell.cable.session import MAX_IDENTIFIER, MAX_SUBSCRIPTIONS, Channel, Session
from deskbell.domain.people import Actor

ADA = Actor(UUID("0198f0b2-0000-7000-8000-00000000000a"), "user")
DANA = Actor(UUID("0198f0b2-0000-7000-8000-00000000000d"), "admin")
CHAT = UUID("0198f0b2-0000-7000-8000-000000000001")
MESSAGE = "0198f0b2-0000-7000-8000-000000000002"
STREAM = f"support_chat:{CHAT}"
CHAT_CHANNEL = json.dumps({"channel": "ChatChannel", "chat_id": str(CHAT)})
ADMINS_CHANNEL = json.dumps({"channel": "AdminNotificationChannel"})
FOLLOWED = Channel(CHAT_CHANNEL, STREAM, CHAT)
ADMINS_FOLLOWED = Channel(ADMINS_CHANNEL, "support_admins", None)


@pytest.fixture
def session() -> Session:
    """Dana, who follows a chat and the channel of all admins."""
    session = Session(DANA)
    session.channels = {CHAT_CHANNEL: FOLLOWED, ADMINS_CHANNEL: ADMINS_FOLLOWED}
    return session


def frame(command: str, identifier: str = CHAT_CHANNEL, **more: Any) -> str:
    return json.dumps({"command": command, "identifier": identifier, **more})


def action(**data: Any) -> str:
    return frame("message", data=json.dumps({"action": "send_message", **data}))


@pytest.mark.parametrize("actor", [ADA, DANA])
def test_anybody_may_ask_for_a_chat(actor: Actor) -> None:
    asked = Session(actor).receive(frame("subscribe"))
    assert asked == commands.Subscribe(FOLLOWED, None, join=False)


def test_asking_for_a_channel_is_not_following_it() -> None:
    session = Session(ADA)
    session.receive(frame("subscribe"))
    assert session.channels == {}


def test_the_admins_channel_is_for_admins() -> None:
    ask = frame("subscribe", ADMINS_CHANNEL)
    assert Session(DANA).receive(ask) == commands.Subscribe(ADMINS_FOLLOWED, None, join=False)
    assert Session(ADA).receive(ask) == commands.RejectSubscription(ADMINS_CHANNEL)


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "ChatChannel",
        "{}",
        "[]",
        "null",
        '{"channel": "ChatChannel"}',
        '{"channel": "ChatChannel", "chat_id": 7}',
        '{"channel": "ChatChannel", "chat_id": null}',
        '{"channel": "ChatChannel", "chat_id": "' + str(CHAT).upper() + '"}',
        '{"channel": "ChatChannel", "chat_id": "{' + str(CHAT) + '}"}',
        '{"channel": "ChatChannel", "chat_id": "' + CHAT.hex + '"}',
        '{"channel": "ChatChannel", "chat_id": " ' + str(CHAT) + '"}',
        '{"channel": "ChatChannel", "chat_id": "../' + str(CHAT) + '"}',
        '{"channel": "OtherChannel", "chat_id": "' + str(CHAT) + '"}',
        '{"channel": ["ChatChannel"]}',
        '{"channel": "' + "x" * MAX_IDENTIFIER + '"}',
        "[" * MAX_IDENTIFIER,
    ],
)
def test_what_names_no_channel_is_rejected_by_its_own_name(identifier: str) -> None:
    answer = Session(DANA).receive(frame("subscribe", identifier))
    assert answer == commands.RejectSubscription(identifier)


def test_an_identifier_comes_back_as_it_was_written() -> None:
    spelt = f'{{ "chat_id":"{CHAT}",  "channel":"ChatChannel", "more": {"9" * 300} }}'
    answer = Session(ADA).receive(frame("subscribe", spelt))
    assert answer == commands.Subscribe(Channel(spelt, STREAM, CHAT), None, join=False)


@pytest.mark.parametrize(("length", "accepted"), [(MAX_IDENTIFIER, True), (600, False)])
def test_an_identifier_may_be_so_long_and_no_longer(length: int, accepted: bool) -> None:
    named = CHAT_CHANNEL[:-1] + ', "more": "'
    identifier = named + "x" * (length - len(named) - 2) + '"}'
    assert len(identifier) == length
    answer = Session(ADA).receive(frame("subscribe", identifier))
    assert isinstance(answer, commands.Subscribe) == accepted


def test_a_session_follows_a_bounded_number_of_channels(session: Session) -> None:
    for number in range(MAX_SUBSCRIPTIONS - len(session.channels)):
        session.channels[str(number)] = Channel(str(number), "", None)
    more = json.dumps({"channel": "ChatChannel", "chat_id": MESSAGE})
    assert session.receive(frame("subscribe", more)) == commands.RejectSubscription(more)
    again = session.receive(frame("subscribe"))
    assert again == commands.Subscribe(FOLLOWED, None, join=False), "it is followed already"


def test_subscribing_may_bring_history_and_presence() -> None:
    streams = {STREAM: {"offset": 3, "epoch": "e1"}, "other": {"offset": 9, "epoch": "e1"}}
    asked = Session(ADA).receive(
        frame("subscribe", history={"since": 12, "streams": streams}, presence={"id": "me"})
    )
    assert asked == commands.Subscribe(FOLLOWED, HistoryRequest("e1", 3), join=True)


@pytest.mark.parametrize(
    ("history", "wanted"),
    [
        ({"streams": {STREAM: {"offset": 3, "epoch": "e1"}}}, HistoryRequest("e1", 3)),
        ({"since": 12.5}, HistoryRequest(since=12.5)),
        ({"since": 12, "streams": {}}, HistoryRequest(since=12.0)),
        ({"since": False}, HistoryRequest()),
        ({"since": True}, HistoryRequest()),
        ({"streams": {"other": {"offset": 3, "epoch": "e1"}}}, HistoryRequest()),
        ({}, HistoryRequest()),
        (None, HistoryRequest()),
    ],
)
def test_history_says_where_to_go_on(
    history: object, wanted: HistoryRequest, session: Session
) -> None:
    assert session.receive(frame("history", history=history)) == commands.Replay(FOLLOWED, wanted)


def test_a_message_is_read_whole(session: Session) -> None:
    content = " Ünï\ncode 😀 "
    assert session.receive(action(id=MESSAGE, content=content)) == commands.Send(
        FOLLOWED, CHAT, UUID(MESSAGE), content
    )


def test_a_message_without_an_id_gets_one_of_its_own(session: Session) -> None:
    first, second = (session.receive(action(content="Hello")) for _ in range(2))
    assert isinstance(first, commands.Send)
    assert isinstance(second, commands.Send)
    assert first.message_id != second.message_id


@pytest.mark.parametrize("content", ["", " \n\t\u2003"])
def test_a_blank_message_is_ignored_unless_somebody_waits_for_it(
    content: str, session: Session
) -> None:
    assert session.receive(action(content=content)) == commands.Ignore()
    assert session.receive(action(id=MESSAGE, content=content)) == commands.RejectMessage(
        FOLLOWED, MESSAGE, "blank"
    )
    assert session.receive(action(id=MESSAGE)) == commands.RejectMessage(FOLLOWED, MESSAGE, "blank")


@pytest.mark.parametrize(
    "spelt", ["", "7", MESSAGE.upper(), MESSAGE.replace("-", ""), f"{MESSAGE}\n"]
)
def test_an_id_that_is_not_canonical_is_refused(spelt: str, session: Session) -> None:
    refused = session.receive(action(id=spelt, content="Hello"))
    assert refused == commands.RejectMessage(FOLLOWED, spelt, "invalid")


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        {"action": "send_message", "content": "Hello"},
        "",
        "Hello",
        "[]",
        "{}",
        '{"action": 7}',
        '{"action": "send_message", "content": 7}',
        '{"action": "send_message", "content": null}',
        '{"action": "send_message", "content": "Hello", "id": 7}',
        '{"action": "send_message", "content": "\\ud800"}',
        '{"action": "send_message", "content": NaN}',
        '{"action": "send_message", "content": ' + "[" * 50_000,
    ],
)
def test_a_message_that_cannot_be_read_is_refused_and_the_connection_goes_on(
    data: object, session: Session
) -> None:
    refused = session.receive(frame("message", data=data))
    assert refused == commands.RejectMessage(FOLLOWED, None, "malformed")


def test_other_actions_are_left_to_newer_servers(session: Session) -> None:
    data = json.dumps({"action": "send_love"})
    assert session.receive(frame("message", data=data)) == commands.Ignore()


@pytest.mark.parametrize(
    ("command", "read"),
    [
        ("unsubscribe", commands.Unsubscribe(FOLLOWED)),
        ("whisper", commands.Whisper(FOLLOWED)),
        ("join", commands.Join(FOLLOWED)),
        ("leave", commands.Leave(FOLLOWED)),
        ("presence", commands.AskPresence(FOLLOWED)),
        ("pong", commands.Pong()),
        ("dance", commands.Ignore()),
        ("", commands.Ignore()),
    ],
)
def test_every_command_of_a_followed_chat(
    command: str, read: commands.Command, session: Session
) -> None:
    assert session.receive(frame(command, data={"anything": [1]})) == read


@pytest.mark.parametrize("command", ["message", "whisper", "join", "leave", "dance"])
def test_the_admins_channel_only_talks(command: str, session: Session) -> None:
    assert session.receive(frame(command, ADMINS_CHANNEL)) == commands.Ignore()


@pytest.mark.parametrize("command", ["message", "history", "whisper", "join", "presence"])
def test_a_channel_that_is_not_followed_takes_no_commands(command: str) -> None:
    data = json.dumps({"action": "send_message", "content": "Hello"})
    answer = Session(DANA).receive(frame(command, data=data))
    assert answer == commands.RejectSubscription(CHAT_CHANNEL)


@pytest.mark.parametrize("command", ["unsubscribe", "leave", "dance"])
def test_leaving_what_is_not_followed_is_nothing(command: str) -> None:
    assert Session(DANA).receive(frame(command)) == commands.Ignore()
