"""The index "feature → files" of docs/architecture.md is complete and names nothing gone."""

import re
from fnmatch import fnmatch
from pathlib import PurePosixPath

from tests.house.tree import ROOT, document, files

SELF_EXPLANATORY = ("__init__.py", "py.typed")


def named_paths() -> set[str]:
    """What stands in backquotes in the table whose first heading begins with "feature"."""
    table = r"(?im)^\| *feature.*\n(?:\|.*\n?)+"
    tables = re.findall(table, document("architecture.md"))
    assert tables, "docs/architecture.md has no table that starts with the column `feature`"
    return {name for table in tables for name in re.findall(r"`([^`\s]+/[^`\s]*)`", table)}


def source_files() -> list[str]:
    sources = [path for path in files() if re.match(r"deskbell/|web/\w+/src/", path)]
    return [path for path in sources if not path.endswith(SELF_EXPLANATORY)]


def is_named(path: str, names: set[str]) -> bool:
    """Whether the table has the file, a pattern of it, or the very folder it lies in."""
    folder = f"{PurePosixPath(path).parent}"
    return any(name.rstrip("/") == folder or fnmatch(path, name) for name in names)


def test_the_index_names_only_what_exists() -> None:
    gone = [name for name in named_paths() if not any(ROOT.glob(name.rstrip("/")))]
    assert not gone, "docs/architecture.md names files that do not exist"


def test_the_index_names_every_source_file() -> None:
    names = named_paths()
    unnamed = [path for path in source_files() if not is_named(path, names)]
    assert not unnamed, "docs/architecture.md does not say which feature these belong to"
