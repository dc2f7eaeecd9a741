"""Reads Chromium's own trace of a page: how long its main thread worked for somebody's scripts."""

import json
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

CATEGORIES = ["-*", "devtools.timeline", "disabled-by-default-devtools.timeline", "v8"]

PROMISES = ("RunMicrotasks", "BlinkScheduler_PerformMicrotaskCheckpoint")
"""What runs promises names no script; on a page with no other scripts they are ours."""

Event = dict[str, Any]


def work_of(page: Page, origin: str, address: str) -> list[float]:
    """Load a page, and give the milliseconds that each task spent on scripts from `origin`."""
    browser = page.context.browser
    assert browser is not None
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.goto(address, wait_until="networkidle")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    timed = [event for event in events if event.get("ph") == "X"]
    ours = [event for event in timed if _is_of(event, origin)]
    main_threads = {_thread(event) for event in ours if event["name"] == "EvaluateScript"}
    assert main_threads, "the trace does not show our scripts"
    tasks = (event for event in timed if event["name"] == "RunTask")
    return list(_work(tasks, [event for event in ours if _thread(event) in main_threads]))


def _work(tasks: Iterator[Event], ours: list[Event]) -> Iterator[float]:
    for task in tasks:
        inside = [event for event in ours if _holds(task, event)]
        nested = [event for event in inside if any(_holds(outer, event) for outer in inside)]
        if inside:
            yield sum(_worked(event) for event in inside if event not in nested)


def _is_of(event: Event, origin: str) -> bool:
    args = event.get("args", {})
    address = args.get("data", {}).get("url") or args.get("fileName") or ""
    ours = address.startswith(origin) and address.endswith(".js")
    return ours or event["name"] in PROMISES


def _thread(event: Event) -> tuple[int, int]:
    return event["pid"], event["tid"]


def _holds(outer: Event, inner: Event) -> bool:
    """Whether one happened within the other, and is not the other."""
    end = outer["ts"] + outer["dur"]
    within = outer["ts"] <= inner["ts"] and inner["ts"] + inner["dur"] <= end
    return within and outer is not inner and _thread(outer) == _thread(inner)


def _worked(event: Event) -> float:
    """Its processor time: neighbours on a busy machine do not add to it, the slow-down does."""
    microseconds: float = event["tdur" if "tdur" in event else "dur"]
    return microseconds / 1_000
