"""`python -m bench [pairs] [openloop] [idle] [widget]`: runs benchmarks and prints what they tell.

bench/README.md says how to read it.
"""

import argparse
import asyncio
import gc
import json
import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop

from bench import idle, openloop, pairs, widget
from bench.cable import LostConnection
from bench.conversation import Unfaithful
from bench.figures import Figures, Summary, Target, summarize
from bench.machine import Cores, allow_many_sockets, describe

RESULTS = Path(__file__).with_name("results")


@dataclass(frozen=True, slots=True)
class Case:
    """One benchmark."""

    title: str
    run: Callable[[Cores, float | None], Coroutine[Any, Any, Figures]]
    targets: Sequence[Target]


CASES = {
    "pairs": Case(
        "pairs: 1,000 sockets in 500 chats, closed loop, durable", pairs.run, pairs.TARGETS
    ),
    "openloop": Case(
        "openloop: the same sockets, 1,000 messages/s, durable", openloop.run, openloop.TARGETS
    ),
    "idle": Case("idle: 10,000 sockets, each subscribed to its chat", idle.run, idle.TARGETS),
    "widget": Case(widget.TITLE, widget.run, widget.TARGETS),
}


def main() -> int:
    options = _options()
    _need_files(options.cases)
    if "widget" in options.cases and not widget.chromium():
        sys.exit("widget needs Chromium: on PATH, or named in TEST_CHROMIUM")
    cores = Cores.pick()
    machine = {**describe(), "cores": f"server {cores.server}, clients {cores.clients}"}
    print("\n".join(f"{name:<11}{text}" for name, text in machine.items()))
    results = {}
    for name in options.cases:
        case = CASES[name]
        print(f"\n{case.title}", flush=True)
        try:
            runs = [_run(case, cores, options.seconds) for _ in range(options.runs)]
        except (Unfaithful, LostConnection) as fault:
            print(f"  WRONG: {fault}")
            return 1
        results[name] = summarize(runs, case.targets)
        print(f"  {'':<26}{'median':>10}   lowest … highest of {len(runs)}")
        print("\n".join(map(str, results[name])), flush=True)
    print(f"\nkept in {_keep(machine, results)}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="case", help=f"{', '.join(CASES)}; or all")
    parser.add_argument("--runs", type=int, default=3, help="runs of each case (default: 3)")
    parser.add_argument("--seconds", type=float, help="how long each run measures")
    options = parser.parse_args()
    unknown = set(options.cases) - set(CASES)
    if unknown:
        parser.error(f"there is no case {', '.join(sorted(unknown))}")
    options.cases = options.cases or list(CASES)
    return options


def _need_files(cases: Sequence[str]) -> None:
    files, wanted = allow_many_sockets(), idle.SOCKETS + idle.SPARE_FILES
    if "idle" in cases and files < wanted:
        sys.exit(f"idle needs {wanted:,} open files, {files:,} are allowed (ulimit -Hn)")


def _run(case: Case, cores: Cores, seconds: float | None) -> Figures:
    # The clients must not stop to collect in the middle; what a run leaves goes after it.
    gc.collect()
    gc.disable()
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(case.run(cores, seconds))
    finally:
        gc.enable()


def _keep(machine: dict[str, str], results: dict[str, list[Summary]]) -> Path:
    now = datetime.now(UTC)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%dT%H%M%S}.json"
    cases = {name: [summary.as_json() for summary in kept] for name, kept in results.items()}
    content = {"time": now.isoformat(), "machine": machine, "cases": cases}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    return path


if __name__ == "__main__":
    sys.exit(main())
