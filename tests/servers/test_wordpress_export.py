"""WordPress's own export file, made by WordPress, against what its REST API says of the same site."""

from __future__ import annotations

import subprocess
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from connectors import Access
from connectors.archive import Archive
from connectors.transport import Unlimited
from connectors.wordpress import WordPress
from socialaudit.models import AccountKind, Comment, CommentState, Media, Post
from tests.servers.started import started
from tests.servers.test_wordpress import SINCE, UNTIL, Site, publish, talk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from socialaudit.models import Reading

pytestmark = pytest.mark.servers
EXPORT = """
define('WP_ADMIN', true);
require 'wp-load.php';
wp_set_current_user(1);
require 'wp-admin/includes/export.php';
export_wp(['content' => 'all']);
"""
ONLY_FETCHED = ("captions", "caption_languages")
"""Whether a film's file of subtitles answers is no fact of an export."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with started("wordpress", tmp_path_factory.mktemp("wordpress")) as told:
        found = Site(told)
        publish(found)
        talk(found)
        yield found


@pytest.fixture(scope="module")
def export(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    done = subprocess.run(  # noqa: S603 - a text of ours
        ["php", "-d", "display_errors=0", "-r", EXPORT],  # noqa: S607 - the php that serves the site
        cwd=site.folder / "www",
        capture_output=True,
        check=True,
        timeout=60,
    )
    path = tmp_path_factory.mktemp("export") / "site.WordPress.xml"
    path.write_bytes(done.stdout)
    return path


def access(site: Site, **more: Any) -> Access:
    named: dict[str, Any] = {"base_url": site.url, "salt": b"salt", **more}
    return Access("news", site.url, AccountKind.COUNCIL, Unlimited(), **named)


def records(found: Iterable[Reading]) -> dict[str, Post | Media | Comment]:
    return {one.key: one for one in found if isinstance(one, Post | Media | Comment)}


def facts(one: Post | Media | Comment) -> dict[str, Any]:
    told = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: value for name, value in told.items() if name != "payload"}


def test_the_export_says_of_everything_what_the_api_says(site: Site, export: Path) -> None:
    reader = WordPress(access(site, secrets=site.secrets()))
    by_api = records(reader.read(SINCE, UNTIL))
    reader.close()
    by_export = records(Archive("wordpress", access(site, archive=export)).read(SINCE, UNTIL))
    in_queue = {
        key
        for key, one in by_api.items()
        if isinstance(one, Comment) and one.state is CommentState.SPAM
    }
    assert by_export.keys() == by_api.keys() - in_queue
    differing = {
        (key, name)
        for key, one in by_export.items()
        for name, fact in facts(one).items()
        if fact != facts(by_api[key])[name]
    }
    tracked = {
        key for key, one in by_api.items() if isinstance(one, Media) and one.caption_languages
    }
    assert differing == {(key, name) for key in tracked for name in ONLY_FETCHED}
    assert {getattr(by_export[key], "captions", "") for key in tracked} == {None}
