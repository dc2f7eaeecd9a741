"""Pages with a chat of their own in React or Vue: the packages' examples, as they were built."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

WEB = Path(__file__).parents[2] / "web"

POLICY = "default-src 'none'; script-src 'self'; connect-src {desk} {cable}; img-src data:"

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Help · Harbour Lamps</title>
<link rel="icon" href="data:,">
</head>
<body>
<main>
<h1>Help</h1>
<div id="chat" data-base="{desk}/"></div>
</main>
<script type="module" src="/{framework}/example.js"></script>
</body>
</html>
"""


class ExampleSite:
    """Serves a page for each framework, and the script of its example."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
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

    def page(self, framework: str, desk: str) -> str:
        return f"{self.origin}/{framework}?{urlencode({'desk': desk})}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        address = urlsplit(self.path)
        framework, _, script = address.path.strip("/").partition("/")
        if script:
            self._answer("text/javascript", (WEB / framework / "dist" / script).read_bytes())
            return
        desk = parse_qs(address.query)["desk"][0]
        policy = POLICY.format(desk=desk, cable=desk.replace("http", "ws", 1))
        page = PAGE.format(desk=desk, framework=framework)
        self._answer("text/html; charset=utf-8", page.encode(), policy)

    def _answer(self, media_type: str, content: bytes, policy: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the base class writes every request to the terminal."""
