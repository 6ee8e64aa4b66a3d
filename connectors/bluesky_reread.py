"""Known records of Bluesky as they are now, asked for in batches."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors import bluesky_wire as wire
from connectors.bluesky_media import mapping
from connectors.bluesky_threads import Threads, top_of
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Gone, Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from connectors.bluesky_client import Client, Raw
    from connectors.bluesky_wire import Owner
    from socialaudit.models import Known, Post, Reading

BATCH = 25
"""Posts that Bluesky gives at once."""


@dataclass
class Reread:
    """One round of rereading. ``told`` gives a post with its media."""

    client: Client
    owner: Owner
    told: Callable[[Post, Raw], Iterator[Reading]]
    _views: dict[str, Raw] = field(default_factory=dict)
    _grown: dict[str, Raw] = field(default_factory=dict)
    _held: dict[str, dict[str, Raw]] = field(default_factory=dict)

    def read(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The known records, each as it is now, or ``Gone``."""
        wanted: dict[str, list[Known]] = {}
        for one in known:
            native = _address(one)
            if wire.ADDRESS.fullmatch(native):
                wanted.setdefault(native, []).append(one)
        self._fetch(wanted)
        threads, odd = Threads(self.client, self.owner), 0
        for native, asked in wanted.items():
            try:
                view = self._views.get(native) or self._alone(native)
                yield from self._again(view, asked, threads)
            except NotFound:
                yield from (Gone(one.kind, one.id) for one in asked)
            except (Forbidden, Malformed):
                odd += 1
        yield from self._conversations(threads)
        if odd:
            yield Unread("posts", f"{odd} known records could not be read again", partial=True)

    def _fetch(self, wanted: dict[str, list[Known]]) -> None:
        """Ask for them, and for the posts that known comments stand under: these tell what is hidden."""
        known = [one for asked in wanted.values() for one in asked]
        roots = [
            o.post for o in known if o.kind == "comment" and wire.ADDRESS.fullmatch(o.post or "")
        ]
        addresses = list(dict.fromkeys([*wanted, *filter(None, roots)]))
        for start in range(0, len(addresses), BATCH):
            batch = addresses[start : start + BATCH]
            posts = self.client.ask("app.bsky.feed.getPosts", uris=batch).get("posts")
            if not isinstance(posts, list):
                raise Malformed("Bluesky's answer holds no posts")
            self._views.update({str(view.get("uri")): view for view in map(mapping, posts)})

    def _alone(self, native: str) -> Raw:
        """What came with no batch. Raises ``NotFound`` only where Bluesky says that it is gone."""
        answer = self.client.ask("app.bsky.feed.getPostThread", uri=native, depth=0, parentHeight=0)
        return top_of(mapping(answer.get("thread")))

    def _again(self, view: Raw, asked: Sequence[Known], threads: Threads) -> Iterator[Reading]:
        kinds = {one.kind for one in asked}
        if "comment" in kinds:
            root = wire.reply(view.get("record"), "root")
            above = self._views.get(root)
            hidden = None if above is None else wire.hidden_replies(above.get("threadgate"))
            yield from threads.comment(view, hidden)
            if wire.count(view) != 0:
                self._held.setdefault(root, {})[wire.address(view)] = view
        if kinds == {"comment"}:
            return
        post = wire.post(view, self.owner)
        probed = [one.comment_count for one in asked if one.kind == "post"]
        grown = any(
            None not in (was, post.comment_count) and was != post.comment_count for was in probed
        )
        if grown:
            self._grown[post.id] = view
        if grown or None in probed or "media" in kinds:
            yield from self.told(post, view)

    def _conversations(self, threads: Threads) -> Iterator[Reading]:
        """The comments under posts that have more than before, and the answers to known comments."""
        for root, held in self._held.items():
            if root not in self._grown:
                together = len(held) > 1 and self.owner.has(root)
                self._grown.update({root: self._views.get(root, {})} if together else held)
        with suppress(Forbidden):  # the others will be refused too; ``unread`` tells why
            for anchor, view in self._grown.items():
                yield from threads.under(anchor, view)
        yield from threads.unread()


def _address(one: Known) -> str:
    """The post that a known record is, or hangs on."""
    if one.kind == "media":
        return one.post or one.id.partition("/media/")[0]
    return one.id
