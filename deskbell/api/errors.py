"""Errors on the wire: one shape for every producer, and the one table from codes to statuses."""

from typing import Any

import msgspec
from starlette.responses import Response

from deskbell.domain.errors import DeskbellError

STATUSES = {
    "malformed": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "message_id_taken": 409,
    "too_large": 413,
    "invalid": 422,
    "rate_limited": 429,
    "busy": 503,
    "internal": 500,
}


class ErrorDetail(msgspec.Struct):
    """What went wrong: `code` for programs, `message` for people, `data` for details."""

    code: str
    message: str
    data: dict[str, Any]


class ErrorBody(msgspec.Struct):
    """The body of every refusal."""

    error: ErrorDetail


_encode = msgspec.json.Encoder().encode


def error_response(error: DeskbellError) -> Response:
    """Put a refusal on the wire."""
    headers = {"Cache-Control": "no-store"}
    if "retry_after" in error.data:
        headers["Retry-After"] = str(error.data["retry_after"])
    if error.code == "unauthorized":
        # RFC 9110 §11.6.1 asks for a challenge with every 401.
        headers["WWW-Authenticate"] = "Bearer"
    body = _encode(ErrorBody(ErrorDetail(error.code, str(error), error.data)))
    return Response(body, STATUSES[error.code], headers, "application/json")
