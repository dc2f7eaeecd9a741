"""Who may import whom: the contracts of pyproject.toml, and the borders no linter sees."""

import ast
import re
import sys
from collections.abc import Iterator

import pytest
from importlinter.cli import lint_imports

from tests.house.tree import ROOT, files, text

IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")


def imported_modules(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_packages_import_only_what_stands_below_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    contracts_kept = 0
    assert lint_imports(no_cache=True, show_timings=False) == contracts_kept


def test_the_domain_needs_only_the_standard_library() -> None:
    foreign = {
        f"{path}: {module}"
        for path in files()
        if path.startswith("deskbell/domain/") and path.endswith(".py")
        for module in imported_modules(text(path))
        if not module.startswith("deskbell.domain")
        and module.split(".")[0] not in sys.stdlib_module_names
    }
    assert not foreign


def test_the_client_knows_neither_of_its_applications() -> None:
    upward = {
        f"{path}: {module}"
        for path in files()
        if path.startswith("web/client/src/")
        for module in IMPORTED.findall(text(path))
        if re.search(r"preact|@deskbell/(widget|dashboard)|/(widget|dashboard)/", module)
    }
    assert not upward


def test_the_development_commands_run_before_anything_is_installed() -> None:
    foreign = {
        f"{path}: {module}"
        for path in files()
        if path == "dev.py" or (path.startswith("devtools/") and path.endswith(".py"))
        for module in imported_modules(text(path))
        if module.split(".")[0] not in {*sys.stdlib_module_names, "devtools"}
    }
    assert not foreign
