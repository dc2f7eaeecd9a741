"""What the value of a setting must fulfil: each rule says what is wrong, or None."""

from collections.abc import Callable
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

Rule = Callable[[Any], str | None]

SECRET_BYTES = 32
"""Least length of the secret: HS256 wants a key as long as its hash (RFC 7518, 3.2)."""
LAST_PORT = 65_535


def at_least(least: int) -> Rule:
    return lambda value: f"must be at least {least}, not {value}" if value < least else None


def is_port(value: int) -> str | None:
    return None if 0 <= value <= LAST_PORT else f"must be from 0 to {LAST_PORT}, not {value}"


def is_long_enough(secret: str) -> str | None:
    length = len(secret.encode())
    return None if length >= SECRET_BYTES else f"must have {SECRET_BYTES} bytes, not {length}"


def is_sqlite(url: str) -> str | None:
    """The message repeats nothing of the address: others than SQLite's hold passwords."""
    fits = url.startswith("sqlite:///")
    return None if fits else "only sqlite:///FILE can be used in this version"


def is_web_address(url: str) -> str | None:
    fits = _is_web_address(url)
    return None if fits else f"must be an address as https://shop.example/help, not {url!r}"


def are_origins(sites: tuple[str, ...]) -> str | None:
    wrong = [site for site in sites if not _is_origin(site)]
    return f"must be origins as https://shop.example, not {wrong[0]!r}" if wrong else None


def is_sender(text: str) -> str | None:
    _, address = parseaddr(text)
    local, _, domain = address.rpartition("@")
    if local and domain and address.isascii() and text.isprintable():
        return None
    return f"must be a sender as Shop <support@shop.example>, not {text!r}"


def _is_web_address(url: str) -> bool:
    """Visible ASCII only, since it goes into mail headers; urlsplit() would drop line breaks."""
    if not all("!" <= character <= "~" and character not in '<>"' for character in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_origin(url: str) -> bool:
    """Exactly what browsers send as Origin: a trailing slash would never match."""
    if not _is_web_address(url):
        return False
    parts = urlsplit(url)
    return url == f"{parts.scheme}://{parts.netloc}".lower()
