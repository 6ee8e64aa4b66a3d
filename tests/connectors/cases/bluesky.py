"""Bluesky under contract, read without signing in."""

from __future__ import annotations

from connectors.bluesky import Bluesky
from demo.bluesky import BlueskySite
from tests.connectors.case import Case, a_town


def case() -> Case:
    return Case(
        name="bluesky",
        connector=Bluesky,
        town=a_town("bluesky", handle="little-snoring.example.org", posts=130, comments=60),
        site=BlueskySite,
        secrets={},
        first="/xrpc/app.bsky.actor.getProfile",
        paged="/xrpc/app.bsky.feed.getAuthorFeed",
        part="/xrpc/app.bsky.feed.getPostThread",
        fact="comments",
    )
