"""The OpenAPI 3.1 document, made from the same table and types that serve the calls."""

import inspect
import re
from importlib.metadata import version
from typing import Any

import msgspec

from deskbell.api.admin_session import PLAIN_COOKIE, AdminSessionApi
from deskbell.api.agent import AgentApi
from deskbell.api.contact import ContactApi
from deskbell.api.errors import STATUSES, ErrorBody
from deskbell.api.operator import OperatorApi
from deskbell.api.routes import ROUTES, ApiRoute
from deskbell.api.visitor import VisitorApi

_GROUPS = {
    "visitor": VisitorApi,
    "contact": ContactApi,
    "agent": AgentApi,
    "admin_session": AdminSessionApi,
    "operator": OperatorApi,
}

_SECURITY: dict[str, list[dict[str, list[str]]]] = {
    "public": [],
    "bearer": [{"bearer": []}],
    "cookie": [{"cookie": []}],
}


def document() -> dict[str, Any]:
    """Describe every operation of the table."""
    types = {kind for r in ROUTES for kind in (r.answer, r.body) if kind} | {ErrorBody}
    ordered = sorted(types, key=lambda kind: kind.__name__)
    schemas, components = msgspec.json.schema_components(
        ordered, ref_template="#/components/schemas/{name}"
    )
    refs = dict(zip(ordered, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Deskbell",
            "version": version("deskbell"),
            "description": "Live customer-support chat. Paths are relative to the mount point.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": PLAIN_COOKIE},
            },
        },
    }


def _operation(route: ApiRoute, refs: dict[type, Any]) -> dict[str, Any]:
    group, _, name = route.operation.partition(".")
    operation: dict[str, Any] = {
        "operationId": route.operation.replace(".", "_"),
        "summary": inspect.getdoc(getattr(_GROUPS[group], name)),
        "security": _SECURITY[route.audience],
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": {
            **{str(status): _content("Done.", refs[route.answer]) for status in route.statuses},
            **_refusals(route, refs[ErrorBody]),
        },
    }
    if route.body is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": refs[route.body]}}}
    return operation


def _path_parameters(route: ApiRoute) -> list[dict[str, Any]]:
    schema = {"type": "string", "format": "uuid"}
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name in re.findall(r"{(\w+)}", route.path)
    ]


def _query_parameters(route: ApiRoute) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    (_, components) = msgspec.json.schema_components([route.query])
    properties = components[route.query.__name__]["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in properties.items()
    ]


def _refusals(route: ApiRoute, schema: Any) -> dict[str, Any]:
    codes = {"rate_limited", "busy"}
    if route.audience != "public":
        codes |= {"unauthorized", "forbidden"}
    if route.body is not None:
        codes |= {"malformed", "too_large", "invalid", "unauthorized", "forbidden"}
    if route.query is not None:
        codes.add("invalid")
    if route.audience == "bearer":
        codes |= {"not_found"}
    if route.operation == "contact.confirm_email":
        codes.add("not_found")
    if route.path.endswith("/messages") and route.method == "POST":
        codes.add("message_id_taken")
    if route.operation.startswith("operator."):
        codes = set()
    return {
        str(STATUSES[code]): _content(f"Refused: `{code}`.", schema)
        for code in sorted(codes, key=STATUSES.__getitem__)
        if STATUSES[code] not in route.statuses
    }


def _content(description: str, schema: Any) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
