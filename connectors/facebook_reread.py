"""The second look at a Page's known records, in batches by id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectors import facebook_fields as ask
from connectors.facebook_posts import comment_count
from socialaudit.errors import Forbidden, NotFound, PlatformError
from socialaudit.models import Gone, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors.facebook_pull import Pull
    from socialaudit.models import Known, Reading

_FACT = {"post": "posts", "media": "media", "comment": "comments"}
Node = dict[str, Any]


@dataclass(frozen=True)
class Reread:
    """Reads ``known`` again through a pull that has no window.

    Ids of posts have the form ``page_post``; one without a line in it is a reel. A comment without
    a post is a visitor's post. Ids with ``#`` are our own, for what Facebook shows without a number:
    such a comment cannot be read again, and nothing is said of it.
    """

    pull: Pull
    known: Sequence[Known]
    refusals: dict[str, PlatformError] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """Posts that are gone."""

    def readings(self) -> Iterator[Reading]:
        """Posts with what hangs on them, media with their posts, comments with their replies."""
        posts = {k.id: k.comment_count for k in self.known if k.kind == "post"}
        media = [k for k in self.known if k.kind == "media" and k.post]
        whole = dict.fromkeys([i for i, count in posts.items() if count is None])
        whole |= dict.fromkeys(str(k.post) for k in media)
        counted = [] if "comments" in self.pull.withheld else [i for i in posts if i not in whole]
        for one, node in self._nodes("post", counted, _COUNT):
            if comment_count(node) != posts[one]:
                whole[one] = None
        reels = [one for one in whole if "_" not in one]
        for _, node in self._nodes("post", reels, ask.REEL):
            yield from self.pull.post(node, reel=True)
        for _, node in self._nodes("post", [one for one in whole if "_" in one], ask.POST):
            yield from self.pull.post(node)
        yield from self.pull.media()
        yield from (Gone("post", one) for one in posts if one in self.lost)
        yield from (Gone("media", k.id) for k in media if self._gone(k))
        yield from self._comments()
        for fact, fault in self.refusals.items():
            yield Unread(fact, fault.message, fault.remedy, partial=True)
        yield from self.pull.shortfall()

    def _comments(self) -> Iterator[Reading]:
        asked = [k for k in self.known if k.kind == "comment" and "#" not in k.id]
        under = {k.id: k.post for k in asked}
        visitors = [k.id for k in asked if k.post is None]
        for _, node in self._nodes("comment", visitors, ask.VISITOR_POST):
            yield from self.pull.visitor(node)
        for one, node in self._nodes("comment", [i for i in under if under[i]], ask.ANSWERED):
            parent = under[one] if under[one] in visitors else None
            yield from self.pull.comment(node, under[one], parent=parent, answers=True)
        yield from (Gone("comment", k.id) for k in asked if k.id in self.lost)

    def _gone(self, medium: Known) -> bool:
        """Whether a medium's post is gone, or was read and no longer shows the medium."""
        seen = self.pull.seen
        unattached = ("post", medium.post) in seen and ("media", medium.id) not in seen
        return medium.post in self.lost or unattached

    def _nodes(
        self, kind: str, ids: Sequence[str], fields: Sequence[str]
    ) -> Iterator[tuple[str, Node]]:
        """The nodes that could be read; without their comments where those are refused."""
        refused = []
        wanted = [f for f in fields if f != ask.COMMENTS or "comments" not in self.pull.withheld]
        for one, node in self.pull.graph.nodes(ids, wanted):
            if not isinstance(node, PlatformError):
                yield one, node
            elif isinstance(node, NotFound):
                self.lost.add(one)
            else:
                self.refusals.setdefault(_FACT[kind], node)
                refused += [one] if isinstance(node, Forbidden) else []
        if refused and len(refused) == len(set(ids)) and ask.COMMENTS in wanted:
            self.pull.withheld.add("comments")
            self.refusals["comments"] = self.refusals.pop(_FACT[kind])
            yield from self._nodes(kind, refused, fields)


_COUNT = (ask.COMMENT_COUNT,)
