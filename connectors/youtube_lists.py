"""YouTube's lists, page by page, through Google's client library, whose errors end here."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from googleapiclient.discovery import build
from googleapiclient.errors import Error as ClientError

from connectors.transport import MAX_PAGES
from connectors.youtube_http import API, CommentsDisabled, Http
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from connectors import Access, Usage
    from socialaudit.models import Reading

BATCH = 50
"""Ids in one request."""
MARGIN = 10
"""A list ends once so many items in a row are too old: YouTube does not promise its order."""

T = TypeVar("T")


class Lists:
    """The list methods of the API. Every method raises the errors of ``socialaudit.errors`` only."""

    def __init__(self, access: Access, usage: Usage) -> None:
        self._http = Http(access, usage)
        self._service = build(
            "youtube",
            "v3",
            http=self._http,
            client_options={"api_endpoint": API},
            static_discovery=True,
            cache_discovery=False,
        )

    @property
    def owner(self) -> bool:
        """Whether requests are signed for the channel's owner."""
        return self._http.owner

    def pages(self, resource: str, **asked: Any) -> Iterator[list[Any]]:
        """The items of each page of a list.

        Raises ``Malformed`` for a list that repeats itself or has more than ``MAX_PAGES`` pages.
        """
        seen: set[str] = set()
        cursor: dict[str, str] = {}
        for _ in range(MAX_PAGES):
            answer = self._ask(resource, asked | cursor)
            yield _items(answer)
            token = answer.get("nextPageToken")
            if not token:
                return
            if not isinstance(token, str) or token in seen:
                raise Malformed("YouTube's list repeats itself, so reading it stopped")
            seen.add(token)
            cursor = {"pageToken": token}
        raise Malformed(f"YouTube's list has more than {MAX_PAGES} pages")

    def newest(
        self, resource: str, since: datetime, when: Callable[[Any], datetime | None], **asked: Any
    ) -> Iterator[list[Any]]:
        """The pages of a list that is newest first, until ``MARGIN`` items in a row are too old.

        A list that comes in another order, whatever was asked, is read to its end.
        """
        older = 0
        for page in self.pages(resource, **asked):
            yield page
            for item in page:
                moment = when(item)
                older = older + 1 if moment is not None and moment < since else 0
            if older >= MARGIN and _falls([moment for moment in map(when, page) if moment]):
                return

    def by_id(self, resource: str, ids: Iterable[str], **asked: Any) -> Iterator[Any]:
        """The items with these ids, ``BATCH`` a request; those that do not exist are left out."""
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), BATCH):
            yield from self._batch(resource, wanted[start : start + BATCH], asked)

    def close(self) -> None:
        """Close the connections."""
        self._service.close()

    def _batch(self, resource: str, ids: Sequence[str], asked: dict[str, Any]) -> Iterator[Any]:
        """One batch, in halves where YouTube refuses the whole for an id that does not exist."""
        missing = list(ids)
        try:
            for page in self.pages(resource, id=",".join(ids), **asked):
                yield from page
                there = [item.get("id") for item in page if isinstance(item, dict)]
                missing = [name for name in missing if name not in there]
                if not missing:
                    return
        except NotFound:
            if len(ids) > 1:
                half = len(ids) // 2
                yield from self._batch(resource, ids[:half], asked)
                yield from self._batch(resource, ids[half:], asked)

    def _ask(self, resource: str, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = getattr(self._service, resource)().list(**asked).execute(num_retries=0)
        except ClientError as fault:
            msg = f"YouTube's answer could not be used: {type(fault).__name__}"
            raise Malformed(msg) from None
        if not isinstance(answer, dict):
            raise Malformed("YouTube sent something other than the documented answer")
        return answer


class Tally:
    """Counts the items of one fact that could not be understood, so that the rest can be read."""

    def __init__(self, fact: str, what: str) -> None:
        self.taken = 0
        self.odd = 0
        self._fact = fact
        self._what = what

    def take(self, make: Callable[..., T], *given: Any, **named: Any) -> T | None:
        """What ``make`` makes of an item, or None, counted, when that raises ``Malformed``."""
        self.taken += 1
        try:
            return make(*given, **named)
        except Malformed:
            self.odd += 1
            return None

    def unread(self) -> Iterator[Unread]:
        """How much was left out, if anything was."""
        if self.odd:
            reason = f"{self.odd} of {self.taken} {self._what} could not be understood"
            yield Unread(self._fact, reason, partial=True)


def as_far_as_told(readings: Iterable[Reading], *facts: str) -> Iterator[Reading]:
    """The readings; where YouTube refuses or garbles the rest, the facts that are then missing."""
    some = False
    try:
        for reading in readings:
            some = True
            yield reading
    except CommentsDisabled:
        return
    except (Forbidden, NotFound, Malformed) as fault:
        for fact in facts:
            yield Unread(fact, fault.message, fault.remedy, partial=some)


def _falls(moments: list[datetime]) -> bool:
    """Whether times run from new to old, a few out of place aside."""
    rises = sum(after > before for before, after in pairwise(moments))
    return rises * 10 <= len(moments)


def _items(answer: dict[str, Any]) -> list[Any]:
    """The items; a list that found nothing may lack them, but then says what it is."""
    items = answer.get("items")
    if isinstance(items, list):
        return items
    if items is None and answer.keys() & {"kind", "etag", "pageInfo"}:
        return []
    raise Malformed("YouTube's answer holds no list")
