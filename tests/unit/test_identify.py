"""Who somebody is: named only by the host's word, known again only by their own key."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from deskbell.actions.away_mail import unsubscribe
from deskbell.actions.identify import (
    identify_by_link,
    identify_user,
    identify_visitor,
    welcome_visitor,
)
from deskbell.domain.errors import Unauthorized
from deskbell.domain.events import ChatChanged
from deskbell.domain.people import Person, User
from deskbell.storage import people
from deskbell.storage.tables import sessions, users
from tests.cast import ADA, NOBODY
from tests.replay import check_replay, look
from tests.scene import Scene


def person(scene: Scene, who: str) -> Person:
    return scene.ask(people.owner_of, scene.actor(who).user_id)


def people_count(scene: Scene) -> int:
    return scene.ask(lambda tx: len(tx.connection.execute(select(users.c.id)).all()))


def test_the_hosts_user_is_kept_as_the_host_says(scene: Scene) -> None:
    user = User(
        id="fay",
        email="fay@lamps.example",
        name="Fay",
        locale="ar",
        attributes={"plan": {"seats": 3}},
    )
    fay = check_replay(scene, identify_user, user).result.person
    assert (fay.external_id, fay.email, fay.name, fay.locale) == ("fay", user.email, "Fay", "ar")
    assert fay.email_verified
    assert fay.attributes == {"plan": {"seats": 3}}
    assert fay.created_at == fay.last_seen_at == scene.clock.now
    assert scene.ask(people.by_external_id, "fay") == fay


def test_the_hosts_user_is_the_same_person_next_time(scene: Scene) -> None:
    before = person(scene, "ada")
    again = check_replay(scene, identify_user, ADA).result.person
    assert again == replace(before, last_seen_at=scene.clock.now)


def test_what_the_host_says_anew_replaces_the_old(scene: Scene) -> None:
    changed = replace(ADA, email=None, name="Ada L.", locale=None, attributes={"vip": True})
    ada = check_replay(scene, identify_user, changed).result.person
    assert (ada.email, ada.email_verified, ada.name) == (None, False, "Ada L.")
    assert ada.locale == ADA.locale, "a host that names no language does not take it away"
    assert ada.attributes == {"vip": True}


@pytest.mark.parametrize("changed", [{"name": "Ada L."}, {"email": "new@lamps.example"}])
def test_agents_hear_at_once_that_somebody_is_called_differently(
    changed: dict[str, str], scene: Scene
) -> None:
    chat_id = scene.chat_of(scene.ada)
    scene.say(scene.ada, chat_id)
    outcome = check_replay(scene, identify_user, replace(ADA, **changed))  # type: ignore[arg-type]
    (news,) = outcome.announcements
    assert news.chat_id is None
    assert isinstance(news.event, ChatChanged)
    assert news.event.chat == look(scene).active[0]


def test_coming_back_unchanged_is_no_news(scene: Scene) -> None:
    scene.say(scene.ada, scene.chat_of(scene.ada))
    assert not check_replay(scene, identify_user, ADA).announcements


def test_an_agent_who_looks_at_an_empty_chat_hears_of_a_new_name_too(scene: Scene) -> None:
    scene.chat_of(scene.ada)
    assert check_replay(scene, identify_user, replace(ADA, name="Ada L.")).announcements


def test_a_new_name_without_a_chat_is_no_news(scene: Scene) -> None:
    assert not check_replay(scene, identify_user, replace(ADA, name="Ada L.")).announcements


def test_a_new_role_counts_from_the_next_session(scene: Scene) -> None:
    assert check_replay(scene, identify_user, replace(ADA, is_admin=True)).result.person.role == (
        "admin"
    )
    assert check_replay(scene, identify_user, ADA).result.person.role == "user"


def test_accounts_are_never_merged_by_email(scene: Scene) -> None:
    other = check_replay(scene, identify_user, replace(ADA, id="somebody else")).result.person
    assert other.id != scene.ada.user_id
    assert people_count(scene) == 6


def test_whoever_wants_no_mails_still_wants_none_after_signing_in_again(scene: Scene) -> None:
    scene.do(unsubscribe, scene.ada.user_id)
    opted_out_at = scene.clock.now
    assert check_replay(scene, identify_user, ADA).result.person.mail_opt_out_at == opted_out_at


def test_a_new_visitor_is_nobody_in_particular_and_gets_a_key(scene: Scene) -> None:
    welcomed = check_replay(scene, welcome_visitor, "zh-CN").result
    somebody = welcomed.person
    assert (somebody.external_id, somebody.email, somebody.name) == (None, None, None)
    assert (somebody.role, somebody.locale, somebody.email_verified) == ("user", "zh-CN", False)
    assert welcomed.visitor_key is not None
    assert len(welcomed.visitor_key) >= 43, "256 bits"
    known = check_replay(scene, identify_visitor, welcomed.visitor_key).result
    assert known.person == replace(somebody, last_seen_at=scene.clock.now)
    assert known.visitor_key is None, "the key is told once"


def test_a_visitors_key_does_not_wear_out(scene: Scene) -> None:
    key = scene.do(welcome_visitor, None).result.visitor_key or ""
    scene.clock.forward(minutes=60 * 24 * 365 * 10)
    assert scene.do(identify_visitor, key).result.person.last_seen_at == scene.clock.now


def test_keys_are_kept_only_as_hashes(scene: Scene) -> None:
    key = scene.do(welcome_visitor, None).result.visitor_key or ""
    rows = scene.ask(lambda tx: tx.connection.execute(select(sessions)).all())
    assert rows
    assert key not in repr(rows)
    assert key.encode() not in b"".join(bytes(row.token_hash) for row in rows)


@pytest.mark.parametrize("key", ["", "x", "\ud800", "x" * 200, "' OR 1=1 --"])
def test_an_unknown_key_is_nobody(key: str, scene: Scene) -> None:
    with pytest.raises(Unauthorized):
        check_replay(scene, identify_visitor, key)


def test_the_link_of_a_mail_leads_to_its_reader(scene: Scene) -> None:
    reader = check_replay(scene, identify_by_link, scene.ada.user_id).result
    assert (reader.person.id, reader.visitor_key) == (scene.ada.user_id, None)
    assert person(scene, "ada").last_seen_at == scene.clock.now


def test_the_link_of_a_mail_makes_nobody_an_agent(scene: Scene) -> None:
    """Mails are forwarded, and agents get some too, about chats of their own."""
    assert check_replay(scene, identify_by_link, scene.dana.user_id).result.person.role == "user"
    assert person(scene, "dana").role == "admin"


def test_the_link_of_somebody_who_is_gone_leads_nowhere(scene: Scene) -> None:
    with pytest.raises(Unauthorized):
        scene.do(identify_by_link, NOBODY.user_id)
