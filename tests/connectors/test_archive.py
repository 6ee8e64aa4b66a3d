"""Exports of every platform: what all of them have in common."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

import connectors
from connectors.archive import Archive, form
from socialaudit.errors import ExportOutdated, ExportUnusable, PlatformError
from tests.connectors.exports import a_tweet, opened, packed, read, unpacked, x_files, ytd
from tests.connectors.test_wordpress_archive import a_file, an_item

if TYPE_CHECKING:
    from pathlib import Path

SINCE, UNTIL = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)
READABLE = sorted(set(connectors.ARCHIVES) & set(connectors.NAMES))


def fault(archive: Archive) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        list(archive.read(SINCE, UNTIL))
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("name", connectors.ARCHIVES)
def test_every_card_begins_with_how_to_ask_for_the_export(name: str) -> None:
    assert (form(name).__doc__ or "").startswith("Export: ")
    assert form(name).LOOKS


@pytest.mark.parametrize("name", READABLE)
def test_every_card_of_a_platform_ends_with_that_of_its_export(name: str) -> None:
    assert "\nExport: " in connectors.card(name)


@pytest.mark.parametrize("name", READABLE)
def test_what_is_no_export_is_said_to_be_none(tmp_path: Path, name: str) -> None:
    found = fault(opened(name, packed(tmp_path, {"holiday.jpg": "x"}), "CromerTC"))
    assert isinstance(found, ExportUnusable)
    assert found.message.startswith('"export.zip" does not look like ')


@pytest.mark.parametrize("name", [n for n in READABLE if n != "x"])
def test_another_platforms_export_is_named(tmp_path: Path, name: str) -> None:
    found = fault(opened(name, packed(tmp_path, x_files(a_tweet(1))), "CromerTC"))
    assert found.message.startswith('"export.zip" looks like X’s account archive, not like ')


@pytest.mark.parametrize("name", READABLE)
def test_a_missing_export_names_no_path_of_this_machine(tmp_path: Path, name: str) -> None:
    found = fault(opened(name, tmp_path / "none.zip", "CromerTC"))
    assert found.message == 'there is no file "none.zip"'


def test_a_list_that_breaks_off_makes_the_export_unusable(tmp_path: Path) -> None:
    files = x_files() | {"data/tweets.js": ytd("tweets", [a_tweet(1)])[:-40]}
    found = fault(opened("x", packed(tmp_path, files), "CromerTC"))
    assert found.message.startswith('"export.zip" is damaged: ')


@pytest.mark.parametrize("text", ["[" * 90_000, '[{"tweet":' + '{"a":' * 90_000])
def test_endless_nesting_makes_the_export_unusable(tmp_path: Path, text: str) -> None:
    files = x_files() | {"data/tweets.js": text}
    found = fault(opened("x", unpacked(tmp_path / "folder", files), "CromerTC"))
    assert found.message.startswith('"folder" is damaged: ')


def test_a_folder_of_zips_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    packed(folder, x_files(a_tweet(1)), "x-1.zip")
    found = fault(opened("x", folder, "CromerTC"))
    assert found.message == '"exports" holds zips and not X’s account archive'
    assert "unpack all parts" in found.remedy


def test_a_post_that_is_still_to_come_does_not_say_how_far_an_export_reaches(
    tmp_path: Path,
) -> None:
    text = a_file(an_item(1, status="future", post_date_gmt="2030-01-01 09:00:00"), made="")
    path = tmp_path / "site.xml"
    path.write_text(text, "utf-8")
    archive = opened("wordpress", path, "www.cromer.example")
    assert archive.look().startswith("WordPress’s export of a site of 1 January 2026, with 2 posts")


def test_half_a_letter_does_not_stop_the_account(tmp_path: Path) -> None:
    archive = opened("x", packed(tmp_path, x_files(a_tweet(1, "Half \ud83d a gull"))), "CromerTC")
    post = read(archive, SINCE, datetime(2026, 11, 20, tzinfo=UTC))["x:1"]
    assert json.dumps(getattr(post, "text", None)).isascii()


def test_reading_sends_nothing(tmp_path: Path) -> None:
    archive = opened("x", packed(tmp_path, x_files(a_tweet(1))), "CromerTC")
    read(archive, SINCE, UNTIL)
    assert (archive.usage.requests, archive.usage.amount) == (0, 0.0)
    archive.close()


def test_an_export_without_a_date_reaches_to_its_newest_record(tmp_path: Path) -> None:
    files = x_files(a_tweet(1))
    del files["data/manifest.js"]
    folder = tmp_path / "folder"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    archive = opened("x", folder, "CromerTC")
    assert "of 18 November 2026" in archive.look()
    archive = opened("x", folder, "CromerTC")
    with pytest.raises(ExportOutdated):
        list(archive.read(datetime(2026, 11, 19, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)))


def test_the_clock_of_a_zip_is_read_as_that_of_the_farthest_east(tmp_path: Path) -> None:
    files = x_files(a_tweet(1))
    del files["data/manifest.js"]
    archive = opened("x", packed(tmp_path, files), "CromerTC")
    assert "of 19 November 2026" in archive.look()
