"""What people say of themselves: kept apart until it is proven, and only from those who may."""

from uuid import UUID

import pytest
from sqlalchemy import select

from deskbell.actions.away_mail import unsubscribe
from deskbell.actions.change_contact import change_contact, will_be_mailed
from deskbell.actions.confirm_email import confirm_email
from deskbell.actions.view_chat import open_as_admin
from deskbell.domain.contact import Contact, ContactChange
from deskbell.domain.errors import Forbidden, Invalid, Unauthorized
from deskbell.domain.events import ChatChanged
from deskbell.storage.database import Transaction
from deskbell.storage.tables import jobs
from tests.cast import ADA, DANA_EMAIL
from tests.replay import check_replay, look
from tests.scene import Scene

EMAIL = "vera@home.example"
NOTHING = Contact(None, None, None, mails=True, editable=True)


@pytest.fixture
def chat_id(scene: Scene) -> UUID:
    """The visitor's chat, with something in it, so that agents see it in their list."""
    chat_id = scene.chat_of(scene.visitor)
    scene.say(scene.visitor, chat_id)
    return chat_id


def asked_for(tx: Transaction) -> list[object]:
    query = select(jobs.c.payload).where(jobs.c.kind == "confirm_email")
    return list(tx.connection.execute(query).scalars())


def test_an_address_is_kept_aside_and_asked_for(scene: Scene, chat_id: UUID) -> None:
    change = ContactChange(email=EMAIL)
    outcome = check_replay(scene, change_contact, scene.visitor, change)
    assert outcome.result == Contact(None, EMAIL, None, mails=True, editable=True)
    assert outcome.announcements == [], "it names nobody yet"
    (job,) = scene.ask(asked_for)
    assert job == {
        "user_id": str(scene.visitor.user_id),
        "asked_at": scene.clock.now.isoformat(),
    }
    shown = scene.do(open_as_admin, scene.dana, chat_id).result
    assert (shown.user_email, shown.user.email) == (None, None)
    assert (shown.user.unconfirmed_email, shown.user.anonymous) == (EMAIL, True)


def test_a_name_is_shown_to_agents_at_once(scene: Scene, chat_id: UUID) -> None:
    outcome = check_replay(scene, change_contact, scene.visitor, ContactChange(name=" Vera "))
    assert outcome.result.name == "Vera"
    (news,) = outcome.announcements
    assert isinstance(news.event, ChatChanged)
    assert (news.chat_id, news.event.chat.id, news.event.chat.user_name) == (None, chat_id, "Vera")
    cleared = check_replay(scene, change_contact, scene.visitor, ContactChange(name=" "))
    assert cleared.result == NOTHING
    assert look(scene).active[0].user_name is None


@pytest.mark.usefixtures("chat_id")
def test_a_change_that_changes_nothing_is_no_news(scene: Scene) -> None:
    for change in (ContactChange(), ContactChange(name=""), ContactChange(email="", mails=True)):
        outcome = check_replay(scene, change_contact, scene.visitor, change)
        assert (outcome.result, outcome.announcements) == (NOTHING, [])
    assert scene.ask(asked_for) == []


def test_a_visitor_without_a_chat_may_be_reached_as_well(scene: Scene) -> None:
    change = ContactChange(email=EMAIL, name="Vera", mails=False)
    outcome = check_replay(scene, change_contact, scene.visitor, change)
    assert outcome.result == Contact(None, EMAIL, "Vera", mails=False, editable=True)
    assert outcome.announcements == []


def test_another_address_while_the_mail_waits_takes_its_place(scene: Scene) -> None:
    for email in (EMAIL, "vera@work.example"):
        scene.do(change_contact, scene.visitor, ContactChange(email=email))
    assert len(scene.ask(asked_for)) == 1


@pytest.mark.usefixtures("chat_id")
def test_a_confirmed_address_stays_until_another_one_is_confirmed(scene: Scene) -> None:
    other = "vera@work.example"
    scene.do(change_contact, scene.visitor, ContactChange(email=EMAIL))
    scene.do(confirm_email, scene.visitor.user_id, EMAIL)
    moved = check_replay(scene, change_contact, scene.visitor, ContactChange(email=other)).result
    assert (moved.email, moved.unconfirmed_email) == (EMAIL, other)
    back = check_replay(scene, change_contact, scene.visitor, ContactChange(email=EMAIL)).result
    assert (back.email, back.unconfirmed_email) == (EMAIL, None)


@pytest.mark.usefixtures("chat_id")
def test_an_empty_text_clears_the_address_confirmed_or_not(scene: Scene) -> None:
    scene.do(change_contact, scene.visitor, ContactChange(email=EMAIL))
    cleared = check_replay(scene, change_contact, scene.visitor, ContactChange(email=""))
    assert cleared.result == NOTHING
    scene.do(change_contact, scene.visitor, ContactChange(email=EMAIL))
    scene.do(confirm_email, scene.visitor.user_id, EMAIL)
    assert look(scene).active[0].user_email == EMAIL
    cleared = check_replay(scene, change_contact, scene.visitor, ContactChange(email=""))
    assert cleared.result == NOTHING
    assert [type(each.event) for each in cleared.announcements] == [ChatChanged]


@pytest.mark.parametrize("who", ["ada", "visitor", "dana"])
def test_everybody_may_switch_their_mails_off_and_on(who: str, scene: Scene) -> None:
    actor = scene.actor(who)
    assert not check_replay(scene, change_contact, actor, ContactChange(mails=False)).result.mails
    assert check_replay(scene, change_contact, actor, ContactChange(mails=True)).result.mails


def test_there_is_a_way_back_from_unsubscribing(scene: Scene) -> None:
    scene.do(unsubscribe, scene.ada.user_id)
    assert not scene.do(change_contact, scene.ada, ContactChange()).result.mails
    assert scene.do(change_contact, scene.ada, ContactChange(mails=True)).result.mails


@pytest.mark.parametrize(
    "change",
    [
        ContactChange(email=EMAIL),
        ContactChange(email=""),
        ContactChange(name="Vera"),
        ContactChange(name="", mails=False),
    ],
)
@pytest.mark.parametrize(("who", "email"), [("ada", ADA.email), ("dana", DANA_EMAIL)])
def test_whom_somebody_else_named_cannot_rename_themselves(
    who: str, email: str, change: ContactChange, scene: Scene
) -> None:
    with pytest.raises(Forbidden):
        check_replay(scene, change_contact, scene.actor(who), change)
    with pytest.raises(Forbidden):
        scene.ask(will_be_mailed, scene.actor(who), change)
    contact = scene.do(change_contact, scene.actor(who), ContactChange()).result
    assert (contact.email, contact.mails, contact.editable) == (email, True, False)
    assert scene.ask(asked_for) == []


def test_what_cannot_be_kept_changes_nothing(scene: Scene) -> None:
    for change in (ContactChange(email="vera", name="V"), ContactChange(name="a\nb", mails=False)):
        with pytest.raises(Invalid):
            check_replay(scene, change_contact, scene.visitor, change)
    assert scene.do(change_contact, scene.visitor, ContactChange()).result == NOTHING


def test_nobody_has_no_contact(scene: Scene) -> None:
    with pytest.raises(Unauthorized):
        check_replay(scene, change_contact, scene.actor("nobody"), ContactChange(mails=False))


def test_a_mail_is_announced_to_the_limits_only_when_there_will_be_one(scene: Scene) -> None:
    def mailed(change: ContactChange) -> bool:
        return scene.ask(will_be_mailed, scene.visitor, change)

    assert mailed(ContactChange(email=EMAIL))
    scene.do(change_contact, scene.visitor, ContactChange(email=EMAIL))
    assert mailed(ContactChange(email=EMAIL)), "asking again sends the mail again"
    scene.do(confirm_email, scene.visitor.user_id, EMAIL)
    assert not mailed(ContactChange(email=EMAIL))
    assert not mailed(ContactChange(email=""))
    assert not mailed(ContactChange(name="Vera", mails=False))
