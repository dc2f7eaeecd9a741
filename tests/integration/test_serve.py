"""The process around the service: how it listens, lets go and ends. Real signals, real sockets."""

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")

SCRIPT = Path(sys.executable).with_name("deskbell")
SERVICE = """
import asyncio, sys
from deskbell.cli.running import listening_socket, run
from deskbell.settings import Settings

class Service:
    async def start(self): print("start")
    async def drain(self):
        print("drain")
        await asyncio.to_thread(sys.stdin.readline)
        print("drained")
    async def stop(self): print("stop")

async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})

async def announce(address): print(address)

settings = Settings(port=0, drain_seconds=int(sys.argv[1]))
run(settings, Service(), app, announce, listening_socket(settings.host, settings.port))
print("end")
"""
"""Drains until it reads a line, so that a test decides how long that takes."""

Start = Callable[[int], subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def launch(drain_seconds: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", SERVICE, str(drain_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield launch
    for process in started:
        process.kill()
        process.communicate()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def address_of(process: subprocess.Popen[str]) -> tuple[str, int]:
    assert line(process) == "start"
    url = urlsplit(line(process))
    return str(url.hostname), int(url.port or 0)


def answer_to_drain(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_it_tells_its_address_once_it_answers_there(start: Start) -> None:
    process = start(20)
    with closing(http.client.HTTPConnection(*address_of(process), timeout=10)) as connection:
        connection.request("GET", "/")
        response = connection.getresponse()
        assert response.status == 204
        assert response.getheader("Date")
        assert response.getheader("Server") is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_drains_then_stops_and_ends_well(start: Start, number: signal.Signals) -> None:
    process = start(20)
    address_of(process)
    process.send_signal(number)
    assert line(process) == "drain"
    answer_to_drain(process)
    assert [line(process) for _ in range(3)] == ["drained", "stop", "end"]
    assert process.wait(10) == 0


def test_while_draining_old_connections_are_served_and_new_ones_refused(start: Start) -> None:
    process = start(20)
    address = address_of(process)
    with closing(http.client.HTTPConnection(*address, timeout=10)) as connection:
        connection.connect()
        process.send_signal(signal.SIGTERM)
        assert line(process) == "drain"
        connection.request("GET", "/")
        assert connection.getresponse().status == 204
        # The door closes right after the drain has begun; nothing tells when it is done.
        with pytest.raises(OSError, match=r"refused|reset|timed out"):  # noqa: PT012
            while True:
                socket.create_connection(address, timeout=1).close()


def test_a_drain_that_takes_too_long_is_cut_off(start: Start) -> None:
    process = start(0)
    address_of(process)
    process.send_signal(signal.SIGTERM)
    assert [line(process) for _ in range(2)] == ["drain", "stop"]


def test_a_second_signal_ends_it_at_once(start: Start) -> None:
    process = start(20)
    address_of(process)
    process.send_signal(signal.SIGINT)
    assert line(process) == "drain"
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 128 + signal.SIGINT
    assert line(process) == ""


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [str(SCRIPT), "serve", "--port", port]
        result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith(f"Error: cannot listen on 127.0.0.1, port {port}: ")
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.iterdir())
