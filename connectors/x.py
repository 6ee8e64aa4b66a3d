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

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from connectors import Usage, x_media, x_wire
from connectors.x_answer import ID, Answer, Tally, has_passed, identity, lost
from connectors.x_client import XClient
from connectors.x_home import USER_FIELDS, Home
from connectors.x_replies import OF_A_PART, RECENT, REPLY_FIELDS, Replies, between
from connectors.x_threads import queries
from socialaudit.errors import Malformed
from socialaudit.models import Gone, Unread

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.x_answer import Raw
    from socialaudit.models import Known, Reading

PAGE = 100
_WHOLE = {
    "tweet_fields": f"{REPLY_FIELDS},article,attachments,entities,media_metadata,paid_partnership,"
    "reply_settings,withheld",
    "user_fields": USER_FIELDS,
    "media_fields": "alt_text,duration_ms,height,preview_image_url,type,url,variants,width",
    "expansions": "attachments.media_keys,author_id,edit_history_tweet_ids,referenced_tweets.id",
}
_NEVER_TOLD = (
    Unread("media.captions", "X offers no way to read the subtitles of a video", permanent=True),
    Unread("comments.state", "X offers no way to read which replies are hidden", permanent=True),
)


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
        self._replies = Replies(self._client, self._home)
        self._profiled = False
        self._given: set[str] = set()

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """Profile, posts, media, and the replies of the last 7 days within the window.

        The window of a weekly run ends hours before it is read, so that no post in it can still be
        edited. The account's answers to others are posts and comments at once.
        """
        self._profiled, self._given = False, set()
        yield from _NEVER_TOLD
        if not self._home.owner.id:
            yield from self._home.profile(self._home.look_up())
            self._profiled = True
        if not (yield from self._timeline(since, until)):
            yield Unread(
                "comments",
                "the account's own posts could not be read, so nobody can tell what was answered",
                partial=True,
            )
        yield from self._replies.within(since, until, self._given)

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """Known posts, media and comments as they are now; see the class for what it takes.

        A record that X withholds without saying that it is gone is not yielded. An edited post has
        a new id: the old one is gone.
        """
        wanted: dict[str, list[Known]] = {}
        for one in known:
            native = (one.post if one.kind == "media" else one.id) or ""
            if ID.fullmatch(native):
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
        found = {*wanted, *self._given}
        try:
            for query in [*queries(grown), *queries(held, self._home.owner.called)]:
                yield from self._replies.found(RECENT, query, found)
        except OF_A_PART as fault:
            yield lost("comments", fault, partial=True)

    def close(self) -> None:
        """Close connections."""
        self._client.session.close()

    def _timeline(self, since: datetime, until: datetime) -> Generator[Reading, None, bool]:
        """Posts and media, then the answers among them as comments; whether any page was read."""
        tally, pages, strays = Tally(), 0, set[str]()
        answers: list[tuple[Raw, Answer]] = []
        ask = {"id": self._home.owner.id, **_WHOLE, "max_results": PAGE}
        ask |= between(since, until, self._client.clock)
        try:
            for answer in self._client.pages(
                self._client.get_users_tweets, "pagination_token", **ask
            ):
                pages += 1
                yield from self._profile_with(answer)
                self._home.take_in(answer, by_owner=True)
                strays |= x_media.strays(answer)
                dated = answer.dated(tally)
                for raw, at in dated:
                    if since <= at < until:
                        yield from self._home.post(raw, answer)
                        answers.append((raw, answer))
                if has_passed(since, dated):
                    break
        except OF_A_PART as fault:
            if not self._profiled:
                yield from self._home.profile(self._home.look_up())
            yield from (lost(fact, fault, partial=pages > 0) for fact in ("posts", "media"))
        yield from tally.unread("posts")
        if strays and not tally.odd:
            reason = f"{len(strays)} came without the post that shows them"
            yield Unread("media", reason, partial=True)
        self._given.update(identity(raw) for raw, _ in answers)
        for raw, answer in answers:
            if self._home.threads.answers_others(raw):
                yield self._home.comment(raw, answer, own=True)
        return pages > 0

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

    def _profile_with(self, answer: Answer) -> Iterator[Reading]:
        """The profile that came with a post; or else, or where it tells little, looked up."""
        if self._profiled:
            return
        came = answer.users.get(self._home.owner.id, {})
        try:
            whole = came if "protected" in came else came | self._home.look_up()
            told: list[Reading] = list(self._home.profile(whole))
        except OF_A_PART as fault:
            if not answer.items:
                raise
            told = []
            with suppress(Malformed):
                told += self._home.profile(came)
            told += [lost(f, fault, partial=bool(told)) for f in ("account", "settings")]
        yield from told
        self._profiled = True


CONNECTOR = X
