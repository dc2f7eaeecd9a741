"""Pictures of the run, for a person to look at: `.reports/screenshots/index.html`."""

import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / ".reports" / "screenshots"
TESTS = Path(__file__).parent
SHEET = "gallery.html"


@dataclass(frozen=True)
class Picture:
    """One file of the sheet, named `group-what-it-shows`."""

    file: str
    width: int
    height: int
    earlier: bool
    """It was taken by another run: this one did not come by there."""

    @property
    def group(self) -> str:
        return self.file.removesuffix(".png").partition("-")[0]

    @property
    def title(self) -> str:
        words = self.file.removesuffix(".png").partition("-")[2] or self.group
        return words.replace("-", " ")


class Gallery:
    """Takes pictures and hangs them in groups. A run of all tests starts with bare walls; one of a
    few replaces what it takes and leaves the rest."""

    def __init__(self, folder: Path = FOLDER, *, whole: bool) -> None:
        self._folder = folder
        self._started = time.time()
        folder.mkdir(parents=True, exist_ok=True)
        if whole:
            for old in folder.glob("*.png"):
                old.unlink()

    def take(self, page: Page, name: str) -> None:
        """Keep what the window shows, with everything that moves at its end."""
        page.screenshot(path=self._folder / f"{name}.png", animations="disabled")

    def hang(self) -> Path:
        """Write the sheet with all pictures that are there, and say where."""
        pictures = sorted(map(self._picture, self._folder.glob("*.png")), key=_by_group)
        groups = [(name, list(those)) for name, those in groupby(pictures, lambda p: p.group)]
        templates = Environment(loader=FileSystemLoader(TESTS), autoescape=True)
        sheet = self._folder / "index.html"
        page = templates.get_template(SHEET).render(groups=groups, count=len(pictures))
        sheet.write_text(page, "utf-8")
        return sheet

    def _picture(self, path: Path) -> Picture:
        width, height = struct.unpack(">II", path.read_bytes()[16:24])  # of PNG's first chunk
        return Picture(path.name, width, height, path.stat().st_mtime < self._started)


def is_whole(tested: Iterable[Path], *, narrowed: bool) -> bool:
    """Whether a run comes by everywhere: no file is left out, and nothing picks among tests."""
    return not narrowed and set(TESTS.glob("test_*.py")) <= set(tested)


def _by_group(picture: Picture) -> tuple[str, str]:
    return picture.group, picture.title
