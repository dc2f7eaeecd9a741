"""An input method, as people write Chinese and Japanese with: half words first, then the word."""

from playwright.sync_api import Page


class InputMethod:
    """Speaks to Chromium as the system's input method does."""

    def __init__(self, page: Page) -> None:
        self._devtools = page.context.new_cdp_session(page)

    def compose(self, text: str) -> None:
        """Show a half word, not chosen yet."""
        place = {"selectionStart": len(text), "selectionEnd": len(text)}
        self._devtools.send("Input.imeSetComposition", {"text": text, **place})

    def press_enter(self) -> None:
        """The key goes to the input method: pages see code 229, and no line is broken."""
        for kind in ("rawKeyDown", "keyUp"):
            key = {"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
            self._devtools.send("Input.dispatchKeyEvent", key)

    def choose(self, text: str) -> None:
        """The word is chosen: it takes the half word's place."""
        self._devtools.send("Input.insertText", {"text": text})
