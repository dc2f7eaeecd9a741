"""What people write, and how: with an input method, in any script, pasted, long, and fast."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.clock import JumpingClock
from tests.browser.desk import LiveDesk
from tests.browser.gate import hold_frames
from tests.browser.ime import InputMethod
from tests.browser.people import People
from tests.browser.visitor import Visitor

LIMIT = 10_000
LAMP = "\N{ELECTRIC LIGHT BULB}"
FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"
FLAG = "\N{REGIONAL INDICATOR SYMBOL LETTER N}\N{REGIONAL INDICATOR SYMBOL LETTER O}"
SKIN = "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}"
HEART = "\N{HEAVY BLACK HEART}\ufe0f"

COPY_RICH_TEXT = """async () => {
  const as = (type, text) => new Blob([text], { type });
  await navigator.clipboard.write([new ClipboardItem({
    "text/html": as("text/html", "<h1>Order</h1><ul><li><b>4471</b></ul>"),
    "text/plain": as("text/plain", "Order\\n4471"),
  })]);
}"""


@pytest.fixture
def clock(lasting_clock: JumpingClock) -> JumpingClock:
    return lasting_clock


@pytest.fixture
def desk(lasting_desk: LiveDesk) -> LiveDesk:
    return lasting_desk


@pytest.fixture
def writer(visitor: Visitor) -> Visitor:
    """Somebody with the field before them."""
    visitor.open_live()
    expect(visitor.chat.input).to_be_focused()
    return visitor


def direction(part: Locator) -> str:
    return str(part.evaluate("node => getComputedStyle(node).direction"))


@pytest.mark.parametrize(
    ("halves", "word"),
    [(("n", "ni", "ni hao"), "你好"), (("k", "こ", "こんにち"), "こんにちは")],
    ids=["chinese", "japanese"],
)
def test_enter_chooses_a_word_and_only_the_next_one_sends(
    writer: Visitor, halves: tuple[str, ...], word: str
) -> None:
    method = InputMethod(writer.page)
    for half in halves:
        method.compose(half)
    method.press_enter()
    expect(writer.chat.input).to_have_value(halves[-1])
    method.choose(word)
    method.press_enter()  # Safari's comes after the composition has ended
    expect(writer.chat.input).to_have_value(word)
    expect(writer.chat.messages).to_have_count(0)
    writer.chat.input.press("Enter")
    writer.chat.shows(word)


def test_a_composition_goes_on_where_the_last_word_ended(writer: Visitor) -> None:
    method = InputMethod(writer.page)
    method.choose("你好")
    writer.chat.input.press("Shift+Enter")
    method.compose("deng")
    method.press_enter()
    method.choose("灯")
    expect(writer.chat.input).to_have_value("你好\n灯")
    writer.chat.input.press("Enter")
    writer.chat.shows("你好\n灯")
    expect(writer.chat.texts).to_have_text("你好\n灯", use_inner_text=True)


def test_escape_leaves_the_input_method_and_not_the_chat(writer: Visitor) -> None:
    method = InputMethod(writer.page)
    method.compose("ni")
    writer.chat.input.dispatch_event("keydown", {"key": "Escape", "isComposing": True})
    expect(writer.panel).to_be_visible()


@pytest.mark.parametrize("text", [FAMILY, FLAG, SKIN, HEART, f"{FLAG}{FLAG} ok {FAMILY}!"])
def test_emoji_arrive_as_they_were_sent(writer: Visitor, text: str) -> None:
    writer.chat.input.press_sequentially(text)
    writer.chat.input.press("Enter")
    writer.chat.shows(text)
    writer.arrive()
    writer.open_live()
    expect(writer.chat.texts).to_have_count(1)
    assert writer.chat.texts.text_content() == text


def test_links_are_links_and_scripts_are_text(writer: Visitor) -> None:
    text = (
        "See https://lamps.example/a?b=1&c=(2), http://lamps.example or mailto:us@lamps.example. "
        "Not javascript:alert(1) nor data:text/html,x"
    )
    writer.chat.say(text)
    writer.chat.shows(text)
    links = writer.chat.texts.locator("a")
    expect(links).to_have_text(
        ["https://lamps.example/a?b=1&c=(2)", "http://lamps.example", "mailto:us@lamps.example"]
    )
    for link in links.all():
        expect(link).to_have_attribute("target", "_blank")
        assert "noopener" in (link.get_attribute("rel") or "")


def test_code_and_emphasis_are_shown_as_such(writer: Visitor) -> None:
    writer.chat.say("Press `Ctrl **C**`,\nthen **wait**")
    expect(writer.chat.texts.locator("code")).to_have_text("Ctrl **C**")
    expect(writer.chat.texts.locator("strong")).to_have_text("wait")
    told = writer.chat.texts.inner_text()
    assert told == "Press Ctrl **C**,\nthen wait"


@pytest.mark.parametrize("text", ["مرحبا، أين طلبي 4471؟", "שלום, איפה ההזמנה שלי?"])
def test_text_from_right_to_left_stands_so_in_a_widget_from_left_to_right(
    writer: Visitor, text: str
) -> None:
    expect(writer.chat.input).to_have_attribute("dir", "auto")
    assert direction(writer.chat.input) == "ltr"
    writer.chat.input.press_sequentially(text)
    assert direction(writer.chat.input) == "rtl"
    writer.chat.input.press("Enter")
    writer.chat.shows(text)
    writer.chat.say("And in English")
    assert [direction(shown) for shown in writer.chat.texts.all()] == ["rtl", "ltr"]
    assert direction(writer.panel) == "ltr"


@pytest.mark.parametrize("character", ["x", LAMP], ids=["ascii", "astral"])
def test_ten_thousand_characters_are_sent_and_one_more_is_kept_and_told(
    writer: Visitor, character: str
) -> None:
    too_long = character * (LIMIT + 1)
    writer.chat.send(too_long)
    expect(writer.panel.get_by_text("1 character too many")).to_be_visible()
    expect(writer.chat.input).to_have_value(too_long)
    expect(writer.chat.messages).to_have_count(0)
    writer.chat.input.press("End")
    writer.chat.input.press("Backspace")
    expect(writer.panel.get_by_text("too many")).to_have_count(0)
    writer.chat.input.press("Enter")
    writer.chat.shows(character * LIMIT)


def test_what_is_pasted_is_plain_text_and_can_be_undone(people: People) -> None:
    context = people.context(permissions=["clipboard-read", "clipboard-write"])
    writer = people.visitor(context)
    writer.arrive()
    writer.open_live()
    writer.page.evaluate(COPY_RICH_TEXT)
    writer.chat.input.press_sequentially("Mine: ")
    writer.chat.input.press("Control+V")
    expect(writer.chat.input).to_have_value("Mine: Order\n4471")
    writer.chat.input.press("Control+Z")
    expect(writer.chat.input).to_have_value("Mine: ")
    writer.chat.input.press("Control+Shift+Z")
    writer.chat.input.press("Enter")
    writer.chat.shows("Mine: Order\n4471")
    expect(writer.chat.texts.locator("*")).to_have_count(0)


@pytest.mark.parametrize("blank", [" ", "   \n\n ", "\t", "\u3000\u00a0"])
def test_nothing_but_spaces_is_not_sent(writer: Visitor, blank: str) -> None:
    writer.chat.send(blank)
    expect(writer.chat.input).to_have_value(blank)
    writer.chat.say("Something")
    writer.chat.shows("Something")


def test_a_quick_second_enter_sends_nothing_more(writer: Visitor) -> None:
    keys = writer.page.keyboard
    keys.type("Once")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("Twice")
    keys.press("Enter", delay=0)
    keys.press("Enter", delay=0)
    writer.chat.shows("Once", "Twice")


def test_what_is_typed_while_a_text_is_on_its_way_stays(people: People) -> None:
    writer = people.visitor()
    gate = hold_frames(writer.context, "new_message")
    writer.arrive()
    writer.open_live()
    writer.chat.send("One")
    expect(writer.chat.messages).to_have_attribute("data-state", "sending")
    writer.chat.input.press_sequentially("Two")
    gate.open()
    expect(writer.chat.messages).to_have_attribute("data-state", "sent")
    expect(writer.chat.input).to_have_value("Two")
    writer.chat.input.press("Enter")
    writer.chat.shows("One", "Two")
