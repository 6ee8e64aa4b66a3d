"""The second look at an Instagram account's known records, in batches by id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors import instagram_fields as ask
from connectors.graph_values import count_of
from socialaudit.errors import NotFound, PlatformError
from socialaudit.models import Gone, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors.graph_values import Raw
    from connectors.instagram_pull import Pull
    from socialaudit.models import Known, Reading

_FACT = {"post": "posts", "comment": "comments"}


@dataclass(frozen=True)
class Reread:
    """Reads ``known`` again through a pull that has no window.

    A comment without a post is another's post that tags the account. It cannot be read by its
    number, and nothing is said of it.
    """

    pull: Pull
    known: Sequence[Known]
    refusals: dict[str, PlatformError] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """Posts and comments that are gone."""

    def readings(self) -> Iterator[Reading]:
        """Posts with what hangs on them, media with their posts, comments with their replies."""
        posts = {k.id: k.comment_count for k in self.known if k.kind == "post"}
        media = [k for k in self.known if k.kind == "media" and k.post]
        whole = dict.fromkeys([i for i, count in posts.items() if count is None])
        whole |= dict.fromkeys(str(k.post) for k in media)
        for one, node in self._nodes("post", [i for i in posts if i not in whole], _COUNT):
            if count_of(node.get("comments_count")) != posts[one]:
                whole[one] = None
        for _, node in self._nodes("post", list(whole), ask.MEDIA):
            yield from self.pull.posts([node])
        yield from (Gone("post", one) for one in posts if one in self.lost)
        yield from (Gone("media", k.id) for k in media if self._gone(k))
        yield from self._comments()
        for fact, fault in self.refusals.items():
            yield Unread(fact, fault.message, fault.remedy, partial=True)
        yield from self.pull.shortfall()

    def _comments(self) -> Iterator[Reading]:
        under = {k.id: k.post for k in self.known if k.kind == "comment" and k.post}
        for one, node in self._nodes("comment", list(under), _COMMENT):
            post = node.get("media")
            link = post.get("permalink") if isinstance(post, dict) else None
            yield from self.pull.comment(node, str(under[one]), link)
        yield from (Gone("comment", one) for one in under if one in self.lost)

    def _gone(self, medium: Known) -> bool:
        """Whether a medium's post is gone, or was read and no longer shows the medium."""
        seen = self.pull.seen
        unattached = ("post", medium.post) in seen and ("media", medium.id) not in seen
        return medium.post in self.lost or unattached

    def _nodes(
        self, kind: str, ids: Sequence[str], fields: Sequence[str]
    ) -> Iterator[tuple[str, Raw]]:
        """The nodes that could be read; posts without their comments where those are refused."""
        refused = []
        wanted = [f for f in fields if f != ask.COMMENTS or "comments" not in self.pull.withheld]
        for one, node in self.pull.graph.nodes(ids, wanted):
            if not isinstance(node, PlatformError):
                yield one, node
            elif isinstance(node, NotFound):
                self.lost.add(one)
            else:
                self.refusals.setdefault(_FACT[kind], node)
                refused.append(one)
        if refused and len(refused) == len(set(ids)) and ask.COMMENTS in wanted:
            self.pull.withheld.add("comments")
            self.refusals["comments"] = self.refusals.pop(_FACT[kind])
            yield from self._nodes(kind, refused, fields)


_COUNT = ("comments_count",)
_COMMENT = (*ask.COMMENT, "media{id,permalink}")
