"""Two first requests at the same moment, on two connections: still one chat."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from tests.servers import RunningServer

VISITORS = 10
REQUESTS = 6


def test_first_requests_that_race_make_one_chat(server: RunningServer, admin_token: str) -> None:
    """Half of them open the chat, half send into it at once."""
    for _ in range(VISITORS):
        session = server.call("POST", "/support_chat/session", {}).body
        chats = race(server, session["token"])
        assert len(set(chats)) == 1
        sent = server.messages("/support_chat/messages", session["token"])
        assert [message["seq"] for message in sent] == list(range(1, REQUESTS // 2 + 1))
        owners = Counter(chat_owners(server, admin_token))
        assert owners[session["user"]["id"]] == 1


def race(server: RunningServer, token: str) -> list[str]:
    """Make all requests at once; return the ids of the chats they met."""
    start = Barrier(REQUESTS)

    def first_request(number: int) -> str | None:
        start.wait()
        if number % 2:
            message = {"id": str(uuid4()), "content": f"message {number}"}
            answer = server.call("POST", "/support_chat/messages", message, token)
            assert answer.status == 201, answer
            return None
        chat = server.call("GET", "/support_chat", token=token)
        assert chat.status == 200, chat
        return str(chat.body["id"])

    with ThreadPoolExecutor(REQUESTS) as threads:
        return [chat for chat in threads.map(first_request, range(REQUESTS)) if chat is not None]


def chat_owners(server: RunningServer, admin_token: str) -> list[str]:
    """The owners of the newest chats, empty ones included."""
    page = server.call("GET", "/admin/chats?empty=true&limit=100", token=admin_token)
    return [row["user_id"] for row in page.body["chats"]]
