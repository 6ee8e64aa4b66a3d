"""The lists of a Mastodon server, page by page: the account's statuses, its mentions, and known ones.

Pages are asked for by the id of the last item. The ``Link`` header is believed only when it says
that nothing follows: an address in it may lead anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors import mastodon_wire as wire
from connectors.mastodon_client import CONNECT, path_of
from connectors.mastodon_media import media
from connectors.mastodon_threads import ODD, lost
from connectors.transport import MAX_PAGES
from socialaudit.errors import Forbidden, Malformed, NotFound, Unauthorized
from socialaudit.models import Gone, Known, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from connectors.mastodon_client import Client
    from connectors.mastodon_threads import Threads
    from connectors.mastodon_wire import Owner, Raw
    from socialaudit.models import Comment, Reading

PAGE = 40
"""Statuses or notifications of one request: the most that Mastodon gives."""
BATCH = 20
"""Statuses that Mastodon gives by id in one request."""


class Timeline:
    """The account's statuses, newest first. ``seen`` holds them by id as they came."""

    def __init__(self, client: Client, native: str) -> None:
        self.seen: dict[str, Raw] = {}
        self._client = client
        self._native = native
        self._items = self._odd = self._nameless = 0
        self._last = ""
        self._ended = False
        self._stated: int | None = None
        self._reason = ""

    def turn(self) -> None:
        """Read the next page. Raises ``PlatformError``."""
        asked = {"limit": PAGE, "max_id": self._last or None}
        api = self._client.api
        answer = self._client.ask(api.account_statuses, path_of(self._native), **asked)
        fresh, last = 0, ""
        for raw in answer.items:
            self._items += 1
            try:
                native = identity_of(raw)
            except Malformed:
                self._odd += 1
                continue
            last = native
            fresh += native not in self.seen
            self.seen.setdefault(native, raw)
            author = raw.get("account")
            told = author.get("statuses_count") if isinstance(author, dict) else None
            self._stated = wire.count(told) if self._stated is None else self._stated
        self._ended = not answer.items or (answer.is_last and len(answer.items) < PAGE)
        if answer.items and not fresh and not self._ended:
            self._ended = True
            if self._stated is None or len(self.seen) < self._stated:
                self._reason = "the server sent the same posts twice instead of older ones"
        self._last = last or self._last

    def within(self, since: datetime, until: datetime) -> Iterator[Raw]:
        """The statuses in [since, until) but for private messages; reads on until a page ends before."""
        given: set[str] = set()
        for _ in range(MAX_PAGES):
            for native, raw in list(self.seen.items()):
                if native not in given and since <= wire.published(raw) < until:
                    given.add(native)
                    if not wire.is_message(raw):
                        yield raw
            if self._ended or (self._last and wire.published(self.seen[self._last]) < since):
                return
            self.turn()
        self._reason = "there are more posts than we read"

    def told(self, raw: Raw, owner: Owner) -> Iterator[Reading]:
        """A status with its media; of what others wrote no media."""
        post = wire.post(raw, owner)
        yield post
        if not raw.get("reblog"):
            found, odd = media(raw, post, owner.server)
            self._nameless += odd
            yield from found

    def unread(self, stated: int | None) -> Iterator[Unread]:
        """What could not be read; ``stated`` is how many statuses the profile counts."""
        if stated and not self._items:
            reason = f"the server counts {stated} post{'s' * (stated != 1)} and showed none to us"
            yield Unread("posts", reason, CONNECT, partial=True)
        if self._odd:
            reason = f"{self._odd} of {self._items} posts could not be understood"
            yield Unread("posts", reason, partial=True)
        if self._nameless:
            reason = f"attachments of which the server does not say what they are: {self._nameless}"
            yield Unread("media", reason, partial=True)
        if self._reason:
            yield Unread("posts", self._reason, partial=True)


class Mentions:
    """What others wrote elsewhere and named the account in, newest first; needs its own token.

    ``seen`` are the account's statuses, as the timeline showed them.
    """

    def __init__(
        self, client: Client, owner: Owner, threads: Threads, seen: Mapping[str, Raw]
    ) -> None:
        self._client = client
        self._owner = owner
        self._threads = threads
        self._seen = seen

    def within(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The mentions in [since, until) that are not known as comments already."""
        seen: set[str] = set()
        last: str | None = None
        try:
            for _ in range(MAX_PAGES):
                api, asked = self._client.api, {"types": ["mention"], "limit": PAGE}
                answer = self._client.ask(api.notifications, max_id=last, **asked)
                given = [item for item in answer.items if isinstance(item, dict)]
                ids = [str(item.get("id")) for item in given]
                if not set(ids) - seen:
                    return
                seen.update(ids)
                last = ids[-1]
                for item in given:
                    raw = item.get("status")
                    if item.get("type") == "mention" and isinstance(raw, dict):
                        yield from self._mention(raw, since, until)
                at = wire.moment_of(given[-1].get("created_at"))
                if (at and at < since) or (answer.is_last and len(answer.items) < PAGE):
                    return
        except (NotFound, Forbidden, Malformed) as fault:
            yield lost("comments", fault)

    def _mention(self, raw: Raw, since: datetime, until: datetime) -> Iterator[Reading]:
        try:
            known = self._threads.is_given(wire.identity(raw)) or wire.is_message(raw)
            if known or not since <= wire.published(raw) < until:
                return
            answered = wire.text_of(raw.get("in_reply_to_id"))
            ours = answered and str(raw.get("in_reply_to_account_id")) == self._owner.id
            place = f"mastodon:{answered}" if ours else None
            above = self._seen.get(answered or "") if ours else None
            link = wire.permalink(above, self._owner.server) if above else None
            yield wire.comment(raw, self._owner, (place, None), link)
        except Malformed:
            self._threads.doubts[ODD] += 1


class Again:
    """Known statuses, as they are now. ``seen`` are those that the timeline just showed."""

    def __init__(
        self, client: Client, owner: Owner, threads: Threads, seen: Mapping[str, Raw]
    ) -> None:
        self._client = client
        self._owner = owner
        self._threads = threads
        self._now: dict[str, Raw | None] = dict(seen)

    def readings(self, known: Sequence[Known]) -> Iterator[Reading]:
        """Each known record, or ``Gone``; then the conversations that grew."""
        wanted: dict[str, list[Known]] = {}
        for one in known:
            native = one.post if one.kind == "media" else one.id
            if native:
                wanted.setdefault(native, []).append(one)
        places = [one.post for one in known if one.kind == "comment" and one.post]
        self._fetch(dict.fromkeys([*wanted, *places]))
        grown: dict[str, Raw] = {}
        for native, ones in wanted.items():
            raw = self._now.get(native)
            if raw is not None:
                yield from self._told(raw, ones, grown)
            elif native in self._now:
                yield from (Gone(one.kind, one.id) for one in ones)
        yield from self._threads.below(grown.values())
        for one in known:
            raw = self._now.get(one.id)
            if one.kind == "comment" and raw and not self._threads.is_given(one.id):
                yield from self._threads.answers(raw, self._comment(raw, one))

    def _told(self, raw: Raw, ones: list[Known], grown: dict[str, Raw]) -> Iterator[Reading]:
        native, stated = wire.identity(raw), wire.count(raw.get("replies_count"))
        yield from (self._comment(raw, one) for one in ones if one.kind == "comment")
        probed = [one.comment_count for one in ones if one.kind == "post"]
        changed = any(before is not None and before != stated for before in probed)
        if changed:
            grown[native] = raw
        if changed or None in probed or any(one.kind == "media" for one in ones):
            post = wire.post(raw, self._owner)
            found, _ = ([], 0) if raw.get("reblog") else media(raw, post, self._owner.server)
            yield post
            yield from found
            lost_ones = {one.id for one in ones if one.kind == "media"} - {m.id for m in found}
            yield from (Gone("media", native) for native in sorted(lost_ones))

    def _comment(self, raw: Raw, one: Known) -> Comment:
        under = self._now.get(one.post) if one.post else None
        link = wire.permalink(under, self._owner.server) if under else None
        above = wire.text_of(raw.get("in_reply_to_id"))
        parent = None
        if one.post and above and above != one.post:
            own = str(raw.get("in_reply_to_account_id")) == self._owner.id
            parent = wire.comment_key(above, own=own)
        place = f"mastodon:{one.post}" if one.post else None
        return wire.comment(raw, self._owner, (place, parent), link)

    def _fetch(self, natives: dict[str, None]) -> None:
        """Ask for those that nobody has shown yet, in batches where the server knows how."""
        missing = [native for native in natives if native not in self._now]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            if len(batch) > 1 and not self._fetch_together(batch):
                break
        for native in missing:
            if native not in self._now:
                self._fetch_one(native)

    def _fetch_together(self, batch: list[str]) -> bool:
        """Whether the server answered with these statuses, and with no others."""
        try:
            items = self._client.ask(self._client.api.statuses, batch).items
            found = {identity_of(raw): raw for raw in items}
        except (NotFound, Forbidden, Malformed, Unauthorized):  # Mastodon before 4.3, and others
            return False
        if not found or found.keys() - set(batch):
            return False
        self._now.update(found)
        return True

    def _fetch_one(self, native: str) -> None:
        """A status by its id; what the server does not know is gone, what is odd was not read."""
        try:
            raw = self._client.ask(self._client.api.status, path_of(native)).item
            if identity_of(raw) == native:
                self._now[native] = raw
        except NotFound:
            self._now[native] = None
        except (Forbidden, Malformed):
            return


def identity_of(raw: Raw) -> str:
    """The id of a status that can be read at all. Raises ``Malformed``."""
    native, _ = wire.identity(raw), wire.published(raw)
    return native
