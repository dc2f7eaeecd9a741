"""How to reach a person: what they may say of themselves, and what counts as an e-mail address."""

import re
import unicodedata
from dataclasses import dataclass

from deskbell.domain.errors import Invalid
from deskbell.domain.people import MAX_TEXT, Person, is_line, is_visible

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"(?!.*=\?){_ATOM}(?:\.{_ATOM})*")
"""Dot-atoms of RFC 5322 (3.2.3), which every server takes; without `=?`, which begins an encoded
word: mail programs would read it as something else."""

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")

MAX_LOCAL = 64
MAX_DOMAIN = 253
"""Octets on the wire (RFC 5321, 4.5.3.1)."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What a user sees of their own contact.

    `email` is proven; `unconfirmed_email` waits for its owner's click; `mails` says whether unread
    answers are mailed; `editable` is False where the host says who this is.
    """

    email: str | None
    unconfirmed_email: str | None
    name: str | None
    mails: bool
    editable: bool


@dataclass(frozen=True, slots=True)
class ContactChange:
    """What a user wants changed: None leaves a thing as it is, an empty text clears it."""

    email: str | None = None
    name: str | None = None
    mails: bool | None = None

    @property
    def names_somebody(self) -> bool:
        return self.email is not None or self.name is not None


def contact_of(person: Person) -> Contact:
    """Show a person their own contact."""
    return Contact(
        email=person.email,
        unconfirmed_email=person.unconfirmed_email,
        name=person.name,
        mails=person.mail_opt_out_at is None,
        editable=person.editable,
    )


def check_change(change: ContactChange) -> ContactChange:
    """Return the change with its name trimmed; raise Invalid for what cannot be kept."""
    if change.email:
        check_email(change.email)
    name = None if change.name is None else change.name.strip()
    if name and not _is_name(name):
        raise Invalid(
            "name", f"Give a name of at most {MAX_TEXT} characters in one line, and no address."
        )
    return ContactChange(change.email, name, change.mails)


def _is_name(name: str) -> bool:
    """Whoever is called like an address would pass for one that was proven."""
    # Also in its other widths.
    address = "@" in unicodedata.normalize("NFKC", name)
    return is_line(name) and is_visible(name) and not address


def check_email(email: str) -> None:
    """Raise Invalid unless a mail to this address can be written and may leave the house.

    Domains may be in any script. A domain needs a dot and a name at its end: a stranger must not
    make us write to the hosts of our own network, and `ada@gmail` is a slip of the finger.
    """
    local, _, domain = email.rpartition("@")
    good_local = len(local) <= MAX_LOCAL and _LOCAL.fullmatch(local)
    # Nothing invisible either: `idna` would drop it, and agents would see another address.
    visible = len(email) <= MAX_TEXT and email.isprintable()
    if not (visible and good_local and _is_domain(domain)):
        raise Invalid("email", "This is not an e-mail address.")


def email_key(email: str) -> str:
    """One spelling for a whole mailbox, to count by: case, script and `+tag` make no difference."""
    local, _, domain = email.rpartition("@")
    # Where a plus is no tag, a few share a count; where it is one, nobody gets round it.
    mailbox = local.partition("+")[0] or local
    return f"{mailbox.lower()}@{_ascii(domain)}"


def _is_domain(domain: str) -> bool:
    try:
        labels = _ascii(domain).split(".")
        if not all(map(_keeps_its_name, domain.split("."))):
            return False
    except UnicodeError:
        return False
    named = len(labels) > 1 and not labels[-1].isdigit()
    fits = sum(len(label) + 1 for label in labels) <= MAX_DOMAIN + 1
    return named and fits and all(_LABEL.fullmatch(label) for label in labels)


def _keeps_its_name(label: str) -> bool:
    """Tell whether a label means the same domain to everybody: RFC 3490 makes `strasse` of
    `straße`, which is somebody else's since RFC 5891."""
    if label.isascii():
        return True
    typed = unicodedata.normalize("NFC", label.lower())
    return label.encode("idna").decode("idna") == typed


def _ascii(domain: str) -> str:
    """Write a domain as it travels (RFC 3490); raises UnicodeError for what is none."""
    return domain.encode("idna").decode().lower()
