"""What operators and their machines ask: does it live, is it ready, how much does it do."""

import httpx2
import pytest

from tests.cast import ADA, MAIL_DELAY
from tests.contract.answers import refused
from tests.contract.service import Caller, Service, StartService


async def test_the_process_lives(service: Service) -> None:
    assert await service.nobody.get("/healthz") == {"status": "ok", "checks": {}}


async def test_a_service_that_is_well_is_ready(service: Service) -> None:
    checks = {"database": "ok", "mail": "ok"}
    assert await service.nobody.get("/readyz") == {"status": "ready", "checks": checks}


async def test_mails_that_wait_for_a_mail_server_are_told_and_no_reason_to_be_unready(
    start_service: StartService,
) -> None:
    service = await start_service(mail=False)
    ready = await service.nobody.get("/readyz")
    assert ready["checks"]["mail"] == "no SMTP server is configured: mails will wait"
    ada, dana = await service.identified(ADA), await service.dana()
    await dana.say("It ships on Friday.", await ada.chat_id())
    service.clock.now += MAIL_DELAY
    ready = await service.nobody.get("/readyz")
    assert ready["status"] == "ready"
    assert ready["checks"]["mail"] == "no SMTP server is configured: 1 due mails wait"


async def test_a_stopping_service_is_not_ready_and_lives(service: Service) -> None:
    await service.app.drain()
    response = await service.nobody.call("GET", "/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "checks": {"server": "draining"}}
    assert (await service.nobody.get("/healthz"))["status"] == "ok"


async def test_a_service_that_cannot_read_is_not_ready(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    with service.app._parts.database.transaction() as tx:
        tx.connection.exec_driver_sql("DROP TABLE support_jobs")
    response = await service.nobody.call("GET", "/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "cannot be read"}
    assert "support_jobs" in caplog.text


def from_address(
    service: Service, address: str, host: str = "localhost:8000"
) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=service.app, client=(address, 40_000))
    return httpx2.AsyncClient(transport=transport, base_url=f"http://{host}")


@pytest.mark.parametrize(
    ("address", "host", "headers", "allowed"),
    [
        ("127.0.0.1", "localhost:8000", {}, True),
        ("127.0.0.1", "127.0.0.1:8000", {}, True),
        ("::1", "[::1]:8000", {}, True),
        ("192.0.2.7", "localhost:8000", {}, False),
        ("127.0.0.1", "desk.example", {}, False),
        ("127.0.0.1", "localhost:8000", {"X-Forwarded-For": "192.0.2.7"}, False),
    ],
)
async def test_figures_are_for_this_machine_alone(
    address: str, host: str, headers: dict[str, str], allowed: bool, service: Service
) -> None:
    async with from_address(service, address, host) as http:
        response = await http.get("/metrics", headers=headers)
    if allowed:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/plain")
    else:
        refused(response, 401, "unauthorized")


async def test_figures_are_for_whoever_has_the_token_when_there_is_one(
    start_service: StartService,
) -> None:
    service = await start_service(metrics_token="for the collector")
    async with from_address(service, "127.0.0.1") as local:
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "for the collector"}):
            refused(await local.get("/metrics", headers=headers), 401, "unauthorized")
    collector = Caller(service.http, "for the collector")
    assert (await collector.call("GET", "/metrics")).status_code == 200


async def test_figures_count_what_happens(service: Service, ada: Caller, dana: Caller) -> None:
    await ada.say("Hello")
    await dana.say("Hello Ada", await ada.chat_id())
    await ada.call("POST", "/support_chat/messages", {"content": ""})
    async with from_address(service, "127.0.0.1") as http:
        figures = (await http.get("/metrics")).text
    for line in (
        'deskbell_messages_total{sender_type="user"} 1.0',
        'deskbell_messages_total{sender_type="admin"} 1.0',
        'deskbell_requests_total{route="/support_chat/messages",status="201"} 1.0',
        'deskbell_requests_total{route="/support_chat/messages",status="422"} 1.0',
        'deskbell_requests_total{route="/admin/chats/{chat_id}/messages",status="201"} 1.0',
        "deskbell_waiting_actions 0.0",
        "deskbell_connections 0.0",
    ):
        assert line in figures
    assert ada.user["id"] not in figures
