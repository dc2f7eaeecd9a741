"""The description of the REST interface: every operation is in it, and every reference resolves."""

import json
import re
from typing import Any

import pytest

from deskbell.api import openapi
from deskbell.api.routes import ROUTES, ApiRoute
from tests.contract.service import Service

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> Document:
    return openapi.document()


async def test_the_service_describes_itself(service: Service, document: Document) -> None:
    served = await service.nobody.get("/openapi.json")
    assert served == json.loads(json.dumps(document)) == service.app.openapi()


def references(part: object) -> set[str]:
    """Every `$ref` in a document."""
    return set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(part)))


def test_every_operation_is_described(document: Document) -> None:
    described = {
        (method.upper(), path) for path, item in document["paths"].items() for method in item
    }
    assert described == {(route.method, route.path) for route in ROUTES}
    assert document["openapi"].startswith("3.1")
    assert document["info"].keys() >= {"title", "version"}


def test_every_reference_of_the_description_leads_somewhere(document: Document) -> None:
    assert references(document)
    for reference in references(document):
        part: Any = document
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]
        assert isinstance(part, dict)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_operation_is_described_whole(route: ApiRoute, document: Document) -> None:
    operation = document["paths"][route.path][route.method.lower()]
    responses = operation["responses"]
    assert operation["summary"]
    assert {str(status) for status in route.statuses} <= responses.keys()
    assert all(response["description"] for response in responses.values())
    assert bool(operation["security"]) == (route.audience != "public")
    for requirement in operation["security"]:
        assert requirement.keys() <= document["components"]["securitySchemes"].keys()
    in_path = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", route.path))
    in_query = {p["name"] for p in operation["parameters"] if p["in"] == "query"}
    assert in_query == set(route.query.__annotations__ if route.query else ())
    assert ("requestBody" in operation) == (route.body is not None)
    if route.audience == "bearer":
        assert {"401", "429", "503"} <= responses.keys()


def test_operations_have_names_of_their_own(document: Document) -> None:
    names = [
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
    ]
    assert len(names) == len(set(names))
