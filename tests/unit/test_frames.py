"""The frames we send, to the letter: what clients of Action Cable and AnyCable rely on."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from deskbell.cable import frames
from deskbell.domain.events import ChatArchived, ChatState, ChatViewed, MessagesRead, Typing
from deskbell.domain.message import Message
from deskbell.realtime.presence import (
    Joined,
    Left,
    PresenceInfo,
    PresenceList,
    PresenceRecord,
)

CHAT = UUID("0198f0b2-0000-7000-8000-000000000001")
IDENTIFIER = f'{{"channel":"ChatChannel","chat_id":"{CHAT}"}}'
AT = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
MESSAGE = Message(UUID(int=7), 3, 'A "quote"\n😀', "admin", None, AT)


def whole(body: str) -> object:
    return json.loads(frames.opening(IDENTIFIER) + body)


def test_the_frames_of_the_connection() -> None:
    assert json.loads(frames.WELCOME) == {"type": "welcome"}
    assert json.loads(frames.ping(1_700_000_000)) == {"type": "ping", "message": 1_700_000_000}
    assert json.loads(frames.disconnect("server_restart", reconnect=True)) == {
        "type": "disconnect",
        "reason": "server_restart",
        "reconnect": True,
    }


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (frames.CONFIRM_SUBSCRIPTION, "confirm_subscription"),
        (frames.REJECT_SUBSCRIPTION, "reject_subscription"),
        (frames.CONFIRM_HISTORY, "confirm_history"),
        (frames.REJECT_HISTORY, "reject_history"),
    ],
)
def test_the_frames_of_a_subscription(body: str, kind: str) -> None:
    assert whole(body) == {"identifier": IDENTIFIER, "type": kind}


def test_an_identifier_comes_back_to_the_letter() -> None:
    strange = '{ "a": "\\u00e9 \\"\\n",\t"b": "é😀</script>" }'
    frame = json.loads(frames.opening(strange) + frames.CONFIRM_SUBSCRIPTION)
    assert frame["identifier"] == strange


def test_a_new_message_has_its_place_only_in_the_extended_protocol() -> None:
    broadcast = frames.new_message(MESSAGE, f"support_chat:{CHAT}", "e1")
    said = {
        "type": "new_message",
        "message": {
            "id": str(UUID(int=7)),
            "seq": 3,
            "content": 'A "quote"\n😀',
            "sender_type": "admin",
            "read_at": None,
            "created_at": "2026-03-02T09:00:00.123456Z",
        },
    }
    assert whole(broadcast.body(extended=False)) == {"identifier": IDENTIFIER, "message": said}
    assert whole(broadcast.body(extended=True)) == {
        "identifier": IDENTIFIER,
        "message": said,
        "stream_id": f"support_chat:{CHAT}",
        "epoch": "e1",
        "offset": 3,
    }


@pytest.mark.parametrize("extended", [False, True])
def test_a_body_is_encoded_once_for_all_who_hear_it(extended: bool) -> None:
    broadcast = frames.new_message(MESSAGE, "stream", "e1")
    assert broadcast.body(extended=extended) is broadcast.body(extended=extended)


@pytest.mark.parametrize("extended", [False, True])
def test_other_events_have_no_place_in_the_stream(extended: bool) -> None:
    events = {
        frames.Broadcast(Typing("user")): {"type": "typing", "sender_type": "user"},
        frames.Broadcast(ChatArchived(CHAT)): {"type": "chat_archived", "chat_id": str(CHAT)},
        frames.Broadcast(MessagesRead(4, AT)): {
            "type": "messages_read",
            "up_to": 4,
            "read_at": "2026-03-02T09:00:00.123456Z",
        },
        frames.Broadcast(ChatViewed(4)): {"type": "chat_viewed", "up_to": 4},
        frames.Broadcast(
            ChatState(archived=False, read_up_to=1, viewed_up_to=3, last_seq=4, epoch="e1")
        ): {
            "type": "chat_state",
            "archived": False,
            "read_up_to": 1,
            "viewed_up_to": 3,
            "last_seq": 4,
            "epoch": "e1",
        },
    }
    for broadcast, said in events.items():
        assert whole(broadcast.body(extended=extended)) == {
            "identifier": IDENTIFIER,
            "message": said,
        }


def test_presence_is_a_word_of_the_extended_protocol_alone() -> None:
    info = PresenceInfo("admin", "Dana")
    said = {"sender_type": "admin", "name": "Dana"}
    news = {
        frames.PresenceNews(Joined("d", info)): {"type": "join", "id": "d", "info": said},
        frames.PresenceNews(Left("d")): {"type": "leave", "id": "d"},
        frames.PresenceNews(PresenceList(1, [PresenceRecord("d", info)])): {
            "type": "info",
            "total": 1,
            "records": [{"id": "d", "info": said}],
        },
    }
    for each, message in news.items():
        assert each.body(extended=False) is None
        body = each.body(extended=True)
        assert body is not None
        assert whole(body) == {"identifier": IDENTIFIER, "type": "presence", "message": message}
