"""Facebook Pages, by the Graph API (facebook-sdk, Graph v25.0).

Documentation: https://developers.facebook.com/docs/pages-api

Credentials: TOKEN, a Page access token made by somebody with full control of the Page, with
``pages_read_engagement`` (profile, posts, pictures, videos), ``pages_read_user_content`` (comments
and visitors' posts) and ``pages_manage_metadata`` (the Page's settings, which need the MANAGE task).
A token of a person instead of the Page gives comments as an empty list.

Price: none. Quota: 4,800 calls in any 24 hours for each person who dealt with the Page in that time,
so that a quiet Page has a small one. A week takes some ten calls.

Cannot see: earlier versions of a post · who may comment · why a comment is hidden (by a person or by
the word filter) · comments of people who limited them · groups (their API ended in April 2024) ·
passwords and sign-in · posts that are scheduled or were only made as advertisements.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from connectors import Usage
from connectors import facebook_fields as ask
from connectors.facebook_pull import REFUSED, Pull, is_old
from connectors.facebook_reread import Reread
from connectors.facebook_wire import handle_of, page, setting, the_page
from connectors.graph import Graph
from connectors.graph_errors import Service
from socialaudit.errors import Malformed, NotFound, PlatformError, Unauthorized
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.graph_values import Raw
    from socialaudit.models import Known, Reading

SERVICE = Service(
    title="Facebook",
    host="https://graph.facebook.com",
    token="Page access token",  # noqa: S106 - what it is called
    handle="name or number of the Page",
    manager="somebody who may manage the Page",
)
OLD_PAGES = 10
"""Lists are ranked, not ordered: give up only after so many pages of nothing but older posts."""


class Facebook:
    """One Page.

    Of a week with P posts, M photos, V videos, R reels, U visitors' posts and c_i comments under
    post i, ``read`` makes (each list is asked for at least once)::

        1 + ceil(P/100) + sum(max(0, ceil(c_i/100) - 1)) + ceil(M/50) + ceil(V/50)
          + ceil(R/100) + ceil(U/100)

    ``reread`` makes one for each 50 records of a sort, and one for each 50 posts whose comments are
    counted; and one for the Page's own id when ``read`` did not come first.
    """

    name: ClassVar[str] = "facebook"
    title: ClassVar[str] = "Facebook"
    secrets: ClassVar[tuple[str, ...]] = ("TOKEN",)
    hosts: ClassVar[tuple[str, ...]] = ("facebook.com", "fb.com", "fb.me", "fb.watch")

    def __init__(self, access: Access) -> None:
        if not access.secrets.get("token"):
            raise Unauthorized(
                "There is no Page access token for this account",
                "Make one for the Page and set it as the credential's TOKEN.",
            )
        self.usage = Usage(unit="calls")
        self._access = access
        self._graph = Graph(access, self.usage, SERVICE)
        self._handle = handle_of(access.handle)
        self._page: Raw = {}
        self._withheld: set[str] = set()

    def close(self) -> None:
        """Close connections."""
        self._graph.close()

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """Everything published in [since, until): see ``connectors.Connector``."""
        yield from self._profile()
        pull = self._pull(since, until)
        yield from self._list(pull, "published_posts", ask.POST, pull.post)
        yield from pull.media()
        yield from self._list(pull, "video_reels", ask.REEL, partial(pull.post, reel=True))
        yield from self._list(pull, "visitor_posts", ask.VISITOR_POST, pull.visitor)
        yield from pull.shortfall()

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The known records as they are now: see ``connectors.Connector``."""
        if not known:
            return
        if not self._page:
            self._page = the_page(self._graph.read(self._handle, ("id", "username")), self._handle)
        yield from Reread(self._pull(), known).readings()

    def _pull(self, since: datetime | None = None, until: datetime | None = None) -> Pull:
        names = (self._page["id"], self._page.get("username"), self._handle)
        return Pull(
            access=self._access,
            graph=self._graph,
            page=str(self._page["id"]),
            own=frozenset(str(name).lower() for name in names if name),
            since=since,
            until=until,
            withheld=self._withheld,
        )

    def _profile(self) -> Iterator[Reading]:
        """The Page and its settings in one answer; the Page alone when settings are refused."""
        refusal: PlatformError | None = None
        try:
            raw = self._graph.read(self._handle, (*ask.PAGE, ask.SETTINGS))
        except REFUSED as fault:
            if isinstance(fault, NotFound) and "permission" not in fault.message:
                raise
            refusal = fault
            raw = self._graph.read(self._handle, ask.PAGE)
        self._page = the_page(raw, self._handle)
        yield page(self._access, self._page)
        if refusal is None:
            yield from self._settings()
        else:
            yield Unread("settings", refusal.message, refusal.remedy)

    def _settings(self) -> Iterator[Reading]:
        native, nested = str(self._page["id"]), self._page.get("settings")
        came = bad = 0
        try:
            for some in self._graph.pages(
                f"{native}/settings", ask.SETTING, {"limit": 100}, nested
            ):
                for raw in some:
                    came += 1
                    try:
                        yield setting(self._access.account, native, raw)
                    except Malformed:
                        bad += 1
        except REFUSED as fault:
            yield Unread("settings", fault.message, fault.remedy, partial=came > bad)
        if bad:
            reason = f"{bad} of {came} settings could not be understood"
            yield Unread("settings", reason, partial=True)

    def _list(
        self, pull: Pull, edge: str, fields: Iterable[str], take: Callable[[Any], Iterator[Reading]]
    ) -> Iterator[Reading]:
        """One list of the Page; posts without their comments where those are refused.

        Where there is no such list, another one that holds the posts too.
        """
        came = 0
        wanted = [f for f in fields if f != ask.COMMENTS or "comments" not in self._withheld]
        try:
            for some in self._recent(pull, edge, wanted):
                came += 1
                for raw in some:
                    yield from take(raw)
                yield from pull.media(rest=False)
        except REFUSED as fault:
            other = _BROADER.get(edge)
            if other and not came and (isinstance(fault, NotFound) or edge in fault.message):
                yield from self._list(pull, other, dict.fromkeys((*fields, "from{id}")), take)
                return
            retry = take == pull.post and not came and ask.COMMENTS in wanted
            if retry and not isinstance(fault, NotFound):
                self._withheld.add("comments")
                yield Unread("comments", fault.message, fault.remedy)
                yield from self._list(pull, edge, fields, take)
                return
            some_read = came > 0 or edge == "video_reels"
            for fact in _FACTS[edge]:
                yield Unread(fact, fault.message, fault.remedy, partial=some_read)

    def _recent(self, pull: Pull, edge: str, fields: Sequence[str]) -> Iterator[list[Any]]:
        """Pages of a list, as far as they may hold something of the window.

        Graph does not document ``since`` for these lists, so it is asked for and not relied on.
        """
        since, until = pull.since, pull.until
        if since is None or until is None:
            return
        arguments = {"limit": 100, "since": int(since.timestamp()), "until": int(until.timestamp())}
        old = 0
        for some in self._graph.pages(f"{self._page['id']}/{edge}", fields, arguments):
            yield some
            old = old + 1 if some and all(is_old(raw, since) for raw in some) else 0
            if old == OLD_PAGES:
                return


_BROADER = {"published_posts": "posts", "posts": "feed"}
"""Where a server that knows no such list (an older one) has the Page's posts; ``feed`` has others' too."""

_FACTS = {
    "published_posts": ("posts", "media", "comments"),
    "posts": ("posts", "media", "comments"),
    "feed": ("posts", "media", "comments"),
    "video_reels": ("posts", "media.captions"),
    "visitor_posts": ("comments.visitor",),
}


CONNECTOR = Facebook
