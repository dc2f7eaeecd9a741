"""The command `deskbell`. Every command imports what it needs only when it runs, so that
`--help` answers at once."""

import click

from deskbell import __version__
from deskbell.cli.create_admin import create_admin
from deskbell.cli.demo import demo
from deskbell.cli.migrate import migrate
from deskbell.cli.openapi import openapi
from deskbell.cli.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Deskbell: live customer-support chat."""


@main.command()
def version() -> None:
    """Print the version."""
    click.echo(__version__)


for command in (serve, demo, create_admin, migrate, openapi):
    main.add_command(command)
