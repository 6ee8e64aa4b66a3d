"""What stands under a post of Bluesky: its replies, level by level, and which of them are hidden.

A thread comes as a tree, cut at a depth that the server chooses; what was cut off is asked for from
where it was cut.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectors import bluesky_wire as wire
from connectors.bluesky_media import mapping, sequence
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.bluesky_client import Client, Raw
    from connectors.bluesky_wire import Owner
    from socialaudit.models import Comment

DEPTH = 80
"""Levels asked for at once: the library cannot parse much more than that in one answer."""
MOST_BRANCHES = 50
"""Branches of one thread that are followed beyond where a server cut them."""
_OF_A_PART = (Forbidden, NotFound, Malformed)


@dataclass
class Threads:
    """Reads threads; ``tally`` says afterwards what could not be read."""

    client: Client
    owner: Owner
    given: set[str] = field(default_factory=set)
    """Keys of the comments that were given already."""
    _asked: int = 0
    _lost: int = 0
    _odd: int = 0
    _items: int = 0
    _cut: bool = False
    _reason: str = ""

    def under(self, anchor: str, view: Raw | None = None) -> Iterator[Comment]:
        """The comments under a post or a comment, each once; ``view`` is the first post's own.

        What only continues a thread of the account's own is no comment.
        """
        self._asked += 1
        try:
            yield from self._branches(anchor, mapping(view).get("threadgate"))
        except _OF_A_PART as fault:
            self._lost += 1
            self._reason = self._reason or fault.message
            if isinstance(fault, Forbidden):
                raise

    def comment(self, view: Raw, hidden: frozenset[str] | None) -> Iterator[Comment]:
        """A reply as a comment, unless it was given before or continues the account's own thread."""
        self._items += 1
        try:
            found = wire.comment(view, self.owner, hidden)
        except Malformed:
            self._odd += 1
            return
        continues = found.own and self.owner.has(wire.reply(view.get("record"), "parent"))
        if not continues and found.key not in self.given:
            self.given.add(found.key)
            yield found

    def unread(self) -> Iterator[Unread]:
        """What to say of what could not be read, since it was last asked."""
        some = self._lost < self._asked or self._items > 0
        if self._lost:
            reason = f"replies under {self._lost} of {self._asked} posts could not be read"
            yield Unread("comments", f"{reason}: {self._reason}", partial=some)
        if self._odd:
            reason = f"{self._odd} of {self._items} replies could not be understood"
            yield Unread("comments", reason, partial=True)
        if self._cut:
            reason = f"a thread has more than {MOST_BRANCHES} long branches; the others were left"
            yield Unread("comments", reason, partial=True)
        self._asked = self._lost = self._odd = self._items = 0
        self._cut, self._reason = False, ""

    def _branches(self, anchor: str, gate: Any) -> Iterator[Comment]:
        waiting, seen = [anchor], {anchor}
        for _ in range(MOST_BRANCHES):
            if not waiting:
                return
            answer = self.client.ask(
                "app.bsky.feed.getPostThread", uri=waiting.pop(0), depth=DEPTH, parentHeight=0
            )
            tree = mapping(answer.get("thread"))
            top = top_of(tree)
            gate = answer.get("threadgate") or top.get("threadgate") or gate
            hidden = wire.hidden_replies(gate)
            nodes = list(_below(tree, top))
            for node in nodes:
                yield from self._told(node, hidden)
            cut = {str(mapping(n.get("post")).get("uri")) for n in nodes if _is_cut(n)} - seen
            seen |= cut
            waiting += sorted(cut)
        self._cut = self._cut or bool(waiting)

    def _told(self, node: Raw, hidden: frozenset[str] | None) -> Iterator[Comment]:
        """A node of the tree. One that is blocked or gone says nothing that could be kept."""
        if node.get("blocked") or node.get("notFound"):
            return
        yield from self.comment(mapping(node.get("post")), hidden)


def _below(tree: Raw, top: Raw) -> Iterator[Raw]:
    """Every node under the first, in no order; not by recursion, for a tree may be deep."""
    waiting: list[Any] = list(sequence(tree.get("replies")))
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if mapping(node.get("post")).get("uri") != top.get("uri"):
                yield node
            waiting += sequence(node.get("replies"))
        elif node is not None:
            yield {}


def _is_cut(node: Raw) -> bool:
    """Whether there is more below than the answer shows: the replies were left out, not empty."""
    post = mapping(node.get("post"))
    return not isinstance(node.get("replies"), list) and (wire.count(post) or 0) > 0


def top_of(tree: Raw) -> Raw:
    """The post that a thread was asked for.

    Raises ``NotFound`` where Bluesky says that there is none to see, and ``Malformed``.
    """
    post, kind = mapping(tree.get("post")), str(tree.get("$type") or "").rpartition("#")[2]
    if tree.get("blocked") or kind == "blockedPost":
        raise NotFound("Bluesky does not show this post")
    if tree.get("notFound") or kind == "notFoundPost":
        raise NotFound("Bluesky says that there is no such post")
    if not post:
        raise Malformed("Bluesky's answer holds no thread")
    return post
