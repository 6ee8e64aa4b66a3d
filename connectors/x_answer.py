"""One answer of X, taken apart; and how to read what both generations of names call differently.

Whatever is missing or of another shape than documented reads as absent. Shapes: X API v2, OpenAPI
2.166 (``tweet``) and 2.167 (``post``).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from connectors.transport import utc
from socialaudit.errors import Malformed
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.errors import PlatformError

Raw = dict[str, Any]
ID = re.compile("[0-9]{1,19}")
"""What an id of X looks like."""

_EPOCH_MS = 1_288_834_974_657
"""Ids tell when they were made: milliseconds since this moment, above 22 other bits."""
_OLDEST_TIMED_ID = 29_700_859_247


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, taken apart. ``posts``, ``media`` and ``users`` are what it includes, by id."""

    items: tuple[Any, ...]
    posts: dict[str, Raw]
    media: dict[str, Raw]
    users: dict[str, Raw]
    problems: tuple[Raw, ...]
    next: str | None
    told: bool
    """Whether it has the shape of an answer at all: data, or the count of none."""

    @classmethod
    def of(cls, raw: Raw) -> Answer:
        """Take an answer apart, whatever it lacks."""
        data, includes, meta = raw.get("data"), mapping(raw.get("includes")), raw.get("meta")
        items = data if isinstance(data, list) else [data] if data is not None else []
        token = mapping(meta).get("next_token")
        return cls(
            items=tuple(items),
            posts={
                **_by_id(includes.get("tweets")),
                **_by_id(includes.get("posts")),
                **_by_id(items),
            },
            media=_by_id(includes.get("media"), "media_key"),
            users=_by_id(includes.get("users")),
            problems=tuple(p for p in sequence(raw.get("errors")) if isinstance(p, dict)),
            next=str(token) if token else None,
            told="data" in raw or isinstance(meta, dict),
        )

    def missing(self, native: str) -> bool:
        """Whether a problem says that the record with this id is not there."""
        return any(
            str(p.get("type", "")).endswith("resource-not-found")
            and native in {str(p.get("resource_id")), str(p.get("value"))}
            for p in self.problems
        )

    def hides(self, name: str) -> bool:
        """Whether a problem says that a field could not be given."""
        return any(name in str(p.get("field", p.get("parameter", ""))) for p in self.problems)

    def newest(self, raw: Raw) -> Raw:
        """The newest version of a post, where the answer includes it."""
        return self.posts.get(versions(raw)[-1], raw)

    def dated(self, tally: Tally) -> list[tuple[Raw, datetime]]:
        """The items in their newest version with the time they were published.

        Each once, however often the list, whose ``tally`` it is, holds it.
        """
        found: list[tuple[Raw, datetime]] = []
        for item in self.items:
            tally.items += 1
            try:
                raw = self.newest(item) if isinstance(item, dict) else {}
                native, at = identity(raw), times(raw, self)[0]
            except Malformed:
                tally.odd += 1
                continue
            if native not in tally.seen:
                tally.seen.add(native)
                found.append((raw, at))
        return found


@dataclass(slots=True)
class Tally:
    """Which items of a list came, and how many of them could not be understood."""

    items: int = 0
    odd: int = 0
    seen: set[str] = field(default_factory=set)

    def unread(self, fact: str) -> Iterator[Unread]:
        """What to say of those."""
        if self.odd:
            reason = f"{self.odd} of {self.items} could not be understood"
            yield Unread(fact, reason, partial=True)


def has_passed(since: datetime, dated: list[tuple[Raw, datetime]]) -> bool:
    """Whether a page of a list, newest first, reaches back before a time."""
    moments = [at for _, at in dated]
    newest_first = moments == sorted(moments, reverse=True)
    return bool(moments) and (moments[-1] if newest_first else max(moments)) < since


def lost(fact: str, fault: PlatformError, *, partial: bool = False) -> Unread:
    """A fact that a fault took."""
    cause = type(fault).__name__
    return Unread(fact, fault.message, fault.remedy, partial=partial, cause=cause)


def identity(raw: Raw) -> str:
    """The native id. Raises ``Malformed``."""
    native = str(raw.get("id", ""))
    if not ID.fullmatch(native):
        raise Malformed("a post without an id")
    return native


def versions(raw: Raw) -> list[str]:
    """Ids of all versions of a post, oldest first; never empty."""
    told = sequence(either(raw, "edit_history_tweet_ids", "edit_history_post_ids"))
    return [str(v) for v in told if ID.fullmatch(str(v))] or [str(raw.get("id"))]


def times(raw: Raw, answer: Answer) -> tuple[datetime, datetime | None]:
    """When a post was published, and when it was last edited (None: never, as far as told).

    Each version has its own id and time, so the first of them tells the one and this the other.
    """
    first, this = versions(raw)[0], identity(raw)
    when = moment(raw.get("created_at")) or made_at(this)
    if when is None:
        raise Malformed("a post without a time")
    if first == this:
        return when, None
    older = moment(answer.posts.get(first, {}).get("created_at")) or made_at(first) or when
    return min(older, when), when if when > older else made_at(this) or when


def reference(raw: Raw, *types: str) -> str | None:
    """The id of the post that this one refers to in one of these ways."""
    for one in sequence(either(raw, "referenced_tweets", "referenced_posts")):
        if isinstance(one, dict) and one.get("type") in types and one.get("id"):
            return str(one["id"])
    return None


def made_at(native: str) -> datetime | None:
    """When an id was made; None for those that do not tell."""
    if not ID.fullmatch(native) or int(native) < _OLDEST_TIMED_ID:
        return None
    return datetime.fromtimestamp(((int(native) >> 22) + _EPOCH_MS) / 1000, UTC)


def moment(value: object) -> datetime | None:
    """A time, where one is told."""
    with suppress(Malformed):
        return utc(value) if value else None
    return None


def _by_id(items: Any, name: str = "id") -> dict[str, Raw]:
    return {str(i[name]): i for i in sequence(items) if isinstance(i, dict) and i.get(name)}


def either(raw: Raw, old: str, new: str) -> Any:
    """A field by its name before spec 2.167, or since."""
    return raw.get(new) if raw.get(old) is None else raw[old]


def mapping(value: Any) -> Raw:
    """An object, empty where it is something else."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """A list, empty where it is something else."""
    return value if isinstance(value, list) else []
