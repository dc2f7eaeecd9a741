"""The page that carries the widget: of another site than the server's, and as strict as can be."""

import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

NONCE = "only-this-script-may-run"

POLICY = (
    f"default-src 'none'; script-src 'nonce-{NONCE}' 'strict-dynamic'; style-src 'nonce-{NONCE}'; "
    "connect-src {desk} {cable}; img-src data:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def policy_for(desk: str, rules: str = POLICY) -> str:
    """The header's value for the service at this address."""
    return rules.format(desk=desk, cable=desk.replace("http", "ws", 1))


PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Skerry pendant · Harbour Lamps</title>
<link rel="icon" href="data:,">
<style nonce="{nonce}">
:root {{ color-scheme: light dark; }}
body {{ max-width: 56rem; margin: 3rem auto; padding: 0 1.5rem; font: 16px/1.6 Arial, sans-serif; }}
</style>
</head>
<body>
<main>
<h1>Skerry pendant, small</h1>
<p>Blown glass, brass collar. Ships from Rotterdam.</p>
<button type="button">Add to bag</button>
</main>
<script nonce="{nonce}" async src="{desk}/widget.js"{attributes}></script>
</body>
</html>
"""


class Shop:
    """A web server for one page. `shop.localhost` and 127.0.0.1 are two sites, as in life."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def origin(self) -> str:
        return f"http://shop.localhost:{self._server.server_port}"

    def page(self, desk: str, language: str = "en", **settings: str) -> str:
        """The address of the page; `settings` are the script's `data-*` attributes."""
        return f"{self.origin}/?{urlencode({'desk': desk, 'language': language, **settings})}"

    def show(self, page: str, policy: str = "") -> str:
        """The address of a page of the test's own."""
        path = f"/own/{len(self._server.own)}"
        self._server.own[path] = page, policy
        return f"{self.origin}{path}"


class _Server(ThreadingHTTPServer):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.own: dict[str, tuple[str, str]] = {}


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        own = self.server.own.get(address.path)
        self._answer(*own or self._product(address.query))

    def _product(self, query: str) -> tuple[str, str]:
        wishes = dict(parse_qsl(query))
        desk, language = wishes.pop("desk"), wishes.pop("language")
        attributes = "".join(f' data-{name}="{escape(text)}"' for name, text in wishes.items())
        page = PAGE.format(nonce=NONCE, desk=desk, language=language, attributes=attributes)
        return page, policy_for(desk)

    def _answer(self, page: str, policy: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing: the base class writes every request to the terminal."""
