"""A conversation as people see it; its parts have the same names in widget and dashboard."""

from typing import cast

from playwright.sync_api import Locator, expect


class Conversation:
    """The log and the field below it, inside `frame`."""

    def __init__(self, frame: Locator) -> None:
        self.frame = frame
        self.log = frame.get_by_test_id("log")
        self.messages = frame.get_by_test_id("message")
        self.texts = self.messages.locator("p")
        self.waiting = frame.locator("[data-testid=message]:not([data-seq])")
        self.input = frame.get_by_test_id("input")
        self.send_button = frame.get_by_test_id("send")
        self.typing = frame.get_by_test_id("typing")

    def send(self, text: str) -> None:
        """Write and press Enter; whether it arrives is another question."""
        self.input.fill(text)
        self.input.press("Enter")

    def say(self, text: str) -> None:
        """Send, and wait until the server has it."""
        before = self.messages.count()
        self.send(text)
        expect(self.texts).to_have_count(before + 1)
        expect(self.waiting).to_have_count(0)

    def shows(self, *texts: str) -> None:
        """Wait until exactly these messages are there, in this order and all of them stored."""
        expect(self.texts).to_have_text(list(texts))
        expect(self.waiting).to_have_count(0)
        assert self.seqs() == list(range(1, len(texts) + 1))

    def seqs(self) -> list[int]:
        found = self.messages.evaluate_all("nodes => nodes.map(node => Number(node.dataset.seq))")
        return cast("list[int]", found)

    def senders(self) -> list[str]:
        found = self.messages.evaluate_all("nodes => nodes.map(node => node.dataset.sender)")
        return cast("list[str]", found)
