"""Every state of the widget that can be reached from outside, and how it is reached."""

from collections.abc import Callable

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
    """The agent has opened the chat; whether the panel says so is not asked here."""
    visitor = scene.talking()
    visitor.chat.say("And the cord?")
    scene.agent()
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
    return visitor


@state
def signed_out(scene: Scene) -> Visitor:
    scene.watch.expect("status of 401")
    visitor = scene.stranger(identity="nobody.signed.this")
    visitor.open()
    expect(visitor.dot).to_have_attribute("data-state", "signed_out")
    return visitor
