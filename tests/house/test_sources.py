"""What every file owes its reader: an opening sentence, a bearable size, and nothing private."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import GENERATED, ROOT, files, python_files, script_files, text

LONGEST = 250
LONGER_FOR_A_REASON = {
    "tests/browser/states.py": "the closed list of the widget's states, a few lines each",
    "tests/integration/test_smtp.py": "one small SMTP server, and all the ways it can misbehave",
    "web/client/src/chat.ts": "the one state machine of a chat; its parts already lie beside it",
    "web/client/tests/cable.test.ts": "the cases of the connection's state machine",
    "web/client/tests/chat.test.ts": "the cases of that state machine",
}
"""Files with more lines than that, and why each of them is one thing."""

SOURCE_SUFFIXES = (".py", ".ts", ".tsx", ".css")

PACKAGE_HOST = re.compile(
    r'"resolved": *"http'
    r"|^ *-{1,2}(index-url|extra-index-url|find-links)[ =]"
    r"|^ *(registry|index-url|extra-index-url) *= *\"?http"
    r"|\b(files\.python[h]osted|registry\.npm[j]s|registry\.yarn[p]kg)\.",
    re.MULTILINE,
)
"""Where packages come from; the brackets keep this file from finding itself."""

SOMEBODYS_HOME = re.compile(r"(?<![\w.~}])/(home|Users)/[a-z]\w*/|\b[A-Z]:\\Users\\")


def test_every_module_opens_with_what_it_is_for() -> None:
    silent = [path for path in python_files() if not ast.get_docstring(ast.parse(text(path)))]
    silent += [path for path in script_files() if not text(path).startswith(("/**", "//", "/*"))]
    assert not silent, "these open without a sentence that says what they are for"


def test_a_long_file_has_a_reason() -> None:
    sources = [path for path in files() if path.endswith(SOURCE_SUFFIXES)]
    long = {
        path for path in sources if not GENERATED.search(path) and text(path).count("\n") > LONGEST
    }
    assert long - LONGER_FOR_A_REASON.keys() == set(), "split these or say why they are one thing"
    assert LONGER_FOR_A_REASON.keys() - long == set(), "these are short now: remove the reason"


@pytest.mark.parametrize("private", [f"{ROOT}/", f"{Path.home()}/"])
def test_no_file_holds_a_path_of_this_machine(private: str) -> None:
    assert [path for path in files() if private in text(path)] == []


def test_no_file_holds_a_path_of_any_machine() -> None:
    assert [path for path in files() if SOMEBODYS_HOME.search(text(path))] == []


def test_no_file_names_a_package_host() -> None:
    assert [path for path in files() if PACKAGE_HOST.search(text(path))] == []


@pytest.mark.parametrize("line", ['    "resolved": "{}"', "registry={}", "--extra-index-url {}"])
def test_a_package_host_would_be_noticed(line: str) -> None:
    assert PACKAGE_HOST.search(line.format("https://packages.example"))
