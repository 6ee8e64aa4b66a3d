"""A podcast under contract, through its feed."""

from __future__ import annotations

from connectors.podcast import Podcast
from demo.podcast import PodcastSite
from demo.server import FAULTS
from tests.connectors.case import Case, a_town


def case() -> Case:
    return Case(
        name="podcast",
        connector=Podcast,
        town=a_town(
            "podcast",
            handle="https://pod.example.org/feed.xml",
            posts=25,
            comments=0,
            media_kind="audio",
        ),
        site=PodcastSite,
        secrets={},
        first="/feed.xml",
        paged="/feed.xml",
        part="/transcripts/",
        fact="media.captions",
        # a feed that breaks off is read as far as it goes, and may end with a 404
        faults=frozenset(FAULTS) - {"truncated", "not_found"},
        comments=False,
    )
