"""`deskbell create-admin`: an agent who can sign in to the dashboard."""
# ruff: noqa: PLC0415 - nothing heavy is imported before a command runs

import sys

import click

from deskbell.cli.flags import with_settings
from deskbell.settings import Settings


@click.command("create-admin")
@click.option("--email", help="What the admin signs in with.")
@click.option("--name", help="What visitors see.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_settings("data", "database")
def create_admin(
    settings: Settings, email: str | None, name: str | None, password_stdin: bool
) -> None:
    """Make an admin; asks for what no flag tells."""
    import asyncio

    from deskbell.app import Deskbell
    from deskbell.cli.failures import told_in_one_sentence
    from deskbell.domain.errors import DeskbellError

    email = email or _ask("--email", "E-mail")
    name = name or _ask("--name", "Name")
    password = (
        sys.stdin.readline().rstrip("\r\n")
        if password_stdin
        else _ask("--password-stdin", "Password", secret=True)
    )
    try:
        with told_in_one_sentence(f"cannot use {settings.database_url}"):
            asyncio.run(Deskbell(settings).create_admin(email, name, password))
    except DeskbellError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email} can sign in now.")


def _ask(flag: str, what: str, *, secret: bool = False) -> str:
    """A script must not hang at a question that nobody sees."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"{flag} is missing, and there is no terminal to ask at.")
    answer: str = click.prompt(what, hide_input=secret, confirmation_prompt=secret)
    return answer
