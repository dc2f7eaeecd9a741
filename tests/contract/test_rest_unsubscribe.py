"""The page behind the link of every mail: asks when it is looked at, acts when it is told to."""

from datetime import timedelta

import pytest

from tests.cast import ADA, MAIL_DELAY
from tests.contract.answers import refused
from tests.contract.service import Caller, Service


@pytest.fixture
async def unsubscribe_link(service: Service, dana: Caller) -> str:
    """The path of the link that a mail to Ada carries."""
    ada = await service.identified(ADA)
    await dana.say("It ships on Friday.", await ada.chat_id())
    service.clock.now += MAIL_DELAY
    await service.run_mails()
    (mail,) = service.mailbox.taken
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip("<>")
    return str(link.removeprefix("http://127.0.0.1:8000"))


async def answered_later(service: Service) -> int:
    """Answer Ada once more; gives how many mails she has got by then."""
    ada, dana = await service.identified(ADA), await service.sign_in()
    await dana.say("It has arrived.", await ada.chat_id())
    service.clock.now += MAIL_DELAY
    await service.run_mails()
    return len(service.mailbox.taken)


async def test_looking_at_the_page_asks_and_changes_nothing(
    service: Service, unsubscribe_link: str
) -> None:
    page = await service.http.get(unsubscribe_link)
    assert page.status_code == 200
    assert '<form method="post">' in page.text
    assert "script" not in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert await answered_later(service) == 2


async def test_one_click_switches_the_mails_off(service: Service, unsubscribe_link: str) -> None:
    done = await service.http.post(unsubscribe_link, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert "switched off" in done.text
    again = await service.http.post(unsubscribe_link)
    assert again.status_code == 200
    assert await answered_later(service) == 1


async def test_a_link_that_does_not_hold_says_so(service: Service, unsubscribe_link: str) -> None:
    ada = await service.identified(ADA)
    for path in (
        "/mail/unsubscribe",
        "/mail/unsubscribe?token=",
        "/mail/unsubscribe?token=x",
        f"/mail/unsubscribe?token={ada.token}",
    ):
        assert (await service.http.get(path)).status_code == 410
        assert (await service.http.post(path)).status_code == 410
    service.clock.now += timedelta(days=366)
    assert (await service.http.post(unsubscribe_link)).status_code == 410


async def test_the_unsubscribe_link_signs_nobody_in(
    service: Service, unsubscribe_link: str
) -> None:
    token = unsubscribe_link.partition("?token=")[2]
    refused(await Caller(service.http, token).call("GET", "/support_chat"), 401, "unauthorized")
    body = {"link": token}
    response = await service.nobody.call("POST", "/support_chat/session", body)
    refused(response, 401, "unauthorized")
