"""Build hook: refuses to pack a Deskbell without its browser bundles.

It verifies and never builds: hooks also run for editable installs, where a build would surprise.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLES = ("widget.js", "dashboard/index.html")


class VerifyBundles(BuildHookInterface):  # type: ignore[type-arg]
    """Stops a build of a wheel or an sdist when a bundle is missing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        static = Path(self.root) / "deskbell" / "static"
        missing = [name for name in BUNDLES if not (static / name).is_file()]
        if missing:
            names = ", ".join(f"deskbell/static/{name}" for name in missing)
            raise FileNotFoundError(f"{names} missing: run `python3 dev.py web` first")
