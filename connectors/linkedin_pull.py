"""One reading of a LinkedIn page: raw items in, records out, and what was not understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from connectors import linkedin_posts, linkedin_wire
from connectors.linkedin_http import REFUSED
from socialaudit.errors import Malformed, NotFound
from socialaudit.models import Gone, MediaKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.linkedin_http import RestLi
    from connectors.linkedin_posts import Talk
    from connectors.linkedin_values import Raw
    from socialaudit.errors import PlatformError
    from socialaudit.models import Known, Reading

DEEPEST = 3
"""Levels of replies; LinkedIn has two."""


@dataclass(frozen=True, kw_only=True)
class Pull:
    """Turns items into readings, each record once. Without ``since`` and ``until``, everything."""

    access: Access
    api: RestLi
    page: str
    since: datetime | None = None
    until: datetime | None = None
    seen: set[tuple[str, str]] = field(default_factory=set)
    met: Counter[str] = field(default_factory=Counter)

    def posts(self, some: Sequence[Any], *, threads: bool = True) -> Iterator[Reading]:
        """A page of posts with their media and, with ``threads``, their comments."""
        wanted = [raw for raw in some if self._is_wanted(raw)]
        urns = [linkedin_posts.post_urn(raw) for raw in wanted]
        talks = self.talks(urns)
        yield from talks.refused
        videos = self._videos(wanted)
        for urn, raw in zip(urns, wanted, strict=True):
            post = linkedin_posts.post(
                self.access.account, raw, linkedin_posts.talk(talks.found.get(urn))
            )
            yield post
            for one, kind, alt in linkedin_posts.attached(raw):
                if self._first("media", one):
                    medium = linkedin_posts.medium(post, one, kind, alt, videos.get(one))
                    self.met["videos"] += kind is MediaKind.VIDEO
                    self.met["captions told"] += medium.captions is not None
                    yield medium
        if threads:
            for urn in urns:
                yield from self.thread(urn, linkedin_posts.talk(talks.found.get(urn)))

    def talks(self, urns: Sequence[str]) -> Told:
        """What is said under posts, summed up; how many there are and whether more may be written."""
        return self._told("socialMetadata", urns, "comments")

    def thread(self, urn: str, said: Talk) -> Iterator[Reading]:
        """The comments of a post, where it has any or that is not known."""
        if said.count == 0:
            return
        self.met["comments stated"] += said.count or 0
        try:
            yield from self.comments(urn)
        except REFUSED as fault:
            yield from self._refused("comments", fault)

    def comments(
        self, post: str, under: str | None = None, parent: str | None = None, depth: int = 0
    ) -> Iterator[Reading]:
        """What stands under a post or comment, with its replies. Raises what the list raises.

        A list of replies that cannot be read costs these.
        """
        path = f"socialActions/{quote(under or post, safe='')}/comments"
        answered = []
        for some in self.api.pages(path, {}):
            for raw in some:
                try:
                    found = linkedin_wire.comment(self.access, self.page, raw, post, parent)
                except Malformed:
                    self.met["comments not understood"] += 1
                    continue
                self.met["comments"] += 1
                if self._covers(found.published_at) and self._first("comment", found.id):
                    yield found
                if found.reply_count and depth < DEEPEST:
                    answered.append(found.id)
        for one in answered:
            try:
                yield from self.comments(post, one, one, depth + 1)
            except REFUSED as fault:
                self.met["replies refused"] += 1
                yield from self._refused("comments", fault)

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """Known records as they are now; of posts whose comments are counted, those that changed."""
        posts = {k.id: k.comment_count for k in known if k.kind == "post"}
        media = [k for k in known if k.kind == "media" and k.post]
        whole = [i for i, count in posts.items() if count is None] + [str(k.post) for k in media]
        counted = [i for i in posts if i not in whole]
        talks = self.talks(counted)
        yield from talks.refused
        grown = [
            i
            for i in counted
            if i in talks.found and linkedin_posts.talk(talks.found[i]).count != posts[i]
        ]
        unsaid = [i for i in counted if i in talks.lost]  # gone, or nobody ever said anything
        grown += [i for i in unsaid if posts[i]]
        told = self._told("posts", [*whole, *grown, *unsaid], "posts")
        yield from told.refused
        yield from self.posts([told.found[i] for i in whole if i in told.found], threads=False)
        yield from self.posts([told.found[i] for i in grown if i in told.found])
        yield from (Gone("post", i) for i in posts if i in told.lost)
        yield from (Gone("media", k.id) for k in media if self._gone(k, told.lost))
        comments = [k for k in known if k.kind == "comment" and k.post]
        yield from self._known_comments(comments, told.lost)
        yield from self.shortfall()

    def _gone(self, medium: Known, lost: set[str]) -> bool:
        """Whether a medium's post is gone, or was read and no longer shows the medium."""
        unattached = ("post", medium.post) in self.seen and ("media", medium.id) not in self.seen
        return medium.post in lost or unattached

    def shortfall(self) -> Iterator[Unread]:
        """What the answers leave in doubt, at the end of a reading."""
        for what in ("posts", "comments"):
            bad = self.met[f"{what} not understood"]
            if bad:
                reason = f"{bad} of {bad + self.met[what]} {what} could not be understood"
                yield Unread(what, reason, partial=True)
        refused = ("refused", "comments") in self.seen
        if self.met["comments stated"] and not self.met["comments"] and not refused:
            reason = (
                f"LinkedIn states {self.met['comments stated']} comments but shows none of them"
            )
            yield Unread("comments", reason, partial=True)
        if self.met["videos"] and not self.met["captions told"]:
            reason = "LinkedIn does not say whether a video has captions"
            yield Unread("media.captions", reason, permanent=True)

    def _known_comments(self, known: Sequence[Known], lost: set[str]) -> Iterator[Reading]:
        """Comments again, each post's thread at once: a comment is read with what answers it."""
        for post in dict.fromkeys(str(k.post) for k in known):
            mine, refused = [k.id for k in known if k.post == post], self.met["replies refused"]
            try:
                if post not in lost and any(("comment", one) not in self.seen for one in mine):
                    yield from self.comments(post)
            except NotFound:
                pass
            except REFUSED as fault:
                yield from self._refused("comments", fault)
                continue
            if self.met["replies refused"] == refused:
                yield from (Gone("comment", i) for i in mine if ("comment", i) not in self.seen)

    def _is_wanted(self, raw: Any) -> bool:
        """Whether a post can be understood, is of the window and was not met before."""
        try:
            urn, moment = linkedin_posts.post_urn(raw), linkedin_posts.published_at(raw)
        except Malformed:
            self.met["posts not understood"] += 1
            return False
        self.met["posts"] += 1
        return self._covers(moment) and self._first("post", urn)

    def _videos(self, posts: Sequence[Raw]) -> Mapping[str, Raw]:
        """The posts' videos by URN. Where they are refused, nothing is lost that the posts tell."""
        urns = [
            urn
            for raw in posts
            for urn, kind, _ in linkedin_posts.attached(raw)
            if kind is MediaKind.VIDEO
        ]
        return self._told("videos", urns, "media.captions").found

    def _told(self, path: str, urns: Sequence[str], fact: str) -> Told:
        """Records by URN; a refusal costs the fact."""
        told = Told()
        try:
            for batch in self.api.batch(path, urns):
                told.found.update(batch.found)
                for one, fault in batch.missing.items():
                    if isinstance(fault, NotFound):
                        told.lost.add(one)
                    else:
                        told.refused += self._refused(fact, fault)
        except REFUSED as fault:
            told.refused += self._refused(fact, fault)
        return told

    def _refused(self, fact: str, fault: PlatformError) -> list[Unread]:
        if not self._first("refused", fact):
            return []
        return [Unread(fact, fault.message, fault.remedy, partial=True)]

    def _covers(self, moment: datetime) -> bool:
        return self.since is None or self.until is None or self.since <= moment < self.until

    def _first(self, kind: str, native: str) -> bool:
        new = (kind, native) not in self.seen
        self.seen.add((kind, native))
        return new


@dataclass(slots=True)
class Told:
    """Records found by URN, those that are not there, and what was refused."""

    found: dict[str, Raw] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    refused: list[Unread] = field(default_factory=list)
