"""The agents' side over REST: the list, each chat, and that it is theirs alone."""

import pytest

from tests.cast import ADA, NO_CHAT
from tests.contract.answers import ADMIN_CHAT, MESSAGE, ROW, SUMMARY, USER, refused
from tests.contract.service import Caller, Service


async def test_the_list_shows_whoever_wrote_newest_first(
    service: Service, ada: Caller, ben: Caller, visitor: Caller, dana: Caller
) -> None:
    await visitor.get("/support_chat")
    for caller in (ada, ben):
        service.clock.forward(seconds=1)
        await caller.say("Hello " + "x" * 200)
    listed = await dana.get("/admin/chats")
    assert listed.keys() == {"chats", "next_cursor", "counts"}
    assert listed["next_cursor"] is None
    assert listed["counts"] == {"active": 2, "archived": 0, "unread": 2}
    assert [row["user_id"] for row in listed["chats"]] == [ben.user["id"], ada.user["id"]]
    row = listed["chats"][1]
    assert row.keys() == ROW
    assert row == {
        "id": await ada.chat_id(),
        "user_id": ada.user["id"],
        "user_email": ADA.email,
        "user_name": ADA.name,
        "last_message_at": "2026-03-02T09:00:01Z",
        "last_message_preview": "Hello " + "x" * 93 + "…",
        "last_message_sender": "user",
        "message_count": 1,
        "unread": True,
        "archived": False,
    }


async def test_the_list_goes_on_where_it_ended_whatever_comes_in_between(
    service: Service, dana: Caller
) -> None:
    for _ in range(5):
        service.clock.forward(seconds=1)
        await (await service.visitor()).say("Hello")
    whole = (await dana.get("/admin/chats"))["chats"]
    first = await dana.get("/admin/chats", limit=2)
    await (await service.visitor()).say("Me first!")
    second = await dana.get("/admin/chats", limit=2, cursor=first["next_cursor"])
    third = await dana.get("/admin/chats", limit=2, cursor=second["next_cursor"])
    assert first["chats"] + second["chats"] + third["chats"] == whole
    assert third["next_cursor"] is None


async def test_the_list_has_two_drawers_and_can_show_the_silent(
    ada: Caller, visitor: Caller, dana: Caller
) -> None:
    await ada.say("Hello")
    silent, chat_id = await visitor.chat_id(), await ada.chat_id()
    everybody = await dana.get("/admin/chats", empty="true")
    assert [row["id"] for row in everybody["chats"]] == [chat_id, silent]
    await dana.post(f"/admin/chats/{chat_id}/archive")
    assert (await dana.get("/admin/chats"))["chats"] == []
    archived = await dana.get("/admin/chats", archived="true")
    assert [row["id"] for row in archived["chats"]] == [chat_id]
    assert archived["counts"] == {"active": 0, "archived": 1, "unread": 0}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"archived": "perhaps"}, "archived"),
        ({"empty": "2"}, "empty"),
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "x" * 101}, "cursor"),
    ],
)
async def test_a_list_asked_for_in_a_wrong_way_is_refused_by_field(
    query: dict[str, object], field: str, dana: Caller
) -> None:
    response = await dana.call("GET", "/admin/chats", **query)
    assert refused(response, 422, "invalid") == {"field": field}


async def test_a_chat_is_shown_with_its_user_and_counts_as_viewed(
    ada: Caller, dana: Caller
) -> None:
    message = await ada.say("Hello")
    shown = await dana.get(f"/admin/chats/{await ada.chat_id()}")
    assert shown.keys() == ADMIN_CHAT
    assert shown["user"].keys() == USER
    assert shown["user"] == {**shown["user"], **ada.user, "attributes": {}}
    assert (shown["user_id"], shown["user_email"]) == (ada.user["id"], ADA.email)
    assert (shown["messages"], shown["unread_count"]) == ([message], 0)
    listed = await dana.get("/admin/chats")
    assert listed["chats"][0]["unread"] is False


async def test_viewing_archiving_and_restoring_answer_the_chat_without_messages(
    ada: Caller, dana: Caller
) -> None:
    for _ in range(3):
        await ada.say("Hello")
    path = f"/admin/chats/{await ada.chat_id()}"
    part = await dana.post(f"{path}/view", {"up_to": 1})
    assert part.keys() == SUMMARY
    assert part["unread_count"] == 2
    assert (await dana.post(f"{path}/view"))["unread_count"] == 0
    for action, archived in (("archive", True), ("archive", True), ("unarchive", False)):
        answer = await dana.post(f"{path}/{action}")
        assert answer.keys() == SUMMARY
        assert answer["archived"] is archived


async def test_an_agent_answers_and_pages_through_a_chat(ada: Caller, dana: Caller) -> None:
    chat_id = await ada.chat_id()
    path = f"/admin/chats/{chat_id}/messages"
    body = {"id": "0198f0b2-0000-7000-8000-000000000001", "content": "Hello Ada"}
    created = await dana.call("POST", path, body)
    assert created.status_code == 201
    message = created.json()["message"]
    assert message.keys() == MESSAGE
    assert message["sender_type"] == "admin"
    assert (await dana.call("POST", path, body)).status_code == 200
    taken = await dana.call("POST", path, {**body, "content": "Hello Ben"})
    refused(taken, 409, "message_id_taken")
    await ada.say("Hello Dana")
    page = await dana.get(path, after=1)
    assert [entry["seq"] for entry in page["messages"]] == [2]
    assert page["has_more"] is False


AGENTS_CALLS = [
    ("GET", "/admin/chats"),
    ("GET", "/admin/chats/{}"),
    ("POST", "/admin/chats/{}/view"),
    ("POST", "/admin/chats/{}/archive"),
    ("POST", "/admin/chats/{}/unarchive"),
    ("GET", "/admin/chats/{}/messages"),
    ("POST", "/admin/chats/{}/messages"),
]


@pytest.mark.parametrize(("method", "path"), AGENTS_CALLS)
async def test_users_are_forbidden_all_of_it_also_for_their_own_chat(
    method: str, path: str, ada: Caller, visitor: Caller
) -> None:
    own = await ada.chat_id()
    body = {"content": "Hello"} if path.endswith("messages") and method == "POST" else None
    for caller, chat_id in ((ada, own), (visitor, own), (visitor, str(NO_CHAT))):
        response = await caller.call(method, path.format(chat_id), body)
        refused(response, 403, "forbidden")
    chat = await ada.get("/support_chat")
    assert (chat["messages"], chat["archived"]) == ([], False)


@pytest.mark.parametrize(("method", "path"), AGENTS_CALLS[1:])
@pytest.mark.parametrize("chat_id", [str(NO_CHAT), "7", "A" * 36, "%00", "..%2Fsession"])
async def test_a_chat_that_is_not_there_is_not_found(
    method: str, path: str, chat_id: str, dana: Caller
) -> None:
    body = {"content": "Hello"} if path.endswith("messages") and method == "POST" else None
    refused(await dana.call(method, path.format(chat_id), body), 404, "not_found")


async def test_an_id_has_one_spelling(ada: Caller, dana: Caller) -> None:
    chat_id = await ada.chat_id()
    for spelt in (chat_id.upper(), chat_id.replace("-", ""), f"{{{chat_id}}}"):
        refused(await dana.call("GET", f"/admin/chats/{spelt}"), 404, "not_found")
