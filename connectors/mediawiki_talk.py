"""What people write on talk pages, edit by edit, as comments.

An edit is a comment with the lines that it added. The first under a heading begins a thread, and the
others under that heading answer it. Edits that add no words, that only put back what was there, or
that a program made are none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from connectors.mediawiki_about import USER_TALK
from connectors.mediawiki_edits import change, flag, items
from connectors.mediawiki_text import added, plain, signature, still_there
from connectors.transport import pseudonym
from socialaudit.models import Comment, CommentKind, CommentState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from connectors import Access
    from connectors.mediawiki_about import About
    from connectors.mediawiki_edits import Change
    from connectors.mediawiki_text import Added

MOST_AT_ONCE = 50
"""Revisions with their text, or pages, that one request may ask for."""


@dataclass(slots=True)
class Texts:
    """Revisions by number, as far as they were asked for. A ``None`` is one whose text is not shown.

    ``hidden`` are those that the wiki's team took out of sight; ``pages`` is what was said of the
    pages they stand on, by the pages' numbers.
    """

    ask: Callable[..., Iterator[Mapping[str, Any]]]
    known: dict[int, str | None] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    pages: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    changes: dict[int, Change] = field(default_factory=dict)

    def fetch(self, revisions: Iterable[int]) -> None:
        """Read those that are not here yet, as many at once as the wiki allows."""
        wanted = sorted({r for r in revisions if r and r not in self.known})
        for start in range(0, len(wanted), MOST_AT_ONCE):
            numbers = "|".join(map(str, wanted[start : start + MOST_AT_ONCE]))
            for query in self.ask(
                prop="revisions|info",
                revids=numbers,
                rvprop="ids|timestamp|user|flags|tags|content",
                rvslots="main",
                inprop="subjectid",
            ):
                for page in items(query.get("pages")):
                    self._take(page)

    def _take(self, page: Any) -> None:
        if not isinstance(page, dict) or not isinstance(page.get("pageid"), int):
            return
        self.pages[page["pageid"]] = page
        for raw in items(page.get("revisions")):
            if isinstance(raw, dict) and isinstance(number := raw.get("revid"), int):
                self.known[number] = _text(raw)
                if any(flag(told, "texthidden") for told in _places(raw)) or flag(
                    raw, "suppressed"
                ):
                    self.hidden.add(number)
                if raw.get("timestamp") and (told := change(raw, page)):
                    self.changes[number] = told


@dataclass(frozen=True, slots=True)
class Talk:
    """Reads contributions to talk pages. ``own`` are the names of those who speak for the account.

    ``native`` makes an id of ours of a page's or a revision's own.
    """

    access: Access
    about: About
    texts: Texts
    own: frozenset[str] | None
    native: Callable[[str], str]

    def comments(self, changes: Sequence[Change]) -> Iterator[Comment]:
        """Those of these edits that say something, oldest first on each page."""
        pages: dict[int, list[Change]] = defaultdict(list)
        for one in sorted(changes, key=lambda c: c.revision):
            pages[one.page].append(one)
        self.texts.fetch([c.revision for c in changes] + [p[0].parent for p in pages.values()])
        lost = [c.parent for c in changes if c.parent and c.parent not in self.texts.known]
        self.texts.fetch([*lost, *(_newest(self.texts, page) for page in pages)])
        for page, edits in pages.items():
            yield from self._page(page, edits)

    def _page(self, page: int, edits: list[Change]) -> Iterator[Comment]:
        newest = self.texts.known.get(_newest(self.texts, page) or edits[-1].revision)
        signed = signature(self.about.people)
        threads: dict[str, str] = {}
        seen: str | None = None
        for edit in edits:
            found = self._added(edit, seen)
            seen = self._text(edit.revision) or seen
            if edit.bot or edit.undoes:
                continue
            text = plain("\n".join(found.lines), signed) if found else None
            if text == "":
                continue
            key = f"mediawiki:{self.native(f'r{edit.revision}')}"
            above = None
            if found and found.heading:
                first = threads.setdefault(found.heading, key)
                above = first if first != key and not found.begins else None
            off = found is not None and newest is not None and not still_there(found, newest)
            hidden = edit.revision in self.texts.hidden
            yield self._comment(edit, text, above, gone=hidden or off)

    def _added(self, edit: Change, seen: str | None) -> Added | None:
        """What an edit added; ``None`` where its text is not shown, or none before it.

        What was last ``seen`` stands for a text before it that the wiki's team hid.
        """
        after = self._text(edit.revision)
        before = (self._text(edit.parent) or seen) if edit.parent else ""
        return None if after is None or before is None else added(before, after)

    def _text(self, revision: int) -> str | None:
        """A text that everybody sees."""
        return None if revision in self.texts.hidden else self.texts.known.get(revision)

    def _comment(self, edit: Change, text: str | None, above: str | None, *, gone: bool) -> Comment:
        subject = self.texts.pages.get(edit.page, {}).get("subjectid")
        beside = bool(subject) and edit.space != USER_TALK
        kind = CommentKind.COMMENT if beside else CommentKind.VISITOR_POST
        return Comment(
            key=f"mediawiki:{self.native(f'r{edit.revision}')}",
            account=self.access.account,
            id=self.native(f"r{edit.revision}"),
            kind=CommentKind.REPLY if above else kind,
            post=f"mediawiki:{self.native(str(subject))}" if beside else None,
            parent=above,
            author=pseudonym(self.access.salt, "mediawiki", edit.user),
            own=None if self.own is None or edit.user is None else edit.user in self.own,
            text=text,
            published_at=edit.at,
            state=CommentState.HIDDEN if gone else CommentState.PUBLISHED,
            permalink=urljoin(self.about.root, f"{self.about.script}?diff={edit.revision}"),
            payload=edit.payload,
        )


def _newest(texts: Texts, page: int) -> int:
    number = texts.pages.get(page, {}).get("lastrevid")
    return number if isinstance(number, int) else 0


def _text(raw: Mapping[str, Any]) -> str | None:
    """A revision's text in any of the forms that MediaWiki has given it; ``None`` where it is hidden."""
    found = (told.get(key) for told in _places(raw) for key in ("content", "*"))
    return next((text for text in found if isinstance(text, str)), None)


def _places(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Where a revision's text may stand: in its main slot, or (before 1.32) in itself."""
    slots = raw.get("slots")
    main = slots.get("main") if isinstance(slots, dict) else None
    return [main, raw] if isinstance(main, dict) else [raw]
