"""What people say of themselves: a name, an address, and whether they want mails."""

from dataclasses import replace

from deskbell.actions.away_mail import tell_what_waits
from deskbell.actions.confirm_email import ask_for_confirmation
from deskbell.actions.identify import news_for_agents
from deskbell.domain.confirm_email import needs_confirmation
from deskbell.domain.contact import Contact, ContactChange, check_change, contact_of
from deskbell.domain.errors import Forbidden, Unauthorized
from deskbell.domain.events import Outcome
from deskbell.domain.people import Actor, Person
from deskbell.storage import people
from deskbell.storage.database import Transaction


def will_be_mailed(
    tx: Transaction, actor: Actor, change: ContactChange, *, by_link: bool = False
) -> bool:
    """Query: whether a change would send the mail that confirms an address.

    Raises what `change_contact` would.
    """
    person = _changeable(tx, actor, change, by_link=by_link)
    return bool(change.email) and needs_confirmation(person, change.email or "")


def change_contact(
    tx: Transaction, actor: Actor, change: ContactChange, *, by_link: bool = False
) -> Outcome[Contact]:
    """Change one's own contact; a new address is kept aside and asked for by mail.

    The same address once more sends the mail once more. Raises Invalid, and Forbidden for the name
    and address of somebody whom the host or an admin named, and for a proven address when the actor
    came `by_link`.
    """
    change = check_change(change)
    before = _changeable(tx, actor, change, by_link=by_link)
    person = before
    if change.name is not None:
        person = replace(person, name=change.name or None)
    # Forms send the proven address along with a name: by a link that says nothing new.
    if change.email is not None and not (by_link and change.email == person.email):
        person = _with_email(tx, person, change.email)
    if change.mails is not None:
        person = _with_mails(tx, person, wanted=change.mails)
    if person != before:
        people.save(tx, person)
    return Outcome(contact_of(person), news_for_agents(tx, before, person))


def _with_email(tx: Transaction, person: Person, email: str) -> Person:
    if not email:
        return replace(person, email=None, email_verified=False, unconfirmed_email=None)
    if not needs_confirmation(person, email):
        return replace(person, unconfirmed_email=None)
    ask_for_confirmation(tx, person.id)
    # A confirmed address stays in use until the new one is confirmed as well.
    return replace(person, unconfirmed_email=email)


def _with_mails(tx: Transaction, person: Person, *, wanted: bool) -> Person:
    if not wanted:
        return replace(person, mail_opt_out_at=person.mail_opt_out_at or tx.now)
    if person.mail_opt_out_at is not None:
        tell_what_waits(tx, person.id)
    return replace(person, mail_opt_out_at=None)


def _changeable(tx: Transaction, actor: Actor, change: ContactChange, *, by_link: bool) -> Person:
    person = people.by_id(tx, actor.user_id)
    if person is None:
        # A genuine token of a person whom a restored backup does not know.
        raise Unauthorized
    if change.names_somebody and not person.editable:
        raise Forbidden("Your name and address come from the site you are signed in to.")
    known = (None, person.email, person.unconfirmed_email)
    if by_link and person.email_verified and change.email not in known:
        # A link gets around, and leaks: who finds one must not turn the mails to themselves.
        raise Forbidden("Whoever came by a link cannot change a confirmed address.")
    return person
