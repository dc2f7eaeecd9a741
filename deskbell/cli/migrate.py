"""`deskbell migrate`: the database brought to the tables of this version."""
# ruff: noqa: PLC0415 - nothing heavy is imported before a command runs

from pathlib import Path

import click

from deskbell.cli.flags import with_settings
from deskbell.settings import Settings


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when it is not current.")
@with_settings("data", "database")
def migrate(settings: Settings, check: bool) -> None:
    """Bring the database to this version; `serve` does the same by itself on SQLite."""
    from deskbell.cli.failures import told_in_one_sentence

    with told_in_one_sentence(f"cannot use {settings.database_url}"):
        _migrate(settings.database_url, check=check)


def _migrate(url: str, *, check: bool) -> None:
    from deskbell.storage.migrate import is_current, upgrade

    file = Path(url.removeprefix("sqlite:///"))
    if check:
        current = file.exists() and is_current(url)  # connecting would make the file
        click.echo("The database is current." if current else "The database is not current.")
        raise SystemExit(0 if current else 1)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = upgrade(url)
    if copy is not None:
        click.echo(f"The database as it was before is in {copy}")
    click.echo("The database is current.")
