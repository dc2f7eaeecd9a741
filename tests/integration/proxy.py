"""A TCP proxy that fails on command: it cuts, or goes silent like a network that is gone."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

RESET = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends RST, as a peer does that knows of no connection."""


class FailingProxy:
    """Passes everything on to a port of this machine, until told otherwise."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: set[socket.socket] = set()
        self._flowing = threading.Event()
        self._flowing.set()
        self._away = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone would not wake the thread that accepts.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        self._flowing.set()

    def cut(self) -> None:
        """Reset every connection; new ones are welcome."""
        with self._lock:
            sockets, self._sockets = self._sockets, set()
        for each in sockets:
            with suppress(OSError):
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                # Wakes the thread that reads it; the close then sends the reset.
                each.shutdown(socket.SHUT_RD)
            each.close()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Cut everybody off, and let nobody in meanwhile."""
        with self._lock:
            self._away = True
        self.cut()
        yield
        with self._lock:
            self._away = False

    def silence(self) -> None:
        """Keep all connections open and let nothing through: half-open to either side."""
        self._flowing.clear()

    def resume(self) -> None:
        """Let everything through again, also what came meanwhile."""
        self._flowing.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                try:
                    self._join(client)
                except OSError:
                    client.close()

    def _join(self, client: socket.socket) -> None:
        """Connect a client with the server; raises OSError when that cannot be."""
        with self._lock:
            if self._away:
                raise ConnectionRefusedError
            server = socket.create_connection(("127.0.0.1", self._target))
            self._sockets |= {client, server}
        for source, sink in ((client, server), (server, client)):
            threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(65536):
                self._flowing.wait()
                sink.sendall(chunk)
        for each in (source, sink):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
