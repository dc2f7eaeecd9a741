"""Nobody notices the widget loading, and it opens at once: the demo on a processor slowed down."""

from collections.abc import Iterator
from statistics import median

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import opening, trace
from tests.browser.demo import Demo, running_demo
from tests.browser.people import People
from tests.browser.visitor import Visitor

LONG_TASK_MS = 50
"""What browsers call a long task."""
LOADS = 3

COLLECT_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
  .observe({ type: "layout-shift", buffered: true });
"""
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def desk() -> Iterator[Demo]:
    with running_demo() as demo:
        yield demo


def shifts(page: Page) -> list[float]:
    page.evaluate(TWO_FRAMES)
    found: list[float] = page.evaluate("window.shifts")
    return found


@pytest.mark.parametrize("path", ["/shop", "/shop?as=bo"])
def test_nothing_on_the_page_moves_when_the_widget_comes_or_opens(
    people: People, desk: Demo, path: str
) -> None:
    visitor = Visitor(people.context().new_page(), f"{desk.origin}{path}")
    visitor.context.add_init_script(COLLECT_SHIFTS)
    opening.slow_down(visitor.page)
    visitor.arrive()
    visitor.page.wait_for_load_state("networkidle")
    assert shifts(visitor.page) == []
    visitor.open_live()
    visitor.close()
    assert shifts(visitor.page) == []


def test_something_that_moves_would_be_noticed(people: People, desk: Demo) -> None:
    visitor = Visitor(people.context().new_page(), f"{desk.origin}/shop")
    visitor.context.add_init_script(COLLECT_SHIFTS)
    visitor.arrive()
    visitor.page.evaluate(TWO_FRAMES)
    visitor.page.evaluate("document.body.prepend(document.querySelector('h1').cloneNode(true))")
    assert shifts(visitor.page) != []


@pytest.mark.parametrize("path", ["/shop", "/shop?as=bo"])
def test_a_page_waits_for_no_long_task_of_ours(people: People, desk: Demo, path: str) -> None:
    tasks = longest_tasks(people, desk, path)
    assert median(tasks) <= LONG_TASK_MS, tasks


def longest_tasks(people: People, desk: Demo, path: str) -> list[float]:
    """Milliseconds of the longest task in each of several loads, in fresh browsers."""
    longest = []
    for _ in range(LOADS):
        page = people.context().new_page()
        opening.slow_down(page)
        longest.append(max(trace.work_of(page, desk.origin, f"{desk.origin}{path}")))
        page.context.close()
    return longest


def test_the_panel_is_open_soon_after_the_click(browser: Browser, desk: Demo) -> None:
    opens = opening.best_opens(browser, f"{desk.origin}/shop")
    assert opens.slower <= opening.LIMIT_MS, str(opens)
