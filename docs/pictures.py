"""Pictures of the demo town's reports, into ``docs/pictures/``: ``make pictures``.

The beginning of the email at the widths of a computer and a phone, and of the web report, light
and dark; each is kept under 300 kB. Needs Chromium (``/usr/bin/chromium``, or the one that ``SOCIALAUDIT_TEST_CHROMIUM`` names) and
fonts with Latin letters and emoji (Debian: ``fonts-liberation fonts-noto-color-emoji``). Look at
every picture before committing it.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

from demo import manifest
from demo.world import World
from flows import plan as plans
from flows import stages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path(__file__).with_name("pictures")
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the beginning of one file of the report; sizes in pixels."""

    name: str
    file: str
    width: int
    scheme: Literal["light", "dark"] = "light"
    height: int = 2000


PICTURES = (
    Picture("email-640", "email.html", 640),
    Picture("email-640-dark", "email.html", 640, "dark"),
    Picture("email-375", "email.html", 375),
    Picture("email-375-dark", "email.html", 375, "dark"),
    Picture("web-1200", "report.html", 1200, height=1400),
    Picture("web-1200-dark", "report.html", 1200, "dark", height=1400),
)


def audit(out: Path) -> None:
    """Both Mondays of the demo town, without Prefect; the report's files lie in ``out``."""
    known = manifest.load()
    with World(out, known.first).running() as world:
        council = world.council_file()
        first = plans.weekly(council, known.first, fixed=True)
        stages.look_back(first, stages.Plain(), first.run.window.until)
        world.at(known.weekly)
        stages.run(plans.weekly(council, known.weekly, fixed=True), stages.Plain(), str(out))


def take(browser: Browser, picture: Picture, out: Path) -> Path:
    """Take one picture; its path."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
    )
    page = context.new_page()
    page.goto((out / picture.file).resolve().as_uri())
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    return path


def main() -> None:
    """Take every picture and say how large it is."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder)
        audit(out)
        path = os.environ.get("SOCIALAUDIT_TEST_CHROMIUM") or CHROMIUM
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for picture in PICTURES:
            made = take(browser, picture, out)
            print(f"{made.stat().st_size / 1000:6.0f} kB  {made.relative_to(FOLDER.parent.parent)}")  # noqa: T201 - for whoever looks at them next
        browser.close()


if __name__ == "__main__":
    main()
