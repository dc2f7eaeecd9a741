"""Builds the mail that tells a user about replies that nobody has read."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache

import css_inline
from jinja2 import Environment, PackageLoader, select_autoescape

from deskbell.domain.away_mail import PREVIEW
from deskbell.mail.mailer import MailPermanentError
from deskbell.mail.texts import TEXTS, language_of

SHOWN = 10
"""Replies that one mail quotes at most."""
NAME = 80
"""Longest display name in a header, in code points."""
INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}
BIDI_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that make a name read as another one."""
ONE_LINE = SMTP.clone(max_line_length=998)
"""Headers as long as RFC 5322 (2.1.1) allows: folding would turn a long link into an encoded
word, which no client follows. Bodies are wrapped when they are set, under the usual policy."""


@dataclass(frozen=True, slots=True)
class Letter:
    """All that one mail needs. `previews` are the unread replies, oldest first; `message_id`
    names this mail, and stays the same when it has to be tried again."""

    message_id: str
    mail_from: str
    to_email: str
    to_name: str | None
    locale: str | None
    brand: str
    previews: Sequence[tuple[str, datetime]]
    chat_url: str
    unsubscribe_url: str


def away_mail(letter: Letter, now: datetime) -> EmailMessage:
    """The finished mail; raises MailPermanentError when the address cannot receive any."""
    language = language_of(letter.locale)
    brand, name = _one_line(letter.brand), _one_line(letter.to_name or "")
    sender_name, sender = parseaddr(letter.mail_from)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = TEXTS[language].subject.format(brand=brand)
    message["From"] = _address(_one_line(sender_name), sender)
    message["To"] = _address(name, letter.to_email)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.message_id}@{sender.rpartition('@')[2]}>"
    message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
    # RFC 8058: the client's own button then unsubscribes with one POST.
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # RFC 3834: keeps out-of-office robots from answering.
    message["Auto-Submitted"] = "auto-generated"
    text, html = _bodies(letter, language, brand, name)
    # Quoted-printable: pure ASCII on the way, whatever the servers can do.
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.policy = ONE_LINE
    return message


def _bodies(letter: Letter, language: str, brand: str, name: str) -> tuple[str, str]:
    texts = TEXTS[language]
    filled = {
        "language": language,
        "texts": texts,
        "brand": brand,
        "greeting": texts.greeting.format(name=name) if name else texts.greeting_without_name,
        "why": texts.why.format(brand=brand),
        "replies": [(_preview(content), at) for content, at in letter.previews[:SHOWN]],
        "more": len(letter.previews) > SHOWN,
        "chat_url": letter.chat_url,
        "unsubscribe_url": letter.unsubscribe_url,
    }
    text = _templates().get_template("away.txt").render(filled)
    html = _templates().get_template("away.html").render(filled)
    return text, _inliner().inline(html)


def _preview(content: str) -> str:
    """At most PREVIEW code points, the ellipsis included."""
    visible = "".join(
        character
        for character in content
        if character == "\n" or unicodedata.category(character) not in INVISIBLE
    ).strip()
    return visible if len(visible) <= PREVIEW else visible[: PREVIEW - 1].rstrip() + "…"


def _one_line(text: str) -> str:
    """Safe in a header: no line breaks, nothing invisible, no trick with the direction, and no
    encoded words: `email` decodes them when it parses what we set, line breaks included."""
    kept = (
        " " if unicodedata.category(character) in INVISIBLE else character
        for character in text
        if character not in BIDI_OVERRIDES
    )
    words = " ".join("".join(kept).split()).replace("=?", "= ?")
    return words[:NAME].rstrip()


def _address(name: str, email: str) -> Address:
    """Domains in other scripts travel as punycode; other local parts no server must take."""
    local, _, domain = email.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
        return Address(display_name=name, addr_spec=f"{local}@{ascii_domain}")
    except (MessageError, UnicodeError, ValueError, IndexError) as error:
        raise MailPermanentError("the address cannot be written in a mail header") from error


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("deskbell.mail"),
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _inliner() -> css_inline.CSSInliner:
    # The media query for dark surroundings stays in a style element; nothing is ever fetched.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
