"""YouTube under contract, read as the channel's owner."""

from __future__ import annotations

from connectors.youtube import YouTube
from demo.youtube import YouTubeSite
from tests.connectors.case import Case, a_town

TOKEN = "ya29.planted-owner-token"


def case() -> Case:
    return Case(
        name="youtube",
        connector=YouTube,
        town=a_town("youtube", handle="@littlesnoring", posts=55, comments=120, media_kind="video"),
        site=lambda town, now: YouTubeSite(town, now, TOKEN),
        secrets={"token": TOKEN},
        first="/channels",
        paged="/playlistItems",
        part="/captions",
        fact="media.captions",
    )
