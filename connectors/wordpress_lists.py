"""The lists of a WordPress site, as far as whoever signed in may read them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from connectors import wordpress_wire as wire
from connectors.wordpress_api import PER_PAGE, Pages
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from connectors.wordpress_api import Api

REFUSED = (Unauthorized, Forbidden, NotFound, Malformed)
"""Refusals of one list that cost no other."""
GRAVE = (RateLimited, Unreachable)
_SLACK = timedelta(days=1)
"""Sites before WordPress 5.3 took a time for local time, whatever zone it named."""
_STATUSES = "publish,private,future,draft,pending"
_STATES = ("approve", "hold", "spam", "trash")
"""WordPress has a word for all, which leaves out spam and trash: each is asked for."""
_MODERATE = "moderate_comments"
_OPEN = "Let the REST API show comments, or give the application password of an Editor."
_EDITOR = "Give the user the role of Editor."
_NEEDS = ("edit_others_posts", "read_private_posts")
_NOT_COMMENTS = frozenset({"pingback", "trackback"})
_WRITERS = frozenset({"administrator", "editor", "author", "contributor"})


@dataclass(slots=True)
class Gathered:
    """What came of some lists: items, whether that is all, and the fault that ended one."""

    items: list[Any] = field(default_factory=list)
    whole: bool = True
    fault: PlatformError | None = None
    unread: list[Unread] = field(default_factory=list)

    def add(self, pages: Pages, edge: datetime | None = None, where: tzinfo = UTC) -> None:
        """Read a list to its end, or to items from before ``edge`` where a site ignores what is asked.

        Raises what its first page raises.
        """
        for items in pages.read():
            self.items += items
            if edge is not None and _reaches_behind(items, edge, where):
                return
        self.whole = self.whole and pages.whole
        self.fault = self.fault or pages.fault

    def missing(self, fact: str) -> Iterator[Unread]:
        """What to say of a list that was not read whole."""
        yield from self.unread
        if not self.whole and not isinstance(self.fault, GRAVE):
            reason = self.fault.message if self.fault else "the list does not come to an end"
            yield Unread(fact, reason, partial=True)


class Lists:
    """Posts, comments and users of one site."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._site: dict[str, Any] | None = None
        self._me: dict[str, Any] = {}
        self._denied: set[str] = set()
        self.where: tzinfo = UTC

    def open(self) -> dict[str, Any]:
        """What the site says of itself, once the password was found to be right.

        Raises ``Unauthorized`` for a wrong one, and what the site answers where its API is closed.
        """
        if self._site is None:
            try:
                site = self._api.site(wire.SITE_FIELDS)
                self._me = self._signed_in() if self._api.signed_in else {}
            except Unauthorized:
                if not self._api.signed_in:
                    raise
                raise Unauthorized(
                    f"{self._api.home} does not accept the user name or the application password",
                    "Make a new application password (Users, Profile). If this one is right, the "
                    "web server may keep the Authorization header from WordPress.",
                ) from None
            self._site, self.where = site, wire.zone(site)
        return self._site

    def may(self, *rights: str) -> bool:
        """Whether the user has some rights; one of whom the site tells none may try all."""
        if not self._api.signed_in or self._denied.intersection(rights):
            return False
        told = self._me.get("capabilities")
        return not isinstance(told, dict) or all(told.get(right) for right in rights)

    def posts(self, since: datetime, until: datetime) -> Gathered:
        """Posts from about [since, until), the private ones too where they may be seen."""
        found = Gathered()
        query = self.post_query() | _between(since, until)
        try:
            found.add(Pages(self._api, "posts", query), since - _SLACK, self.where)
        except REFUSED:
            if "status" not in query:
                raise
            self._denied.update(_NEEDS)
            return self.posts(since, until)
        if self._api.signed_in and not self.may(*_NEEDS):
            reason = "this user may not see posts that are private"
            found.unread.append(Unread("posts.audience", reason, _EDITOR, partial=True))
        return found

    def post_query(self) -> dict[str, object]:
        """What is asked of every post."""
        editing = {"context": "edit", "status": _STATUSES} if self.may(*_NEEDS) else {}
        return {**editing, "_embed": "wp:featuredmedia", "_fields": wire.POST_FIELDS}

    def comments(self, since: datetime, until: datetime) -> Gathered:
        """Comments from about [since, until), under whatever they stand, in every state there is."""
        found = Gathered()
        query: dict[str, object] = {"_fields": wire.COMMENT_FIELDS, **_between(since, until)}
        try:
            for status in _STATES if self.may(_MODERATE) else ():
                self._in_state(status, query, since, found)
            if not self.may(_MODERATE):
                found.add(Pages(self._api, "comments", query), since - _SLACK, self.where)
                found.unread += self._unmoderated()
        except REFUSED as fault:
            reason = f"the site does not show its comments ({fault.message})"
            found.unread.append(Unread("comments", reason, _OPEN))
        except GRAVE as fault:
            found.fault, found.whole = fault, False
        found.items = real(found.items)
        return found

    def _in_state(
        self, status: str, query: dict[str, object], since: datetime, found: Gathered
    ) -> None:
        """Comments in one state; a refusal shows that this user does not moderate."""
        asked = query | {"context": "edit", "status": status}
        try:
            if self.may(_MODERATE):
                found.add(Pages(self._api, "comments", asked), since - _SLACK, self.where)
        except REFUSED:
            self._denied.add(_MODERATE)

    def counted(self, posts: Sequence[str]) -> Gathered:
        """Every approved comment under some posts."""
        found = Gathered()
        for some in batches(posts):
            query: dict[str, object] = {"post": ",".join(some), "_fields": wire.COMMENT_FIELDS}
            found.add(Pages(self._api, "comments", query))
        found.items = real(found.items)
        return found

    def writers(self, items: Iterable[dict[str, Any]], known: Iterable[Any]) -> wire.Writers:
        """Who writes for the site; the list of users is read only if it is needed for these comments."""
        numbers = {wire.number(one) for one in [*known, self._me.get("id")]} - {0}
        if not {wire.number(item.get("author")) for item in items} - {0} - numbers:
            return wire.Writers(frozenset(numbers))
        query: dict[str, object] = {"_fields": "id"}
        if self.may("list_users"):
            query = {"_fields": "id,roles,capabilities", "context": "edit"}
        elif self.may("edit_posts"):
            query = {"_fields": "id", "who": "authors"}
        found = Gathered()
        try:
            found.add(Pages(self._api, "users", query))
        except REFUSED:
            return wire.Writers(frozenset(numbers))
        numbers |= {wire.number(u.get("id")) for u in found.items if _writes(u)}
        return wire.Writers(frozenset(numbers), whole=len(query) > 1 and found.whole)

    def _signed_in(self) -> dict[str, Any]:
        try:
            me = self._api.get("users/me", context="edit")
        except NotFound:  # some sites hide their users; whoever may edit has signed in
            self._api.get("posts", context="edit", per_page=1, _fields="id")
            return {}
        if not isinstance(me, dict) or not wire.number(me.get("id")):
            raise Malformed(f"{self._api.home} does not say who has signed in")
        return me

    def _unmoderated(self) -> list[Unread]:
        if self._api.signed_in:
            reason = "this user may not see comments that wait or were taken down"
            return [Unread("comments.state", reason, _EDITOR)]
        reason = "without an application password WordPress shows approved comments only"
        return [Unread("comments.state", reason, "Give one of an Editor.", permanent=True)]


def real(items: Iterable[Any]) -> list[Any]:
    """Comments that a person wrote, each once."""
    found: dict[str, Any] = {}
    for item in items:
        if not isinstance(item, dict) or item.get("type") not in _NOT_COMMENTS:
            found.setdefault(str(item.get("id") if isinstance(item, dict) else item), item)
    return list(found.values())


def batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many as one request may name at a time."""
    for start in range(0, len(names), PER_PAGE):
        yield names[start : start + PER_PAGE]


def _between(since: datetime, until: datetime) -> dict[str, object]:
    return {
        "after": _written(since - _SLACK),
        "before": _written(until + _SLACK),
        "orderby": "date",
        "order": "desc",
    }


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _reaches_behind(items: list[Any], edge: datetime, where: tzinfo) -> bool:
    """Whether a page runs from new to old, and ends before the edge."""
    times = []
    for item in items:
        with suppress(Malformed):
            times.append(wire.moment(item if isinstance(item, dict) else {}, "date", where))
    return bool(times) and times == sorted(times, reverse=True) and times[-1] < edge


def _writes(user: Any) -> bool:
    """Whether a user may write posts; where that is not told, the list holds only those who do."""
    if not isinstance(user, dict):
        return False
    rights, roles = user.get("capabilities"), user.get("roles")
    if isinstance(rights, dict) and rights:
        return bool(rights.get("edit_posts"))
    return not isinstance(roles, list) or not roles or bool(_WRITERS & set(map(str, roles)))
