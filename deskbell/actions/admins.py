"""Admins of the standalone service: made at the command line or by a set-up link, signed in by
e-mail and password. Passwords arrive here hashed: hashing takes too long for the writer."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from deskbell.domain.errors import Invalid, Unauthorized
from deskbell.domain.events import Outcome
from deskbell.domain.people import MAX_TEXT, Person, is_plain
from deskbell.storage import people, sessions
from deskbell.storage.database import Transaction
from deskbell.storage.people import Credentials

SESSION_LIFE = timedelta(days=30)
SETUP_LIFE = timedelta(hours=24)
MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class AdminSession:
    """A signed-in admin and the secret for their cookie."""

    person: Person
    cookie: str


def check_admin(email: str, name: str) -> None:
    """Raise Invalid unless this can be an admin's e-mail and name."""
    local, at, domain = email.partition("@")
    whole = local and at and domain and is_plain(email) and len(email) <= MAX_TEXT
    if not whole or any(character.isspace() for character in email):
        raise Invalid("email", "This is not an e-mail address.")
    if not name.strip() or len(name) > MAX_NAME or not is_plain(name):
        raise Invalid("name", f"Give a name of at most {MAX_NAME} characters.")


def create_admin(tx: Transaction, email: str, name: str, password_hash: str) -> Outcome[Person]:
    """Add an admin. Raises Invalid when the e-mail already signs somebody in."""
    check_admin(email, name)
    login = login_of(email)
    if people.credentials_of(tx, login):
        raise Invalid("email", "An admin with this e-mail exists already.")
    person = Person(
        id=uuid4(),
        external_id=None,
        email=email.strip(),
        email_verified=True,
        unconfirmed_email=None,
        name=name.strip(),
        role="admin",
        locale=None,
        attributes={},
        mail_opt_out_at=None,
        created_at=tx.now,
        last_seen_at=None,
    )
    people.add(tx, person)
    people.add_credentials(tx, person.id, login, password_hash)
    return Outcome(person)


def login_of(email: str) -> str:
    """Normalise an e-mail for signing in."""
    return email.strip().lower()


def credentials_of(tx: Transaction, email: str) -> Credentials | None:
    """Query: what to check a password against."""
    return people.credentials_of(tx, login_of(email))


def sign_in_admin(tx: Transaction, user_id: UUID) -> Outcome[AdminSession]:
    """Open a session for an admin whose password was checked."""
    person = _admin(tx, user_id)
    cookie = sessions.new_credential()
    sessions.add(tx, "admin", cookie.hash, person.id, tx.now + SESSION_LIFE)
    return Outcome(AdminSession(person, cookie.text))


def resume_admin(tx: Transaction, cookie: str) -> Person:
    """Query: whose session this is; raises Unauthorized when it is over."""
    return _admin(tx, sessions.owner(tx, "admin", sessions.hash_of(cookie)))


def sign_out_admin(tx: Transaction, cookie: str) -> Outcome[None]:
    """End a session; one that is over already is no error."""
    sessions.remove(tx, "admin", sessions.hash_of(cookie))
    return Outcome(None)


def offer_setup(tx: Transaction) -> Outcome[str | None]:
    """Make the single-use token for the first admin; None when there is one already."""
    if people.any_credentials(tx):
        return Outcome(None)
    sessions.remove_kind(tx, "setup")
    token = sessions.new_credential()
    sessions.add(tx, "setup", token.hash, None, tx.now + SETUP_LIFE)
    return Outcome(token.text)


def set_up_first_admin(
    tx: Transaction, token: str, email: str, name: str, password_hash: str
) -> Outcome[AdminSession]:
    """Use up the set-up token and make the first admin, signed in at once.

    Raises Unauthorized when the token is used, over or none of ours.
    """
    check_admin(email, name)
    good = sessions.consume(tx, "setup", sessions.hash_of(token))
    if not good or people.any_credentials(tx):
        raise Unauthorized
    person = create_admin(tx, email, name, password_hash).result
    return sign_in_admin(tx, person.id)


def _admin(tx: Transaction, user_id: UUID | None) -> Person:
    person = None if user_id is None else people.by_id(tx, user_id)
    if person is None or person.role != "admin":
        raise Unauthorized
    return person
