"""What a host page can say to the widget, and what it may do to it, in a real browser."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.people import Desk, People
from tests.browser.shop import Shop
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.cast import ADA

RECORD = """() => {
  window.heard = [];
  for (const name of ["ready", "open", "close", "message", "unread", "connection", "error"]) {
    Deskbell.on(name, detail => heard.push([name, detail?.content ?? detail ?? null]));
    addEventListener(`deskbell:${name}`, () => heard.push([`deskbell:${name}`]));
  }
}"""

SWAPS = {
    "body emptied": "document.body.replaceChildren()",
    "body replaced": "document.body.replaceWith(document.createElement('body'))",
    "html emptied": "document.documentElement.replaceChildren(document.createElement('body'))",
    "html replaced": """const root = document.createElement("html");
        root.append(document.createElement("body"));
        document.replaceChild(root, document.documentElement)""",
    "node removed": "document.getElementById('deskbell').remove()",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One that keeps pages for the way back, which Playwright's switches off."""
    path = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium: neither TEST_CHROMIUM nor `chromium` on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=FLAGS,
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _a_new_start_may_cut_a_handshake_short(watch: Watch) -> None:
    watch.expect("WebSocket is closed before the connection is established")


def typed(visitor: Visitor, text: str) -> None:
    """Open, and leave a text in the field."""
    visitor.open_live()
    visitor.chat.input.fill(text)


@pytest.mark.parametrize("swap", SWAPS.values(), ids=SWAPS.keys())
def test_the_open_panel_survives_what_frameworks_do_to_the_page(
    visitor: Visitor, swap: str
) -> None:
    typed(visitor, "Half a sent")
    visitor.page.evaluate(f"() => {{ {swap} }}")
    expect(visitor.panel).to_be_visible()
    expect(visitor.chat.input).to_have_value("Half a sent")
    visitor.chat.say("A whole one")
    visitor.is_live()


def test_a_page_that_always_throws_it_out_is_not_hung(visitor: Visitor) -> None:
    visitor.page.evaluate("""() => {
      const remove = () => document.getElementById("deskbell")?.remove();
      new MutationObserver(remove).observe(document.documentElement, { childList: true });
      remove();
    }""")
    expect(visitor.launcher).to_have_count(0)
    assert visitor.page.evaluate("1 + 1") == 2


def test_look_and_place_change_while_somebody_types(visitor: Visitor) -> None:
    typed(visitor, "Half a sent")
    visitor.page.evaluate("""Deskbell.update({ theme: "dark", color: "#0a7", side: "left",
      offsetX: 64, offsetY: 32, zIndex: 12 })""")
    # The mouse is over the launcher, which rises to it; its frame stays.
    place = visitor.launcher.locator("..").bounding_box()
    assert place
    assert (place["x"], round(place["y"] + place["height"])) == (64, 800 - 32)
    panel = visitor.panel.bounding_box()
    assert panel
    assert (panel["x"], panel["y"] >= 0) == (64, True)
    expect(visitor.chat.input).to_have_value("Half a sent")
    visitor.page.evaluate("Deskbell.update({})")
    visitor.page.evaluate("Deskbell.boot({ theme: 'dark' })")
    expect(visitor.chat.input).to_have_value("Half a sent")


def test_another_language_is_another_panel_open_as_before(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.page.evaluate("Deskbell.update({ locale: 'ar' })")
    expect(visitor.launcher).to_have_accessible_name("الدردشة")
    expect(visitor.panel).to_be_visible()
    visitor.is_live()


def test_events_are_told_on_the_object_and_on_the_window(visitor: Visitor) -> None:
    visitor.page.evaluate(RECORD)
    visitor.open_live()
    visitor.chat.say("Hello?")
    visitor.close()
    heard: list[Any] = visitor.page.evaluate("heard")
    names = {name for name, *_ in heard}
    assert names >= {"ready", "open", "connection", "message", "close"}
    assert {f"deskbell:{name}" for name in ("open", "connection", "message", "close")} <= names
    assert ["message", "Hello?"] in heard
    assert ["connection", "live"] in heard


def test_a_listener_that_throws_hurts_nobody_else(visitor: Visitor, watch: Watch) -> None:
    watch.expect("the host's own mistake")
    visitor.page.evaluate("""() => {
      Deskbell.on("open", () => { throw new Error("the host's own mistake"); });
      Deskbell.on("open", () => { document.title = "heard"; });
    }""")
    visitor.open_live()
    assert visitor.page.title() == "heard"


def test_nothing_a_page_says_makes_it_throw(visitor: Visitor, watch: Watch) -> None:
    watch.expect("Deskbell: ")
    watch.expect("status of 401")
    visitor.page.evaluate("""() => {
      for (const odd of [undefined, null, 5, "text", [], { open: {}, color: 7, zIndex: "high",
          identity: 5, locale: Symbol.iterator.description, side: "a b", layout: "a  b" }]) {
        Deskbell.update(odd);
        Deskbell.boot(odd);
        Deskbell.setUser(odd);
        Deskbell.update({ identity: undefined });
        Deskbell.open(odd);
      }
    }""")
    visitor.is_live()


def test_hidden_is_gone_until_it_is_shown_or_opened(visitor: Visitor) -> None:
    visitor.page.evaluate("Deskbell.hide()")
    expect(visitor.launcher).to_be_hidden()
    visitor.page.evaluate("Deskbell.update({ locale: 'de' })")
    expect(visitor.launcher).to_be_hidden()
    visitor.page.evaluate("Deskbell.show()")
    expect(visitor.launcher).to_be_visible()
    visitor.page.evaluate("Deskbell.hide(); Deskbell.open('Where is my order?')")
    expect(visitor.chat.input).to_have_value("Where is my order?")


def test_without_a_launcher_the_pages_own_button_opens_it(people: People) -> None:
    visitor = people.visitor(launcher="false", text="Skerry pendant: ")
    visitor.page.goto(visitor.address)
    expect(visitor.launcher).to_be_attached()
    expect(visitor.launcher).to_be_hidden()
    visitor.page.evaluate("""() => {
      document.querySelector("main button").onclick = Deskbell.toggle;
    }""")
    visitor.page.get_by_role("button", name="Add to bag").click()
    expect(visitor.chat.input).to_have_value("Skerry pendant: ")
    expect(visitor.chat.input).to_be_focused()


def test_it_boots_again_after_a_shutdown(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.page.evaluate("Deskbell.shutdown()")
    expect(visitor.launcher).to_have_count(0)
    visitor.page.evaluate("Deskbell.boot({ open: true })")
    visitor.is_live()


def test_loading_it_twice_makes_one(people: People, shop: Shop, desk: Desk) -> None:
    scripts = "".join(
        f'<script src="{desk.origin}/widget.js{query}"></script>' for query in ("", "", "?again")
    )
    address = shop.show(f'<!doctype html><link rel="icon" href="data:,">{scripts}')
    visitor = Visitor(people.context().new_page(), address)
    visitor.arrive()
    expect(visitor.launcher).to_have_count(1)
    visitor.open_live()
    expect(visitor.panel).to_have_count(1)


def test_without_consent_nobody_is_known_and_nothing_is_asked(
    people: People, watch: Watch, desk: Desk
) -> None:
    visitor = people.customer(ADA, consent="false", eager="", open="")
    visitor.arrive()
    visitor.page.wait_for_load_state("networkidle")
    asked = [url for url in watch.requests if url.startswith(desk.origin)]
    assert asked == [f"{desk.origin}/widget.js"]
    visitor.page.evaluate("Deskbell.update({ consent: true })")
    visitor.is_live()


def test_consent_that_is_taken_back_deletes_and_hides(visitor: Visitor) -> None:
    visitor.open_live()
    visitor.chat.say("Remember me")
    assert visitor.stored()
    visitor.page.evaluate("Deskbell.update({ consent: false })")
    expect(visitor.launcher).to_be_hidden()
    assert visitor.stored() == {}
    visitor.page.evaluate("Deskbell.update({ consent: true })")
    visitor.open_live()
    expect(visitor.chat.messages).to_have_count(0)


def test_signing_out_leaves_nothing_for_the_next_one(people: People) -> None:
    ada = people.customer(ADA)
    ada.arrive()
    ada.open_live()
    ada.chat.say("My order 4471")
    ada.page.evaluate("Deskbell.reset()")
    expect(ada.panel).to_be_hidden()
    ada.open_live()
    expect(ada.chat.messages).to_have_count(0)
    assert ada.stored() == {}


def test_the_way_back_restores_page_and_panel_and_connects_again(visitor: Visitor) -> None:
    typed(visitor, "Half a sent")
    visitor.page.evaluate("""addEventListener("pageshow", ({ persisted }) =>
      (document.title = persisted ? "kept" : "loaded anew"))""")
    visitor.page.goto(f"{visitor.address}&title=Elsewhere")
    visitor.page.evaluate("history.back()")
    expect(visitor.page).to_have_title("kept")
    expect(visitor.chat.input).to_have_value("Half a sent")
    visitor.is_live()
    visitor.chat.say("A whole one")
