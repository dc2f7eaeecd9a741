"""Hears what a screen reader would say by itself: what changes in the widget's live regions."""

from playwright.sync_api import Page

LISTEN = """() => {
  const root = document.getElementById("deskbell").shadowRoot;
  const LIVE = "[aria-live], [role=log], [role=status], [role=alert]";
  window.heard = [];
  const words = (node) => node.nodeType === Node.TEXT_NODE ? node.data
    : node.ariaHidden === "true" ? ""
    : node.ariaLabel ?? [...node.childNodes].map(words).join(" ");
  const say = (node) => {
    const text = words(node).replace(/\\s+/g, " ").trim();
    if (text) heard.push(text);
  };
  const regionOf = (node) => (node.closest ? node : node.parentElement)?.closest(LIVE);
  new MutationObserver((changes) => {
    const whole = new Set();
    for (const { target, type, addedNodes } of changes) {
      const region = regionOf(target);
      if (!region || region.ariaLive === "off" || !region.checkVisibility()) continue;
      if (["status", "alert"].includes(region.role)) whole.add(region);
      else if (type === "characterData") say(target);
      else for (const added of addedNodes) {
        if (added.isConnected && added.ariaLive !== "off") say(added);
      }
    }
    for (const region of whole) say(region);
  }).observe(root, { subtree: true, childList: true, characterData: true });
}"""
"""A log tells what is added and not switched off itself, a status tells itself as a whole, and none
of them speaks when it is off or not shown. It is read after the change, as browsers do: a region
that is switched on in the same turn speaks."""


class Ear:
    """Listens from now on. It must be a page with the widget in it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.evaluate(LISTEN)

    def heard(self, containing: str = "") -> list[str]:
        """What was said so far, in order."""
        said: list[str] = self._page.evaluate("window.heard")
        return [text for text in said if containing in text]
