"""Pictures of the reports, into ``docs/pictures/``: ``make pictures``.

Of the demo town: the beginning of the email at the widths of a computer and a phone, and of the web
report, light and dark. Of an invented council: the archive's front page, the quarterly summary as
printed, and sheets that show the beginning of each kind of report side by side, from a quiet week
to one with 60 things to do. Each is kept under 300 kB. Needs Chromium (``/usr/bin/chromium``,
or the one that ``SOCIALAUDIT_TEST_CHROMIUM`` names) and fonts with Latin letters and emoji (Debian:
``fonts-liberation fonts-noto-color-emoji``). Look at every picture before committing it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping  # noqa: TC003 - a dataclass names it
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

from demo import manifest
from demo.world import World
from flows import plan as plans
from flows import reporting, stages
from reports import archive, failed, missed, summary, web
from reports.missed import Missed
from tests.reports import test_archive, test_summary
from tests.reports.test_email import VARIANTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path(__file__).with_name("pictures")
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
A4 = (703, 1032)
"""What is left of a sheet of A4 within its margins, in pixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the beginning of one file of the report; sizes in pixels."""

    name: str
    file: str
    width: int
    scheme: Literal["light", "dark"] = "light"
    height: int = 2000
    media: Literal["screen", "print"] = "screen"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pictures side by side in one, each under its own words; ``width`` and ``height`` of each."""

    name: str
    documents: Mapping[str, str]
    width: int = 375
    height: int = 860


PICTURES = (
    Picture("email-640", "email.html", 640),
    Picture("email-640-dark", "email.html", 640, "dark"),
    Picture("email-375", "email.html", 375),
    Picture("email-375-dark", "email.html", 375, "dark"),
    Picture("web-1200", "report.html", 1200, height=1400),
    Picture("web-1200-dark", "report.html", 1200, "dark", height=1400),
    Picture("archive-1200", "archive.html", 1200, height=1400),
    Picture("summary-a4", "summary.html", A4[0], height=A4[1], media="print"),
)


def sheets() -> tuple[Sheet, ...]:
    """Every kind of email, and of web report, of an invented council."""
    late = [Missed("Cromer Town Council", VARIANTS["nothing"].last_day)]
    rows = {
        "variants-email-few": ("nothing", "quiet week", "1", "5"),
        "variants-email-many": ("12", "60", "long titles", "emoji only"),
        "variants-email-gaps": ("one gap", "partly read", "not rechecked", "nothing checked"),
        "variants-email-others": ("first ever", "answered", "incident"),
    }
    emails = {
        name: {v: reporting.the_email(VARIANTS[v]).html for v in row} for name, row in rows.items()
    }
    emails["variants-email-others"]["failed"] = failed.render(
        failed.Failure(
            council=VARIANTS["1"].council,
            last_day=VARIANTS["1"].last_day,
            why="The records could not be kept.",
            next_due=VARIANTS["1"].next_due,
        )
    ).html
    emails["variants-email-others"]["missed run"] = missed.render(late, VARIANTS["1"].day).html
    pages = {v: web.render(VARIANTS[v]) for v in ("nothing", "60", "nothing checked", "incident")}
    return (
        *(Sheet(name, documents) for name, documents in emails.items()),
        Sheet("variants-web", pages, 480, 1000),
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


def of_an_invented_council(out: Path) -> None:
    """Its archive's front page after 60 weeks and its quarterly summary, into ``out``."""
    council, policy = VARIANTS["1"].council, VARIANTS["1"].policy
    front = archive.render(council, policy, test_archive.weeks(60), test_archive.TODAY)
    (out / "archive.html").write_text(front, "utf-8")
    paper = summary.render(test_summary.VARIANTS["usual"])
    (out / "summary.html").write_text(paper, "utf-8")


def take(browser: Browser, picture: Picture, out: Path) -> Path:
    """Take one picture; its path."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
    )
    page = context.new_page()
    page.emulate_media(media=picture.media)
    page.goto((out / picture.file).resolve().as_uri())
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    return path


def take_sheet(browser: Browser, sheet: Sheet, out: Path) -> Path:
    """Take each document's picture and one of all of them, a frame around each; its path."""
    figures = []
    for n, (words, document) in enumerate(sheet.documents.items()):
        source = out / f"{sheet.name}-{n}.html"
        source.write_text(document, "utf-8")
        page = browser.new_page(viewport={"width": sheet.width, "height": sheet.height})
        page.goto(source.as_uri())
        page.screenshot(path=source.with_suffix(".png"))
        page.close()
        figures.append(
            f"<figure><figcaption>{escape(words)}</figcaption><img src='{source.stem}.png'></figure>"
        )
    whole = out / f"{sheet.name}.html"
    whole.write_text(
        "<style>body{margin:16px;background:#d8dde3;font:bold 20px Arial;display:flex;gap:16px}"
        f"figure{{margin:0}}figcaption{{padding:0 0 8px}}</style>{''.join(figures)}",
        "utf-8",
    )
    page = browser.new_page(
        viewport={"width": len(figures) * (sheet.width + 16) + 16, "height": sheet.height + 64}
    )
    page.goto(whole.as_uri())
    path = FOLDER / f"{sheet.name}.png"
    page.screenshot(path=path)
    page.close()
    return path


def main() -> None:
    """Take every picture and say how large it is."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder)
        audit(out)
        of_an_invented_council(out)
        path = os.environ.get("SOCIALAUDIT_TEST_CHROMIUM") or CHROMIUM
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        taken = [take(browser, picture, out) for picture in PICTURES]
        taken += [take_sheet(browser, sheet, out) for sheet in sheets()]
        for made in taken:
            print(f"{made.stat().st_size / 1000:6.0f} kB  {made.relative_to(FOLDER.parent.parent)}")  # noqa: T201 - for whoever looks at them next
        browser.close()


if __name__ == "__main__":
    main()
