"""A wiki under contract, read without a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.mediawiki import MediaWiki
from demo.mediawiki import MediaWikiSite
from demo.mediawiki_edits import heading
from demo.server import FAULTS
from tests.connectors.case import NOW, SINCE, UNTIL, Case, a_town

if TYPE_CHECKING:
    from datetime import datetime

    from demo.server import Site
    from demo.town import TownAccount

HANDLE = "https://wiki.example.gov.uk/"


def case() -> Case:
    town = a_town("mediawiki", handle=HANDLE, posts=12, comments=20)
    said = {
        f"{heading(c)}\n{c.text}"
        for p in town.posts_as_of(NOW)
        for c in p.comments_as_of(NOW)
        if SINCE <= c.at < UNTIL
    }
    return Case(
        name="mediawiki",
        connector=MediaWiki,
        town=town,
        site=_site,
        secrets={},
        first="aurights=",
        paged="rclimit=",
        part="revids=",
        fact="comments",
        comment_texts=frozenset(said),
        # what goes on is told by a mark, never by an address
        faults=frozenset(FAULTS) - {"hostile_next"},
        counts=False,
    )


def _site(town: TownAccount, now: datetime) -> Site:
    return MediaWikiSite(town, now, at_most=25)
