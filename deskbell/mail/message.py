"""Builds mails that nobody can bend: safe headers, text and HTML from the same values."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any

import css_inline
from jinja2 import Environment, PackageLoader, select_autoescape

from deskbell.mail.mailer import MailPermanentError
from deskbell.mail.texts import TEXTS

NAME = 80
"""Longest display name in a header, in code points."""
INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}
BIDI_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that make a name read as another one."""
ONE_LINE = SMTP.clone(max_line_length=998)
"""Headers as long as RFC 5322 (2.1.1) allows: folding would turn a long link into an encoded
word, which no client follows. Bodies are wrapped when they are set, under the usual policy."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the outside of a mail. `message_id` names it, and stays the same when it has
    to be tried again; `to_name` and `subject` are single lines."""

    message_id: str
    mail_from: str
    to_email: str
    to_name: str
    subject: str


def compose(
    cover: Cover, template: str, language: str, values: Mapping[str, Any], now: datetime
) -> EmailMessage:
    """The finished mail; raises MailPermanentError when the address cannot receive any."""
    sender_name, sender = parseaddr(cover.mail_from)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = cover.subject
    message["From"] = _address(one_line(sender_name), sender)
    message["To"] = _address(cover.to_name, cover.to_email)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{cover.message_id}@{sender.rpartition('@')[2]}>"
    # RFC 3834: keeps out-of-office robots from answering.
    message["Auto-Submitted"] = "auto-generated"
    text, html = _bodies(template, language, {**values, "subject": cover.subject})
    # Quoted-printable: pure ASCII on the way, whatever the servers can do.
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.policy = ONE_LINE
    return message


def one_line(text: str) -> str:
    """Safe in a header: no line breaks, nothing invisible, no trick with the direction, and no
    encoded words: `email` decodes them when it parses what we set, line breaks included."""
    kept = (
        " " if unicodedata.category(character) in INVISIBLE else character
        for character in text
        if character not in BIDI_OVERRIDES
    )
    words = " ".join("".join(kept).split()).replace("=?", "= ?")
    return words[:NAME].rstrip()


def _bodies(template: str, language: str, values: dict[str, Any]) -> tuple[str, str]:
    direction = TEXTS[language].direction
    start, end = ("right", "left") if direction == "rtl" else ("left", "right")
    filled = {**values, "language": language, "direction": direction, "start": start, "end": end}
    text = _templates().get_template(f"{template}.txt").render(filled)
    html = _templates().get_template(f"{template}.html").render(filled)
    return text, _inliner().inline(html)


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
