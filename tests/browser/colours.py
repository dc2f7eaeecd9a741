"""Colours as a browser paints them, and how well one can be told from another (WCAG 2.2)."""

from typing import cast

from playwright.sync_api import Locator, Page

Colour = tuple[float, float, float]

AS_PAINTED = """(colours) => {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  for (const colour of colours) {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
  }
  return [...context.getImageData(0, 0, 1, 1).data];
}"""
"""Whatever notation a style uses, oklch() and names too: a canvas paints all of them."""


def painted(page: Page, *colours: str) -> Colour:
    """The red, green and blue, 0 to 255, of CSS colours one over the other."""
    *rgb, alpha = page.evaluate(AS_PAINTED, colours)
    assert alpha == 255, f"one sees through {colours}"
    return cast("Colour", tuple(rgb))


def style_of(part: Locator, name: str, pseudo: str = "") -> str:
    read = "(node, [name, pseudo]) => getComputedStyle(node, pseudo || null).getPropertyValue(name)"
    return str(part.evaluate(read, [name, pseudo]))


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of WCAG 2.2, 1.4.3: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
