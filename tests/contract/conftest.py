"""The whole service in memory: REST through its ASGI application, sockets through theirs."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import cache
from pathlib import Path
from shutil import copyfile
from typing import Any

import argon2
import httpx2
import pytest

from deskbell import Deskbell, passwords
from deskbell.api import openapi
from deskbell.settings import Settings
from deskbell.storage import migrate
from tests.cast import ADA, BEN, Clock
from tests.contract.service import OWN_PAGE, SECRET, Caller, Service, StartService
from tests.mailbox import Mailbox

describe = cache(openapi.document)


@pytest.fixture(autouse=True)
def _quick_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is the same for every service is done once; each of it has tests of its own."""

    def cheap(**_cost: int) -> argon2.PasswordHasher:
        return argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

    monkeypatch.setattr(passwords, "PasswordHasher", cheap)
    monkeypatch.setattr(openapi, "document", describe)


@pytest.fixture
async def start_service(
    migrated: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[StartService]:
    """Starts a service with other settings than the usual ones, on a migrated database."""
    monkeypatch.setattr(migrate, "upgrade", lambda _url: None)
    async with AsyncExitStack() as stack:

        async def start(*, base: str = OWN_PAGE, mail: bool = True, **changed: Any) -> Service:
            copyfile(migrated, tmp_path / "deskbell.sqlite3")
            chosen: dict[str, Any] = {
                "data": tmp_path,
                "secret": SECRET,
                "rate_limits": "off",
            } | changed
            mailbox = Mailbox()
            app = Deskbell(Settings(**chosen), clock=clock, mailer=mailbox if mail else None)
            await app.start()
            stack.push_async_callback(app.stop)
            transport = httpx2.ASGITransport(app=app, client=("192.0.2.7", 40_000))
            http = httpx2.AsyncClient(transport=transport, base_url=base)
            await stack.enter_async_context(http)
            return Service(app, http, clock, mailbox)

        yield start


@pytest.fixture
async def service(start_service: StartService) -> Service:
    return await start_service()


@pytest.fixture
async def ada(service: Service) -> Caller:
    return await service.identified(ADA)


@pytest.fixture
async def ben(service: Service) -> Caller:
    return await service.identified(BEN)


@pytest.fixture
async def visitor(service: Service) -> Caller:
    return await service.visitor()


@pytest.fixture
async def dana(service: Service) -> Caller:
    return await service.dana()
