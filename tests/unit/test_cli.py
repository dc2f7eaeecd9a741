"""The command line: what it tells, what it asks, and that it answers at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deskbell import __version__
from deskbell.cli import main
from deskbell.settings import TYPES

COMMANDS = ("serve", "demo", "create-admin", "migrate", "openapi", "version")


def call(*args: str, stdin: str = "", **environ: str) -> Result:
    return CliRunner().invoke(main, args, input=stdin, env=environ)


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_answers_without_loading_what_it_does_not_need(command: tuple[str, ...]) -> None:
    script = (
        "import sys\n"
        "from deskbell.cli import main\n"
        f"main({[*command, '--help']}, standalone_mode=False)\n"
        "heavy = {'sqlalchemy', 'uvicorn', 'starlette', 'jinja2', 'asyncio'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_every_command_is_there() -> None:
    assert sorted(main.commands) == sorted(COMMANDS)


def test_every_setting_is_a_flag_of_serve() -> None:
    flags = {option.name for option in main.commands["serve"].params}
    assert flags == {*TYPES, "config"}


def test_version() -> None:
    assert call("version").output == f"{__version__}\n"


def test_a_wrong_setting_is_one_sentence() -> None:
    result = call("serve", DESKBELL_PROT="1")
    assert result.exit_code == 1
    assert result.output == (
        "Error: environment DESKBELL_PROT: there is no setting 'prot'; "
        "the nearest is DESKBELL_PORT\n"
    )


def test_create_admin_makes_an_admin_once(tmp_path: Path) -> None:
    args = [
        *("create-admin", "--data", str(tmp_path), "--email", "mira@shop.example"),
        *("--name", "Mira", "--password-stdin"),
    ]
    first = call(*args, stdin="correct horse\n")
    assert (first.exit_code, first.output) == (0, "mira@shop.example can sign in now.\n")
    second = call(*args, stdin="correct horse\n")
    assert second.exit_code == 1
    assert second.output == "Error: An admin with this e-mail exists already.\n"


def test_create_admin_refuses_a_short_password(tmp_path: Path) -> None:
    result = call(
        *("create-admin", "--data", str(tmp_path), "--email", "mira@shop.example"),
        *("--name", "Mira", "--password-stdin"),
        stdin="short\n",
    )
    assert result.exit_code == 1
    assert result.output == "Error: Choose a password of 8 to 128 characters.\n"


@pytest.mark.parametrize("missing", ["--email", "--name", "--password-stdin"])
def test_create_admin_asks_no_question_without_a_terminal(tmp_path: Path, missing: str) -> None:
    given = {"--email": ["mira@shop.example"], "--name": ["Mira"], "--password-stdin": []}
    del given[missing]
    flags = [word for flag, value in given.items() for word in (flag, *value)]
    result = call("create-admin", "--data", str(tmp_path), *flags, stdin="correct horse\n")
    assert result.exit_code == 2
    assert f"{missing} is missing, and there is no terminal to ask at." in result.output


def test_migrate_makes_the_database_current(tmp_path: Path) -> None:
    data = tmp_path / "new"
    before = call("migrate", "--check", "--data", str(data))
    assert (before.exit_code, before.output) == (1, "The database is not current.\n")
    assert not data.exists()
    assert call("migrate", "--data", str(data)).output == "The database is current.\n"
    after = call("migrate", "--check", "--data", str(data))
    assert (after.exit_code, after.output) == (0, "The database is current.\n")


def test_openapi_prints_the_description(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    document = json.loads(call("openapi").output)
    assert not list(tmp_path.iterdir())
    assert document["openapi"].startswith("3.1")
    assert "/support_chat" in document["paths"]


def logged(level: str, style: str, statement: str) -> list[str]:
    """What a process logs that is configured like this. A process, since logging is global."""
    script = (
        "import logging\n"
        "from deskbell.cli.logs import configure_logging\n"
        f"configure_logging({level!r}, {style!r})\n"
        "log = logging.getLogger('deskbell.test')\n" + statement
    )
    result = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    return result.stderr.splitlines()


def test_text_logs_are_for_people() -> None:
    [line] = logged("warning", "text", "log.info('unheard'); log.warning('went %s', 'wrong')")
    assert line.endswith(" WARNING deskbell.test: went wrong")


def test_json_logs_are_one_object_a_line() -> None:
    statement = "try: int('x')\nexcept ValueError: log.exception('went %s', 'wrong')"
    [line] = logged("info", "json", statement)
    record = json.loads(line)
    assert (record["level"], record["logger"]) == ("error", "deskbell.test")
    assert record["message"] == "went wrong"
    assert record["exception"].splitlines()[-1].startswith("ValueError: ")


def test_the_server_does_not_log_every_socket() -> None:
    assert not logged("info", "text", "logging.getLogger('uvicorn.error').info('open')")


@pytest.mark.parametrize("command", ["serve", "create-admin", "migrate"])
def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path, command: str) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    flags = ["--email", "mira@shop.example", "--name", "Mira", "--password-stdin"]
    extra = {"create-admin": flags, "serve": ["--port", "0"], "migrate": []}[command]
    for where in (["--data", f"{blocked}/x"], ["--database", f"sqlite:///{blocked}/x/y"]):
        data = ["--data", str(tmp_path)] if where[0] == "--database" else []
        result = call(command, *data, *where, *extra, stdin="correct horse\n")
        assert result.exit_code == 1
        assert result.output.startswith("Error: cannot ")
        assert str(blocked) in result.output
