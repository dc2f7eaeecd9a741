"""A browser, the real server, a shop on another site, and people who use them."""

import itertools
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from deskbell.domain.people import User
from tests.browser.agent import Agent
from tests.browser.clock import JumpingClock
from tests.browser.desk import LiveDesk
from tests.browser.gallery import Gallery, is_whole
from tests.browser.mail_server import Inbox, MailServer
from tests.browser.past import Past
from tests.browser.people import Desk, People
from tests.browser.shop import Shop
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.cast import ADA, DANA_EMAIL, DANA_NAME, DANA_PASSWORD
from tests.servers import SCRIPT

PATIENCE_MS = 15_000
"""Until something has to be true; on a busy machine, and while a widget polls every 5 seconds."""

NO_MAIL_PORT = 9
"""Where nobody listens."""

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=PATIENCE_MS)

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One process for a module. Not for the session: Playwright keeps an event loop running as
    long, in which no test of another folder could run its own."""
    path = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium: neither TEST_CHROMIUM nor `chromium` on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shop() -> Iterator[Shop]:
    with Shop() as shop:
        yield shop


@pytest.fixture(scope="session")
def data_with_dana(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation with one agent, made as an operator makes it."""
    data = tmp_path_factory.mktemp("data")
    command = [str(SCRIPT), "create-admin", "--data", str(data), "--password-stdin"]
    dana = ["--email", DANA_EMAIL, "--name", DANA_NAME]
    subprocess.run([*command, *dana], input=DANA_PASSWORD, text=True, check=True)
    return data


@pytest.fixture
def data(tmp_path: Path, data_with_dana: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(data_with_dana, tmp_path / "data"))


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def smtp_port(inbox: Inbox) -> Iterator[int]:
    server = MailServer(inbox)
    server.start()
    yield server.port
    server.stop()


@pytest.fixture
def desk(data: Path, clock: JumpingClock, smtp_port: int, shop: Shop) -> Iterator[Desk]:
    """The server; a module may put another one in its place, and everybody uses that."""
    with LiveDesk(data, clock, smtp_port, (shop.origin,)) as desk:
        yield desk


@pytest.fixture(scope="module")
def lasting_clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture(scope="module")
def lasting_desk(
    tmp_path_factory: pytest.TempPathFactory,
    data_with_dana: Path,
    lasting_clock: JumpingClock,
    shop: Shop,
) -> Iterator[LiveDesk]:
    """One server for a module whose tests leave each other's chats alone: it says so by a `desk`
    and a `clock` of its own that return these. It sends no mail."""
    data = shutil.copytree(data_with_dana, tmp_path_factory.mktemp("lasting") / "data")
    with LiveDesk(data, lasting_clock, NO_MAIL_PORT, (shop.origin,)) as desk:
        yield desk


@pytest.fixture
def watch(desk: Desk, shop: Shop) -> Iterator[Watch]:
    watch = Watch(desk.origin, shop.origin)
    yield watch
    watch.check()


@pytest.fixture
def people(
    browser: Browser, desk: Desk, shop: Shop, watch: Watch, clock: JumpingClock
) -> Iterator[People]:
    people = People(browser, desk, shop, watch, clock)
    yield people
    people.leave()


@pytest.fixture
def past(desk: Desk, clock: JumpingClock) -> Iterator[Past]:
    past = Past(desk.origin, clock)
    yield past
    past.close()


@pytest.fixture
def visitor(people: People) -> Visitor:
    """Somebody whom nobody knows, on the shop's page."""
    visitor = people.visitor()
    visitor.arrive()
    return visitor


@pytest.fixture
def somebody() -> User:
    """A customer who has not been here before, in no other test either."""
    number = next(_numbers)
    return User(f"customer-{number}", f"customer-{number}@lamps.example", "Robin")


@pytest.fixture
def ada(people: People) -> Visitor:
    """A customer who is signed in at the shop."""
    ada = people.customer(ADA)
    ada.arrive()
    return ada


@pytest.fixture
def agent(people: People) -> Agent:
    """Dana, signed in, with the list of chats before her."""
    agent = people.agent()
    agent.arrive()
    return agent


@pytest.fixture(scope="session")
def gallery(request: pytest.FixtureRequest) -> Iterator[Gallery]:
    config = request.config
    named = any("::" in argument for argument in config.args)
    chosen = [config.getoption(name, default="") for name in ("keyword", "markexpr", "lf")]
    narrowed = named or any(chosen)
    tested = (item.path for item in request.session.items)
    gallery = Gallery(whole=is_whole(tested, narrowed=narrowed))
    yield gallery
    gallery.hang()
