"""What operators and their machines ask: is it well, is it ready, how much is it doing."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from deskbell.api.bodies import Health
from deskbell.api.calls import Answer, Call
from deskbell.api.errors import error_response
from deskbell.domain.errors import Unauthorized
from deskbell.metrics import Metrics

LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether requests should come here, and what was looked at."""

    ready: bool
    checks: dict[str, str]


@dataclass(frozen=True, slots=True)
class OperatorApi:
    """Operations for load balancers and monitoring."""

    readiness: Callable[[], Awaitable[Readiness]]
    metrics: Metrics
    metrics_token: str | None

    async def healthz(self, _call: Call) -> Answer:
        """Say that the process lives."""
        return Answer(Health("ok", {}))

    async def readyz(self, _call: Call) -> Answer:
        """Say whether requests should come here: started, database readable, not draining."""
        state = await self.readiness()
        status = "ready" if state.ready else "not ready"
        return Answer(Health(status, state.checks), 200 if state.ready else 503)

    async def render_metrics(self, request: Request) -> Response:
        """Write the figures for Prometheus."""
        if not self._may_read(request):
            return error_response(Unauthorized())
        return PlainTextResponse(self.metrics.render(), headers={"Cache-Control": "no-store"})

    def _may_read(self, request: Request) -> bool:
        if self.metrics_token is not None:
            given = request.headers.get("authorization", "").encode()
            return hmac.compare_digest(given, f"Bearer {self.metrics_token}".encode())
        # A proxy on this machine comes from loopback too, but asks for the public name.
        client = request.client.host if request.client is not None else ""
        asked = request.url.hostname or ""
        forwarded = "x-forwarded-for" in request.headers
        return client in LOOPBACK and asked in ("localhost", *LOOPBACK) and not forwarded
