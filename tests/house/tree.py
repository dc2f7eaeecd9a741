"""The files of this checkout as the house tests see them, and the documents as they read them."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

PYTHON_FOLDERS = ("deskbell/", "tests/", "bench/", "devtools/")
SCRIPT_SUFFIXES = (".ts", ".tsx")
GENERATED = re.compile(r"\.gen\.\w+$|(^|/)package-lock\.json$|^requirements/.*\.txt$")


@cache
def files() -> tuple[str, ...]:
    """Every file that is or would be tracked, by its path from the root."""
    # Also what is not committed yet, so that a new file is checked before it is too late.
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted({path for path in listed.split("\0") if path and (ROOT / path).is_file()}))


@cache
def text(path: str) -> str:
    """A file's text; empty for pictures, sounds and other files that are not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def document(name: str) -> str:
    path = f"docs/{name}"
    assert (ROOT / path).is_file(), f"{path} is missing"
    return text(path)


def python_files() -> list[str]:
    top_level = [path for path in files() if path.endswith(".py") and "/" not in path]
    inside = [path for path in files() if path.endswith(".py") and path.startswith(PYTHON_FOLDERS)]
    return top_level + inside


def script_files() -> list[str]:
    """TypeScript that people wrote, but for tests: their names and cases say what they are for."""
    scripts = [path for path in files() if path.endswith(SCRIPT_SUFFIXES)]
    return [path for path in scripts if not (GENERATED.search(path) or ".test." in path)]


def lacking(names: set[str], document_name: str) -> str:
    """A message that names what a document lacks, spelled as code; empty when it has all."""
    written = document(document_name)
    missing = sorted(name for name in names if f"`{name}`" not in written)
    return f"docs/{document_name} does not mention {', '.join(missing)}" if missing else ""
