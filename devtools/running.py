"""Where things are in a checkout, and how dev.py runs a command and avoids running it twice."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"

WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")


class SetupError(Exception):
    """Something a person has to know; shown as it is, without a traceback."""


def run(
    *command: str | Path, cwd: Path = ROOT, check: bool = True, env: Mapping[str, str] | None = None
) -> int:
    """Run a command in the foreground, with `env` added to this process's environment."""
    words, environment = [str(word) for word in command], {**os.environ, **(env or {})}
    # Windows starts `npm.cmd` only by its full name, so the name is looked up here.
    words[0] = shutil.which(words[0], path=environment.get("PATH")) or words[0]
    sys.stdout.flush()
    try:
        code = subprocess.run(words, cwd=cwd, env=environment, check=False).returncode
    except FileNotFoundError:
        code = 127
    if check and code:
        raise SetupError(f"failed with exit code {code}: {' '.join(words)}")
    return code


def output(*command: str | Path) -> str:
    """What a command prints, or nothing when it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.stdout.strip() if done.returncode == 0 else ""


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over the names and the contents of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current(stamp: Path, digest: str) -> bool:
    """Whether the step that left this stamp ran on the same inputs."""
    return stamp.is_file() and stamp.read_text() == digest
