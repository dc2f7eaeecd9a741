"""Every state of the widget that can be reached from outside, and how it is reached."""

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import WebSocketRoute, expect

from tests.browser.gate import hold_answers, hold_frames
from tests.browser.scene import Scene
from tests.browser.visitor import Visitor

MANY = [f"line {number}" for number in range(80)]
TOO_LONG = "Deskbell.send('Too long to be sent. '.repeat(600))"


State = Callable[[Scene], Visitor]

STATES: dict[str, State] = {}
"""By name; a further state is one more function below."""


def state(bring: State) -> State:
    STATES[bring.__name__.replace("_", "-")] = bring
    return bring


@state
def closed(scene: Scene) -> Visitor:
    return scene.stranger()


@state
def badge(scene: Scene) -> Visitor:
    scene.conversation()
    visitor = scene.visitor()
    expect(visitor.badge).to_have_text("1")
    return visitor


@state
def greeting(scene: Scene) -> Visitor:
    visitor = scene.stranger()
    visitor.open_live()
    expect(visitor.panel.get_by_text("Ask us anything")).to_be_visible()
    return visitor


@state
def loading(scene: Scene) -> Visitor:
    scene.conversation()
    hold_answers(scene.context, "**/support_chat")
    visitor = scene.visitor()
    visitor.open()
    expect(visitor.panel.get_by_test_id("loading")).to_be_visible()
    return visitor


@state
def history(scene: Scene) -> Visitor:
    return scene.talking()


@state
def loading_older(scene: Scene) -> Visitor:
    scene.past.asked(scene.customer, *MANY)
    hold_answers(scene.context, "**/support_chat/messages?*")
    visitor = scene.visitor()
    visitor.open_live()
    expect(visitor.chat.texts.last).to_be_in_viewport()
    with visitor.page.expect_request("**/support_chat/messages?*"):
        visitor.chat.log.evaluate("log => log.scrollTo(0, 0)")
    expect(visitor.panel.get_by_test_id("loading_older")).to_be_visible()
    return visitor


@state
def jump_button(scene: Scene) -> Visitor:
    chat_id = scene.past.asked(scene.customer, *MANY[:40])
    visitor = scene.visitor()
    visitor.open_live()
    expect(visitor.chat.texts.last).to_be_in_viewport()
    visitor.chat.log.evaluate("log => log.scrollTo(0, 200)")
    scene.past.answered(chat_id, "One", "Two")
    expect(visitor.panel.get_by_test_id("jump")).to_have_text("2")
    return visitor


@state
def new_messages_line(scene: Scene) -> Visitor:
    visitor = scene.talking()
    visitor.close()
    scene.past.answered(scene.past.asked(scene.customer), "And lacquered, by the way.")
    expect(visitor.badge).to_have_text("1")
    visitor.open()
    expect(visitor.chat.log.locator(".new")).to_be_visible()
    return visitor


@state
def typing(scene: Scene) -> Visitor:
    visitor = scene.talking()
    agent = scene.agent()
    agent.chat.input.press_sequentially("One mom")
    expect(visitor.chat.typing).to_be_visible()
    return visitor


@state
def sending(scene: Scene) -> Visitor:
    hold_frames(scene.context, "new_message")
    visitor = scene.talking()
    visitor.chat.send("And the cord?")
    expect(visitor.chat.messages.last).to_have_attribute("data-state", "sending")
    return visitor


@state
def sent(scene: Scene) -> Visitor:
    visitor = scene.talking()
    visitor.chat.say("And the cord?")
    return visitor


@state
def seen(scene: Scene) -> Visitor:
    visitor = scene.talking()
    visitor.chat.say("And the cord?")
    scene.agent()
    expect(visitor.chat.messages.last).to_have_attribute("data-state", "seen")
    expect(visitor.chat.messages.last.get_by_role("img", name="Seen")).to_be_visible()
    return visitor


@state
def failed(scene: Scene) -> Visitor:
    visitor = scene.talking()
    visitor.page.evaluate(TOO_LONG)
    expect(visitor.panel.get_by_test_id("drop")).to_be_visible()
    return visitor


@state
def too_long(scene: Scene) -> Visitor:
    visitor = scene.talking()
    visitor.chat.send("x" * 10_003)
    expect(visitor.panel.get_by_text("3 characters too many")).to_be_visible()
    return visitor


@state
def offline(scene: Scene) -> Visitor:
    scene.watch.expect_no_answer()
    visitor = scene.talking()
    scene.context.set_offline(True)
    expect(visitor.dot).to_have_attribute("data-state", "offline")
    visitor.chat.send("And the cord?")
    visitor.chat.send("I would like it in linen.")
    expect(visitor.chat.waiting).to_have_count(2)
    expect(visitor.panel.get_by_text("2 messages wait here")).to_be_visible()
    return visitor


@state
def connecting(scene: Scene) -> Visitor:
    hold_frames(scene.context, "welcome")
    scene.conversation()
    visitor = scene.visitor()
    visitor.open()
    expect(visitor.chat.texts).to_have_count(2)
    expect(visitor.dot).to_have_attribute("data-state", "connecting")
    return visitor


@state
def polling(scene: Scene) -> Visitor:
    scene.watch.expect_no_answer()
    scene.context.route_web_socket("**/cable", lambda socket: socket.close())
    scene.conversation()
    visitor = scene.visitor()
    visitor.open()
    expect(visitor.dot).to_have_attribute("data-state", "polling")
    return visitor


@state
def restarting(scene: Scene) -> Visitor:
    """The server says goodbye and is not back yet: everything after its goodbye is held."""
    sockets: list[WebSocketRoute] = []

    def connect(socket: WebSocketRoute) -> None:
        if not sockets:
            server = socket.connect_to_server()
            server.on_message(socket.send)
        sockets.append(socket)

    scene.context.route_web_socket("**/cable", connect)
    visitor = scene.talking()
    sockets[0].send('{"type":"disconnect","reason":"server_restart","reconnect":true}')
    expect(visitor.dot).to_have_attribute("data-state", "restarting")
    return visitor


@state
def archived(scene: Scene) -> Visitor:
    visitor = scene.talking()
    agent = scene.agent()
    agent.archive.click()
    expect(agent.restore).to_be_visible()
    expect(visitor.panel.get_by_text("This conversation is closed.")).to_be_visible()
    return visitor


@state
def signed_out(scene: Scene) -> Visitor:
    scene.watch.expect("status of 401")
    visitor = scene.stranger(identity="nobody.signed.this")
    visitor.open()
    expect(visitor.dot).to_have_attribute("data-state", "signed_out")
    return visitor


@state
def near_the_limit(scene: Scene) -> Visitor:
    visitor = scene.talking()
    visitor.chat.input.fill("x" * 9_700)
    expect(visitor.panel.get_by_test_id("hint")).to_have_text("300")
    return visitor


@state
def replies_soon(scene: Scene) -> Visitor:
    """Five people were answered within three minutes, and who knows how many before."""
    for number in range(5):
        chat_id = scene.past.asked(replace(scene.customer, id=f"{scene.customer.id}-{number}"), "?")
        with scene.clock.ago(minutes=-3):
            scene.past.answered(chat_id, "Yes")
    visitor = scene.visitor()
    visitor.open_live()
    expect(visitor.panel.get_by_text("replies in about")).to_be_visible()
    return visitor


@state
def menu(scene: Scene) -> Visitor:
    visitor = scene.stranger()
    visitor.open_live()
    visitor.menu.click()
    expect(visitor.sheet.get_by_role("textbox", name="E-mail")).to_be_visible()
    return visitor


@state
def menu_of_a_customer(scene: Scene) -> Visitor:
    visitor = scene.talking()
    visitor.menu.click()
    expect(visitor.sheet.get_by_text("come from this site")).to_be_visible()
    return visitor


@state
def emoji(scene: Scene) -> Visitor:
    visitor = scene.talking()
    visitor.panel.get_by_test_id("emoji").click()
    expect(visitor.panel.get_by_test_id("picker")).to_be_visible()
    return visitor


@state
def ask(scene: Scene) -> Visitor:
    visitor = scene.stranger()
    visitor.open_live()
    with scene.clock.ago(seconds=50):
        visitor.chat.say("Is anybody there?")
    expect(visitor.ask).to_be_visible()
    return visitor


@state
def ask_refused(scene: Scene) -> Visitor:
    visitor = ask(scene)
    visitor.ask.get_by_role("textbox").fill("vera at home")
    visitor.ask.get_by_role("button", name="Save").click()
    expect(visitor.ask).to_contain_text("not an e-mail address")
    return visitor


@state
def ask_answered(scene: Scene) -> Visitor:
    visitor = ask(scene)
    visitor.ask.get_by_role("textbox").fill("vera@home.example")
    visitor.ask.get_by_role("button", name="Save").click()
    expect(visitor.ask).to_contain_text("We sent a link")
    return visitor
