"""The widget in each of its languages: chosen, loaded alone, complete, fitting into its place."""

import re
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.clock import JumpingClock
from tests.browser.gallery import Gallery
from tests.browser.languages import LANGUAGES, Spoken, texts
from tests.browser.past import Past
from tests.browser.people import People
from tests.browser.visitor import Visitor
from tests.browser.watch import Watch
from tests.cast import ADA

UNSPOKEN = "nl"
"""A page in this language leaves the choice to the browser."""

PHONE: dict[str, Any] = {
    "viewport": {"width": 375, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}

WORDS_ON_SHOW = """
panel => {
  const found = [];
  const walk = node => {
    if (node instanceof Text) return found.push(node.data);
    // What people wrote, and what `Intl` says of when, is looked at apart.
    if (node.hidden || node.matches("[data-testid=message] p, time, .day")) return;
    for (const name of ["aria-label", "placeholder", "title"]) {
      found.push(node.getAttribute(name) ?? "");
    }
    node.childNodes.forEach(walk);
  };
  walk(panel);
  return found
    .map(said => said.replace(/^[\\s·]+|\\s+$/g, ""))
    .filter(said => /\\p{L}/u.test(said));
}
"""

OVERFLOWING = """
header => [header, ...header.querySelectorAll("*")]
  .filter(node => node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1)
  .map(node => node.textContent)
"""

each_language = pytest.mark.parametrize(
    "spoken", LANGUAGES, ids=[each.language for each in LANGUAGES]
)


def languages_loaded(watch: Watch) -> set[str]:
    """Whose files of texts were fetched."""
    names = "|".join(each.language for each in LANGUAGES)
    found = (re.search(rf"/assets/({names})-", urlsplit(url).path) for url in watch.requests)
    return {match[1] for match in found if match}


def speaks(visitor: Visitor, spoken: Spoken) -> None:
    """The widget is in this language, closed and open."""
    frame = visitor.page.locator("#deskbell .dk")
    expect(visitor.launcher).to_have_accessible_name(spoken.text("launcher"))
    expect(frame).to_have_attribute("lang", spoken.language)
    expect(frame).to_have_attribute("dir", spoken.direction)
    visitor.open()
    expect(visitor.chat.input).to_have_attribute("placeholder", spoken.text("placeholder"))
    expect(visitor.panel).to_have_css("direction", spoken.direction)


def words_on_show(panel: Locator) -> list[str]:
    return cast("list[str]", panel.evaluate(WORDS_ON_SHOW))


def foreign_words(panel: Locator, spoken: Spoken) -> list[str]:
    """What is said in the panel and does not stand in the language's files."""
    known = [
        re.sub(r"\\\{\w+\\\}", ".+", re.escape(form))
        for text in texts(spoken.language).values()
        for form in (text.values() if isinstance(text, dict) else [text])
    ]
    return [said for said in words_on_show(panel) if not re.fullmatch("|".join(known), said)]


def not_cut_off(visitor: Visitor) -> None:
    assert visitor.panel.locator("header").evaluate(OVERFLOWING) == []


@each_language
def test_the_setting_the_page_or_the_browser_says_which_language(
    people: People, watch: Watch, spoken: Spoken
) -> None:
    in_english = people.context(locale="en-GB")
    by_setting = people.visitor(in_english, locale=spoken.language)
    by_page = people.visitor(in_english, language=spoken.language)
    by_browser = people.visitor(people.context(locale=spoken.tag), language=UNSPOKEN)
    for visitor in (by_setting, by_page, by_browser):
        watch.requests.clear()
        visitor.arrive()
        speaks(visitor, spoken)
        assert languages_loaded(watch) == {spoken.language}


@each_language
def test_all_that_a_new_visitor_sees_is_in_the_language(
    people: People, gallery: Gallery, spoken: Spoken
) -> None:
    visitor = people.visitor(people.context(**PHONE, locale=spoken.tag), language=UNSPOKEN)
    visitor.arrive()
    visitor.open_live()
    expect(visitor.chat.log).to_contain_text(spoken.text("greeting"))
    assert spoken.text("title") in words_on_show(visitor.panel)
    assert foreign_words(visitor.panel, spoken) == []
    not_cut_off(visitor)
    gallery.take(visitor.page, f"lang-{spoken.language}-phone")


@each_language
def test_a_conversation_has_its_days_and_times_as_people_there_write_them(
    people: People, past: Past, clock: JumpingClock, gallery: Gallery, spoken: Spoken
) -> None:
    with clock.ago(days=1):
        chat_id = past.asked(ADA, spoken.question)
    past.answered(chat_id, spoken.answer)
    ada = people.customer(ADA, locale=spoken.tag)
    ada.arrive()
    ada.open_live()
    expect(ada.chat.texts).to_have_text([spoken.question, spoken.answer])
    expect(ada.panel.locator(".day")).to_have_text([spoken.yesterday, spoken.today])
    for time in ada.chat.messages.locator("time").all():
        written = spoken.time(time.get_attribute("datetime") or "")
        assert re.sub(r"\s", " ", time.inner_text()) == written
    assert foreign_words(ada.panel, spoken) == []
    not_cut_off(ada)
    gallery.take(ada.page, f"lang-{spoken.language}")


@each_language
def test_unread_answers_are_counted_in_the_languages_own_forms(
    people: People, past: Past, spoken: Spoken
) -> None:
    chat_id = past.asked(ADA, spoken.question)
    ada = people.customer(ADA, language=spoken.tag)
    ada.arrive()
    sent = 0
    for count in (1, 2, 3, 11):
        past.answered(chat_id, *[spoken.answer] * (count - sent))
        sent = count
        name = spoken.counted("launcher_unread", count)
        expect(ada.launcher).to_have_accessible_name(name)


def test_readers_of_traditional_chinese_get_a_better_language_if_they_name_one(
    people: People,
) -> None:
    context = people.context(locale="zh-TW")
    alone = people.visitor(context, language=UNSPOKEN)
    alone.arrive()
    expect(alone.page.locator("#deskbell .dk")).to_have_attribute("lang", "zh")
    names_english = "Object.defineProperty(navigator, 'languages', {value: ['zh-TW', 'en-US']})"
    context.add_init_script(names_english)
    alone.arrive()
    expect(alone.page.locator("#deskbell .dk")).to_have_attribute("lang", "en")
