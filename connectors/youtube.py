"""YouTube: channel, settings, videos, caption tracks and comments by the YouTube Data API v3.

- Documentation: https://developers.google.com/youtube/v3/docs
- Credentials: ``KEY``, an API key, reads what is public. ``CLIENT_ID``, ``CLIENT_SECRET`` and
  ``REFRESH_TOKEN`` of the channel's owner, with the permission ``youtube.force-ssl`` (the smallest
  that reads held comments and caption tracks; nothing here writes), read all that is listed here.
  ``TOKEN`` is an access token, which lasts an hour, or an API key.
- Price: none. 10,000 units a day for each Google project, renewed at midnight Pacific time; every
  request costs 1 unit, the caption tracks of one video 50. A video once seen with captions that a
  person made is not asked for again.
- **Cannot see**: verified badge, links and contact of the channel; default comment settings, blocked
  words, hidden users; community posts; edits of titles and descriptions; comments that were rejected
  or removed; whether a broadcast was a premiere; audiences of members only. With a key alone also
  held and likely-spam comments, private videos, often caption tracks. Threads are listed by when
  they were begun: a new reply in a thread begun before the window is found when it is among the few
  shown with its thread, or when the video's comment count has changed (``reread``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote

from connectors import Usage
from connectors import youtube_wire as wire
from connectors.transport import redact
from connectors.youtube_comments import Comments
from connectors.youtube_lists import Lists, as_far_as_told
from connectors.youtube_videos import Videos
from socialaudit.errors import NotFound
from socialaudit.models import Post

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from socialaudit.models import Known, Reading

CHANNEL = "snippet,contentDetails,statistics,status,brandingSettings"

_ADDRESS = re.compile(
    r"(?i)(?:https?://)?(?:[a-z]+\.)?youtube\.com/(?:(channel|user|c)/)?([^/?#]+).*"
)
_NATIVE = re.compile(r"UC[\w-]{20,24}")


class YouTube:
    """Reads one channel.

    Requests of a read, with V videos and T comment threads from the window's start on, H held and S
    likely-spam threads, r replies of a thread beyond those shown with it, and K videos whose
    captions are not known to be good: ``1 + max(1, ceil((V + 10) / 50)) + ceil(V / 50) +
    max(1, ceil((T + 10) / 100)) + sum ceil(r / 100) + K``, and for the owner ``max(1, ceil(H / 100))
    + max(1, ceil(S / 100))``. Each costs 1 unit, but the K cost 50. A reread adds one request for
    each 50 videos and 50 threads, its own K, and the comments of videos whose count changed.
    """

    name: ClassVar[str] = "youtube"
    title: ClassVar[str] = "YouTube"
    secrets: ClassVar[tuple[str, ...]] = (
        "KEY",
        "CLIENT_ID",
        "CLIENT_SECRET",
        "REFRESH_TOKEN",
        "TOKEN",
    )
    hosts: ClassVar[tuple[str, ...]] = ("youtube.com", "youtu.be")

    def __init__(self, access: Access) -> None:
        self.usage = Usage(unit="units")
        self._access = access
        self._lists = Lists(access, self.usage)
        self._videos = Videos(self._lists, access)
        self._comments = Comments(self._lists, access)

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """As in ``Connector``."""
        channel = self._find_channel()
        yield wire.account(channel, self._access)
        yield from wire.settings(channel, self._access.account)
        videos = self._videos.published(channel, since, until)
        talked = []
        for reading in as_far_as_told(videos, "posts", "media"):
            yield reading
            talked += [reading.id] if isinstance(reading, Post) and reading.comment_count else []
        yield from self._videos.captions_unread()
        seen: set[str] = set()
        published = self._comments.published(since, until, seen, talked)
        yield from as_far_as_told(published, "comments")
        yield from as_far_as_told(self._comments.waiting(since, until, seen), "comments.state")

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """As in ``Connector``; videos and threads in batches."""
        videos: dict[str, list[Known]] = {}
        for record in known:
            if record.kind in {"post", "media"}:
                videos.setdefault(record.id, []).append(record)
        comments = {record.id for record in known if record.kind == "comment"}
        if known and not self._comments.channel:
            self._find_channel()
        yield from as_far_as_told(self._videos.again(videos, self._comments), "posts", "media")
        yield from self._videos.captions_unread()
        yield from as_far_as_told(self._comments.again(comments), "comments")

    def close(self) -> None:
        """As in ``Connector``."""
        self._lists.close()

    def _find_channel(self) -> Any:
        written = self._access.handle
        asked = _by_handle(written, owner=self._lists.owner)
        found = self._channels(asked)
        if not found and "forHandle" in asked and "@" not in written:  # the names before 2022
            found = self._channels({"forUsername": asked["forHandle"].lstrip("@")})
        if not found:
            remedy = "Correct the account's handle in the council file."
            raise NotFound(f"YouTube has no channel {redact(written)}", remedy)
        channel = next((c for c in found if wire.is_called(c, asked.values())), found[0])
        self._comments.channel = wire.identity(channel)
        return channel

    def _channels(self, asked: dict[str, Any]) -> list[Any]:
        try:
            return next(self._lists.pages("channels", part=CHANNEL, **asked))
        except NotFound:
            return []


def _by_handle(handle: str, *, owner: bool) -> dict[str, Any]:
    """How to ask for a channel: by id, handle, old user name, any address of it, or ``mine``.

    >>> _by_handle("https://www.youtube.com/@CromerTC/videos", owner=False)
    {'forHandle': '@CromerTC'}
    """
    found = _ADDRESS.fullmatch(handle.strip())
    kind, name = found.groups() if found else (None, handle.strip())
    if owner and name.lower() == "mine":
        return {"mine": True}
    if kind and kind.lower() == "user":
        return {"forUsername": name}
    if _NATIVE.fullmatch(name):
        return {"id": name}
    return {"forHandle": f"@{unquote(name).lstrip('@')}"}


CONNECTOR = YouTube
