"""A chat over the cable: who may follow it, what they hear, and what they must never hear."""

from uuid import uuid4

from tests.cast import ADA, EVE, NO_CHAT
from tests.contract.cable import ADMINS_CHANNEL, PLAIN, chat_channel
from tests.contract.service import Caller, Service


async def test_a_subscription_begins_with_how_things_are(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat = await ada.get("/support_chat")
    await dana.say("Hello Ada", chat["id"])
    await ada.patch("/support_chat/mark_read")
    await dana.post(f"/admin/chats/{chat['id']}/view")
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        (state,) = await socket.subscribe(chat_channel(chat["id"]))
    assert state == {
        "identifier": chat_channel(chat["id"]),
        "message": {
            "type": "chat_state",
            "archived": False,
            "read_up_to": 1,
            "viewed_up_to": 1,
            "last_seq": 1,
            "epoch": chat["epoch"],
        },
    }


async def test_a_message_is_heard_by_all_and_acknowledged_by_being_heard(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat = await ada.get("/support_chat")
    identifier, message_id = chat_channel(chat["id"]), str(uuid4())
    async with service.socket(ada.token) as adas, service.socket(dana.token) as danas:
        for socket in (adas, danas):
            await socket.welcomed()
            await socket.subscribe(identifier)
        adas.send(identifier, "Hello?", message_id)
        heard, heard_too = await adas.frame(), await danas.frame()
        shown = await ada.get("/support_chat")
    assert heard == heard_too
    assert heard == {
        "identifier": identifier,
        "message": {"type": "new_message", "message": shown["messages"][0]},
        "stream_id": f"support_chat:{chat['id']}",
        "epoch": chat["epoch"],
        "offset": 1,
    }
    assert shown["messages"][0]["id"] == message_id
    assert shown["messages"][0]["sender_type"] == "user"


async def test_a_user_hears_that_an_agent_has_seen_the_chat(
    service: Service, ada: Caller, dana: Caller
) -> None:
    await ada.say("Hello?")
    chat = await ada.get("/support_chat")
    assert chat["viewed_up_to"] == 0
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        await socket.subscribe(chat_channel(chat["id"]))
        assert (await dana.get(f"/admin/chats/{chat['id']}"))["viewed_up_to"] == 1
        assert await socket.message() == {"type": "chat_viewed", "up_to": 1}
    assert (await ada.get("/support_chat"))["viewed_up_to"] == 1


async def test_the_plain_protocol_hears_messages_without_their_place(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat_id = await ada.chat_id()
    async with service.socket(ada.token, protocols=[PLAIN]) as socket:
        await socket.welcomed()
        await socket.subscribe(chat_channel(chat_id))
        message = await dana.say("Hello Ada", chat_id)
        assert await socket.frame() == {
            "identifier": chat_channel(chat_id),
            "message": {"type": "new_message", "message": message},
        }


async def test_a_retry_is_answered_to_its_sender_alone(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat_id, message_id = await ada.chat_id(), str(uuid4())
    identifier = chat_channel(chat_id)
    async with service.socket(ada.token) as adas, service.socket(dana.token) as danas:
        for socket in (adas, danas):
            await socket.welcomed()
            await socket.subscribe(identifier)
        adas.send(identifier, "Once", message_id)
        first = await adas.message()
        assert await danas.message() == first
        adas.send(identifier, "Once", message_id)
        assert await adas.message() == first
        assert await danas.frames() == []
    assert len((await ada.get("/support_chat"))["messages"]) == 1


async def test_refusals_are_told_to_the_sender_alone(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat_id = await ada.chat_id()
    taken = (await dana.say("Mine", chat_id))["id"]
    identifier, new = chat_channel(chat_id), str(uuid4())
    refused = [
        ("", new, "blank"),
        ("x" * 10_001, new, "invalid"),
        ("a\0b", new, "invalid"),
        ("Hello", new.upper(), "invalid"),
        ("Mine", taken, "message_id_taken"),
    ]
    async with service.socket(ada.token) as adas, service.socket(dana.token) as danas:
        for socket in (adas, danas):
            await socket.welcomed()
            await socket.subscribe(identifier)
        for content, message_id, code in refused:
            adas.send(identifier, content, message_id)
            rejected = {"type": "message_rejected", "id": message_id, "code": code}
            assert await adas.frame() == {"identifier": identifier, "message": rejected}
        adas.say("message", identifier, data="no JSON")
        assert (await adas.message())["code"] == "malformed"
        adas.send(identifier, " ")
        assert await adas.frames() == await danas.frames() == []


async def test_agents_hear_at_once_that_a_user_wrote(
    service: Service, ada: Caller, dana: Caller
) -> None:
    async with service.socket(dana.token) as socket:
        await socket.welcomed()
        assert await socket.subscribe(ADMINS_CHANNEL) == []
        message = await ada.say("Hello?")
        bell, row = await socket.message(), await socket.message()
        listed = await dana.get("/admin/chats")
    chat_id = await ada.chat_id()
    assert bell == {
        "type": "new_user_message",
        "chat_id": chat_id,
        "user_email": ADA.email,
        "message": message,
    }
    assert row == {"type": "chat_changed", "chat": listed["chats"][0]}


async def test_reading_viewing_and_archiving_are_heard(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat_id = await ada.chat_id()
    await dana.say("Hello Ada", chat_id)
    async with service.socket(ada.token) as adas, service.socket(dana.token) as danas:
        for socket in (adas, danas):
            await socket.welcomed()
        await adas.subscribe(chat_channel(chat_id))
        await danas.subscribe(ADMINS_CHANNEL)
        await ada.patch("/support_chat/mark_read")
        read = await adas.message()
        assert (read["type"], read["up_to"]) == ("messages_read", 1)
        for action, kind in (("archive", "chat_archived"), ("unarchive", "chat_unarchived")):
            await dana.post(f"/admin/chats/{chat_id}/{action}")
            assert await adas.message() == {"type": kind, "chat_id": chat_id}
            row = await danas.message()
            assert (row["type"], row["chat"]["archived"]) == (
                "chat_changed",
                action == "archive",
            )
        await ada.say("Thanks")
        await danas.message()
        assert (await danas.message())["chat"]["unread"] is True
        await dana.post(f"/admin/chats/{chat_id}/view")
        assert (await danas.message())["chat"]["unread"] is False


async def test_foreign_and_absent_chats_are_rejected_alike(
    service: Service, ada: Caller, ben: Caller, visitor: Caller
) -> None:
    chat_id = await ada.chat_id()
    for caller in (ben, visitor):
        async with service.socket(caller.token) as socket:
            await socket.welcomed()
            for identifier in (chat_channel(chat_id), chat_channel(str(NO_CHAT)), ADMINS_CHANNEL):
                socket.say("subscribe", identifier, history={"since": 0}, presence={})
                rejected = {"identifier": identifier, "type": "reject_subscription"}
                assert await socket.frame() == rejected
                socket.send(identifier, "Let me in", str(uuid4()))
                assert await socket.frame() == rejected
            await ada.say("A secret")
            assert await socket.frames() == []
    assert len((await ada.get("/support_chat"))["messages"]) == 2


async def test_an_agent_is_a_user_in_their_own_chat_and_an_agent_elsewhere(
    service: Service, ada: Caller
) -> None:
    eve = await service.identified(EVE)
    own, adas = await eve.chat_id(), await ada.chat_id()
    async with service.socket(eve.token) as socket:
        await socket.welcomed()
        for chat_id, side in ((own, "user"), (adas, "admin")):
            await socket.subscribe(chat_channel(chat_id))
            socket.send(chat_channel(chat_id), "Hello")
            assert (await socket.message())["message"]["sender_type"] == side


async def test_after_unsubscribing_nothing_is_heard_and_nothing_can_be_sent(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat_id = await ada.chat_id()
    identifier = chat_channel(chat_id)
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        await socket.subscribe(identifier)
        socket.say("unsubscribe", identifier)
        assert await socket.frames() == []
        await dana.say("Still there?", chat_id)
        socket.send(identifier, "No")
        rejected = {"identifier": identifier, "type": "reject_subscription"}
        assert await socket.frames() == [rejected]
        await socket.subscribe(identifier)
        await dana.say("Ah!", chat_id)
        assert (await socket.message())["message"]["content"] == "Ah!"


async def test_subscribing_again_is_answered_again_and_doubles_nothing(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat_id = await ada.chat_id()
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        first = await socket.subscribe(chat_channel(chat_id))
        assert await socket.subscribe(chat_channel(chat_id)) == first
        await dana.say("Hello", chat_id)
        assert len(await socket.frames()) == 1


async def test_two_spellings_of_a_channel_are_two_subscriptions(
    service: Service, ada: Caller, dana: Caller
) -> None:
    chat_id = await ada.chat_id()
    spellings = {chat_channel(chat_id), f'{{"chat_id":"{chat_id}","channel":"ChatChannel"}}'}
    async with service.socket(ada.token) as socket:
        await socket.welcomed()
        for identifier in spellings:
            await socket.subscribe(identifier)
        await dana.say("Hello", chat_id)
        assert {frame["identifier"] for frame in await socket.frames()} == spellings
