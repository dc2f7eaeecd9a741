"""Every state of the widget, light, dark and on a phone: a picture, and axe-core finds nothing."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, expect

from deskbell.domain.people import User
from tests.browser import axe
from tests.browser.clock import JumpingClock
from tests.browser.desk import LiveDesk
from tests.browser.gallery import Gallery
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.scene import Scene
from tests.browser.shop import Shop
from tests.browser.states import STATES
from tests.browser.watch import Watch

SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
NO_MAIL_PORT = 9
CORNER: dict[str, Any] = {"reduced_motion": "reduce", "bypass_csp": True}
PHONE: dict[str, Any] = {
    **CORNER,
    "viewport": {"width": 375, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}

RECORD_DOT = """() => {
  const dot = document.getElementById("deskbell").shadowRoot.querySelector("[data-testid=dot]");
  window.said = [];
  new MutationObserver(() => said.push(dot.dataset.state)).observe(dot, { attributes: true });
}"""


@pytest.fixture
def clock(lasting_clock: JumpingClock) -> JumpingClock:
    return lasting_clock


@pytest.fixture
def desk(lasting_desk: LiveDesk) -> LiveDesk:
    return lasting_desk


@pytest.fixture
def scene(
    people: People,
    past: Past,
    watch: Watch,
    clock: JumpingClock,
    somebody: User,
    request: pytest.FixtureRequest,
) -> Scene:
    return Scene(people, past, watch, clock, somebody, people.context(**request.param))


@pytest.mark.parametrize("scene", [CORNER], ids=["corner"], indirect=True)
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_accessible_in_light_and_dark(
    name: str, scene: Scene, gallery: Gallery
) -> None:
    visitor = STATES[name](scene)
    expect(visitor.page.locator('#deskbell path[d="undefined"]')).to_have_count(0)
    for scheme in SCHEMES:
        visitor.page.emulate_media(color_scheme=scheme)
        gallery.take(visitor.page, f"state-{name}-{scheme}")
        axe.check(visitor.page)


@pytest.mark.parametrize("scene", [PHONE], ids=["phone"], indirect=True)
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_accessible_on_a_phone(name: str, scene: Scene, gallery: Gallery) -> None:
    visitor = STATES[name](scene)
    gallery.take(visitor.page, f"state-{name}-phone")
    axe.check(visitor.page)


def test_a_server_that_stops_is_said_to_be_right_back(
    browser: Browser, shop: Shop, data: Path, clock: JumpingClock
) -> None:
    """The real goodbye; after it the server stays away, so that more words follow."""
    with LiveDesk(data, clock, NO_MAIL_PORT, (shop.origin,)) as desk:
        watch = Watch(desk.origin, shop.origin)
        watch.expect_no_answer()
        people = People(browser, desk, shop, watch, clock)
        visitor = people.visitor()
        visitor.arrive()
        visitor.open_live()
        visitor.page.evaluate(RECORD_DOT)
    visitor.page.wait_for_function("window.said[0] === 'restarting'")
    people.leave()
    watch.check()
