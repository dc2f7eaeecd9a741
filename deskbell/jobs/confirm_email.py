"""The mail that asks whether an address is somebody's, as the worker of the mails runs it."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from deskbell.actions.confirm_email import ConfirmEmailRules, Unconfirmed
from deskbell.domain.confirm_email import LINK_LIFE
from deskbell.jobs.mail_plan import MailPlan
from deskbell.jobs.mail_worker import MailKind
from deskbell.mail.confirm_email import ConfirmLetter, confirm_email_mail
from deskbell.tokens import Tokens


@dataclass(frozen=True, slots=True)
class _Writer:
    tokens: Tokens
    plan: MailPlan

    def write(self, asked: Unconfirmed, message_id: str, now: datetime) -> EmailMessage:
        token = self.tokens.confirmation(asked.user_id, asked.email, LINK_LIFE)
        letter = ConfirmLetter(
            message_id=message_id,
            mail_from=self.plan.mail_from,
            to_email=asked.email,
            locale=asked.locale,
            brand=self.plan.brand,
            # In the fragment, which no server and no log ever sees.
            confirm_url=f"{self.plan.confirm_url}#token={token}",
        )
        return confirm_email_mail(letter, now)


def confirm_email_kind(tokens: Tokens, plan: MailPlan) -> MailKind[Unconfirmed]:
    """Make the kind for an installation."""
    return MailKind(ConfirmEmailRules(), _Writer(tokens, plan).write)
