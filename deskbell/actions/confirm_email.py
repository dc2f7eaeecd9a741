"""An address that a visitor left: the mail that asks for it, and the click that proves it.

Nothing but that mail is ever sent to an address before its owner has confirmed it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from deskbell.actions.away_mail import tell_what_waits
from deskbell.actions.due_mail import Payload, Ready
from deskbell.actions.identify import news_for_agents
from deskbell.domain.confirm_email import KIND, dedup_key, is_late
from deskbell.domain.due_mail import Drop
from deskbell.domain.errors import NotFound
from deskbell.domain.events import Outcome
from deskbell.storage import jobs, people
from deskbell.storage.database import Transaction
from deskbell.storage.jobs import NewJob


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Whose address waits to be confirmed, and the language they read."""

    user_id: UUID
    email: str
    locale: str | None


@dataclass(frozen=True, slots=True)
class ConfirmEmailRules:
    """The mail goes to the address of the moment, or not at all when there is none any more."""

    kind: str = KIND

    def dedup_key(self, payload: Payload) -> str:
        return dedup_key(UUID(payload["user_id"]))

    def decide(self, tx: Transaction, payload: Payload) -> Ready[Unconfirmed] | Drop:
        person = people.by_id(tx, UUID(payload["user_id"]))
        if person is None:
            return Drop("gone")
        if person.unconfirmed_email is None:
            return Drop("withdrawn")
        if is_late(datetime.fromisoformat(payload["asked_at"]), tx.now):
            return Drop("expired")
        return Ready(Unconfirmed(person.id, person.unconfirmed_email, person.locale), payload)

    def through(self, tx: Transaction, payload: Payload) -> None:
        """Nothing to remember: whoever wants the mail once more asks for it."""


def ask_for_confirmation(tx: Transaction, user_id: UUID) -> None:
    """Have the mail sent, as soon as can be.

    Whoever corrects an address, or asks once more, does not wait for what the mail before met with.
    """
    payload = {"user_id": str(user_id), "asked_at": tx.now.isoformat()}
    jobs.renew(tx, NewJob(KIND, tx.now, dedup_key(user_id), payload))


def confirm_email(tx: Transaction, user_id: UUID, email: str) -> Outcome[None]:
    """Take an address as proven: somebody followed the link that was mailed there.

    Twice is harmless. Raises NotFound when the address is not the present one any more.
    """
    person = people.by_id(tx, user_id)
    if person is None:
        raise NotFound
    if person.unconfirmed_email != email:
        if person.email_verified and person.email == email:
            return Outcome(None)
        raise NotFound
    proven = replace(person, email=email, email_verified=True, unconfirmed_email=None)
    people.save(tx, proven)
    # An answer that came before the click was told to nobody: its mail had no address.
    tell_what_waits(tx, user_id)
    return Outcome(None, news_for_agents(tx, person, proven))
