"""Admins of the standalone service: how the first one comes in, and how all of them sign in."""

import pytest
from sqlalchemy import select

from deskbell.actions.admins import (
    SESSION_LIFE,
    SETUP_LIFE,
    create_admin,
    credentials_of,
    offer_setup,
    resume_admin,
    set_up_first_admin,
    sign_in_admin,
    sign_out_admin,
)
from deskbell.domain.errors import Invalid, Unauthorized
from deskbell.storage.tables import credentials, sessions
from tests.cast import DANA_EMAIL, DANA_NAME, NOBODY
from tests.replay import check_replay
from tests.scene import Scene


@pytest.fixture
def unmanned(scene: Scene) -> Scene:
    """The same people, but nobody can sign in with a password."""
    with scene.database.transaction() as tx:
        tx.connection.execute(credentials.delete())
    return scene


def offered(scene: Scene) -> str:
    token = check_replay(scene, offer_setup).result
    assert token is not None
    return token


def test_a_new_admin_can_sign_in_by_email_in_any_case(scene: Scene) -> None:
    fay = check_replay(scene, create_admin, "Fay@Desk.example", " Fay ", "a hash").result
    assert (fay.role, fay.email, fay.name) == ("admin", "Fay@Desk.example", "Fay")
    for spelt in ("fay@desk.example", " FAY@DESK.EXAMPLE ", "Fay@Desk.example"):
        known = scene.ask(credentials_of, spelt)
        assert known is not None
        assert (known.user_id, known.password_hash) == (fay.id, "a hash")
    assert scene.ask(credentials_of, "guy@desk.example") is None


@pytest.mark.parametrize("email", [DANA_EMAIL, DANA_EMAIL.upper()])
def test_an_email_signs_in_one_admin_only(email: str, scene: Scene) -> None:
    with pytest.raises(Invalid) as refusal:
        check_replay(scene, create_admin, email, "Another", "hash")
    assert refusal.value.data == {"field": "email"}


@pytest.mark.parametrize("email", ["", "dana", "@desk.example", "dana@", "a b@c", "a@b\n", "a@b\0"])
def test_what_cannot_be_an_email_is_refused(email: str, scene: Scene) -> None:
    with pytest.raises(Invalid) as refusal:
        scene.do(create_admin, email, "Fay", "hash")
    assert refusal.value.data == {"field": "email"}


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "Fay\nBcc: all", "Fay\u202e"])
def test_what_cannot_be_a_name_is_refused(name: str, scene: Scene) -> None:
    with pytest.raises(Invalid) as refusal:
        scene.do(create_admin, "fay@desk.example", name, "hash")
    assert refusal.value.data == {"field": "name"}


def test_a_session_lasts_until_it_ends_or_is_ended(scene: Scene) -> None:
    session = check_replay(scene, sign_in_admin, scene.dana.user_id).result
    other = scene.do(sign_in_admin, scene.dana.user_id).result
    assert scene.ask(resume_admin, session.cookie).id == scene.dana.user_id
    check_replay(scene, sign_out_admin, session.cookie)
    with pytest.raises(Unauthorized):
        scene.ask(resume_admin, session.cookie)
    scene.clock.now += SESSION_LIFE - (scene.clock.now - other.person.created_at)
    assert scene.ask(resume_admin, other.cookie).name == DANA_NAME
    scene.clock.forward(minutes=1)
    with pytest.raises(Unauthorized):
        scene.ask(resume_admin, other.cookie)


def test_signing_out_twice_is_no_error(scene: Scene) -> None:
    session = scene.do(sign_in_admin, scene.dana.user_id).result
    scene.do(sign_out_admin, session.cookie)
    scene.do(sign_out_admin, session.cookie)


def test_a_cookie_is_kept_only_as_a_hash(scene: Scene) -> None:
    session = scene.do(sign_in_admin, scene.dana.user_id).result
    rows = scene.ask(lambda tx: tx.connection.execute(select(sessions)).all())
    assert session.cookie not in repr(rows)


def test_a_session_ends_with_the_role(scene: Scene) -> None:
    session = scene.do(sign_in_admin, scene.dana.user_id).result
    with scene.database.transaction() as tx:
        tx.connection.exec_driver_sql("UPDATE support_users SET role = 'user'")
    with pytest.raises(Unauthorized):
        scene.ask(resume_admin, session.cookie)


@pytest.mark.parametrize("who", ["ada", "visitor", "nobody"])
def test_nobody_but_admins_gets_a_session(who: str, scene: Scene) -> None:
    with pytest.raises(Unauthorized):
        check_replay(scene, sign_in_admin, scene.actor(who).user_id)


@pytest.mark.parametrize("cookie", ["", "x", "\ud800"])
def test_an_unknown_cookie_is_nobody(cookie: str, scene: Scene) -> None:
    with pytest.raises(Unauthorized):
        scene.ask(resume_admin, cookie)


def test_a_key_of_one_kind_opens_nothing_else(unmanned: Scene) -> None:
    token = offered(unmanned)
    with pytest.raises(Unauthorized):
        unmanned.ask(resume_admin, token)
    session = unmanned.do(sign_in_admin, unmanned.dana.user_id).result
    with pytest.raises(Unauthorized):
        unmanned.do(set_up_first_admin, session.cookie, "fay@desk.example", "Fay", "hash")


def test_the_setup_link_makes_the_first_admin_and_signs_them_in(unmanned: Scene) -> None:
    token = offered(unmanned)
    session = check_replay(
        unmanned, set_up_first_admin, token, "fay@desk.example", "Fay", "hash"
    ).result
    assert (session.person.name, session.person.role) == ("Fay", "admin")
    assert unmanned.ask(resume_admin, session.cookie) == session.person


def test_the_setup_link_works_once(unmanned: Scene) -> None:
    token = offered(unmanned)
    unmanned.do(set_up_first_admin, token, "fay@desk.example", "Fay", "hash")
    with pytest.raises(Unauthorized):
        unmanned.do(set_up_first_admin, token, "guy@desk.example", "Guy", "hash")
    assert unmanned.ask(credentials_of, "guy@desk.example") is None


def test_a_mistake_does_not_use_up_the_setup_link(unmanned: Scene) -> None:
    token = offered(unmanned)
    with pytest.raises(Invalid):
        unmanned.do(set_up_first_admin, token, "no e-mail", "Fay", "hash")
    assert unmanned.do(set_up_first_admin, token, "fay@desk.example", "Fay", "hash").result.cookie


def test_only_the_newest_setup_link_works(unmanned: Scene) -> None:
    old, new = offered(unmanned), offered(unmanned)
    with pytest.raises(Unauthorized):
        unmanned.do(set_up_first_admin, old, "fay@desk.example", "Fay", "hash")
    assert unmanned.do(set_up_first_admin, new, "fay@desk.example", "Fay", "hash").result.cookie


def test_the_setup_link_ends(unmanned: Scene) -> None:
    token = offered(unmanned)
    unmanned.clock.now += SETUP_LIFE
    with pytest.raises(Unauthorized):
        unmanned.do(set_up_first_admin, token, "fay@desk.example", "Fay", "hash")


def test_there_is_no_setup_link_once_there_is_an_admin(scene: Scene) -> None:
    assert check_replay(scene, offer_setup).result is None


def test_a_setup_link_ends_when_an_admin_was_made_elsewhere(unmanned: Scene) -> None:
    token = offered(unmanned)
    unmanned.do(create_admin, "fay@desk.example", "Fay", "hash")
    with pytest.raises(Unauthorized):
        unmanned.do(set_up_first_admin, token, "guy@desk.example", "Guy", "hash")


def test_a_made_up_setup_link_is_nobody(unmanned: Scene) -> None:
    offered(unmanned)
    with pytest.raises(Unauthorized):
        unmanned.do(set_up_first_admin, str(NOBODY.user_id), "fay@desk.example", "Fay", "hash")
