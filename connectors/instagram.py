"""Instagram professional accounts, by the Graph API (facebook-sdk, Graph v25.0).

Documentation: https://developers.facebook.com/docs/instagram-platform

Credentials: TOKEN, one of two sorts. The access token of the Facebook Page that the account is
connected to, made by somebody with full control of the Page, with ``instagram_basic`` and
``pages_read_engagement`` (profile, posts, stories, descriptions of pictures) and
``instagram_manage_comments`` (comments, and who wrote them). Or a token of Instagram's own log-in
(it begins with IG), with ``instagram_business_basic`` and ``instagram_business_manage_comments``.
The handle is the account's name or number; the number of its Page will do.

Price: none. Limits: 4,800 calls in any 24 hours for each time that somebody saw the account's
content in them, so that a quiet account has few. A week takes two or three calls.

**Cannot see**: personal accounts (it must be a business or creator account) · captions of videos and
reels · who may see a post, and the account's settings · comments that wait for approval · earlier
versions of a post · stories older than a day · who wrote a description of a picture: what Instagram
guessed is told apart by its usual words only · messages.

How it is tested: no live account was read. An imitation on this machine answers as the vendor's
specification and reference pages say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from connectors import Usage
from connectors import instagram_fields as ask
from connectors.graph import Graph
from connectors.graph_errors import Service, TooMuch
from connectors.instagram_home import home
from connectors.instagram_pull import REFUSED, Pull
from connectors.instagram_reread import Reread
from connectors.instagram_wire import account
from connectors.transport import utc
from socialaudit.errors import Malformed, NotFound, Unauthorized
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.graph_values import Raw
    from socialaudit.models import Known, Reading

SERVICE = Service(
    title="Instagram",
    host="https://graph.facebook.com",
    token="access token for Instagram",  # noqa: S106 - what it is called
    handle="name or number of the Instagram account",
    manager="somebody with full control of the account and its Page",
)
DIRECT = replace(SERVICE, host="https://graph.instagram.com")
"""Instagram's own log-in, at a host of its own; its tokens begin with ``IG``."""
LIMITS = (
    Unread("settings", "Instagram shows no settings of an account", permanent=True),
    Unread("posts.audience", "Instagram does not say who may see a post", permanent=True),
    Unread("media.captions", "Instagram offers no way to read captions", permanent=True),
    Unread(
        "comments.state", "Instagram does not show comments that wait for approval", permanent=True
    ),
)


class Instagram:
    """One professional account.

    Of a week with P posts and c_i comments under post i (r_ij replies under comment j of it),
    ``read`` makes::

        1 + max(1, ceil(P/50)) + sum(max(0, ceil(c_i/50) - 1)) + sum(max(0, ceil(r_ij/50) - 1))

    The first brings the profile, the stories of a day and what tags the account; one more for each
    further 50 of these. By name with a person's token it takes one more, by a Page's number up to four.
    ``reread`` makes one for each 50 records of a sort and one for each 50 posts whose comments are
    counted; and one for the profile when ``read`` did not come first.
    """

    name: ClassVar[str] = "instagram"
    title: ClassVar[str] = "Instagram"
    secrets: ClassVar[tuple[str, ...]] = ("TOKEN",)
    hosts: ClassVar[tuple[str, ...]] = ("instagram.com", "instagr.am")

    def __init__(self, access: Access) -> None:
        token = access.secrets.get("token", "")
        if not token:
            raise Unauthorized(
                "There is no access token for this Instagram account",
                "Make one for the account and set it as the credential's TOKEN.",
            )
        self.usage = Usage(unit="calls")
        self._access = access
        self._direct = token.startswith("IG")
        self._graph = Graph(access, self.usage, DIRECT if self._direct else SERVICE)
        self._own: Raw = {}
        self._withheld: set[str] = set()

    def close(self) -> None:
        """Close connections."""
        self._graph.close()

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """Everything published in [since, until): see ``connectors.Connector``."""
        yield from LIMITS
        refusals = self._find(ask.EDGES)
        yield account(self._access, self._own)
        yield from refusals
        pull = self._pull(since, until)
        yield from self._media(pull)
        stories = ("stories", ask.STORY, lambda page: pull.posts(page, stories=True))
        tags = ("tags", ask.TAG, lambda page: (r for raw in page for r in pull.mention(raw)))
        for edge, fields, take in (stories, tags):
            yield from self._nested(pull, edge, fields, take)
        yield from pull.shortfall()

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The known records as they are now: see ``connectors.Connector``."""
        if not known:
            return
        if not self._own:
            self._find(())
        yield from Reread(self._pull(), known).readings()

    def _find(self, edges: Sequence[str]) -> list[Unread]:
        """The account with its short lists, or without those that are refused, and what that costs."""
        try:
            raw = self._home(edges)
        except (*REFUSED, TooMuch) as fault:
            if not edges or (isinstance(fault, NotFound) and "permission" not in fault.message):
                raise
            fact = "comments.visitor" if len(edges) == len(ask.EDGES) else "posts"
            lost = Unread(fact, fault.message, fault.remedy, partial=fact == "posts")
            return [lost, *self._find(edges[:-1])]
        if not raw.get("id"):
            raise Malformed(f"Instagram's answer for {self._access.handle} is not about an account")
        self._own = raw
        return []

    def _home(self, edges: Sequence[str]) -> Raw:
        handle = self._access.handle
        return home(self._graph, handle, (*ask.USER, *edges), direct=self._direct)

    def _pull(self, since: datetime | None = None, until: datetime | None = None) -> Pull:
        return Pull(
            access=self._access,
            graph=self._graph,
            own=self._own,
            since=since,
            until=until,
            withheld=self._withheld,
        )

    def _media(self, pull: Pull) -> Iterator[Reading]:
        """The posts; without their comments, where those are refused."""
        came = 0
        wanted = [f for f in ask.MEDIA if f != ask.COMMENTS or "comments" not in self._withheld]
        try:
            for some in self._recent(pull, wanted):
                came += 1
                yield from pull.posts(some)
        except REFUSED as fault:
            if not came and ask.COMMENTS in wanted and not isinstance(fault, NotFound):
                self._withheld.add("comments")
                yield Unread("comments", fault.message, fault.remedy)
                yield from self._media(pull)
                return
            for fact in ("posts", "media", "comments"):
                yield Unread(fact, fault.message, fault.remedy, partial=came > 0)

    def _recent(self, pull: Pull, fields: Sequence[str]) -> Iterator[list[Any]]:
        """Pages of posts until one is older than the window: newest first, and pinned ones."""
        if pull.since is None or pull.until is None:
            return
        window = {"since": int(pull.since.timestamp()), "until": int(pull.until.timestamp())}
        arguments = {"limit": ask.AT_ONCE, **window}
        nested = self._own.get("media")  # which an answer holds only if it ignored our field list
        for some in self._graph.pages(f"{self._own['id']}/media", fields, arguments, nested):
            yield some
            if some and all(is_old(raw, pull.since) for raw in some):
                return

    def _nested(
        self,
        pull: Pull,
        edge: str,
        fields: Sequence[str],
        take: Callable[[list[Any]], Iterator[Reading]],
    ) -> Iterator[Reading]:
        """A list that came with the profile, and its further pages as far as the window goes."""
        first = self._own.get(edge)
        if not isinstance(first, dict) or pull.since is None:
            return
        arguments = {"limit": ask.AT_ONCE}
        try:
            for some in self._graph.pages(f"{self._own['id']}/{edge}", fields, arguments, first):
                yield from take(some)
                if any(is_old(raw, pull.since) for raw in some):
                    return
        except REFUSED as fault:
            fact = "posts" if edge == "stories" else "comments.visitor"
            yield Unread(fact, fault.message, fault.remedy, partial=True)


def is_old(raw: Any, since: datetime) -> bool:
    """Whether a node was made before the window."""
    try:
        return utc(raw["timestamp"]) < since
    except (Malformed, KeyError, TypeError):
        return False


CONNECTOR = Instagram
