"""The hub: who hears what, and that nobody can disturb the others."""

from deskbell.realtime.hub import Hub


class Ear:
    """A listener that remembers what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def hear(self, body: str) -> None:
        self.heard.append(body)


def test_listeners_hear_their_streams_in_order_and_no_others() -> None:
    hub: Hub[str] = Hub()
    ada, ben = Ear(), Ear()
    hub.subscribe("a", ada)
    hub.subscribe("b", ben)
    hub.subscribe("b", ada)
    for stream, body in (("a", "1"), ("b", "2"), ("c", "3"), ("a", "4")):
        hub.publish(stream, body)
    assert (ada.heard, ben.heard) == (["1", "2", "4"], ["2"])


def test_listening_twice_is_listening_once() -> None:
    hub: Hub[str] = Hub()
    ada = Ear()
    hub.subscribe("a", ada)
    hub.subscribe("a", ada)
    hub.publish("a", "1")
    hub.unsubscribe("a", ada)
    hub.publish("a", "2")
    assert ada.heard == ["1"]


def test_one_listener_can_be_left_out() -> None:
    hub: Hub[str] = Hub()
    ada, ben = Ear(), Ear()
    hub.subscribe("a", ada)
    hub.subscribe("a", ben)
    hub.publish("a", "typing", except_for=ada)
    assert (ada.heard, ben.heard) == ([], ["typing"])


def test_a_stream_that_nobody_hears_is_forgotten() -> None:
    hub: Hub[str] = Hub()
    ada, ben = Ear(), Ear()
    assert not hub.is_heard("a")
    hub.unsubscribe("a", ada)
    hub.subscribe("a", ada)
    hub.subscribe("a", ben)
    hub.unsubscribe("a", ada)
    assert hub.is_heard("a")
    hub.unsubscribe("a", ben)
    assert not hub.is_heard("a")
    assert not hub._streams


def test_a_listener_may_leave_while_it_hears() -> None:
    hub: Hub[str] = Hub()

    class Leaving(Ear):
        def hear(self, body: str) -> None:
            super().hear(body)
            hub.unsubscribe("a", self)

    leaving, ben = Leaving(), Ear()
    hub.subscribe("a", leaving)
    hub.subscribe("a", ben)
    hub.publish("a", "1")
    hub.publish("a", "2")
    assert (leaving.heard, ben.heard) == (["1"], ["1", "2"])
