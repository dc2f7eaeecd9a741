"""A gate on the way from the server: what a test wants to look at in between waits behind it."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Route, WebSocketRoute


class Gate:
    """Holds back until it is opened; what comes later passes at once."""

    def __init__(self) -> None:
        self._open = False
        self._waiting: list[Callable[[], object]] = []

    def open(self) -> None:
        """Let everything through, in the order in which it came."""
        self._open = True
        for passes in self._waiting:
            passes()
        self._waiting.clear()

    def hold(self, passes: Callable[[], object]) -> None:
        if self._open:
            passes()
        else:
            self._waiting.append(passes)


def hold_frames(context: BrowserContext, containing: str) -> Gate:
    """Hold the server's frames that contain this, from the next page on."""
    gate = Gate()

    def connect(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def hand_on(frame: str | bytes) -> None:
            if containing in str(frame):
                gate.hold(lambda: socket.send(frame))
            else:
                socket.send(frame)

        server.on_message(hand_on)

    context.route_web_socket("**/cable", connect)
    return gate


def hold_answers(context: BrowserContext, address: str) -> Gate:
    """Hold the answers to REST calls of this address, a pattern of Playwright's."""
    gate = Gate()

    def answer(route: Route) -> None:
        gate.hold(route.continue_)

    context.route(address, answer)
    return gate
