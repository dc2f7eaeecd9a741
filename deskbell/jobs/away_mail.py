"""The mail about unread answers, as the worker of the mails runs it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from deskbell.actions.away_mail import AwayMailRules, UnreadAnswers
from deskbell.jobs.mail_plan import MailPlan
from deskbell.jobs.mail_worker import MailKind
from deskbell.mail.away_mail import AwayLetter, away_mail
from deskbell.tokens import Tokens

LINK_LIFE = timedelta(days=14)
"""How long the link to the chat works: whoever holds the mail is let in."""

UNSUBSCRIBE_LIFE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class _Writer:
    tokens: Tokens
    plan: MailPlan

    def write(self, answers: UnreadAnswers, message_id: str, now: datetime) -> EmailMessage:
        person, plan = answers.person, self.plan
        chat = self.tokens.link("open-chat", person.id, LINK_LIFE)
        unsubscribe = self.tokens.link("unsubscribe", person.id, UNSUBSCRIBE_LIFE)
        letter = AwayLetter(
            message_id=message_id,
            mail_from=plan.mail_from,
            to_email=person.email or "",
            to_name=person.name,
            locale=person.locale,
            brand=plan.brand,
            previews=[(message.content, message.created_at) for message in answers.unread],
            # In the fragment, which no server and no log ever sees.
            chat_url=f"{plan.chat_url}#deskbell-chat={chat}",
            unsubscribe_url=f"{plan.unsubscribe_url}?token={unsubscribe}",
        )
        return away_mail(letter, now)


def away_mail_kind(tokens: Tokens, plan: MailPlan) -> MailKind[UnreadAnswers]:
    """Make the kind for an installation."""
    return MailKind(AwayMailRules(plan.delay), _Writer(tokens, plan).write)
