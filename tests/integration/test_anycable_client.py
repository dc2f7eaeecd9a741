"""@anycable/web, unmodified from npm: it chats, loses its connection, and misses nothing."""

from uuid import uuid4

from tests.integration.anycable import AnycableClient
from tests.integration.proxy import FailingProxy
from tests.servers import Guest, RunningServer


def test_it_chats_with_an_agent_who_uses_it_too(
    server: RunningServer, guest: Guest, admin_token: str
) -> None:
    with (
        AnycableClient(server.port, guest.token, guest.chat_id) as visitor,
        AnycableClient(server.port, admin_token, guest.chat_id) as agent,
    ):
        for client in (visitor, agent):
            state = client.wait_for_message("chat_state")
            assert (state["archived"], state["last_seq"]) == (False, 0)
        visitor.say("send", id=str(uuid4()), content="Hello?")
        for client in (visitor, agent):
            client.wait_for_message("new_message", content="Hello?", sender_type="user", seq=1)
        agent.say("send", id=str(uuid4()), content="Hello!")
        for client in (visitor, agent):
            client.wait_for_message("new_message", content="Hello!", sender_type="admin", seq=2)


def test_a_retry_is_answered_and_stored_once(server: RunningServer, guest: Guest) -> None:
    message_id = str(uuid4())
    with AnycableClient(server.port, guest.token, guest.chat_id) as visitor:
        visitor.wait_for_message("chat_state")
        for _ in range(2):
            visitor.say("send", id=message_id, content="once")
            visitor.wait_for_message("new_message", id=message_id, seq=1)
        visitor.say("send", id=message_id, content="something else")
        visitor.wait_for_message("message_rejected", id=message_id, code="message_id_taken")
    assert len(server.messages("/support_chat/messages", guest.token)) == 1


def test_a_cut_connection_misses_nothing(
    server: RunningServer, guest: Guest, admin_token: str
) -> None:
    with (
        FailingProxy(server.port) as proxy,
        AnycableClient(proxy.port, guest.token, guest.chat_id) as visitor,
    ):
        visitor.wait_for_message("chat_state")
        answer(server, guest, admin_token, "first")
        visitor.wait_for_message("new_message", content="first")
        for cut in range(3):
            with proxy.away():
                visitor.wait("disconnect")
                for number in range(3):
                    answer(server, guest, admin_token, f"missed {cut}.{number}")
            visitor.wait_for_message("new_message", content=f"missed {cut}.2")
            answer(server, guest, admin_token, f"live {cut}")
            visitor.wait_for_message("new_message", content=f"live {cut}")
    assert visitor.messages == texts(server, guest)


def test_a_killed_server_comes_back_and_nothing_is_missed(own_server: RunningServer) -> None:
    """`kill -9`, twice; what is written before the client is back comes by history."""
    own_server.create_admin()
    guest, admin_token = own_server.welcome_guest(), own_server.sign_in()
    with (
        FailingProxy(own_server.port) as proxy,
        AnycableClient(proxy.port, guest.token, guest.chat_id) as visitor,
    ):
        visitor.wait_for_message("chat_state")
        for life in range(2):
            visitor.say("send", id=str(uuid4()), content=f"before {life}")
            visitor.wait_for_message("new_message", content=f"before {life}")
            own_server.kill()
            visitor.wait("disconnect")
            with proxy.away():
                own_server.start()
                answer(own_server, guest, admin_token, f"meanwhile {life}")
            visitor.wait_for_message("new_message", content=f"meanwhile {life}")
    assert visitor.messages == texts(own_server, guest)


def test_typing_and_presence_carry_only_what_the_server_says(
    server: RunningServer, guest: Guest, admin_token: str
) -> None:
    with (
        AnycableClient(server.port, guest.token, guest.chat_id) as visitor,
        AnycableClient(server.port, admin_token, guest.chat_id) as agent,
    ):
        visitor.wait_for_message("chat_state")
        agent.wait_for_message("chat_state")
        visitor.say("join")
        expected = {"sender_type": "user", "name": None}
        news = agent.wait("presence")["news"]
        assert news == {"type": "join", "id": guest.user_id, "info": expected}
        agent.say("present")
        assert agent.wait("present")["people"] == {guest.user_id: expected}
        visitor.say("type")
        typing = agent.wait_for_message("typing")
        assert typing == {"type": "typing", "sender_type": "user"}
        visitor.say("leave")
        assert agent.wait("presence")["news"] == {"type": "leave", "id": guest.user_id}


def test_a_bad_token_is_told_as_the_reason(server: RunningServer, guest: Guest) -> None:
    with AnycableClient(server.port, "not.a.token", guest.chat_id) as visitor:
        assert visitor.wait("close")["reason"] == "unauthorized"


def answer(server: RunningServer, guest: Guest, admin_token: str, content: str) -> None:
    """Write to a guest without a socket."""
    path = f"/admin/chats/{guest.chat_id}/messages"
    assert server.call("POST", path, {"content": content}, admin_token).status == 201


def texts(server: RunningServer, guest: Guest) -> list[str]:
    stored = server.messages("/support_chat/messages", guest.token)
    return [message["content"] for message in stored]
