"""The widget in a browser that is slowed down: from the click to the panel's picture.

Server and browser share all cores here, as one browser alone keeps several busy.
"""

import asyncio
import os
import shutil
from statistics import median

from playwright.sync_api import sync_playwright

from bench.figures import Figures, Target
from bench.machine import Cores
from tests.browser.demo import running_demo
from tests.browser.opening import LIMIT_MS, OPENS, SLOWDOWN, Opens, time_opens

COLD, CACHED = "first open [ms]", "open from cache [ms]"
TARGETS = [Target(COLD, LIMIT_MS), Target(CACHED, LIMIT_MS)]
TITLE = f"widget: click to open panel, processor {SLOWDOWN}× slower, {OPENS} opens of each kind"


def chromium() -> str:
    """The browser's path; empty when there is none."""
    return os.environ.get("TEST_CHROMIUM") or shutil.which("chromium") or ""


async def run(_cores: Cores, _seconds: float | None) -> Figures:
    """Open the widget on the demo's page, in fresh browsers."""
    opens = await asyncio.to_thread(_opens)
    return {COLD: median(opens.cold), CACHED: median(opens.cached)}


def _opens() -> Opens:
    with running_demo() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        opens = time_opens(browser, f"{demo.origin}/shop")
        browser.close()
        return opens
