"""What an account on Bluesky was told of: who named or quoted it, and answers to older posts.

Only the account itself may read it. Replies that the account hid drop out of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors import bluesky_wire as wire
from connectors.bluesky_client import pages
from connectors.bluesky_media import mapping
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors.bluesky_client import Client, Raw
    from connectors.bluesky_threads import Threads
    from socialaudit.models import Comment

PAGE = 100
REASONS = ["mention", "reply", "quote"]


def mentions(
    client: Client, threads: Threads, since: datetime, until: datetime
) -> Iterator[Comment | Unread]:
    """Those of [since, until) that ``threads`` has not given yet, newest first."""
    odd = count = 0
    try:
        for page in _told(client):
            dated = [(note, wire.times(note)) for note in page]
            for note, times in dated:
                count += 1
                odd += not times
                if times and since <= min(times) < until:
                    yield from threads.comment(note, frozenset())
            if page and all(max(times, default=since) < since for _, times in dated):
                break
    except (Forbidden, NotFound, Malformed) as fault:
        yield Unread("comments.visitor", fault.message, fault.remedy, partial=count > 0)
    if odd:
        reason = f"{odd} of {count} mentions could not be understood"
        yield Unread("comments.visitor", reason, partial=True)
    yield from threads.unread()


def _told(client: Client) -> Iterator[list[Raw]]:
    """The notifications of interest, page by page, each once; to the first page that repeats them."""
    seen: set[str] = set()
    listed = pages(
        client,
        "app.bsky.notification.listNotifications",
        "notifications",
        reasons=REASONS,
        limit=PAGE,
    )
    for page in listed:
        notes = [mapping(one) for one in page]
        fresh = [note for note in notes if str(note.get("uri")) not in seen]
        if notes and not fresh:
            raise Malformed("Bluesky's list of notifications leads in a circle")
        seen.update(str(note.get("uri")) for note in fresh)
        yield [note for note in fresh if note.get("reason") in REASONS]
