"""`deskbell openapi`: the description of the REST interface, for generators and readers."""
# ruff: noqa: PLC0415 - nothing heavy is imported before a command runs

import json

import click


@click.command()
def openapi() -> None:
    """Print the OpenAPI 3.1 description of the REST interface."""
    from deskbell.api.openapi import document

    click.echo(json.dumps(document(), indent=2, ensure_ascii=False))
