"""The real service, once for all tests that leave it alive, and a fresh one for all others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Guest, RunningServer


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with an admin, shared: no test may stop it, and none may make it fail inside."""
    with RunningServer(tmp_path_factory.mktemp("shared-server")) as server:
        server.create_admin()
        yield server
    assert "Traceback" not in server.log()


@pytest.fixture(scope="session")
def admin_token(server: RunningServer) -> str:
    return server.sign_in()


@pytest.fixture
def guest(server: RunningServer) -> Guest:
    """A visitor of the shared server, with an empty chat."""
    return server.welcome_guest()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server that a test may kill."""
    with RunningServer(tmp_path / "own-server") as server:
        yield server
