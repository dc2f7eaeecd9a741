"""How the application starts and stops: by its lifespan, by its first request, and only once."""

import asyncio
from pathlib import Path
from shutil import copyfile
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from deskbell import Deskbell
from deskbell.settings import Settings
from tests.cast import Clock
from tests.contract.cable import PATIENCE
from tests.contract.service import SECRET


@pytest.fixture
def app(migrated: Path, tmp_path: Path, clock: Clock) -> Deskbell:
    """A service that has not started yet."""
    copyfile(migrated, tmp_path / "deskbell.sqlite3")
    return Deskbell(Settings(data=tmp_path, secret=SECRET), clock=clock)


class Lifespan:
    """The server's side of an application's life."""

    def __init__(self, app: Deskbell) -> None:
        self._to_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._said: asyncio.Queue[Any] = asyncio.Queue()
        scope: dict[str, Any] = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self._task = asyncio.ensure_future(app(scope, self._to_app.get, self._said.put))

    async def tell(self, phase: str) -> dict[str, Any]:
        """Tell the application what is due; gives its answer."""
        self._to_app.put_nowait({"type": f"lifespan.{phase}"})
        answer: dict[str, Any] = await asyncio.wait_for(self._said.get(), PATIENCE)
        return answer

    async def over(self) -> None:
        await asyncio.wait_for(self._task, PATIENCE)


async def test_a_server_starts_and_stops_it(app: Deskbell) -> None:
    life = Lifespan(app)
    assert await life.tell("startup") == {"type": "lifespan.startup.complete"}
    assert app._parts.writer.waiting == 0
    assert await life.tell("shutdown") == {"type": "lifespan.shutdown.complete"}
    await life.over()


async def test_a_start_that_fails_is_told_to_the_server(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "deskbell.sqlite3").write_bytes(b"This is no database. " * 100)
    life = Lifespan(Deskbell(Settings(data=tmp_path, secret=SECRET), clock=clock))
    failed = await life.tell("startup")
    await life.over()
    assert failed["type"] == "lifespan.startup.failed"
    assert "not a database" in failed["message"]
    assert "not a database" in caplog.text


async def test_mounted_where_nobody_runs_its_lifespan_it_starts_with_the_first_requests(
    app: Deskbell,
) -> None:
    host = Starlette(routes=[Mount("/desk", app=app)])
    transport = httpx2.ASGITransport(app=host)
    async with httpx2.AsyncClient(transport=transport, base_url="http://shop.example") as http:
        sessions = await asyncio.gather(
            *(http.post("/desk/support_chat/session", json={}) for _ in range(5))
        )
        assert [session.status_code for session in sessions] == [200] * 5
        token = sessions[0].json()["token"]
        chat = await http.get("/desk/support_chat", headers={"Authorization": f"Bearer {token}"})
        assert chat.json()["messages"] == []
        assert (await http.get("/desk/")).headers["location"] == "dashboard/"
    await app.stop()


async def test_starting_and_stopping_twice_is_once(app: Deskbell) -> None:
    await app.start()
    await app.start()
    await app.stop()
    await app.stop()


async def test_stopping_what_never_started_is_nothing(app: Deskbell) -> None:
    await app.stop()


async def test_the_epoch_stays_from_one_start_to_the_next(
    app: Deskbell, tmp_path: Path, clock: Clock
) -> None:
    await app.start()
    epoch = app._parts.announcer.epoch
    await app.stop()
    assert epoch
    again = Deskbell(Settings(data=tmp_path, secret=SECRET), clock=clock)
    await again.start()
    assert again._parts.announcer.epoch == epoch
    await again.stop()
