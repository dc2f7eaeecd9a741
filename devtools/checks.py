"""Runs every check of the project and counts what passed: linters, Vitest and pytest by part."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from devtools.environment import build_bundles, set_up_chromium, set_up_packages
from devtools.running import PYTHON, ROOT, SCRIPTS, WEB, SetupError, run

REPORTS = ROOT / ".reports"
FAST_PARTS = ("unit", "contract")
PARTS = (*FAST_PARTS, "integration", "faults", "browser", "house")
CHROMIUM = "TEST_CHROMIUM"
"""Tells the tests where the browser is; empty when there is none.

Not DESKBELL_…: those are settings, and one that does not exist stops the server.
"""
PYTEST_COLLECTED_NOTHING = 5


@dataclass
class Tally:
    """How one part of the checks went."""

    part: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    skip_reason: str = ""
    """Why the part did not run at all."""

    def __str__(self) -> str:
        counts = f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"
        return f"{self.part + ':':<13}{counts}"


def not_run(part: str, reason: str) -> Tally:
    return Tally(part, skipped=1, skip_reason=reason)


def announce(part: str) -> None:
    print(f"\n===== {part} =====", flush=True)


def fresh_report(name: str) -> Path:
    """Where a runner shall leave its JUnit report, without that of the run before."""
    REPORTS.mkdir(exist_ok=True)
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    return report


def add_report(tally: Tally, report: Path, code: int) -> None:
    """Add a runner's counts; one that fails without naming a failed test counts as a failure."""
    failed = 0
    suites = ElementTree.parse(report).getroot().iter("testsuite") if report.is_file() else ()
    for suite in suites:
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        failed += bad
        tally.skipped += skipped
        tally.passed += int(suite.get("tests", 0)) - bad - skipped
    tally.failed += failed or bool(code)


def lint(path: str) -> Tally:
    """Every static check; `path` is the PATH with npm, empty when there is none."""
    announce("lint")
    python = (
        ("ruff", "check"),
        ("ruff", "format", "--check"),
        ("mypy",),
        ("lint-imports", "--no-logo"),
    )
    codes = [run(SCRIPTS / tool, *options, check=False) for tool, *options in python]
    if path:
        codes.append(run("npm", "run", "check", cwd=WEB, check=False, env={"PATH": path}))
    failed = sum(map(bool, codes))
    return Tally("lint", passed=len(codes) - failed, failed=failed)


def run_vitest(path: str) -> Tally:
    """The tests of every npm package that has some."""
    announce("web")
    tally = Tally("web")
    for manifest in sorted(WEB.glob("*/package.json")):
        package = manifest.parent.name
        report = fresh_report(f"web-{package}")
        reporters = ("--reporter=default", "--reporter=junit", f"--outputFile.junit={report}")
        test = ("npm", "run", "test", "--if-present", "--workspace", package, "--", *reporters)
        add_report(tally, report, run(*test, cwd=WEB, check=False, env={"PATH": path}))
    return tally


def forget_settings() -> None:
    """Keep a developer's own Deskbell out of the tests."""
    for name in [name for name in os.environ if name.startswith("DESKBELL_")]:
        del os.environ[name]


def run_pytest(part: str, *arguments: str | Path, env: Mapping[str, str]) -> Tally:
    announce(part)
    report = fresh_report(part)
    pytest = (PYTHON, "-m", "pytest", f"--junitxml={report}")
    code = run(*pytest, *arguments, check=False, env=env)
    if code == PYTEST_COLLECTED_NOTHING:
        return not_run(part, "pytest found no test")
    tally = Tally(part)
    add_report(tally, report, code)
    return tally


def run_part(part: str, env: Mapping[str, str]) -> Tally:
    folder = ROOT / "tests" / part
    if not folder.is_dir():
        return not_run(part, f"there is no folder tests/{part}")
    return run_pytest(part, folder, env=env)


def run_fast() -> list[Tally]:
    """What needs neither npm nor a browser."""
    return [run_part(part, {}) for part in FAST_PARTS]


def prepare() -> tuple[list[Tally], dict[str, str]]:
    """What all parts need beside Python; bundles that cannot be made fail alone."""
    env = {CHROMIUM: set_up_chromium()}
    try:
        env["PATH"] = set_up_packages()
        build_bundles(env["PATH"])
    except SetupError as problem:
        print(f"The bundles could not be made: {problem}", file=sys.stderr)
        return [Tally("bundles", failed=1)], env
    return [], env


def run_selected(arguments: list[str]) -> list[Tally]:
    """What pytest's own arguments select, out of all parts."""
    tallies, env = prepare()
    return [*tallies, run_pytest("selected", *arguments, env=env)]


def run_everything() -> list[Tally]:
    """All parts, also after a failure, so that one run tells all that is wrong."""
    tallies, env = prepare()
    path = env.get("PATH", "")
    tallies.append(lint(path))
    tallies.append(run_vitest(path) if path else not_run("web", "no npm packages, see above"))
    for part in PARTS:
        if part == "browser" and not env[CHROMIUM]:
            tallies.append(not_run(part, "no Chromium on PATH, and none could be installed"))
        else:
            tallies.append(run_part(part, env))
    return tallies


def summary(tallies: Iterable[Tally]) -> int:
    """Print a line for each part and the sum of them last; gives the exit code."""
    tallies = list(tallies)
    announce("summary")
    for tally in tallies:
        print(tally)
    for tally in tallies:
        if tally.skip_reason:
            print(f"SKIP {tally.part}: {tally.skip_reason}")
    passed, failed, skipped = (
        sum(getattr(tally, count) for tally in tallies) for count in ("passed", "failed", "skipped")
    )
    tested = any(tally.passed for tally in tallies if tally.part != "lint")
    if not tested:
        print("No test ran and passed, and that is a failure too.")
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return int(failed > 0 or not tested)
