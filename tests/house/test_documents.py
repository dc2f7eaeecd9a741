"""What programs and people rely on is written down: codes, routes, events, metrics, decisions.

That settings are documented with their defaults is tested with the settings.
"""

import re
from typing import Any, get_args, get_type_hints

from deskbell.api.routes import ROUTES
from deskbell.domain import errors, events
from deskbell.metrics import Metrics
from tests.house.tree import ROOT, document, files, lacking, text


def event_types() -> set[str]:
    """The literal tag of every event."""
    members: tuple[Any, ...] = get_args(events.Event)
    return {get_args(get_type_hints(event)["type"])[0] for event in members}


def metric_names() -> set[str]:
    """The names as an operator reads them; Prometheus adds a time of birth to every counter."""
    lines = Metrics().render().decode().splitlines()
    names = {line.split()[2] for line in lines if line.startswith("# TYPE ")}
    return {name for name in names if not name.endswith("_created")}


def without_names_of_parts(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def test_every_error_code_is_documented() -> None:
    assert errors.CODES
    assert not lacking(set(errors.CODES), "api.md")


def test_every_route_is_documented() -> None:
    written = without_names_of_parts(document("api.md"))
    routes = [f"{route.method} {route.path}" for route in ROUTES]
    assert [route for route in routes if f"`{without_names_of_parts(route)}" not in written] == []


def test_every_event_is_documented() -> None:
    assert event_types()
    assert not lacking(event_types(), "protocol.md")


def test_every_metric_is_documented() -> None:
    assert metric_names()
    assert not lacking(metric_names(), "operations.md")


def test_every_decision_is_in_the_index() -> None:
    index = document("decisions/README.md")
    decisions = [path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    assert decisions
    assert [name for name in decisions if f"]({name})" not in index] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    links = [
        (path, target)
        for path in files()
        if path.endswith(".md")
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text(path))
    ]
    assert [link for link in links if not (ROOT / link[0]).parent.joinpath(link[1]).exists()] == []
