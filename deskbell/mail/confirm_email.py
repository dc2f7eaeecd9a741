"""Writes the mail that asks whether an address is somebody's.

It goes to an address that a stranger typed. So nothing that a stranger wrote is in it, not even
their name: whoever wants to send others something cannot use us for it.
"""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from deskbell.mail.message import Cover, compose, one_line
from deskbell.mail.texts import TEXTS, language_of


@dataclass(frozen=True, slots=True)
class ConfirmLetter:
    """All that one mail needs."""

    message_id: str
    mail_from: str
    to_email: str
    locale: str | None
    brand: str
    confirm_url: str


def confirm_email_mail(letter: ConfirmLetter, now: datetime) -> EmailMessage:
    """The finished mail; raises MailPermanentError when the address cannot receive any."""
    language, brand = language_of(letter.locale), one_line(letter.brand)
    texts = TEXTS[language].confirm
    subject = texts.subject.format(brand=brand)
    cover = Cover(letter.message_id, letter.mail_from, letter.to_email, "", subject)
    values = {
        "texts": texts,
        "intro": texts.intro.format(brand=brand),
        "confirm_url": letter.confirm_url,
    }
    return compose(cover, "confirm_email", language, values, now)
