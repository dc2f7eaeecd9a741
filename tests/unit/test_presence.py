"""Presence: people are there from their first connection to their last."""

from deskbell.realtime.presence import (
    Joined,
    Left,
    Presence,
    PresenceInfo,
    PresenceList,
    PresenceRecord,
)

ADA = PresenceInfo("user", "Ada")
DANA = PresenceInfo("admin", "Dana")


def test_coming_and_going_is_news_once() -> None:
    presence = Presence()
    assert presence.join("chat", "ada", ADA) == Joined("ada", ADA)
    assert presence.leave("chat", "ada") == Left("ada")
    assert presence.present("chat") == PresenceList(0, [])


def test_two_connections_of_one_person_are_one_person() -> None:
    presence = Presence()
    presence.join("chat", "ada", ADA)
    assert presence.join("chat", "ada", ADA) is None
    assert presence.present("chat") == PresenceList(1, [PresenceRecord("ada", ADA)])
    assert presence.leave("chat", "ada") is None
    assert presence.present("chat").total == 1
    assert presence.leave("chat", "ada") == Left("ada")


def test_streams_and_people_are_kept_apart() -> None:
    presence = Presence()
    presence.join("chat", "ada", ADA)
    presence.join("chat", "dana", DANA)
    presence.join("other", "dana", DANA)
    presence.leave("chat", "dana")
    assert presence.present("chat").records == [PresenceRecord("ada", ADA)]
    assert presence.present("other").records == [PresenceRecord("dana", DANA)]


def test_leaving_without_having_come_is_no_news() -> None:
    presence = Presence()
    assert presence.leave("chat", "ada") is None
    presence.join("chat", "dana", DANA)
    assert presence.leave("chat", "ada") is None
    assert presence.present("chat").total == 1


def test_nothing_is_remembered_of_an_empty_stream() -> None:
    presence = Presence()
    presence.present("chat")
    presence.join("chat", "ada", ADA)
    presence.leave("chat", "ada")
    presence.leave("chat", "ada")
    assert not presence._streams
