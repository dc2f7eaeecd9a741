"""A scene: a database with the cast in it, and short ways to let them act."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID, uuid4

from deskbell.actions.admins import create_admin
from deskbell.actions.identify import identify_user, welcome_visitor
from deskbell.actions.mark_read import mark_read
from deskbell.actions.open_chat import open_chat
from deskbell.actions.send_message import SendMessage, send_message
from deskbell.domain.events import Outcome
from deskbell.domain.message import Message
from deskbell.domain.people import Actor, Person
from deskbell.storage.database import Database, Transaction
from tests.cast import ADA, BEN, DANA_EMAIL, DANA_NAME, EVE, MAIL_DELAY, NOBODY, Clock

P = ParamSpec("P")
T = TypeVar("T")


class Scene:
    """Everybody has arrived; nobody has a chat yet."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        with database.transaction() as tx:
            self.ada = actor_of(identify_user(tx, ADA).result.person)
            self.ben = actor_of(identify_user(tx, BEN).result.person)
            self.eve = actor_of(identify_user(tx, EVE).result.person)
            self.dana = actor_of(create_admin(tx, DANA_EMAIL, DANA_NAME, "hash").result)
            self.visitor = actor_of(welcome_visitor(tx, None).result.person)

    def actor(self, who: str) -> Actor:
        """Find somebody by name; `nobody` is known to no one."""
        actor: Actor = NOBODY if who == "nobody" else getattr(self, who)
        return actor

    def do(
        self,
        action: Callable[Concatenate[Transaction, P], Outcome[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Outcome[T]:
        """Run an action in a transaction of its own."""
        with self.database.transaction() as tx:
            return action(tx, *args, **kwargs)

    def ask(
        self, query: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Answer a query."""
        return self.database.read_now(query, *args, **kwargs)

    def chat_of(self, actor: Actor) -> UUID:
        """Open somebody's own chat."""
        return self.do(open_chat, actor).result.id

    def say(
        self, actor: Actor, chat_id: UUID, content: str = "Hello?", message_id: UUID | None = None
    ) -> Message:
        """Send a message."""
        return self.do(send_message, request(actor, chat_id, content, message_id)).result.message

    def read(self, actor: Actor, up_to: int | None = None) -> None:
        """Read one's own chat."""
        self.do(mark_read, actor, up_to)


def request(
    actor: Actor,
    chat_id: UUID,
    content: str = "Hello?",
    message_id: UUID | None = None,
    mail_delay: timedelta = MAIL_DELAY,
) -> SendMessage:
    """Ask to send a message, under a new id unless one is given."""
    return SendMessage(actor, chat_id, message_id or uuid4(), content, mail_delay)


def actor_of(person: Person) -> Actor:
    return Actor(person.id, person.role)


@contextmanager
def open_database(template: Path, folder: Path, clock: Clock) -> Iterator[Database]:
    """Open a copy of a migrated database."""
    path = folder / "deskbell.sqlite3"
    copyfile(template, path)
    database = Database(f"sqlite:///{path}", clock=clock, read_threads=2)
    try:
        yield database
    finally:
        database.close()
