"""Hostile text from every field of every platform, in everything that we write for people.

A vandalised town (``tests/servers/hostile_town.py``) is audited by the real flow; then Chromium, the
HTML checker and readers of mail and spreadsheets look at what came out (``make test-servers``).
"""

from __future__ import annotations

import csv
import email
import io
import json
import re
import zipfile
from dataclasses import dataclass
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest

from demo.world import CLERK, World
from tests.reports.documents import read
from tests.servers.chromium import opened
from tests.servers.hostile_town import KNOWN, PUBLIC, audited
from tests.servers.test_html import messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("chromium")]

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe]")  # fmt: skip
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - spreadsheets take the wide ones too
LINKS = re.compile(
    r"https://(?:[\w-]+\.)*(?:facebook\.com|x\.com|youtube\.com|marchwardine\.example\.org)/"
    r"|https://reports\.example\.org/town/|mailto:[\w.-]+@marchwardine\.example\.org\?|#[\w-]+$"
    r"|[\w.-]+\.html$"
)
HOSTS = re.compile(
    r"www\.(?:facebook|youtube)\.com|x\.com|(?:www\.marchwardine|reports)\.example\.org"
)
HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
}


@dataclass
class Left:
    """What an audit of the vandalised town left behind."""

    pages: dict[str, str]
    texts: dict[str, str]
    tables: dict[str, str]
    mails: list[EmailMessage]
    results: dict[str, Any]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    folder = tmp_path_factory.mktemp("town")
    with World(folder, KNOWN.weekly).running() as world:
        out = audited(world)
        mails = [email.message_from_bytes(m, policy=default) for m in world.mailbox.messages()]
    return Left(
        pages={**_read(out, "html"), **_zipped(out, "html")},
        texts=_read(out, "txt"),
        tables=_read(out, "csv"),
        mails=[*mails, *_mails(out)],
        results=json.loads((out / "weekly" / "results.json").read_text("utf-8")),
    )


def _read(out: Path, ending: str) -> dict[str, str]:
    return {
        str(path.relative_to(out)): path.read_text("utf-8") for path in out.rglob(f"*.{ending}")
    }


def _zipped(out: Path, ending: str) -> dict[str, str]:
    return {
        f"{path.name}/{name}": pack.read(name).decode()
        for path in out.glob("*.zip")
        for pack in [zipfile.ZipFile(path)]
        for name in pack.namelist()
        if name.endswith(ending)
    }


def _mails(out: Path) -> list[EmailMessage]:
    return [
        email.message_from_bytes(path.read_bytes(), policy=default) for path in out.rglob("*.eml")
    ]


def test_the_town_is_read_as_it_is_and_its_vandals_are_seen(left: Left) -> None:
    assert {account["status"] for account in left.results["accounts"]} == {"read"}
    assert left.results["totals"]["to_do"] > 50
    assert "&lt;script&gt;alert(" in left.pages["weekly/report.html"]
    assert "&lt;script&gt;alert(" in left.pages["archive/index.html"]
    assert PUBLIC in left.pages["evidence-True.zip/index.html"]
    assert len(left.pages) == 12
    assert len(left.tables) == 3
    assert len(left.mails) == 4


def test_no_page_runs_loads_or_asks_anything(left: Left, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    for name, page in left.pages.items():
        path.write_text(page, "utf-8")
        seen = opened(browser, path, 320)
        seen.page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
        seen.page.keyboard.press("Tab")
        assert (name, seen.tried) == (name, [])
        assert (name, max(seen.overflow, 0)) == (name, 0)
        seen.page.context.close()


def test_no_page_holds_an_element_a_handler_or_a_link_of_theirs(left: Left) -> None:
    for name, page in left.pages.items():
        document = read(page)
        scripts = document.all("script")
        own = 1 if document.all("select") else 0
        assert (name, len(scripts)) == (name, own)
        assert document.all("img", "iframe", "object", "embed", "base", "link", "textarea") == []
        elements = [e for e in _every(document) if any(a.startswith("on") for a in e.attributes)]
        assert (name, elements) == (name, [])
        links = [e.get("href") for e in document.all("a")]
        assert (name, [link for link in links if not LINKS.match(link)]) == (name, [])


def _every(element: Any) -> Iterator[Any]:
    yield element
    for child in element.children:
        yield from _every(child)


def test_the_html_checker_has_nothing_to_say(left: Left, tmp_path: Path) -> None:
    said = messages(left.pages, tmp_path)
    assert {name: words for name, words in said.items() if words} == {}


def test_no_header_is_theirs(left: Left) -> None:
    for mail in left.mails:
        assert set(mail.keys()) <= HEADERS
        assert len(mail.keys()) == len(set(mail.keys()))
        assert mail["To"] == CLERK
        assert re.fullmatch(
            r"\d+ things? to do today: .*, (week to )?\d+ November", mail["Subject"]
        )
        assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]  # fmt: skip


def test_no_cell_is_a_formula(left: Left) -> None:
    for name, table in left.tables.items():
        rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
        assert len(rows) > 5
        assert {len(row) for row in rows} == {len(rows[0])}
        cells = [cell for row in rows for cell in row]
        assert (name, [c for c in cells if c.lstrip().startswith(FORMULA)]) == (name, [])
        assert (name, [c for c in cells if STEERING.search(c) or "\n" in c]) == (name, [])


def test_no_words_of_the_public_are_in_an_email(left: Left) -> None:
    for mail in left.mails:
        for part in mail.walk():
            if not part.is_multipart():
                assert PUBLIC not in part.get_content()
        assert PUBLIC not in str(mail.items())


def test_words_of_the_public_are_in_reports_of_a_run_and_unredacted_evidence_alone(
    left: Left,
) -> None:
    runs = re.compile(r"(?:weekly|incident)/report\.html|archive/marchwardine-.*|evidence-True.*")
    assert [name for name, page in left.pages.items() if PUBLIC in page and not runs.match(name)] == []  # fmt: skip
    assert [name for name, table in left.tables.items() if PUBLIC in table] == []


def test_no_text_steers_a_screen_or_turns_words_round(left: Left) -> None:
    for name, text in {**left.pages, **left.texts}.items():
        assert (name, STEERING.findall(text)) == (name, [])


def test_no_address_of_theirs_is_in_an_email(left: Left) -> None:
    for mail in left.mails:
        for part in mail.walk():
            if not part.is_multipart():
                hosts = re.findall(r"\w+://([^/\s\"'<>]+)", part.get_content())
                assert [host for host in hosts if not HOSTS.fullmatch(host)] == []
                assert "victim@" not in part.get_content()
