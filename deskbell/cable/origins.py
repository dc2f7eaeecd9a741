"""Which web pages may open a socket: an agent's only our own, a visitor's those the owner allows.

Browsers name the page in `Origin` and let no script change it (RFC 6454, RFC 6455 §10.2), so a
foreign page cannot use a token it got hold of in somebody's browser.
"""

from urllib.parse import urlsplit

from deskbell.domain.people import Actor


class Origins:
    """The origins of one installation. `public_url` is our own address when the owner told us."""

    def __init__(self, public_url: str | None, sites: tuple[str, ...]) -> None:
        self._own = None if public_url is None else origin_of(public_url)
        self._sites = frozenset(sites)

    def allows(self, actor: Actor, origin: str | None, host: str | None) -> bool:
        """Tell whether this actor may come from this page; `host` is what the client asked for."""
        if self._is_own(origin, host):
            return True
        if actor.is_admin:
            return False
        return not self._sites or origin in self._sites

    def _is_own(self, origin: str | None, host: str | None) -> bool:
        if origin is None:
            return False
        if self._own is not None:
            return origin == self._own
        # Behind a proxy that ends TLS the scheme we see is not the one the browser sees.
        return host is not None and origin in (f"http://{host}", f"https://{host}")


def origin_of(url: str) -> str:
    """Cut a URL down to its origin, as browsers write it (RFC 6454 §6.2)."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
