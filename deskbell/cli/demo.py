"""`deskbell demo`: a shop, its customers, an agent and the mails, ready to be tried."""
# ruff: noqa: PLC0415 - nothing heavy is imported before a command runs

import contextlib
import socket
import tempfile
from pathlib import Path

import click

from deskbell.settings import Settings, SettingsError, ensure_secret

HOST = "127.0.0.1"
BRAND = "Harbour Lamps"
MAIL_DELAY = 20
EMAIL, NAME, PASSWORD = "admin@example.com", "Mira", "harbour-lamps"


@click.command()
@click.option("--port", default=0, help="Port to listen on; a free one when not given.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to keep; a temporary one when not given.",
)
def demo(port: int, data: Path | None) -> None:
    """Try Deskbell: an invented shop with the widget, a dashboard, and a catcher for mail."""
    with contextlib.ExitStack() as stack:
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deskbell-demo-")))
        try:
            _run(port, data)
        except SettingsError as error:
            raise click.ClickException(str(error)) from error


def _run(port: int, data: Path) -> None:
    from deskbell.cli.logs import configure_logging
    from deskbell.cli.running import listening_socket

    configure_logging("warning", "text")
    # The address is part of the links in mails, so the port is taken before anything is made.
    with listening_socket(HOST, port) as listener:
        _open_shop(listener, data)


def _open_shop(listener: socket.socket, data: Path) -> None:
    from deskbell.app import Deskbell
    from deskbell.cli.running import run
    from deskbell.demo.catcher import MailCatcher
    from deskbell.demo.shop import Shop
    from deskbell.domain.errors import Invalid

    address = f"http://{HOST}:{listener.getsockname()[1]}"
    settings = Settings(
        data=data,
        public_url=address,
        brand=BRAND,
        mail_from=f"{BRAND} <support@example.com>",
        mail_delay=MAIL_DELAY,
        drain_seconds=2,
    )
    mails = MailCatcher()
    desk = Deskbell(settings, mailer=mails)
    shop = Shop(desk, ensure_secret(settings), mails, MAIL_DELAY)

    async def announce(_: str) -> None:
        with contextlib.suppress(Invalid):  # a kept folder has the admin already
            await desk.create_admin(EMAIL, NAME, PASSWORD)
        click.echo(_welcome(address))

    run(settings, desk, shop.app, announce, listener)


def _welcome(address: str) -> str:
    return f"""
Deskbell demo: open two windows and talk to yourself.

  Shop, as a visitor      {address}/shop
  Shop, as Ada            {address}/shop?as=ada
  Dashboard, as an agent  {address}/dashboard/   {EMAIL}  {PASSWORD}
  Outgoing mail           {address}/mail   (a reply unread for {MAIL_DELAY} seconds)

Ctrl+C ends it."""
