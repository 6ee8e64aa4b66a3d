"""One reading of a Page: raw nodes in, records out, and an account of what was not understood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from connectors import facebook_fields as ask
from connectors.facebook_posts import Attached, attachments, comment_count, image, post, video
from connectors.facebook_wire import comment, is_sample, without_replies
from connectors.graph import IDS_AT_ONCE
from connectors.graph_fields import honoured
from connectors.graph_paging import items
from connectors.graph_values import native_of
from connectors.transport import utc
from socialaudit.errors import Forbidden, Malformed, NotFound, PlatformError
from socialaudit.models import CommentKind, MediaKind, PostKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors import Access
    from connectors.graph import Graph
    from connectors.graph_values import Raw
    from socialaudit.models import Post, Reading

REFUSED = (Forbidden, NotFound, Malformed)
"""Faults that cost one fact; every other ends the reading."""
DEEPEST = 5
"""Levels of replies; Facebook has two."""


@dataclass(frozen=True, kw_only=True)
class Pull:
    """Turns nodes into readings, each record once. Without ``since`` and ``until``, everything."""

    access: Access
    graph: Graph
    page: str
    own: frozenset[str]
    since: datetime | None = None
    until: datetime | None = None
    withheld: set[str] = field(default_factory=set)
    """Fields that the token may not ask for, found on the way."""
    seen: set[tuple[str, str]] = field(default_factory=set)
    met: dict[str, int] = field(default_factory=dict)
    waiting: list[Attached] = field(default_factory=list)

    def covers(self, moment: datetime) -> bool:
        """Whether a record of that time belongs to the reading."""
        return self.since is None or self.until is None or self.since <= moment < self.until

    def post(self, raw: Any, *, reel: bool = False) -> Iterator[Reading]:
        """A post of the Page with its comments; its media wait for ``media``."""
        if not reel and self._is_visitors(raw):
            yield from self.visitor(raw)
            return
        try:
            found = post(self.access.account, self.own, raw)
        except Malformed:
            self._count("posts not understood")
            return
        self._count("posts")
        if reel:
            found = replace(found, kind=PostKind.REEL)
            if self._shown(found, raw):
                return
        inside = self.covers(found.published_at)
        if inside and self._first("post", found.id):
            yield found
            yield from self._reel(found, raw) if reel else self._keep(found, raw)
        yield from self.comments(raw, found.id, follow=inside)

    def visitor(self, raw: Any) -> Iterator[Reading]:
        """A visitor's post with what was answered under it."""
        author = raw.get("from") if isinstance(raw, dict) else None
        if isinstance(author, dict) and str(author.get("id")) == self.page:
            return
        try:
            found = comment(self.access, self.page, raw, post=None, kind=CommentKind.VISITOR_POST)
        except Malformed:
            self._count("visitors' posts not understood")
            return
        self._count("visitors' posts")
        inside = self.covers(found.published_at)
        if inside and self._first("comment", found.id):
            yield replace(found, reply_count=comment_count(raw))
        yield from self.comments(raw, found.id, parent=found.id, follow=inside)

    def comments(
        self,
        raw: Raw,
        under: str,
        *,
        parent: str | None = None,
        follow: bool = True,
        depth: int = 0,
    ) -> Iterator[Reading]:
        """What is written under a post or comment: as nested in it, and from its edge if need be."""
        nested = raw.get("comments")
        told = isinstance(nested, dict) and isinstance(nested.get("data"), list)
        if not told and (not follow or "comments" in self.withheld):
            return
        stated = comment_count(raw) or 0
        self._count("comments stated", stated)
        asked = {**ask.THREAD, "summary": "true", "limit": 100}
        native = native_of(raw.get("id")) or under
        came: list[Any] = []
        try:
            firsts = [nested, None] if told and follow and is_sample(nested, stated) else [nested]
            for first in firsts:
                for some in self.graph.pages(f"{native}/comments", ask.COMMENT, asked, first):
                    came += some
                    for one in some:
                        yield from self.comment(one, under, parent=parent, depth=depth)
                    if not follow:
                        return
        except REFUSED as fault:
            if self._first("refused", "comments"):
                yield Unread("comments", fault.message, fault.remedy, partial=True)
        for one in without_replies(came) if depth < DEEPEST else ():
            yield from self.comments(one, under, parent=str(one["id"]), depth=depth + 1)

    def comment(
        self,
        raw: Any,
        under: str | None,
        *,
        parent: str | None = None,
        depth: int = 0,
        answers: bool = False,
    ) -> Iterator[Reading]:
        """A comment, with the replies nested in it; with ``answers``, also those that are not."""
        try:
            found = comment(self.access, self.page, raw, post=under, parent=parent)
        except Malformed:
            self._count("comments not understood")
            return
        self._count("comments")
        self._count("comments of known state", int(isinstance(raw.get("is_hidden"), bool)))
        if self.covers(found.published_at) and self._first("comment", found.id):
            yield found
        answered = raw.get("comments") or (answers and found.reply_count)
        if answered and depth < DEEPEST:
            yield from self.comments(raw, under or found.id, parent=found.id, depth=depth + 1)

    def media(self, *, rest: bool = True) -> Iterator[Reading]:
        """The pictures and videos of the posts so far, their nodes read in batches of 50.

        Without ``rest`` only full batches: what is over waits for the posts to come.
        """
        once = {a.id: a for a in self.waiting if ("media", a.id) not in self.seen}
        self.waiting.clear()
        for kind, fields in ((MediaKind.IMAGE, ask.PHOTO), (MediaKind.VIDEO, ask.VIDEO)):
            ready = [i for i, a in once.items() if a.kind is kind and a.readable]
            now = ready if rest else ready[: len(ready) // IDS_AT_ONCE * IDS_AT_ONCE]
            self.waiting.extend(once[i] for i in ready[len(now) :])
            for one, node in self.graph.nodes(now, fields):
                yield from self._read_medium(once[one], node)
        for attached in (a for a in once.values() if not a.readable):
            yield from self._medium(attached, None)

    def _read_medium(self, attached: Attached, node: Raw | PlatformError) -> Iterator[Reading]:
        if not isinstance(node, PlatformError):
            yield from self._medium(attached, node)
            return
        yield from self._medium(attached, None)
        fact = "media.captions" if attached.kind is MediaKind.VIDEO else "media.alt_text"
        if self._first("refused", fact):
            yield Unread(fact, node.message, node.remedy, partial=True)

    def _medium(self, attached: Attached, node: Raw | None) -> Iterator[Reading]:
        if not self._first("media", attached.id):
            return
        if attached.kind is not MediaKind.VIDEO:
            yield image(attached, node, told="alt_text_custom" not in self.graph.unknown)
        elif node is None:
            yield video(attached, None, None)
        else:
            yield from self._video(attached, node)

    def shortfall(self) -> Iterator[Unread]:
        """What the answers leave in doubt, at the end of a reading."""
        for what, fact in (
            ("posts", "posts"),
            ("visitors' posts", "comments.visitor"),
            ("comments", "comments"),
        ):
            bad, good = self.met.get(f"{what} not understood", 0), self.met.get(what, 0)
            if bad:
                reason = f"{bad} of {bad + good} {what} could not be understood"
                yield Unread(fact, reason, partial=True)
        stated, came = self.met.get("comments stated", 0), self.met.get("comments", 0)
        if stated and not came:
            yield Unread(
                "comments",
                f"Facebook states {stated} comments but shows none of them",
                "Use the Page's own access token, not that of a person.",
                partial=True,
            )
        if came and not self.met.get("comments of known state"):
            yield Unread(
                "comments.state",
                "Facebook did not say which comments are hidden",
                "Let somebody with the MODERATE task on the Page make the token.",
            )

    def _first(self, kind: str, native: str) -> bool:
        new = (kind, native) not in self.seen
        self.seen.add((kind, native))
        return new

    def _count(self, what: str, number: int = 1) -> None:
        self.met[what] = self.met.get(what, 0) + number

    def _keep(self, found: Post, raw: Raw) -> Iterator[Reading]:
        """Put a post's media on the waiting list; read them from their edge where they are missing."""
        try:
            if "attachments" not in raw and not raw.get("object_id") and _promises_media(raw):
                edge, fields = f"{found.id}/attachments", ask.ATTACHMENT
                pages = self.graph.pages(edge, fields, {"limit": 100})
                raw = {**raw, "attachments": [one for some in pages for one in some]}
        except REFUSED as fault:
            yield Unread("media", fault.message, fault.remedy, partial=True)
        self.waiting.extend(attachments(found, raw))

    def _shown(self, reel: Post, raw: Raw) -> bool:
        """Whether a reel also stood in the list of posts."""
        posted = str(raw.get("post_id") or "")
        others = {native for kind, native in self.seen if kind == "post"}
        return (
            posted in others or f"{self.page}_{posted}" in others or ("media", reel.id) in self.seen
        )

    def _is_visitors(self, raw: Any) -> bool:
        """Whether a post on the Page was written by somebody else: the feed lists those too."""
        author = raw.get("from") if isinstance(raw, dict) else None
        writer = str(author.get("id") or self.page) if isinstance(author, dict) else self.page
        return writer != self.page and str(raw.get("id")).startswith(f"{self.page}_")

    def _reel(self, found: Post, raw: Raw) -> Iterator[Reading]:
        attached = Attached(found, MediaKind.VIDEO, found.id, found.permalink, {}, readable=True)
        yield from self._medium(attached, raw)

    def _video(self, attached: Attached, node: Raw) -> Iterator[Reading]:
        """A video with its caption tracks.

        Graph leaves an empty edge out of an answer; where it also left out the length, it did not
        honour our field list, and the edge itself is read. So it is where more came than was asked.
        """
        try:
            if node.get("captions") is not None:
                tracks = items(node["captions"])
            elif "length" in node and honoured(node, ask.REEL):
                tracks = []
            else:
                pages = self.graph.pages(f"{attached.id}/captions", ask.CAPTION, {"limit": 100})
                tracks = [one for some in pages for one in some]
        except REFUSED as fault:
            yield video(attached, node, None)
            yield Unread("media.captions", fault.message, fault.remedy, partial=True)
            return
        yield video(attached, node, tracks)


def _promises_media(raw: Raw) -> bool:
    pictured = raw.get("full_picture") and not raw.get("link") and "type" not in raw
    return bool(pictured) or str(raw.get("status_type")) in {"added_photos", "added_video"}


def is_old(raw: Any, since: datetime) -> bool:
    """Whether a node was made before the window."""
    try:
        return utc(raw["created_time"]) < since
    except (Malformed, KeyError, TypeError):
        return False
