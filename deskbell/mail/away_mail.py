"""Writes the mail that tells a user about replies that nobody has read."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from deskbell.domain.away_mail import PREVIEW
from deskbell.mail.message import INVISIBLE, Cover, compose, one_line
from deskbell.mail.texts import TEXTS, language_of

SHOWN = 10
"""Replies that one mail quotes at most."""


@dataclass(frozen=True, slots=True)
class AwayLetter:
    """All that one mail needs. `previews` are the unread replies, oldest first."""

    message_id: str
    mail_from: str
    to_email: str
    to_name: str | None
    locale: str | None
    brand: str
    previews: Sequence[tuple[str, datetime]]
    chat_url: str
    unsubscribe_url: str


def away_mail(letter: AwayLetter, now: datetime) -> EmailMessage:
    """The finished mail; raises MailPermanentError when the address cannot receive any."""
    language = language_of(letter.locale)
    texts = TEXTS[language].away
    brand, name = one_line(letter.brand), one_line(letter.to_name or "")
    cover = Cover(
        letter.message_id,
        letter.mail_from,
        letter.to_email,
        name,
        texts.subject.format(brand=brand),
    )
    values = {
        "texts": texts,
        "greeting": texts.greeting.format(name=name) if name else texts.greeting_without_name,
        "why": texts.why.format(brand=brand),
        "replies": [(_preview(content), at) for content, at in letter.previews[:SHOWN]],
        "more": len(letter.previews) > SHOWN,
        "chat_url": letter.chat_url,
        "unsubscribe_url": letter.unsubscribe_url,
    }
    message = compose(cover, "away", language, values, now)
    message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
    # RFC 8058: the client's own button then unsubscribes with one POST.
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _preview(content: str) -> str:
    """At most PREVIEW code points, the ellipsis included."""
    visible = "".join(
        character
        for character in content
        if character == "\n" or unicodedata.category(character) not in INVISIBLE
    ).strip()
    return visible if len(visible) <= PREVIEW else visible[: PREVIEW - 1].rstrip() + "…"
