"""Telling who somebody is: a host's user, a returning visitor, or somebody new.

Nothing unsigned ever names a person, and accounts are never merged by e-mail.
"""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from deskbell.domain.errors import Unauthorized
from deskbell.domain.events import Announcement, ChatChanged, Outcome
from deskbell.domain.people import Person, Role, User
from deskbell.storage import chats, people, sessions
from deskbell.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Identified:
    """A person, and for a new visitor the key by which they will be known again."""

    person: Person
    visitor_key: str | None = None


def identify_user(tx: Transaction, user: User) -> Outcome[Identified]:
    """Recognise a user the host vouches for, and keep what it says of them up to date."""
    known = people.by_external_id(tx, user.id)
    person = replace(
        known or _stranger(tx, user.role),
        external_id=user.id,
        email=user.email,
        # The host signed for it: that is all the verification there can be.
        email_verified=user.email is not None,
        name=user.name,
        role=user.role,
        locale=user.locale or (known.locale if known else None),
        attributes=user.attributes,
        last_seen_at=tx.now,
    )
    (people.save if known else people.add)(tx, person)
    return Outcome(Identified(person), [] if known is None else news_for_agents(tx, known, person))


def identify_visitor(tx: Transaction, visitor_key: str) -> Outcome[Identified]:
    """Recognise a returning visitor; raise Unauthorized for a key we do not know."""
    user_id = sessions.owner(tx, "visitor", sessions.hash_of(visitor_key))
    return Outcome(Identified(_seen(tx, user_id)))


def identify_by_link(tx: Transaction, user_id: UUID) -> Outcome[Identified]:
    """Recognise whoever followed the link of a mail, whose token has been checked already.

    A mail may be passed on, so it opens a chat and nothing else: whoever comes by it is a user.
    """
    return Outcome(Identified(replace(_seen(tx, user_id), role="user")))


def welcome_visitor(tx: Transaction, locale: str | None) -> Outcome[Identified]:
    """Make a new anonymous visitor and the key by which they will be known again."""
    person = replace(_stranger(tx, "user"), locale=locale)
    key = sessions.new_credential()
    people.add(tx, person)
    sessions.add(tx, "visitor", key.hash, person.id, expires_at=None)
    return Outcome(Identified(person, key.text))


def news_for_agents(tx: Transaction, before: Person, now: Person) -> list[Announcement]:
    """The list shows people's names, so that a new one changes their row there."""
    if (before.email, before.name) == (now.email, now.name):
        return []
    chat = chats.by_user(tx, now.id)
    if chat is None:
        return []
    return [Announcement(None, ChatChanged(chats.list_row(tx, chat.id)))]


def _seen(tx: Transaction, user_id: UUID | None) -> Person:
    person = None if user_id is None else people.by_id(tx, user_id)
    if person is None:
        raise Unauthorized
    person = replace(person, last_seen_at=tx.now)
    people.save(tx, person)
    return person


def _stranger(tx: Transaction, role: Role) -> Person:
    return Person(
        id=uuid4(),
        external_id=None,
        email=None,
        email_verified=False,
        unconfirmed_email=None,
        name=None,
        role=role,
        locale=None,
        attributes={},
        mail_opt_out_at=None,
        created_at=tx.now,
        last_seen_at=tx.now,
    )
