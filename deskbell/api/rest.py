"""REST: the one way a call takes, from its path to its answer or its refusal."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from deskbell.actions.desk import RateLimits
from deskbell.api.admin_session import AdminSessionApi
from deskbell.api.agent import AgentApi
from deskbell.api.calls import Call, Operation, read_bearer, read_body, read_query
from deskbell.api.contact import ContactApi
from deskbell.api.errors import error_response
from deskbell.api.operator import OperatorApi
from deskbell.api.routes import ROUTES, ApiRoute
from deskbell.api.site import Site
from deskbell.api.visitor import VisitorApi
from deskbell.domain.errors import DeskbellError, Malformed
from deskbell.metrics import Metrics
from deskbell.tokens import Tokens

log = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Api:
    """All operations, and what every call needs."""

    visitor: VisitorApi
    contact: ContactApi
    agent: AgentApi
    admin_session: AdminSessionApi
    operator: OperatorApi
    site: Site
    tokens: Tokens
    limits: RateLimits
    metrics: Metrics
    sites: tuple[str, ...]

    def routes(self, openapi: bytes) -> Sequence[Route]:
        """Make the routes: the table's operations and the files for browsers."""
        site = self.site
        documents: list[tuple[str, Endpoint, str]] = [
            ("/", site.to_dashboard, "GET"),
            ("/dashboard", site.to_dashboard, "GET"),
            ("/widget.js", site.widget, "GET"),
            ("/assets/{path}", site.asset, "GET"),
            ("/chat", site.chat, "GET"),
            ("/pages/page.css", site.page_style, "GET"),
            ("/pages/confirm_email.js", site.confirm_email_script, "GET"),
            ("/confirm_email", site.confirm_email_page, "GET"),
            ("/mail/unsubscribe", site.unsubscribe_page, "GET"),
            ("/mail/unsubscribe", site.unsubscribe, "POST"),
            ("/dashboard/assets/{path}", site.dashboard_asset, "GET"),
            ("/dashboard/{path:path}", site.dashboard, "GET"),
            ("/metrics", self.operator.render_metrics, "GET"),
        ]
        return [
            *(Route(route.path, self._endpoint(route), methods=[route.method]) for route in ROUTES),
            *(
                Route(path, self._preflight, methods=["OPTIONS"])
                for path in dict.fromkeys(r.path for r in ROUTES if _for_other_sites(r.path))
            ),
            *(
                Route(path, _guarded(endpoint), methods=[method])
                for path, endpoint, method in documents
            ),
            Route("/openapi.json", _document(openapi), methods=["GET"]),
        ]

    def _endpoint(self, route: ApiRoute) -> Endpoint:
        group, _, name = route.operation.partition(".")
        operation: Operation = getattr(getattr(self, group), name)

        async def endpoint(request: Request) -> Response:
            response = await self._answer(route, operation, request)
            if _for_other_sites(route.path):
                response.headers.update(self._cors(request))
            self.metrics.requests.labels(route.path, response.status_code).inc()
            return response

        return endpoint

    async def _answer(self, route: ApiRoute, operation: Operation, request: Request) -> Response:
        try:
            bearer = read_bearer(request, self.tokens) if route.audience == "bearer" else None
            call = Call(request, bearer)
            if bearer is not None:
                self.limits.take("calls_per_person", bearer.actor.user_id)
            if route.query is not None:
                call.query = read_query(request, route.query)
            if route.body is not None:
                call.body = await read_body(request, route.body)
            answer = await operation(call)
            content = _encode(answer.value)
        except DeskbellError as error:
            return error_response(error)
        except ClientDisconnect:
            return error_response(Malformed())  # Nobody is left to read it.
        except Exception:
            log.exception("could not answer %s %s", route.method, route.path)
            return error_response(DeskbellError())
        headers = {"Cache-Control": "no-store", **answer.headers}
        return Response(content, answer.status, headers, "application/json")

    async def _preflight(self, request: Request) -> Response:
        """Answer a browser that asks before it calls from another site (Fetch, CORS protocol)."""
        headers = self._cors(request)
        headers["Access-Control-Allow-Headers"] = "authorization, content-type"
        headers["Access-Control-Allow-Methods"] = "GET, POST, PATCH"
        headers["Access-Control-Max-Age"] = "600"
        return Response(status_code=204, headers=headers)

    def _cors(self, request: Request) -> dict[str, str]:
        """Visitors' calls carry a token and no cookie, so any site, or any listed one, may make
        them. Credentials are never allowed."""
        if not self.sites:
            return {"Access-Control-Allow-Origin": "*"}
        origin = request.headers.get("origin", "")
        allowed = {"Access-Control-Allow-Origin": origin} if origin in self.sites else {}
        return {**allowed, "Vary": "Origin"}


def _for_other_sites(path: str) -> bool:
    return path.startswith("/support_chat")


def _guarded(endpoint: Endpoint) -> Endpoint:
    """Give the pages the one error shape as well."""

    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except DeskbellError as error:
            return error_response(error)
        except Exception:
            log.exception("could not answer %s", request.url.path)
            return error_response(DeskbellError())

    return guarded


def _document(content: bytes) -> Endpoint:
    async def document(_request: Request) -> Response:
        return Response(content, media_type="application/json")

    return document
