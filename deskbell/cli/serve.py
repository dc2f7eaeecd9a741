"""`deskbell serve`: the standalone service."""
# ruff: noqa: PLC0415 - nothing heavy is imported before a command runs

from dataclasses import replace

import click

from deskbell.cli.flags import with_settings
from deskbell.settings import Settings


@click.command()
@with_settings()
def serve(settings: Settings) -> None:
    """Run the service until SIGTERM or Ctrl+C.

    Every setting is a flag, a variable DESKBELL_… and a key of deskbell.toml.
    """
    from deskbell.app import Deskbell
    from deskbell.cli.logs import configure_logging
    from deskbell.cli.running import listening_socket, run

    configure_logging(settings.log_level, settings.log_format)
    with listening_socket(settings.host, settings.port) as listener:
        # The set-up link names the port, which the system chose when it was given as 0.
        desk = Deskbell(replace(settings, port=listener.getsockname()[1]))

        async def announce(address: str) -> None:
            click.echo(f"Deskbell is listening on {address}")
            link = await desk.setup_link(address)
            if link is not None:
                click.echo(f"There is no admin yet. Make one here, once, within a day: {link}")

        run(settings, desk, desk, announce, listener)
