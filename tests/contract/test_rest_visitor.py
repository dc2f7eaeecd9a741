"""A user's own chat over REST: opening it, reading it page by page, writing and reading."""

from uuid import uuid4

import pytest

from tests.contract.answers import CHAT, MESSAGE, SUMMARY, refused
from tests.contract.service import Caller, Service


async def test_the_chat_is_made_on_the_first_call_and_the_same_ever_after(visitor: Caller) -> None:
    first = await visitor.call("GET", "/support_chat")
    assert first.status_code == 200
    assert first.headers["cache-control"] == "no-store"
    chat = first.json()
    assert chat.keys() == CHAT
    empty = {"messages": [], "has_more": False, "archived": False, "unread_count": 0, "last_seq": 0}
    assert chat == {**chat, **empty}
    assert await visitor.get("/support_chat") == chat


async def test_a_message_is_created_once_and_found_when_it_is_sent_again(visitor: Caller) -> None:
    body = {"id": str(uuid4()), "content": " Is the lamp\nin stock? 😀 "}
    created = await visitor.call("POST", "/support_chat/messages", body)
    again = await visitor.call("POST", "/support_chat/messages", body)
    assert (created.status_code, again.status_code) == (201, 200)
    assert created.json() == again.json()
    message = created.json()["message"]
    assert message.keys() == MESSAGE
    assert message == {**message, **body, "seq": 1, "sender_type": "user", "read_at": None}
    assert message["created_at"] == "2026-03-02T09:00:00Z"
    assert (await visitor.get("/support_chat"))["messages"] == [message]


async def test_a_message_without_an_id_gets_one(visitor: Caller) -> None:
    first, second = await visitor.say("Hello"), await visitor.say("Hello")
    assert first["id"] != second["id"]
    assert (first["seq"], second["seq"]) == (1, 2)


async def test_the_same_id_with_another_content_is_refused(visitor: Caller) -> None:
    body = {"id": str(uuid4()), "content": "Hello"}
    await visitor.post("/support_chat/messages", body)
    other = await visitor.call("POST", "/support_chat/messages", {**body, "content": "Goodbye"})
    assert refused(other, 409, "message_id_taken") == {}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "content"),
        ({"content": ""}, "content"),
        ({"content": " \n"}, "content"),
        ({"content": "x" * 10_001}, "content"),
        ({"content": "a\0b"}, "content"),
        ({"content": 7}, "content"),
        ({"content": None}, "content"),
        ({"content": "Hello", "id": "7"}, "id"),
        ({"content": "Hello", "id": str(uuid4()).upper()}, "id"),
        ({"content": "Hello", "id": 7}, "id"),
    ],
)
async def test_a_message_that_breaks_a_rule_is_refused_by_field(
    body: object, field: str, visitor: Caller
) -> None:
    response = await visitor.call("POST", "/support_chat/messages", body)
    assert refused(response, 422, "invalid") == {"field": field}
    assert (await visitor.get("/support_chat"))["messages"] == []


async def test_ten_thousand_of_the_longest_characters_fit(visitor: Caller) -> None:
    message = await visitor.say("😀" * 10_000)
    assert message["content"] == "😀" * 10_000


async def test_pages_after_and_before_ascend_and_join(service: Service, visitor: Caller) -> None:
    for number in range(1, 8):
        await visitor.say(f"Message {number}")
        service.clock.forward(seconds=1)

    async def page(**query: int) -> tuple[list[int], bool]:
        answer = await visitor.get("/support_chat/messages", **query)
        assert answer.keys() == {"messages", "has_more"}
        return [message["seq"] for message in answer["messages"]], answer["has_more"]

    assert await page() == ([1, 2, 3, 4, 5, 6, 7], False)
    assert await page(limit=3) == ([5, 6, 7], True)
    assert await page(before=5, limit=3) == ([2, 3, 4], True)
    assert await page(before=2, limit=3) == ([1], False)
    assert await page(after=0, limit=3) == ([1, 2, 3], True)
    assert await page(after=5) == ([6, 7], False)
    assert await page(after=2**53 - 1) == ([], False)


async def test_the_newest_fifty_come_with_the_chat(visitor: Caller) -> None:
    for _ in range(51):
        await visitor.say("x")
    chat = await visitor.get("/support_chat")
    assert [message["seq"] for message in chat["messages"]] == list(range(2, 52))
    assert (chat["has_more"], chat["last_seq"]) == (True, 51)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"after": 1, "before": 3}, "before"),
        ({"after": -1}, "after"),
        ({"after": "1.5"}, "after"),
        ({"after": 2**53}, "after"),
        ({"after": "9" * 5_000}, "after"),
        ({"before": "x"}, "before"),
        ({"before": ""}, "before"),
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"limit": "all"}, "limit"),
    ],
)
async def test_a_query_that_breaks_a_rule_is_refused_by_field(
    query: dict[str, object], field: str, visitor: Caller
) -> None:
    await visitor.get("/support_chat")
    response = await visitor.call("GET", "/support_chat/messages", **query)
    assert refused(response, 422, "invalid") == {"field": field}


async def test_reading_answers_the_chat_without_messages(
    service: Service, visitor: Caller, dana: Caller
) -> None:
    chat_id = await visitor.chat_id()
    await dana.say("Hello", chat_id)
    await dana.say("Are you there?", chat_id)
    assert (await visitor.get("/support_chat"))["unread_count"] == 2
    service.clock.forward(seconds=5)
    part = await visitor.patch("/support_chat/mark_read", {"up_to": 1})
    assert part.keys() == SUMMARY
    assert (part["unread_count"], part["read_up_to"]) == (1, 1)
    assert (await visitor.patch("/support_chat/mark_read"))["unread_count"] == 0
    messages = (await visitor.get("/support_chat"))["messages"]
    assert {message["read_at"] for message in messages} == {"2026-03-02T09:00:05Z"}


async def test_the_chat_says_how_long_people_wait_for_an_answer(
    service: Service, visitor: Caller, dana: Caller
) -> None:
    chat_id = await visitor.chat_id()
    for seconds in (30, 60, 90, 120, 150):
        assert (await visitor.get("/support_chat"))["reply_seconds"] is None
        await visitor.say("Hello?")
        service.clock.forward(seconds=seconds)
        await dana.say("Here I am.", chat_id)
    assert (await visitor.get("/support_chat"))["reply_seconds"] == 90
    newcomer = await service.visitor()
    assert (await newcomer.get("/support_chat"))["reply_seconds"] == 90
    assert "reply_seconds" not in await dana.get(f"/admin/chats/{chat_id}")


async def test_a_body_may_be_left_out_where_nothing_is_needed(visitor: Caller) -> None:
    await visitor.get("/support_chat")
    assert (await visitor.call("PATCH", "/support_chat/mark_read")).status_code == 200


@pytest.mark.parametrize("up_to", [-1, "1", 1.5, 2**53, True])
async def test_a_place_to_read_to_that_is_none_is_refused(up_to: object, visitor: Caller) -> None:
    response = await visitor.call("PATCH", "/support_chat/mark_read", {"up_to": up_to})
    assert refused(response, 422, "invalid") == {"field": "up_to"}


async def test_without_a_chat_there_is_nothing_to_read(visitor: Caller) -> None:
    refused(await visitor.call("PATCH", "/support_chat/mark_read", {}), 404, "not_found")
    refused(await visitor.call("GET", "/support_chat/messages"), 404, "not_found")


async def test_everybody_has_a_chat_of_their_own(ada: Caller, ben: Caller, dana: Caller) -> None:
    chats = {await caller.chat_id() for caller in (ada, ben, dana)}
    assert len(chats) == 3
    await ada.say("A secret")
    assert (await ben.get("/support_chat"))["messages"] == []
