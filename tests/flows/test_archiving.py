from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from demo import manifest
from flows import archiving, stages
from flows import plan as plans

if TYPE_CHECKING:
    from demo.world import World

KNOWN = manifest.load()


def unlinked(page: str) -> str:
    """A page without what joins it to the other pages of the archive."""
    alone = re.sub(r"<nav aria-label=\"Reports\">.*</nav>\n", "", page)
    return re.sub(r"<a href=\"[\w-]+\.html\">(.*?)</a>", r"\1", alone)


def test_the_archive_holds_every_report_and_links_to_each(world: World) -> None:
    council = world.council_file()
    world.at(KNOWN.first)
    before = plans.weekly(council, KNOWN.first, fixed=True)
    stages.look_back(before, stages.Plain(), before.run.window.until)
    world.at(KNOWN.weekly)
    weekly = plans.weekly(council, KNOWN.weekly, fixed=True)
    stages.run(weekly, stages.Plain(), str(world.out / "report"), email=False)
    folder = world.out / "archive"
    assert archiving.write_to(folder, str(council), date(2026, 11, 16)) == 2
    files = {path.name for path in folder.iterdir()}
    assert f"{weekly.run.id}.html" in files
    assert "2026-Q4.html" in files
    assert len(files) == 4
    index = (folder / "index.html").read_text("utf-8")
    assert f'href="{weekly.run.id}.html"' in index
    assert 'href="2026-Q4.html"' in index
    page = (folder / f"{weekly.run.id}.html").read_text("utf-8")
    assert len(re.findall(r"<a href=\"[\w-]+-first-\w+\.html\">", page)) == 1
    frozen = (world.out / "report" / "report.html").read_text("utf-8")
    assert unlinked(page) == unlinked(frozen)


def test_a_council_without_a_report_has_an_empty_archive(world: World) -> None:
    folder = world.out / "archive"
    assert archiving.write_to(folder, str(world.council_file()), date(2026, 11, 16)) == 0
    assert [path.name for path in folder.iterdir()] == ["index.html"]
