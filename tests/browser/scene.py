"""What a state of the widget needs to come about: a customer's browser, and the world around it."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, expect

from deskbell.domain.people import User
from tests.browser.agent import Agent
from tests.browser.clock import JumpingClock
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch


@dataclass(frozen=True)
class Scene:
    """One customer, who is in no other scene."""

    people: People
    past: Past
    watch: Watch
    clock: JumpingClock
    customer: User
    context: BrowserContext

    def visitor(self) -> Visitor:
        """The customer, on the page."""
        visitor = self.people.customer(self.customer, self.context)
        visitor.arrive()
        return visitor

    def stranger(self, **settings: str) -> Visitor:
        """Somebody without a name, on the page."""
        visitor = self.people.visitor(self.context, **settings)
        visitor.arrive()
        return visitor

    def talking(self) -> Visitor:
        """The customer in the middle of a conversation, with the panel open."""
        self.conversation()
        visitor = self.visitor()
        visitor.open_live()
        expect(visitor.chat.texts).to_have_count(2)
        return visitor

    def conversation(self) -> str:
        chat_id = self.past.asked(self.customer, "Is the collar `brass`?")
        self.past.answered(chat_id, "It is. See https://lamps.example/brass")
        return chat_id

    def agent(self) -> Agent:
        """Dana with the customer's chat before her."""
        agent = self.people.agent()
        agent.arrive()
        agent.open(f"{self.customer.email}")
        return agent
