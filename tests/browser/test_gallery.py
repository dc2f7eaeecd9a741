"""The contact sheet: what hangs there, what stays there, and that a person finds through it."""

import os
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.gallery import TESTS, Gallery, is_whole

LONG_AGO = 1_000_000_000


def hang(browser: Browser, folder: Path, *names: str) -> Page:
    """Take a picture under each name, and open the sheet."""
    page = browser.new_page()
    gallery = Gallery(folder, whole=False)
    page.set_content("<p>A picture</p>")
    for name in names:
        gallery.take(page, name)
    page.goto(gallery.hang().as_uri())
    return page


def test_pictures_hang_in_groups_with_readable_names(browser: Browser, tmp_path: Path) -> None:
    page = hang(browser, tmp_path, "widget-dark", "lang-de", "lang-ar-phone")
    expect(page.get_by_role("heading", level=2)).to_have_text(["lang 2", "widget 1"])
    expect(page.locator("figcaption")).to_have_text(["ar phone", "de", "dark"])
    expect(page.locator("h1")).to_contain_text("3 screenshots")
    page.get_by_role("link", name="widget").click()
    assert page.url.endswith("#widget")
    page.close()


def test_a_click_shows_the_picture_and_arrows_the_next(browser: Browser, tmp_path: Path) -> None:
    page = hang(browser, tmp_path, "lang-ar", "lang-de")
    page.get_by_alt_text("ar").click()
    picture = page.get_by_role("dialog").locator("img")
    expect(picture).to_have_attribute("src", re.compile("lang-ar.png$"))
    page.keyboard.press("ArrowRight")
    expect(picture).to_have_attribute("src", re.compile("lang-de.png$"))
    page.keyboard.press("Escape")
    expect(picture).to_be_hidden()
    page.close()


def test_the_sheet_can_be_dark_and_shows_what_one_looks_for(
    browser: Browser, tmp_path: Path
) -> None:
    page = hang(browser, tmp_path, "lang-ar", "lang-de", "widget-dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button").click()
    assert page.evaluate(ground) != light
    page.get_by_role("searchbox").fill("lang D")
    expect(page.locator("figure:visible figcaption")).to_have_text(["de"])
    expect(page.locator("h2:visible")).to_have_text(["lang 2"])
    page.close()


def test_the_sheet_needs_nothing_but_its_pictures(browser: Browser, tmp_path: Path) -> None:
    page = hang(browser, tmp_path, "lang-de")
    addresses = re.findall(r"""(?:src|href)=["']([^"'#]+)""", (tmp_path / "index.html").read_text())
    assert set(addresses) == {"data:,", "lang-de.png"}
    page.close()


def test_a_run_of_a_few_tests_leaves_the_other_pictures(browser: Browser, tmp_path: Path) -> None:
    hang(browser, tmp_path, "lang-ar", "lang-de").close()
    os.utime(tmp_path / "lang-ar.png", (LONG_AGO, LONG_AGO))
    page = hang(browser, tmp_path, "lang-de")
    expect(page.locator("figure.earlier figcaption")).to_have_text(["ar from an earlier run"])
    page.close()


def test_a_run_of_all_tests_starts_with_bare_walls(browser: Browser, tmp_path: Path) -> None:
    hang(browser, tmp_path, "lang-gone").close()
    Gallery(tmp_path, whole=True).hang()
    assert list(tmp_path.glob("*.png")) == []


def test_a_run_is_whole_if_nothing_is_left_out() -> None:
    everything = list(TESTS.glob("test_*.py"))
    assert is_whole([*everything, TESTS.parent / "unit" / "test_else.py"], narrowed=False)
    assert not is_whole(everything[1:], narrowed=False)
    assert not is_whole(everything, narrowed=True)
