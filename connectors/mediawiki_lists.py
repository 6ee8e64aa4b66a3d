"""What changed, list by list: the whole wiki's, a person's, a page's; followed to their ends."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from connectors import transport
from connectors.mediawiki_edits import Change, change, items
from connectors.transport import utc
from socialaudit.errors import Malformed
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from connectors.mediawiki_site import Api

RECENT = timedelta(days=30)
"""Older changes are read from the histories: wikis forget recent changes after some 90 days."""
_EDIT = "ids|title|timestamp|flags|tags"
_REVISION = "ids|timestamp|user|flags|tags|size"


@dataclass(slots=True)
class Tally:
    """Edits that were listed, those of them that could not be understood, and lists that were cut."""

    edits: int = 0
    odd: int = 0
    cut: bool = False

    def unread(self) -> Iterator[Unread]:
        """What to say of it."""
        if self.odd:
            reason = f"{self.odd} of {self.edits} edits could not be understood"
            yield Unread("posts", reason, partial=True)
        if self.cut:
            yield Unread(
                "posts", "the wiki’s list of edits repeats itself or has no end", partial=True
            )


@dataclass(slots=True)
class Lists:
    """The lists of one wiki in [``since``, ``until``)."""

    api: Api
    since: datetime
    until: datetime
    tally: Tally = field(default_factory=Tally)

    @classmethod
    def onwards(cls, api: Api, at: datetime | None = None) -> Lists:
        """The lists from a moment on, or of all time."""
        ever = datetime(1990, 1, 1, tzinfo=UTC)
        return cls(api, at or ever, datetime.max.replace(tzinfo=UTC, microsecond=0))

    def pages(self, **asked: Any) -> Iterator[Mapping[str, Any]]:
        """A query, and what it goes on with; ends where the wiki repeats itself."""
        following: dict[str, Any] = {}
        seen: set[str] = set()
        for _ in range(transport.MAX_PAGES):
            answer = self.api.call("query", **asked, **following)
            query = answer.get("query")
            yield query if isinstance(query, dict) else {}
            told = answer.get("continue")
            if not isinstance(told, dict) or not told:
                return
            mark = json.dumps(told, sort_keys=True)
            if mark in seen:
                break
            seen.add(mark)
            following = {
                name: value for name, value in told.items() if isinstance(value, str | int)
            }
        self.tally.cut = True

    def changes(self, query: Mapping[str, Any]) -> list[Change]:
        """The edits of the time in one answer, in whatever list it gives them."""
        found = []
        for raw, page in _listed(query):
            self.tally.edits += 1
            try:
                one = change(raw, page)
            except Malformed:
                self.tally.odd += 1
                continue
            if one and one.page and self.since <= one.at < self.until:
                found.append(one)
        return found

    def recent(self) -> dict[str, Any]:
        """What asks for the whole wiki's changes."""
        return {
            "rcprop": f"{_EDIT}|user|sizes|redirect",
            "rctype": "edit|new",
            "rclimit": "max",
            "rcstart": _stamp(self.until),
            "rcend": _stamp(self.since),
        }

    def histories(self) -> Iterator[Mapping[str, Any]]:
        """The whole wiki's changes, from the histories of its pages."""
        return self.pages(
            list="allrevisions",
            arvprop=_REVISION,
            arvlimit="max",
            arvstart=_stamp(self.until),
            arvend=_stamp(self.since),
        )

    def person(self, name: str, talk: str) -> Iterator[Mapping[str, Any]]:
        """What a person changed, who it is, and the history of their talk page."""
        return self.pages(
            list="usercontribs|users",
            ucuser=name,
            ucprop=f"{_EDIT}|size",
            uclimit="max",
            ucstart=_stamp(self.until),
            ucend=_stamp(self.since),
            ususers=name,
            titles=talk,
            **self._history(),
        )

    def page(self, **named: str) -> Iterator[Mapping[str, Any]]:
        """The history of one page, named by its title or number."""
        return self.pages(redirects="1", **named, **self._history())

    def _history(self) -> dict[str, Any]:
        return {
            "prop": "revisions|info",
            "inprop": "talkid|subjectid",
            "rvprop": _REVISION,
            "rvlimit": "max",
            "rvstart": _stamp(self.until),
            "rvend": _stamp(self.since),
        }

    def is_old(self, told: object) -> bool:
        """Whether the time begins too long before the wiki's own clock for its recent changes."""
        try:
            now = utc(told)
        except Malformed:
            now = datetime.now(UTC)
        return now - self.since > RECENT


def _listed(query: Mapping[str, Any]) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    for name in ("recentchanges", "usercontribs"):
        for raw in items(query.get(name)):
            yield raw, {}
    for page in [*items(query.get("allrevisions")), *items(query.get("pages"))]:
        for raw in items(page.get("revisions")) if isinstance(page, dict) else ():
            yield raw, page


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
