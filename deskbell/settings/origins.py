"""Reads the settings: the first of a flag, a `DESKBELL_*` variable, the TOML file, the default.

Whatever is set under a name that does not exist is an error, never ignored: a misspelt
`DESKBELL_SITES` would otherwise open the chat to every origin.
"""

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from deskbell.settings.declared import SECRETS, TYPES, Settings, SettingsError, problem_of

PREFIX = "DESKBELL_"
CONFIG = PREFIX + "CONFIG"
"""Names the TOML file; no setting itself, since it says where settings are."""


def load_settings(
    flags: Mapping[str, object], environ: Mapping[str, str], toml_file: Path | None = None
) -> Settings:
    """Settings from all origins; raises SettingsError. A flag that is None was not given."""
    environment = dict(_from_environment(environ))
    flagged = {
        _known(name, "a flag"): (value, f"flag --{name.replace('_', '-')}")
        for name, value in flags.items()
        if value is not None
    }
    data, origin = (environment | flagged).get("data", (Settings.data, "default"))
    if toml_file is None:
        named = environ.get(CONFIG)
        toml_file = Path(named) if named else _toml_in(_convert("data", data, origin))
    given = {**_from_toml(toml_file), **environment, **flagged}
    return Settings(
        **{name: _convert(name, value, origin) for name, (value, origin) in given.items()}
    )


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, tuple[object, str]]]:
    for variable in sorted(environ):
        if not variable.startswith(PREFIX) or variable == CONFIG:
            continue
        name, value = variable.removeprefix(PREFIX).lower(), environ[variable]
        origin = f"environment {variable}"
        if name.removesuffix("_file") in SECRETS and name.endswith("_file"):
            name, value = name.removesuffix("_file"), _read_secret(Path(value), origin)
            if PREFIX + name.upper() in environ:
                raise SettingsError(f"{origin}: {PREFIX}{name.upper()} is set as well")
        yield _known(name, origin), (value, origin)


def _read_secret(path: Path, origin: str) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{origin}: cannot read {path}: {error}") from error


def _toml_in(data: Path) -> Path | None:
    path = data / "deskbell.toml"
    return path if path.exists() else None


def _from_toml(path: Path | None) -> dict[str, tuple[object, str]]:
    if path is None:
        return {}
    try:
        table = tomllib.loads(path.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"cannot read {path}: {error}") from error
    return {_known(name, str(path)): (value, f"{name} in {path}") for name, value in table.items()}


def _known(name: str, origin: str) -> str:
    if name in TYPES:
        return name
    near = get_close_matches(name, TYPES, n=1, cutoff=0.0)[0]
    spelt = PREFIX + near.upper() if origin.startswith("environment") else near
    raise SettingsError(f"{origin}: there is no setting {name!r}; the nearest is {spelt}")


def _convert(name: str, value: object, origin: str) -> Any:
    """The value in the setting's type; text is what flags and the environment hold."""
    wanted = TYPES[name]
    if isinstance(wanted, UnionType):
        wanted = get_args(wanted)[0]
    converted = _as_type(wanted, value)
    if converted is None:
        raise SettingsError(f"{origin}: must be {_spoken(wanted)}, not {_shown(name, value)}")
    problem = problem_of(name, converted)
    if problem:
        raise SettingsError(f"{origin}: {problem}")
    return converted


def _as_type(wanted: Any, value: object) -> object | None:
    """None when the value does not fit."""
    if get_origin(wanted) is Literal:
        return value if value in get_args(wanted) else None
    if get_origin(wanted) is tuple:
        return _texts(value)
    if wanted is int:
        return _number(value)
    if isinstance(value, str | Path) and str(value).strip():
        return Path(value) if wanted is Path else str(value)
    return None


def _texts(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if not isinstance(value, list | tuple):
        return None
    return tuple(value) if all(isinstance(part, str) for part in value) else None


def _number(value: object) -> int | None:
    """True is no number, although Python counts with it."""
    if isinstance(value, str):
        return int(value) if value.strip().removeprefix("-").isdecimal() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _spoken(wanted: Any) -> str:
    if get_origin(wanted) is Literal:
        return "one of " + ", ".join(get_args(wanted))
    if get_origin(wanted) is tuple:
        return "a list of texts"
    return {int: "a whole number", Path: "a path"}.get(wanted, "a text that is not empty")


def _shown(name: str, value: object) -> str:
    return "this" if name in SECRETS else repr(value)
