#!/usr/bin/env python3
"""Deskbell's development commands; each sets up what it needs first.

    python3 dev.py setup                  environment, npm packages and browser bundles
    python3 dev.py demo [arguments]       set up, then `deskbell demo`
    python3 dev.py test [--fast]          every check, ends with the count
    python3 dev.py test <pytest arguments>    only what these select, e.g. `-k archive`
    python3 dev.py lint                   ruff, mypy, import-linter, tsc
    python3 dev.py bench [arguments]      set up, then `python -m bench`
    python3 dev.py web                    the browser bundles alone
    python3 dev.py lock [--upgrade]       write the lock files anew

Needs Python 3.11 or newer and nothing else. Standard library only, because nothing is installed
yet when it starts. docs/development.md tells more.
"""

from __future__ import annotations

import sys

OLDEST_PYTHON = (3, 11)

if sys.version_info < OLDEST_PYTHON:
    sys.exit("Deskbell needs Python 3.11 or newer; this is " + sys.version.split()[0])

from devtools import checks, environment
from devtools.running import PYTHON, SCRIPTS, SetupError, run


def setup(arguments: list[str]) -> int:
    environment.set_up_python()
    environment.set_up_web()
    return 0


def demo(arguments: list[str]) -> int:
    setup([])
    return run(SCRIPTS / "deskbell", "demo", *arguments, check=False)


def test(arguments: list[str]) -> int:
    checks.forget_settings()
    environment.set_up_python()
    if arguments == ["--fast"]:
        return checks.summary(checks.run_fast())
    if arguments:
        return checks.summary(checks.run_selected(arguments))
    return checks.summary(checks.run_everything())


def lint(arguments: list[str]) -> int:
    environment.set_up_python()
    tally = checks.lint(environment.set_up_web())
    print(tally)
    return min(tally.failed, 1)


def bench(arguments: list[str]) -> int:
    environment.set_up_python()
    return run(PYTHON, "-m", "bench", *arguments, check=False)


def web(arguments: list[str]) -> int:
    environment.set_up_web()
    return 0


def lock(arguments: list[str]) -> int:
    environment.lock_python(arguments)
    environment.lock_web()
    return 0


COMMANDS = {command.__name__: command for command in (setup, demo, test, lint, bench, web, lock)}


def main() -> int:
    name, arguments = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if name not in COMMANDS:
        print(__doc__)
        return 0 if name in ("", "-h", "--help") else 2
    try:
        return COMMANDS[name](arguments)
    except SetupError as problem:
        print(f"dev.py: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
