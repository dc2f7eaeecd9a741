"""How one installation writes its mails, and where their links lead."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class MailPlan:
    """What the settings say about mails. `chat_url` is the page with the chat; `delay` is how long
    an answer may stay unread."""

    delay: timedelta
    brand: str
    mail_from: str
    chat_url: str
    unsubscribe_url: str
    confirm_url: str
