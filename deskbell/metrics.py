"""What the operator's Prometheus can read, in a registry of our own: the host's stays untouched."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.connections = Gauge("deskbell_connections", "Open sockets.", registry=self.registry)
        self.messages = Counter(
            "deskbell_messages", "Messages stored.", ["sender_type"], registry=self.registry
        )
        self.rejected_messages = Counter(
            "deskbell_rejected_messages",
            "Messages refused on the socket.",
            ["code"],
            registry=self.registry,
        )
        self.overflows = Counter(
            "deskbell_overflows",
            "Sockets closed because their reader was too slow.",
            registry=self.registry,
        )
        self.requests = Counter(
            "deskbell_requests",
            "REST requests answered.",
            ["route", "status"],
            registry=self.registry,
        )
        self.mails = Counter(
            "deskbell_mails",
            "Mails, by what they are about and how they ended.",
            ["kind", "outcome"],
            registry=self.registry,
        )
        self._waiting_actions = Gauge(
            "deskbell_waiting_actions", "Actions that wait for the writer.", registry=self.registry
        )

    def watch_writer(self, waiting: Callable[[], int]) -> None:
        """Read the length of the writer's queue whenever somebody asks."""
        self._waiting_actions.set_function(waiting)

    def render(self) -> bytes:
        """Write all figures in Prometheus' text format."""
        return generate_latest(self.registry)
