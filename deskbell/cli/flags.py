"""Flags made from the settings: each setting is declared once and is a flag by that."""

import os
from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from deskbell.settings import PREFIX, TYPES, Settings, SettingsError, load_settings

P = ParamSpec("P")
R = TypeVar("R")


def with_settings(
    *names: str,
) -> Callable[[Callable[Concatenate[Settings, P], R]], Callable[P, R]]:
    """Gives a command the settings as its first argument, and flags for those named (or all)."""

    def decorate(command: Callable[Concatenate[Settings, P], R]) -> Callable[P, R]:
        @wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            flags = {name: kwargs.pop(name) for name in names or TYPES}
            config = kwargs.pop("config")
            toml_file = config if isinstance(config, Path) else None
            try:
                return command(load_settings(flags, os.environ, toml_file), *args, **kwargs)
            except SettingsError as error:
                raise click.ClickException(str(error)) from error

        return _with_flags(run, names or tuple(TYPES))

    return decorate


def _with_flags(run: Callable[P, R], names: tuple[str, ...]) -> Callable[P, R]:
    config = click.Path(dir_okay=False, path_type=Path)
    run = click.option("--config", type=config, help="TOML file with settings.")(run)
    for each in reversed(fields(Settings)):
        if each.name in names:
            flag, variable = f"--{each.name.replace('_', '-')}", f"{PREFIX}{each.name.upper()}"
            help_text = f"{each.metadata['doc']}  [{_default(each.default)}{variable}]"
            run = click.option(flag, each.name, metavar=_metavar(each.name), help=help_text)(run)
    return run


def _default(default: object) -> str:
    return "" if default in (None, ()) else f"{default}; "


def _metavar(name: str) -> str:
    kind = TYPES[name]
    return "N" if kind is int else "A,B,…" if "tuple" in str(kind) else "TEXT"
