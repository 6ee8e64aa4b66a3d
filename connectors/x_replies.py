"""What others wrote to an account of X, by search: the archive's, or that of the last 7 days."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from connectors.x_answer import Tally, has_passed, identity, lost
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unreachable,
)
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.x_client import XClient
    from connectors.x_home import Home
    from socialaudit.models import Comment

REPLY_FIELDS = (
    "author_id,conversation_id,created_at,edit_controls,edit_history_tweet_ids,in_reply_to_user_id,"
    "lang,note_tweet,possibly_sensitive,public_metrics,referenced_tweets"
)
SEARCHED = timedelta(days=7) - timedelta(minutes=1)
"""How far back the recent search goes, less a margin."""
SETTLED = timedelta(seconds=20)
"""X refuses an ``end_time`` that is not at least 10 seconds past."""
FIRST_DAY = datetime(2010, 11, 6, tzinfo=UTC)
"""X refuses an earlier ``start_time``."""
OF_A_PART = (Forbidden, NotFound, Malformed)
"""Faults of one part of an account, after which the rest can still be read."""


class Search(NamedTuple):
    """One of X's two searches, and what a page of it may hold."""

    method: str
    size: int


RECENT, ARCHIVE = Search("search_recent_tweets", 100), Search("search_all_tweets", 500)


class Replies:
    """Searches for what others wrote. ``known`` holds the ids that are not comments any more."""

    def __init__(self, client: XClient, home: Home) -> None:
        self._client = client
        self._home = home

    def within(
        self, since: datetime, until: datetime, known: set[str]
    ) -> Iterator[Comment | Unread]:
        """Replies to the account: from the archive where the recent search does not reach.

        Where one search cannot be had, the other reads what it can. A fault of the archive that
        may pass is raised once that has been read.
        """
        horizon = self._client.clock - SEARCHED
        window, missed = (since, until), None
        if since < horizon and not self._client.as_user:
            try:
                yield from self.found(ARCHIVE, self._query, known, window)
            except PlatformError as fault:
                missed = fault
            else:
                return
        before = len(known)
        try:
            yield from self.found(RECENT, self._query, known, window, reach=horizon)
        except OF_A_PART as fault:
            if since >= horizon and not self._client.as_user:
                with suppress(PlatformError):
                    yield from self.found(ARCHIVE, self._query, known, window)
                    return
            yield lost("comments", fault)
            return
        if isinstance(missed, Unreachable | RateLimited):
            raise missed
        if since < horizon:
            yield _too_old(horizon, partial=until > horizon or len(known) > before)

    def found(
        self,
        search: Search,
        query: str,
        known: set[str],
        window: tuple[datetime, datetime] | None = None,
        *,
        reach: datetime | None = None,
    ) -> Iterator[Comment | Unread]:
        """The comments that a search finds, newest first, each once; adds them to ``known``.

        ``reach`` is how far back the search may be asked to go. Raises what the first page meets;
        faults of a part on a later one leave the comments read in part.
        """
        tally, pages = Tally(), 0
        ask: dict[str, Any] = {"query": query, "tweet_fields": REPLY_FIELDS}
        if window:
            ask |= between(*window, self._client.clock)
            if reach and window[0] < reach:
                del ask["start_time"]
        ask["max_results"] = search.size
        try:
            for answer in self._client.pages(
                getattr(self._client, search.method), "next_token", **ask
            ):
                pages += 1
                self._home.take_in(answer)
                dated = answer.dated(tally)
                for raw, at in dated:
                    native = identity(raw)
                    inside = window is None or window[0] <= at < window[1]
                    if inside and native not in known and self._home.threads.has_comment(raw):
                        known.add(native)
                        yield self._home.comment(raw, answer)
                if window and has_passed(window[0], dated):
                    break
        except OF_A_PART as fault:
            if not pages:
                raise
            yield lost("comments", fault, partial=True)
        yield from tally.unread("comments")

    @property
    def _query(self) -> str:
        return f"to:{self._home.owner.called}"


def between(since: datetime, until: datetime, clock: datetime) -> dict[str, Any]:
    """The window in X's terms: whole seconds, and nothing of the last few."""
    within: dict[str, Any] = {"start_time": max(since, FIRST_DAY)}
    if until < clock - SETTLED:
        within["end_time"] = (until + timedelta(microseconds=999_999)).replace(microsecond=0)
    return within


def _too_old(horizon: datetime, *, partial: bool) -> Unread:
    return Unread(
        "comments",
        f"X's search goes back 7 days:"
        f" replies from before {horizon:%d.%m.%Y %H:%M} UTC may be missing",
        "Give the app access to X's full archive, or run the audit sooner.",
        partial=partial,
    )
