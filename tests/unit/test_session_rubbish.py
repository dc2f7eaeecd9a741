"""What is no frame at all: it ends the conversation, whatever it is made of, and nothing else."""

from uuid import UUID

import pytest

from deskbell.cable.session import Pong, Session
from deskbell.domain.errors import Malformed
from deskbell.domain.people import Actor


@pytest.fixture
def session() -> Session:
    return Session(Actor(UUID(int=1), "user"))


def history(position: str) -> str:
    return f'{{"command": "history", "history": {{"streams": {{"a": {position}}}}}}}'


LONG_NUMBER = "9" * 5_000
UNREADABLE = {
    "nothing": "",
    "no JSON": "hello",
    "half of it": '{"command": "subscribe"',
    "something behind it": '{"command": "pong"} {}',
    "a list": "[]",
    "null": "null",
    "a number": "7",
    "no command": "{}",
    "a number for a command": '{"command": 7}',
    "a number for an identifier": '{"command": "subscribe", "identifier": 7}',
    "null for an identifier": '{"command": "subscribe", "identifier": null}',
    "an object for an identifier": '{"command": "subscribe", "identifier": {}}',
    "a text for a history": '{"command": "history", "history": "all"}',
    "a text for an offset": history('{"epoch": "", "offset": "1"}'),
    "half an offset": history('{"epoch": "", "offset": 1.5}'),
    "a long number for an offset": history('{"epoch": "", "offset": ' + LONG_NUMBER + "}"),
    "no epoch": history('{"offset": 1}'),
    "a long number for a time": '{"command": "x", "history": {"since": ' + LONG_NUMBER + "}}",
    "a long number": '{"command": "x", "data": ' + LONG_NUMBER + "}",
    "NaN": '{"command": "x", "data": NaN}',
    "infinity": '{"command": "x", "history": {"since": Infinity}}',
    "more than infinity": '{"command": "x", "history": {"since": 1e999}}',
    "half a surrogate pair": '{"command": "\\ud800"}',
    "half a surrogate pair in the identifier": '{"command": "x", "identifier": "\\udc00\\ud800"}',
    "half a surrogate pair, bare": '{"command": "\ud800"}',
    "broken UTF-8": b'{"command": "\xff"}'.decode("utf-8", "surrogateescape"),
    "nested deeply": '{"command": "x", "data": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "nested deeply where nobody looks": '{"command": "x", "more": ' + '{"a":' * 50_000,
    "a control character": '{"command": "a\nb"}',
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_ends_the_conversation(text: str, session: Session) -> None:
    with pytest.raises(Malformed):
        session.receive(text)


def test_of_two_equal_keys_the_last_one_counts(session: Session) -> None:
    assert session.receive('{"command": "dance", "command": "pong"}') == Pong()
