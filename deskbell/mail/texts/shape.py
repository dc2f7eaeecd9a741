"""What has to be said in every language; a text that is missing does not pass the type checker."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AwayTexts:
    """The mail about unread answers; `{brand}` and `{name}` are filled in."""

    subject: str
    greeting: str
    greeting_without_name: str
    intro: str
    more: str
    open_chat: str
    why: str
    unsubscribe: str


@dataclass(frozen=True, slots=True)
class ConfirmTexts:
    """The mail that asks whether an address is somebody's, and the page that its link opens."""

    subject: str
    greeting: str
    intro: str
    open_page: str
    life: str
    ignore: str
    page_title: str
    page_ask: str
    page_confirm: str
    page_done: str
    page_old: str
    page_failed: str


@dataclass(frozen=True, slots=True)
class Texts:
    """All that mails and their pages say in one language; `direction` is `ltr` or `rtl`."""

    direction: str
    away: AwayTexts
    confirm: ConfirmTexts
