"""What people wrote under the account's statuses, from the contexts that a server gives.

``GET /api/v1/statuses/:id/context`` lists what stands below a status at any depth, unpaged. Without
a token Mastodon gives no more than 60, down to the twentieth level (ContextsController, 4.5).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from connectors import mastodon_wire as wire
from connectors.mastodon_client import path_of
from socialaudit.errors import Forbidden, Malformed, NotFound, PlatformError, Unauthorized
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from connectors.mastodon_client import Answer, Client
    from connectors.mastodon_wire import Owner, Raw
    from socialaudit.models import Comment

MOST = 60
DEEPEST = 20
CUT = "without a token the server shows only the beginning of a long conversation"
FETCHING = "the server was still fetching replies from other servers"
COUNTED = "the server counts replies that it does not show to us"
ODD = "replies that could not be understood"
REFUSED = "the server did not show the replies to a post"
CLOSED = "the server shows replies only with a token"
_REMEDIES = dict.fromkeys((CUT, CLOSED), "Connect the account with a token.")


class Threads:
    """The conversations of one reading. ``doubts`` counts those of which something is missing."""

    def __init__(self, client: Client, owner: Owner) -> None:
        self.doubts: Counter[str] = Counter()
        self._client = client
        self._owner = owner
        self._given: set[str] = set()
        self._whole: set[str] = set()

    def below(
        self, roots: Iterable[Raw], since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[Comment]:
        """Each comment in [since, until) below the account's own statuses, once.

        One request for each that has replies, but none for one that came whole below another.
        """
        roots = sorted(roots, key=wire.published)
        ours = {wire.identity(r): r for r in roots if not wire.answers_others(r, self._owner)}
        for root in roots:
            native = wire.identity(root)
            if wire.count(root.get("replies_count")) == 0 or native in self._whole:
                continue
            items, above = self._asked(root, native)
            trunk = {native: root, **_trunk(native, items, self._owner)}
            stands = _stand(root, above, self._owner)
            for one, raw in items.items():
                if stands is not None:
                    yield from self._told(raw, self._below(raw, root, items, stands), since, until)
                elif one not in trunk:
                    place = _place(raw, items, trunk | ours, self._owner)
                    yield from self._told(raw, place, since, until)

    def answers(self, raw: Raw, comment: Comment) -> Iterator[Comment]:
        """What was answered to a comment, by the account and others."""
        if comment.reply_count == 0:
            return
        link = (comment.permalink or "").removesuffix(f"#{comment.id}") if comment.post else None
        items, _ = self._asked(raw, comment.id)
        for one in items.values():
            place = self._below(one, raw, items, (comment.post, link))
            yield from self._told(one, place, None, None)

    def _below(
        self, raw: Raw, root: Raw, items: dict[str, Raw], stands: tuple[str | None, str | None]
    ) -> Place:
        """Where a comment stands that is below another, ``root``."""
        above = wire.text_of(raw.get("in_reply_to_id")) or wire.identity(root)
        own = wire.is_own(items.get(above, root), self._owner)
        return stands[0], wire.comment_key(above, own=own), stands[1]

    def _told(
        self, raw: Raw, place: Place, since: datetime | None, until: datetime | None
    ) -> Iterator[Comment]:
        """A comment in the window that was not told yet; nobody's private message."""
        try:
            at, native = wire.published(raw), wire.identity(raw)
            if native in self._given or wire.is_message(raw):
                return
            if (since is None or since <= at) and (until is None or at < until):
                found = wire.comment(raw, self._owner, place[:2], place[2])
                self._given.add(native)
                yield found
        except Malformed:
            self.doubts[ODD] += 1

    def is_given(self, native: str) -> bool:
        """Whether a comment was yielded already."""
        return native in self._given

    def unread(self) -> Iterator[Unread]:
        """What is missing, and forgets it."""
        for reason, times in sorted((+self.doubts).items()):
            remedy = _REMEDIES.get(reason, "")
            yield Unread("comments", f"{reason} ({times})", remedy, partial=True)
        self.doubts.clear()

    def _asked(self, root: Raw, native: str) -> tuple[dict[str, Raw], list[Any]]:
        """What stands below a status, by id, and what stands above it."""
        if self.doubts[CLOSED]:
            self.doubts[CLOSED] += 1
            return {}, []
        try:
            answer = self._client.ask(self._client.api.status_context, path_of(native))
            listed = _descendants(answer)
        except (NotFound, Forbidden, Malformed) as fault:
            self.doubts[f"{REFUSED}: {fault.message}"] += 1
            return {}, []
        except Unauthorized:
            if self._client.token:
                raise
            self.doubts[CLOSED] += 1
            return {}, []
        items = {str(raw["id"]): raw for raw in listed if isinstance(raw, dict) and raw.get("id")}
        if odd := sum(not (isinstance(raw, dict) and raw.get("id")) for raw in listed):
            self.doubts[ODD] += odd
        items.pop(native, None)
        if not self._doubtful(root, native, items, answer):
            own = (one for one in items if wire.is_own(items[one], self._owner))
            self._whole.update(own)
        return items, wire.sequence(answer.item.get("ancestors"))

    def _doubtful(self, root: Raw, native: str, items: dict[str, Raw], answer: Answer) -> bool:
        stated = wire.count(root.get("replies_count"))
        shown = sum(str(raw.get("in_reply_to_id")) == native for raw in items.values())
        deepest = max((_depth(i, items) for i in items), default=0)
        reasons = {
            CUT: not self._client.token and (len(items) >= MOST or deepest >= DEEPEST),
            FETCHING: "mastodon-async-refresh" in answer.headers,
            COUNTED: bool(stated) and not shown,
        }
        found = [reason for reason, holds in reasons.items() if holds]
        self.doubts.update(found)
        return bool(found)


Place = tuple[str | None, str | None, str | None]
"""The key of the post that a comment stands under, of the comment it answers, and the post's link."""


def lost(fact: str, fault: PlatformError) -> Unread:
    """A fact that a fault took in part, though reading goes on."""
    return Unread(fact, fault.message, fault.remedy, partial=True, cause=type(fault).__name__)


def _descendants(answer: Answer) -> list[Any]:
    listed = answer.item.get("descendants")
    if not isinstance(listed, list):
        raise Malformed("a conversation without a list")
    return listed


def _trunk(native: str, items: dict[str, Raw], owner: Owner) -> dict[str, Raw]:
    """What the account went on with itself, in a thread of its own: posts, not comments."""
    trunk: dict[str, Raw] = {}
    grown = True
    while grown:
        grown = False
        for one, raw in items.items():
            above = str(raw.get("in_reply_to_id"))
            if one not in trunk and (above == native or above in trunk):
                if not wire.is_own(raw, owner):
                    continue
                trunk[one] = raw
                grown = True
    return trunk


def _stand(root: Raw, above: list[Any], owner: Owner) -> tuple[str | None, str | None] | None:
    """The key and link of the account's own post above one of its answers; ``None`` for others."""
    if not wire.answers_others(root, owner):
        return None
    for raw in reversed(above):
        told = isinstance(raw, dict) and raw.get("id") and wire.is_own(raw, owner)
        if told and not wire.answers_others(raw, owner):
            return f"mastodon:{raw['id']}", wire.permalink(raw, owner.server)
    return None


def _place(raw: Raw, items: dict[str, Raw], trunk: dict[str, Raw], owner: Owner) -> Place:
    """Where a comment stands: under the nearest of the account's own posts above it."""
    above = wire.text_of(raw.get("in_reply_to_id"))
    under, seen = above, set[str]()
    while under is not None and under not in trunk and under in items and under not in seen:
        seen.add(under)
        under = wire.text_of(items[under].get("in_reply_to_id"))
    under = under if under in trunk else next(iter(trunk))
    link = wire.permalink(trunk[under], owner.server)
    if above in trunk or above is None:
        return f"mastodon:{under}", None, link
    own = wire.is_own(items[above], owner) if above in items else None
    return f"mastodon:{under}", wire.comment_key(above, own=own), link


def _depth(native: str, items: dict[str, Raw]) -> int:
    depth, at = 1, str(items[native].get("in_reply_to_id"))
    while at in items and depth < DEEPEST:
        depth, at = depth + 1, str(items[at].get("in_reply_to_id"))
    return depth
