"""Any colour a site may have stays readable, and the widget looks as its visitor wants things."""

from typing import Literal

import pytest
from playwright.sync_api import Locator, expect

from deskbell.domain.people import User
from tests.browser.clock import JumpingClock
from tests.browser.colours import contrast, painted, style_of
from tests.browser.desk import LiveDesk
from tests.browser.gallery import Gallery
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch

TEXT, GRAPHIC = 4.5, 3.0
"""The least contrast of words and of everything else: WCAG 2.2, 1.4.3 and 1.4.11."""

COLOURS = [
    "yellow",
    "white",
    "black",
    "lime",
    "navy",
    "magenta",
    "#777",
    "#0af8",
    "oklch(0.9 0.3 100)",
    "rebeccapurple",
    "hsl(12 100% 50%)",
    "rgb(0 0 255 / .3)",
]

SCHEMES: tuple[Literal["dark"], Literal["light"]] = ("dark", "light")

MOVES = """() => {
  const everything = (root) => [...root.querySelectorAll("*")].flatMap((node) => [
    node, ...(node.shadowRoot ? everything(node.shadowRoot) : [])]);
  return everything(document).flatMap((node) => node.getAnimations().map(
    (animation) => animation.animationName ?? animation.transitionProperty));
}"""


@pytest.fixture
def clock(lasting_clock: JumpingClock) -> JumpingClock:
    return lasting_clock


@pytest.fixture
def desk(lasting_desk: LiveDesk) -> LiveDesk:
    return lasting_desk


def telling(people: People, past: Past, user: User, theme: str = "auto", **look: str) -> Visitor:
    """Somebody who has an unread answer, on a page with these settings."""
    past.answered(past.asked(user, "Is it `brass`? https://lamps.example"), "Yes: https://lamps.eu")
    visitor = people.customer(user, None, theme=theme, **look)
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.arrive()
    expect(visitor.badge).to_have_text("1")
    return visitor


def readable(part: Locator, ground: Locator, colour: str = "color") -> float:
    """The contrast of a part's words, or of another of its colours, with the ground below it."""
    page = part.page
    below = painted(page, style_of(ground, "background-color"))
    return contrast(painted(page, style_of(part, colour)), below)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_of_a_site_is_readable(
    people: People, past: Past, somebody: User, colour: str, theme: str
) -> None:
    visitor = telling(people, past, somebody, theme=theme, color=colour)
    found = {"badge": (readable(visitor.badge, visitor.badge), TEXT)}
    found["launcher"] = (readable(visitor.launcher, visitor.launcher), GRAPHIC)
    visitor.open_live()
    own, theirs = visitor.chat.texts.first, visitor.chat.texts.last
    send, panel = visitor.chat.send_button, visitor.panel
    thread = visitor.panel.locator(".logw")
    found |= {
        "own words": (readable(own, own), TEXT),
        "own link": (readable(own.locator("a"), own), TEXT),
        "their words": (readable(theirs, theirs), TEXT),
        "their link": (readable(theirs.locator("a"), theirs), TEXT),
        "arrow": (readable(send, send), GRAPHIC),
        "button": (readable(send, panel, "background-color"), GRAPHIC),
        "bubble": (readable(own, panel, "background-color"), GRAPHIC),
        "line": (thread_contrast(thread, panel), GRAPHIC),
    }
    poor = {part: ratio for part, (ratio, least) in found.items() if ratio < least}
    assert not poor


def thread_contrast(thread: Locator, ground: Locator) -> float:
    line = painted(thread.page, style_of(thread, "background-color", "::before"))
    return contrast(line, painted(thread.page, style_of(ground, "background-color")))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_own_colours_are_readable(
    people: People, past: Past, somebody: User, theme: str
) -> None:
    visitor = telling(people, past, somebody, theme=theme)
    assert readable(visitor.badge, visitor.badge) >= TEXT
    visitor.open_live()
    own = visitor.chat.texts.first
    assert readable(own, own) >= TEXT
    assert readable(visitor.chat.send_button, visitor.chat.send_button) >= GRAPHIC
    assert thread_contrast(visitor.panel.locator(".logw"), visitor.panel) >= GRAPHIC


def test_a_poor_contrast_would_be_noticed(people: People, past: Past, somebody: User) -> None:
    visitor = telling(people, past, somebody, theme="light")
    visitor.launcher.evaluate("node => { node.style.color = '#444' }")
    assert readable(visitor.launcher, visitor.launcher) < GRAPHIC


def test_a_colour_that_is_none_is_told_and_left_out(people: People, watch: Watch) -> None:
    watch.expect("color cannot be")
    visitor = people.visitor(color="greenish")
    told = 'color cannot be "greenish"'
    with visitor.page.expect_console_message(lambda said: told in said.text):
        visitor.arrive()
    visitor.open_live()


@pytest.mark.parametrize("settings", [{}, {"theme": "auto"}], ids=["unset", "auto"])
def test_automatic_follows_the_system_while_it_changes(
    people: People, settings: dict[str, str]
) -> None:
    visitor = people.visitor(None, **settings)
    visitor.page.emulate_media(color_scheme="light")
    visitor.arrive()
    visitor.open_live()
    light = visitor.colour_of(visitor.panel)
    visitor.page.emulate_media(color_scheme="dark")
    expect(visitor.panel).not_to_have_css("background-color", light)
    visitor.page.emulate_media(color_scheme="light")
    expect(visitor.panel).to_have_css("background-color", light)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_fixed_theme_does_not_follow(people: People, theme: str) -> None:
    visitor = people.visitor(theme=theme)
    visitor.arrive()
    visitor.open_live()
    before = visitor.colour_of(visitor.panel)
    for scheme in SCHEMES:
        visitor.page.emulate_media(color_scheme=scheme)
        expect(visitor.panel).to_have_css("background-color", before)


def test_nothing_moves_for_who_wants_it_so(people: People, past: Past, somebody: User) -> None:
    visitor = telling(people, past, somebody)
    visitor.launcher.click()
    expect(visitor.panel).to_be_visible()
    assert visitor.page.evaluate(MOVES) == []
    visitor.is_live()
    visitor.chat.send_button.hover()
    visitor.chat.say("Thanks")
    assert visitor.page.evaluate(MOVES) == []


def test_otherwise_the_panel_rises(visitor: Visitor) -> None:
    visitor.page.evaluate("""() => {
      window.moved = [];
      const root = document.getElementById("deskbell").shadowRoot;
      root.addEventListener("animationstart", ({ animationName }) => moved.push(animationName));
    }""")
    visitor.open_live()
    visitor.page.wait_for_function("window.moved.includes('rise')")


def test_forced_colours_keep_the_edges(
    people: People, past: Past, somebody: User, gallery: Gallery
) -> None:
    visitor = telling(people, past, somebody)
    visitor.page.emulate_media(forced_colors="active")
    edges = [visitor.launcher, visitor.badge]
    assert all(has_border(part) for part in edges)
    visitor.open_live()
    for part in (visitor.panel, visitor.chat.texts.first, visitor.chat.send_button):
        assert has_border(part)
    ground = style_of(visitor.panel, "background-color")
    dot = painted(visitor.page, ground, style_of(visitor.dot, "background-color"))
    assert contrast(dot, painted(visitor.page, ground)) >= GRAPHIC
    for thread in (".logw", ".day", ".new"):
        assert thread_contrast(visitor.panel.locator(thread), visitor.panel) >= GRAPHIC
    gallery.take(visitor.page, "state-forced-colours")


def has_border(part: Locator) -> bool:
    width = float(style_of(part, "border-block-start-width").removesuffix("px"))
    return width > 0 and style_of(part, "border-block-start-style") == "solid"
