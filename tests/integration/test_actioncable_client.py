"""@rails/actioncable, unmodified from npm, in a browser: it chats, and misses nothing, by REST."""

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.integration.proxy import FailingProxy
from tests.servers import Guest, RunningServer

WEB = Path(__file__).parents[2] / "web"
LIBRARY = WEB / "node_modules/@rails/actioncable/app/assets/javascripts/actioncable.js"
PAGE = Path(__file__).parent / "clients" / "actioncable.html"
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")

PATIENCE_MS = 40_000
"""The client itself takes 6 to 14 seconds before it tries again."""


class Files(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing about it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Somebody's web page: another origin than the server's."""
    if not LIBRARY.is_file():
        pytest.skip("no npm packages in web/node_modules")
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(PAGE, folder / "index.html")
    shutil.copy(LIBRARY, folder)
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Files, directory=str(folder))
    ) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()


@pytest.fixture(scope="module")
def page(site: str) -> Iterator[Page]:
    chromium = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("no Chromium: neither TEST_CHROMIUM nor `chromium` on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        page.goto(site)
        yield page
        browser.close()


def test_it_chats_and_misses_nothing_through_a_cut_a_kill_and_a_restart(
    own_server: RunningServer, page: Page
) -> None:
    own_server.create_admin()
    guest, admin_token = own_server.welcome_guest(), own_server.sign_in()
    with FailingProxy(own_server.port) as proxy:
        start(page, proxy.port, guest)
        said = [say(page, "Hello?")]
        shows(page, said)
        said.append(answer(own_server, guest, admin_token, "Hello!"))
        shows(page, said)

        with proxy.away():  # a cut that the client notices and mends by itself
            said.append(answer(own_server, guest, admin_token, "while it was cut off"))
        shows(page, said)

        own_server.kill()
        with proxy.away():
            own_server.start()
            said.append(answer(own_server, guest, admin_token, "after the kill"))
        look_at(page)
        shows(page, said)

        assert own_server.terminate() == 0  # says "server_restart, reconnect"
        with proxy.away():
            own_server.start()
            said.append(answer(own_server, guest, admin_token, "after the restart"))
        look_at(page)
        shows(page, said)

        said.append(say(page, "Still here."))
        shows(page, said)
    stored = own_server.messages("/support_chat/messages", guest.token)
    assert [message["content"] for message in stored] == said


def start(page: Page, port: int, guest: Guest) -> None:
    """Let the page follow a guest's chat."""
    options = {
        "server": f"http://127.0.0.1:{port}",
        "token": guest.token,
        "chatId": guest.chat_id,
    }
    page.evaluate("options => start(options)", options)
    page.wait_for_function("chat.connections === 1", timeout=PATIENCE_MS)


def look_at(page: Page) -> None:
    """Come back to the tab, whereupon the client looks at once whether it is still connected."""
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")


def shows(page: Page, texts: list[str]) -> None:
    """Wait until the page has exactly these texts."""
    same = "texts => JSON.stringify(chat.texts) === JSON.stringify(texts)"
    page.wait_for_function(same, arg=texts, timeout=PATIENCE_MS)


def say(page: Page, content: str) -> str:
    page.evaluate("([id, content]) => chat.say(id, content)", [str(uuid4()), content])
    return content


def answer(server: RunningServer, guest: Guest, admin_token: str, content: str) -> str:
    """Write to a guest without a socket."""
    path = f"/admin/chats/{guest.chat_id}/messages"
    assert server.call("POST", path, {"content": content}, admin_token).status == 201
    return content
