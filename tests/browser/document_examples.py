"""The examples of docs/widget.md, each by its name, as pages of the shop."""

import re
from functools import cache
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "widget.md"
SERVICE = "https://chat.example.com"

NAMED = re.compile(r"<!-- example: ([\w-]+) -->\n```(\w+)\n(.*?)\n```\n", re.DOTALL)
FENCED = re.compile(r"^```(?:html|js|http|python)$", re.MULTILINE)

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Skerry pendant · Harbour Lamps</title>
<link rel="icon" href="data:,">
<h1>Skerry pendant, small</h1>
<button id="sign-out">Sign out</button>
<input id="search" aria-label="Search">
{content}
"""


@cache
def examples() -> dict[str, tuple[str, str]]:
    """Language and text of each."""
    return {name: (kind, text) for name, kind, text in NAMED.findall(DOCUMENT.read_text("utf-8"))}


def unnamed() -> int:
    """How many blocks of code in the document have no name, so that nothing runs them."""
    return len(FENCED.findall(DOCUMENT.read_text("utf-8"))) - len(examples())


def example(name: str, desk: str, **places: str) -> str:
    """Its text for a server at this address; `places` are words to put something real for."""
    _, text = examples()[name]
    for word, real in places.items():
        assert word.replace("_", "-") in text
        text = text.replace(word.replace("_", "-"), real)
    return text.replace(SERVICE, desk).replace(SERVICE.replace("http", "ws", 1), desk)


def page(content: str) -> str:
    return PAGE.format(content=content)


def scripted(name: str, desk: str) -> str:
    """A page on which an example in JavaScript runs once the widget is there."""
    code = example(name, desk)
    run = f'(window.Deskbell ||= []).push(["on", "ready", () => {{ {code} window.ran = true; }}])'
    if "function afterNavigation" in code:
        run = code
    return page(f'<script>{run}</script><script async src="{desk}/widget.js"></script>')
