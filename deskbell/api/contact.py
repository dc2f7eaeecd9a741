"""One's own contact, and the page of the mail that confirms an address."""

from dataclasses import dataclass

from deskbell.actions.change_contact import change_contact, will_be_mailed
from deskbell.actions.confirm_email import confirm_email
from deskbell.actions.desk import Desk
from deskbell.api.bodies import ContactBody, Empty
from deskbell.api.calls import Answer, Call
from deskbell.domain.contact import ContactChange, check_change, email_key
from deskbell.tokens import Tokens


@dataclass(frozen=True, slots=True)
class ContactApi:
    """Operations for whoever wants to be reached."""

    desk: Desk
    tokens: Tokens

    async def change_contact(self, call: Call) -> Answer:
        """Say who one is and how to be reached; a new address gets a mail that asks for it."""
        body = call.body
        change = check_change(ContactChange(body.email, body.name, body.mails))
        by_link = call.session.link_ends_at is not None
        mailed = await self.desk.read(will_be_mailed, call.caller, change, by_link=by_link)
        if mailed and change.email:
            # Whoever asks, and for whomever: nobody is flooded with mails by us.
            self.desk.limits.take_all(
                {
                    "confirmations_per_person": call.caller.user_id,
                    "confirmations_per_email": email_key(change.email),
                    "confirmations_per_address": call.network,
                }
            )
        contact = await self.desk.write(change_contact, call.caller, change, by_link=by_link)
        return Answer(ContactBody(contact))

    async def confirm_email(self, call: Call) -> Answer:
        """Confirm an address by the token that was mailed there; it signs nobody in."""
        self.desk.limits.take("confirming_per_address", call.network)
        user_id, email = self.tokens.confirmed(call.body.token)
        await self.desk.write(confirm_email, user_id, email)
        return Answer(Empty())
