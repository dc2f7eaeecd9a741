"""What browsers load: the widget, the dashboard, the hosted chat, the pages of the mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from deskbell.actions.away_mail import unsubscribe
from deskbell.actions.desk import Desk
from deskbell.api.calls import first_language
from deskbell.api.files import serve_file
from deskbell.domain.errors import Unauthorized
from deskbell.mail.texts import TEXTS, language_of
from deskbell.tokens import Tokens

STATIC = Path(__file__).parents[1] / "static"
PAGES = Path(__file__).with_name("pages")

FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=300"

COMMON = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}

# The widget is loaded by other sites' pages, and modules are always fetched with CORS.
FOR_OTHER_SITES = {
    **COMMON,
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

_OWN_SOURCES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)

OWN_PAGE = {
    **COMMON,
    "Cache-Control": "no-cache",
    "Content-Security-Policy": _OWN_SOURCES,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_pages = Environment(loader=FileSystemLoader(PAGES), autoescape=True)


@dataclass(frozen=True, slots=True)
class Site:
    """Serves files of the package and the pages made on the fly."""

    desk: Desk
    tokens: Tokens
    brand: str

    async def widget(self, request: Request) -> Response:
        """The loader: a fixed address, so it is cached only briefly."""
        return serve_file(
            request, STATIC, "widget.js", {**FOR_OTHER_SITES, "Cache-Control": BRIEFLY}
        )

    async def asset(self, request: Request) -> Response:
        """A hashed file of the widget."""
        headers = {**FOR_OTHER_SITES, "Cache-Control": FOREVER}
        return serve_file(request, STATIC / "assets", request.path_params["path"], headers)

    async def to_dashboard(self, _request: Request) -> Response:
        """Lead whoever opens the bare address to the dashboard, wherever we are mounted."""
        return Response(status_code=307, headers={"Location": "dashboard/"})

    async def dashboard(self, request: Request) -> Response:
        """The dashboard: one page that draws all others."""
        return serve_file(request, STATIC / "dashboard", "index.html", OWN_PAGE)

    async def dashboard_asset(self, request: Request) -> Response:
        """A hashed file of the dashboard."""
        headers = {**COMMON, "Cache-Control": FOREVER}
        return serve_file(
            request, STATIC / "dashboard/assets", request.path_params["path"], headers
        )

    async def page_style(self, request: Request) -> Response:
        """The style of our own pages."""
        return serve_file(request, PAGES, "page.css", {**COMMON, "Cache-Control": BRIEFLY})

    async def chat(self, _request: Request) -> Response:
        """The hosted page with the widget open, where mails lead."""
        return self._page("chat.html", {})

    async def confirm_email_page(self, request: Request) -> Response:
        """Ask for a click: scanners of mail follow every link. The token stays in the fragment,
        so that the page is the same for all; it speaks the language of the browser."""
        language = language_of(first_language(request))
        values = {
            "language": language,
            "direction": TEXTS[language].direction,
            "texts": TEXTS[language].confirm,
        }
        return self._page("confirm_email.html", values)

    async def confirm_email_script(self, request: Request) -> Response:
        """What that page does."""
        headers = {**COMMON, "Cache-Control": BRIEFLY}
        return serve_file(request, PAGES, "confirm_email.js", headers)

    async def unsubscribe_page(self, request: Request) -> Response:
        """Ask before switching mails off: scanners of mail follow every link."""
        try:
            self.tokens.follow("unsubscribe", request.query_params.get("token", ""))
        except Unauthorized:
            return self._unsubscribe_page("invalid", 410)
        return self._unsubscribe_page("ask", 200)

    async def unsubscribe(self, request: Request) -> Response:
        """Switch mails off, with one click or by the mail program itself (RFC 8058)."""
        try:
            user_id = self.tokens.follow("unsubscribe", request.query_params.get("token", ""))
        except Unauthorized:
            return self._unsubscribe_page("invalid", 410)
        await self.desk.write(unsubscribe, user_id)
        return self._unsubscribe_page("done", 200)

    def _unsubscribe_page(self, state: Literal["ask", "done", "invalid"], status: int) -> Response:
        return self._page("unsubscribe.html", {"state": state}, status)

    def _page(self, name: str, values: Mapping[str, Any], status: int = 200) -> Response:
        html = _pages.get_template(name).render(brand=self.brand, **values)
        return HTMLResponse(html, status, headers=OWN_PAGE)
