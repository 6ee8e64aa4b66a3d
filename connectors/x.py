"""X (Twitter), through tweepy and API v2.

Documentation: https://docs.x.com/x-api
Credentials: ``TOKEN``, the bearer token of an app in the X developer console; or the four keys of a
user (``API_KEY``, ``API_SECRET``, ``ACCESS_TOKEN``, ``ACCESS_SECRET``), which a protected account
needs: those of a follower it has accepted. Permission to read is enough.
Price: pay-per-use from prepaid credits, $0.005 for each post read and $0.010 for each user. A
council with 50 posts and 500 replies a week pays about $2.80 for it.
Limits: 10,000 timeline and 450 search requests in 15 minutes; 3,200 posts back.

**Cannot see**: subtitles of videos; replies that were hidden; replies older than 7 days where the
app may not search the full archive (a user's keys never may); posts that name the account without
answering it; direct messages; mute, block, sensitive-content and sign-in
settings. A post can be edited for a while after it was published: one that is read sooner is read
as it then stood.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from connectors import Usage, x_wire
from connectors.x_answer import Answer, Tally, identity
from connectors.x_client import XClient
from connectors.x_home import USER_FIELDS, Home
from connectors.x_threads import queries
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Gone, Unread

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from connectors import Access
    from connectors.x_answer import Raw
    from socialaudit.errors import PlatformError
    from socialaudit.models import Comment, Known, Reading

PAGE = 100
RECENT, ARCHIVE = ("search_recent_tweets", 100), ("search_all_tweets", 500)
"""X's two searches, and what a page of each may hold."""
SEARCHED = timedelta(days=7) - timedelta(minutes=1)
"""How far back the recent search goes, less a margin."""
SETTLED = timedelta(seconds=20)
"""X refuses an ``end_time`` that is not at least 10 seconds past."""
FIRST_DAY = datetime(2010, 11, 6, tzinfo=UTC)
"""X refuses an earlier ``start_time``."""

_REPLY = (
    "author_id,conversation_id,created_at,edit_controls,edit_history_tweet_ids,in_reply_to_user_id,"
    "lang,note_tweet,possibly_sensitive,public_metrics,referenced_tweets"
)
_WHOLE = {
    "tweet_fields": f"{_REPLY},article,attachments,entities,media_metadata,paid_partnership,"
    "reply_settings,withheld",
    "user_fields": USER_FIELDS,
    "media_fields": "alt_text,duration_ms,height,preview_image_url,type,url,variants,width",
    "expansions": "attachments.media_keys,author_id,edit_history_tweet_ids,referenced_tweets.id",
}
_NEVER_TOLD = (
    Unread("media.captions", "X offers no way to read the subtitles of a video", permanent=True),
    Unread("comments.state", "X offers no way to read which replies are hidden", permanent=True),
)
_OF_A_PART = (Forbidden, NotFound, Malformed)
"""Faults of one part of an account, after which the rest can still be read."""


class X:
    """Reads one account of X.

    Requests, for P posts and C replies in the window:
    ``max(1, ceil(P/100)) + max(1, ceil(C/100))``. One more where the profile does not come with a
    post (P = 0), and one on the first run of an account that is named by its handle: its id is
    kept in the cache. A reread takes ``ceil(K/100)`` for K known posts and comments, one search
    for every 13 conversations whose number of replies changed, and one for every 12 that hold a
    known comment.
    """

    name: ClassVar[str] = "x"
    title: ClassVar[str] = "X (Twitter)"
    secrets: ClassVar[tuple[str, ...]] = (
        "TOKEN",
        "API_KEY",
        "API_SECRET",
        "ACCESS_TOKEN",
        "ACCESS_SECRET",
    )
    hosts: ClassVar[tuple[str, ...]] = ("x.com", "twitter.com")

    def __init__(self, access: Access) -> None:
        """Raise ``Unauthorized`` when the credential lacks a field."""
        self.usage = Usage(unit="USD")
        self._client = XClient(access, self.usage)
        self._home = Home(access, self._client)
        self._profiled = False
        self._answers: set[str] = set()

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """Profile, posts, media, and the replies of the last 7 days within the window.

        The window of a weekly run ends hours before it is read, so that no post in it can still be
        edited. The account's answers to others are posts and comments at once.
        """
        self._profiled = False
        yield from _NEVER_TOLD
        if not self._home.owner.id:
            yield from self._home.profile(self._home.look_up())
            self._profiled = True
        if (yield from self._timeline(since, until)):
            yield from self._replies(since, until)
        else:
            yield Unread(
                "comments",
                "the account's own posts could not be read, so nobody can tell what was answered",
            )

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """Known posts, media and comments as they are now; see the class for what it takes.

        A record that X withholds without saying that it is gone is not yielded. An edited post has
        a new id: the old one is gone.
        """
        wanted: dict[str, list[Known]] = {}
        for one in known:
            native = (one.post if one.kind == "media" else one.id) or ""
            if re.fullmatch(r"[0-9]{1,19}", native):
                wanted.setdefault(native, []).append(one)
        if wanted and not self._home.owner.id:
            self._home.adopt(self._home.look_up())
        ids, grown, held = list(wanted), dict[str, None](), dict[str, None]()
        for start in range(0, len(ids), PAGE):
            batch = ids[start : start + PAGE]
            answer = Answer.of(self._client.get_tweets(batch, **_WHOLE))
            self._home.take_in(answer)
            for native in batch:
                with suppress(Malformed):  # what cannot be understood was not read again
                    yield from self._again(answer, native, wanted[native], grown, held)
        held = {c: None for c in held if c not in grown}
        try:
            for query in [*queries(grown), *queries(held, self._home.owner.called)]:
                yield from self._found(RECENT, query, set(wanted))
        except _OF_A_PART as fault:
            yield _lost("comments", fault, partial=True)

    def close(self) -> None:
        """Close connections."""
        self._client.session.close()

    def _timeline(self, since: datetime, until: datetime) -> Generator[Reading, None, bool]:
        """Posts and media, then the answers among them as comments; whether any page was read."""
        tally, pages = Tally(), 0
        answers: list[tuple[Raw, Answer]] = []
        ask = {"id": self._home.owner.id, **_WHOLE, **self._between(since, until)}
        try:
            for answer in self._client.pages(
                self._client.get_users_tweets, "pagination_token", **ask
            ):
                pages += 1
                yield from self._profile_with(answer)
                self._home.take_in(answer, by_owner=True)
                dated = answer.dated(tally)
                for raw, at in dated:
                    if since <= at < until:
                        yield from self._home.post(raw, answer)
                        answers.append((raw, answer))
                if dated and max(at for _, at in dated) < since:
                    break
        except _OF_A_PART as fault:
            if not self._profiled:
                yield from self._home.profile(self._home.look_up())
            yield from (_lost(fact, fault, partial=pages > 0) for fact in ("posts", "media"))
        yield from tally.unread("posts")
        self._answers = {identity(raw) for raw, _ in answers}
        for raw, answer in answers:
            if self._home.threads.answers_others(raw):
                yield self._home.comment(raw, answer, own=True)
        return pages > 0

    def _replies(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """What others wrote to the account, by one search: the archive's where a week is too short.

        An app without access to the archive reads what the recent search still has.
        """
        query, horizon = f"to:{self._home.owner.called}", self._client.clock - SEARCHED
        within, too_old = self._between(since, until), since < horizon
        if too_old and not self._client.as_user:
            try:
                yield from self._found(ARCHIVE, query, self._answers, since, until, **within)
            except _OF_A_PART:
                pass
            else:
                return
        if too_old:
            del within["start_time"]
            yield Unread(
                "comments",
                f"X's search goes back 7 days:"
                f" replies from before {horizon:%d.%m.%Y %H:%M} UTC were not read",
                "Give the app access to X's full archive, or run the audit sooner.",
                partial=True,
            )
        try:
            yield from self._found(RECENT, query, self._answers, since, until, **within)
        except _OF_A_PART as fault:
            yield _lost("comments", fault)

    def _found(
        self,
        search: tuple[str, int],
        query: str,
        besides: set[str],
        since: datetime | None = None,
        until: datetime | None = None,
        **within: datetime,
    ) -> Iterator[Comment | Unread]:
        """The comments that a search finds, newest first, ``besides`` these ids.

        Raises what the first page meets; faults of a later one leave the comments read in part.
        """
        tally, pages = Tally(), 0
        method, size = getattr(self._client, search[0]), search[1]
        ask = {"query": query, "tweet_fields": _REPLY, **within, "max_results": size}
        try:
            for answer in self._client.pages(method, "next_token", **ask):
                pages += 1
                self._home.take_in(answer)
                dated = answer.dated(tally)
                for raw, at in dated:
                    inside = (since is None or since <= at) and (until is None or at < until)
                    known = identity(raw) in besides
                    if inside and not known and self._home.threads.has_comment(raw):
                        yield self._home.comment(raw, answer)
                if since and dated and max(at for _, at in dated) < since:
                    break
        except _OF_A_PART as fault:
            if not pages:
                raise
            yield _lost("comments", fault, partial=True)
        yield from tally.unread("comments")

    def _again(
        self,
        answer: Answer,
        native: str,
        wanted: list[Known],
        grown: dict[str, None],
        held: dict[str, None],
    ) -> Iterator[Reading]:
        """One known post or comment; adds to the conversations to be searched."""
        raw = answer.posts.get(native)
        if raw is None and answer.missing(native):
            yield from (Gone(one.kind, one.id) for one in wanted)
        if raw is None:
            return
        newest = answer.newest(raw)
        if identity(newest) != native:
            yield from (Gone(one.kind, native) for one in wanted if one.kind != "media")
        if any(one.kind == "comment" for one in wanted):
            yield self._home.comment(newest, answer)
            held[str(newest.get("conversation_id") or native)] = None
        count = x_wire.reply_count(newest)
        probed = [one.comment_count for one in wanted if one.kind == "post"]
        has_grown = any(None not in (before, count) and before != count for before in probed)
        if has_grown:
            grown[str(newest.get("conversation_id") or native)] = None
        if has_grown or None in probed or any(one.kind == "media" for one in wanted):
            there = list(self._home.post(newest, answer))
            yield from there
            media = {one.id for one in wanted if one.kind == "media"}
            yield from (Gone("media", i) for i in media - {r.id for r in there})

    def _between(self, since: datetime, until: datetime) -> dict[str, Any]:
        """The window in X's terms: whole seconds, and nothing of the last few."""
        within: dict[str, Any] = {"max_results": PAGE, "start_time": max(since, FIRST_DAY)}
        if until < self._client.clock - SETTLED:
            within["end_time"] = (until + timedelta(microseconds=999_999)).replace(microsecond=0)
        return within

    def _profile_with(self, answer: Answer) -> Iterator[Reading]:
        """The profile that came with a post, or else looked up."""
        if self._profiled:
            return
        try:
            yield from self._home.profile(
                answer.users.get(self._home.owner.id) or self._home.look_up()
            )
        except _OF_A_PART as fault:
            if not answer.items:
                raise
            yield from (_lost(fact, fault) for fact in ("account", "settings"))
        self._profiled = True


def _lost(fact: str, fault: PlatformError, *, partial: bool = False) -> Unread:
    cause = type(fault).__name__
    return Unread(fact, fault.message, fault.remedy, partial=partial, cause=cause)


CONNECTOR = X
