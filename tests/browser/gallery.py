"""Pictures of the run, for a person to look at: `.reports/screenshots/index.html`."""

from html import escape
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / ".reports" / "screenshots"

SHEET = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Deskbell: screenshots of the last run</title>
<style>
body {{ margin: 2rem; background: #888; font: 14px/1.5 system-ui, sans-serif; }}
main {{ display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start; }}
figure {{ margin: 0; }}
img {{ display: block; height: 440px; max-width: 100%; }}
</style>
<main>
{figures}
</main>
"""
FIGURE = '<figure><a href="{name}.png"><img src="{name}.png" alt=""></a>{name}</figure>'


class Gallery:
    """Takes pictures and hangs them side by side."""

    def __init__(self) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str) -> None:
        """Keep what the window shows, with everything that moves at its end."""
        page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")

    def hang(self) -> None:
        """Write the sheet with all pictures that are there."""
        names = sorted(escape(path.stem) for path in FOLDER.glob("*.png"))
        figures = "\n".join(FIGURE.format(name=name) for name in names)
        (FOLDER / "index.html").write_text(SHEET.format(figures=figures), "utf-8")
