"""An account read from its platform's own data export instead of from the platform.

A connector like any other, for councils without access to an API: it sends nothing, needs no
credential, and keeps the platform's own ids as far as the export holds them, so that findings carry
on when the API is connected later. What each export looks like, how to ask for it and what it
cannot show stands in ``<platform>_archive.py``, whose docstring is a part of the platform's card.

An export is a photograph: what came after it is unknown, never absent. One made before the time
that is asked for raises ``ExportOutdated``; nothing of an account is read from it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

import connectors
from connectors import Usage
from connectors.archive_files import Files, shown
from socialaudit.errors import ExportOutdated, ExportUnusable, Malformed
from socialaudit.models import Account, Audience, Comment, Gone, Media, Post, Setting, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors import Access
    from socialaudit.models import Known, Reading

_NEVER = datetime.max.replace(tzinfo=UTC)
_COMMENT_KEYS = ("", "comment/")
"""What stands before a comment's id in its key, where comments and posts are numbered apart."""
_FACTS = ("posts", "media", "comments")
_SLIVER = timedelta(days=1)
"""An export from the first hours of a week was asked for on account of the week before."""


class Format(Protocol):
    """What a module ``<platform>_archive`` offers."""

    LOOKS: str
    """What it is, for people: ``X's account archive``."""
    WHOLE: bool
    """Whether every export reaches back to the account's beginning; for some, who asks chooses."""

    def root(self, files: Files) -> str | None:
        """The folder in which such an export lies; ``None`` where it is none."""

    def made_at(self, files: Files, root: str) -> datetime | None:
        """When it was made at the earliest; ``None`` where it does not tell."""

    def records(self, files: Files, root: str, access: Access) -> Iterator[Reading]:
        """All that it holds, in any order; ``Gone`` for what it says was deleted.

        Raises ``ExportUnusable`` for another account's, ``Malformed`` for a damaged list.
        """


@dataclass(slots=True)
class Held:
    """What an export was found to hold: how many posts, and from when to when."""

    made: datetime | None = None
    posts: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    kept: list[Reading] = field(default_factory=list)

    def count(self, one: Post | Comment) -> None:
        """Take a record's time into account, unless it is one that is still to come."""
        at = one.published_at
        self.posts += isinstance(one, Post)
        if isinstance(one, Post) and one.audience is Audience.UNPUBLISHED:
            return
        self.oldest = min(self.oldest or at, at)
        self.newest = max(self.newest or at, at)


class Archive:
    """Reads one account from an export. Requests: none, ever."""

    def __init__(self, platform: str, access: Access) -> None:
        """Keep the access; the export is opened by reading."""
        if access.archive is None:
            raise ExportUnusable("no export is named")
        self.usage = Usage()
        self.said = ""
        self._path = access.archive
        self._access = access
        self._format = form(platform)
        self._platform = platform
        self._title = connectors.title(platform)

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The profile, and what was published in [since, until) before the export was made."""
        held = self._held(since, until)
        ask = f"Ask {self._title} for a new export"
        end = held.made or held.newest
        if end is None or end < since + min(_SLIVER, (until - since) / 2):
            when = f"was made on {day(end)}" if end else "holds nothing with a date"
            raise ExportOutdated(f"the export {when}, before the days that are checked", f"{ask}.")
        yield from held.kept
        if end < until:
            reason = f"the export was made on {day(end)}, before the last of the days was over"
            for fact in _FACTS:
                yield Unread(fact, reason, f"{ask}.", partial=True, cause=ExportOutdated.__name__)
        if not self._format.WHOLE and (held.oldest is None or held.oldest >= since):
            reason = "the export holds nothing older, so it may begin after the first of the days"
            for fact in _FACTS:
                yield Unread(fact, reason, f"{ask}, of all time.", partial=True)

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The known records that the export holds, with what hangs on them.

        What it does not hold need not be gone; only what it says was deleted is.
        """
        asked = {(one.kind, one.id) for one in known}
        natives = (one.post if one.kind == "media" else one.id for one in known if _on_post(one))
        posts = {f"{self._platform}:{native}" for native in natives}
        comments = {one.id for one in known if one.kind == "comment"}
        under = {f"{self._platform}:{prefix}{one}" for one in comments for prefix in _COMMENT_KEYS}
        with closing(Files.of(self._path)) as files:
            for one in self._all(files):
                if isinstance(one, Gone):
                    wanted = (one.kind, one.id) in asked
                elif isinstance(one, Post):
                    wanted = one.key in posts
                elif isinstance(one, Media):
                    wanted = one.post in posts
                else:
                    wanted = isinstance(one, Comment) and (
                        one.id in comments or one.post in posts or one.parent in under
                    )
                if wanted:
                    yield one

    def close(self) -> None:
        """Nothing is open between two readings."""

    def _held(self, since: datetime, until: datetime) -> Held:
        held = Held()
        with closing(Files.of(self._path)) as files:
            for one in self._all(files, held):
                if isinstance(one, Account | Setting | Unread):
                    held.kept.append(one)
                elif not isinstance(one, Gone):
                    if not isinstance(one, Media):
                        held.count(one)
                    if since <= one.published_at < until:
                        held.kept.append(one)
        made = held.made or held.newest
        self.said = f"{self._format.LOOKS} of {day(made)}" if made else self._format.LOOKS
        return held

    def look(self) -> str:
        """What the export is, from when and with how much in it, in one sentence.

        Raises ``ExportUnusable``.
        """
        held = self._held(_NEVER, _NEVER)
        upto = f", the newest of {day(held.newest)}" if held.newest else ""
        return f"{self.said}, with {held.posts} post{'s' * (held.posts != 1)}{upto}"

    def _all(self, files: Files, held: Held | None = None) -> Iterator[Reading]:
        root = self._format.root(files)
        if root is None:
            raise self._another(files)
        try:
            if held is not None:
                held.made = self._format.made_at(files, root)
            yield from self._format.records(files, root, self._access)
        except (Malformed, RecursionError) as fault:
            what = fault.message if isinstance(fault, Malformed) else "it is nested without end"
            raise ExportUnusable(
                f"{shown(files.called)} is damaged: {what}",
                "Download the export again and put it in place whole.",
            ) from None

    def _another(self, files: Files) -> ExportUnusable:
        """What to say of an export that is not of this platform."""
        ours = self._format.LOOKS
        for name in connectors.ARCHIVES:
            other = form(name)
            if other is not self._format and other.root(files) is not None:
                reason = f"{shown(files.called)} looks like {other.LOOKS}, not like {ours}"
                return ExportUnusable(reason, 'Correct "archive" in the council file.')
        if files.matching(r".*\.zip"):
            return ExportUnusable(
                f"{shown(files.called)} holds zips and not {ours}",
                "Name one of them, or unpack all parts of one export into one folder and name that.",
            )
        return ExportUnusable(
            f"{shown(files.called)} does not look like {ours}",
            "Give the export as the platform sent it, whole, as a zip or unpacked.",
        )


def form(platform: str) -> Format:
    """How a platform's exports are read."""
    found: Format = import_module(f"connectors.{platform}_archive")
    return found


def day(at: datetime) -> str:
    """A day in words: ``2 November 2026``."""
    return f"{at.day} {at:%B %Y}"


def _on_post(one: Known) -> bool:
    return one.kind in {"post", "media"}
