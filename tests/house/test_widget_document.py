"""docs/widget.md names every setting, method and event, and a test for each of its 50 points."""

import re

from tests.house.tree import ROOT, document, lacking, text

CONTRACT = "web/widget/src/contract.ts"
API = "web/widget/src/loader/api.ts"
LOADER = "web/widget/src/loader/settings.ts"


def members(path: str, interface: str) -> set[str]:
    """The names that a TypeScript interface declares."""
    body = re.search(rf"interface {interface} \{{\n(.*?)\n\}}", text(path), re.DOTALL)
    assert body, f"{path} has no interface {interface}"
    return set(re.findall(r"^  (\w+)\??[<(:]", body[1], re.MULTILINE))


def points() -> dict[int, str]:
    """Each point's number, and what stands in its last column."""
    rows = re.findall(r"^\| (\d+) \| .+ \| (.+) \|$", document("widget.md"), re.MULTILINE)
    return {int(number): held for number, held in rows}


def exists(reference: str) -> bool:
    """Whether `file::name` is a test that there is."""
    path, name = reference.split("::")
    if "/" not in path:
        path = f"tests/browser/{path}" if path.endswith(".py") else f"web/widget/tests/{path}"
    if not (ROOT / path).is_file():
        return False
    return f"def {name}(" in text(path) or f'("{name}"' in text(path)


def test_every_setting_is_documented_and_read() -> None:
    settings = members(CONTRACT, "Settings")
    assert {"identity", "consent"} <= settings
    assert not lacking(settings, "widget.md")
    assert [name for name in settings if not re.search(rf"\b{name}\b", text(LOADER))] == []


def test_every_method_is_documented() -> None:
    methods = members(API, "DeskbellApi")
    assert {"boot", "push"} <= methods
    written = document("widget.md")
    assert [name for name in methods if f"`{name}(" not in written] == []


def test_every_event_of_the_widget_is_documented() -> None:
    events = members(CONTRACT, "WidgetEvents")
    assert {"ready", "error"} <= events
    assert not lacking(events, "widget.md")


def test_each_point_is_held_by_a_test_that_exists_or_says_why_not() -> None:
    held = points()
    assert list(held) == list(range(1, 51))
    references = {
        number: re.findall(r"`(\S+?::.+?)`(?=\s|$)", cell) for number, cell in held.items()
    }
    unheld = [
        number
        for number, cell in held.items()
        if not references[number] and not cell.startswith("Left out: ")
    ]
    assert unheld == []
    gone = [name for names in references.values() for name in names if not exists(name)]
    assert gone == []
