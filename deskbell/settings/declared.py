"""Every setting once, with its type, its default, what it means and what it must fulfil."""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_type_hints

from deskbell.settings.rules import (
    Rule,
    are_origins,
    at_least,
    is_long_enough,
    is_port,
    is_sender,
    is_sqlite,
    is_web_address,
)

T = TypeVar("T")


class SettingsError(Exception):
    """A setting that cannot be used; the message names the setting and where it was set."""


def setting(default: T, doc: str, rule: Rule | None = None, *, secret: bool = False) -> T:
    """One setting. A secret never shows in a `repr` and may be read from a file (`…_FILE`)."""
    metadata = {"doc": doc, "secret": secret, "rule": rule}
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a Deskbell needs to know before it starts. Times are in seconds."""

    data: Path = setting(  # noqa: RUF009 - a path never changes
        Path("deskbell-data"), "Folder of the database and the secret; made when missing."
    )
    database: str | None = setting(
        None,
        "URL of the database, as sqlite:///FILE; a file in the data folder when not set.",
        is_sqlite,
    )
    host: str = setting("127.0.0.1", "Address to listen on.")
    port: int = setting(8000, "Port to listen on; 0 takes a free one.", is_port)
    public_url: str | None = setting(
        None,
        "Address under which browsers reach this server; mails and the Origin check need it.",
        is_web_address,
    )
    chat_url: str | None = setting(
        None,
        "Page of your own site where mails lead; the hosted page /chat when not set.",
        is_web_address,
    )
    secret: str | None = setting(
        None,
        "Key that signs identities and tokens, at least 32 bytes; "
        "made in the data folder when not set.",
        is_long_enough,
        secret=True,
    )
    brand: str = setting("Deskbell", 'Name in mails: "New reply from BRAND Support".')
    sites: tuple[str, ...] = setting(
        (), "Origins of the web pages that may carry the widget; any when empty.", are_origins
    )
    rate_limits: Literal["on", "off"] = setting(
        "on", "Limits per visitor and address; off only for benchmarks and tests."
    )
    mail_delay: int = setting(
        300, "How long a reply may stay unread before it is told by mail.", at_least(0)
    )
    mail_from: str | None = setting(
        None, 'Sender of mails, as "Shop <support@shop.example>"; needed with smtp_host.', is_sender
    )
    smtp_host: str | None = setting(None, "Mail server; without one no mail is sent.")
    smtp_port: int = setting(587, "Port of the mail server.", is_port)
    smtp_user: str | None = setting(None, "Name to log in with at the mail server.")
    smtp_password: str | None = setting(
        None, "Password to log in with at the mail server.", secret=True
    )
    smtp_security: Literal["starttls", "tls", "none"] = setting(
        "starttls", "How the way to the mail server is encrypted; none only on the same machine."
    )
    token_life: int = setting(3600, "How long a bearer token is valid.", at_least(60))
    trusted_proxies: tuple[str, ...] = setting(
        (), "Addresses or networks of proxies whose X-Forwarded-* headers are believed."
    )
    metrics_token: str | None = setting(
        None,
        "Bearer token that /metrics asks for; without one only this machine may read it.",
        secret=True,
    )
    log_level: Literal["debug", "info", "warning", "error"] = setting(
        "info", "Least severity that is logged."
    )
    log_format: Literal["text", "json"] = setting(
        "text", "Log lines for people (text) or for a collector (json)."
    )
    drain_seconds: int = setting(
        20, "How long a stopping server takes to hand over its sockets at most.", at_least(0)
    )
    write_queue: int = setting(
        10_000, "Writes that may wait; more are answered with busy.", at_least(1)
    )
    read_threads: int = setting(4, "Threads that read from the database.", at_least(1))

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data / 'deskbell.sqlite3'}"

    def __post_init__(self) -> None:
        """Settings made by hand, for an embedded Deskbell, are held to the same rules."""
        for each in fields(self):
            problem = problem_of(each.name, getattr(self, each.name))
            if problem:
                raise SettingsError(f"{each.name}: {problem}")
        # Mail that could never be sent, or would lead nowhere, is told at the start.
        for needed in ("mail_from", "public_url") if self.smtp_host else ():
            if getattr(self, needed) is None:
                raise SettingsError(f"smtp_host is set, so {needed} must be set as well")


TYPES: dict[str, Any] = get_type_hints(Settings)
SECRETS = frozenset(each.name for each in fields(Settings) if each.metadata["secret"])


def problem_of(name: str, value: Any) -> str | None:
    """What is wrong with a value that has the right type."""
    rule: Rule | None = Settings.__dataclass_fields__[name].metadata["rule"]
    return rule(value) if rule and value is not None else None
