"""axe-core on a page: no violation of its rules, shadow roots included."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

RUN = """async rules => {
  const { violations } = await axe.run(document, { runOnly: rules });
  const where = ({ target, any }) => `  ${target} ${any.map(({ message }) => message).join(", ")}`;
  return violations.map(({ help, nodes }) => [help, ...nodes.map(where)].join("\\n"));
}"""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def source() -> str:
    return SOURCE.read_text("utf-8")


def check(page: Page) -> None:
    """Fail with what axe found, after everything that moves has come to rest."""
    page.evaluate(source())
    page.evaluate("Promise.all(document.getAnimations().map(({ finished }) => finished))")
    found: Any = page.evaluate(RUN, RULES)
    assert not found, "\n".join(found)
