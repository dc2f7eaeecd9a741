"""What a benchmark tells: figures of a run, their median over runs, and how they meet a target."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

Figures = dict[str, float]
"""The figures of one run, by name; the name ends with the unit."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure has to reach: `limit` at least, or at most."""

    figure: str
    limit: float
    at_least: bool = False

    def is_met_by(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:,.0f}"


@dataclass(frozen=True, slots=True)
class Summary:
    """One figure over all runs."""

    figure: str
    median: float
    lowest: float
    highest: float
    target: Target | None

    @property
    def verdict(self) -> str:
        """Whether the median meets the target; nothing when there is none."""
        if self.target is None:
            return ""
        return f"{self.target}: {'PASS' if self.target.is_met_by(self.median) else 'SHORT'}"

    def __str__(self) -> str:
        spread = f"{self.lowest:,.1f} … {self.highest:,.1f}"
        return f"  {self.figure:<26}{self.median:>10,.1f}   {spread:<22} {self.verdict}".rstrip()

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "verdict": self.verdict}


def summarize(runs: Sequence[Figures], targets: Sequence[Target]) -> list[Summary]:
    """Condense the runs of one case."""
    by_figure = {target.figure: target for target in targets}
    return [
        Summary(name, median(values), min(values), max(values), by_figure.get(name))
        for name in runs[0]
        for values in [[run[name] for run in runs]]
    ]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so great a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def latencies(seconds: Sequence[float]) -> Figures:
    """The usual three, in milliseconds."""
    return {
        "latency p50 [ms]": 1_000 * percentile(seconds, 0.5),
        "latency p99 [ms]": 1_000 * percentile(seconds, 0.99),
        "latency max [ms]": 1_000 * max(seconds),
    }
