"""Which part of a wiki an account is: all of it, what one person changes, or one page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from connectors.mediawiki_about import SPECIAL, USER, USER_TALK, About
from connectors.mediawiki_edits import Change, flag, items
from connectors.transport import redact
from socialaudit.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from connectors.mediawiki_lists import Lists
    from connectors.mediawiki_site import Home

    Query = Mapping[str, Any]

UNREAD_PAGES = frozenset({2, 8, 10, 274, 446, 486, 710, 828, 2300, 2302, 2600})
"""Namespaces of no readers' pages: people's own, the wiki's words, templates, programs, subtitles."""


@dataclass(frozen=True, slots=True)
class Scope:
    """``person`` is a name, ``page`` a title; neither for the whole wiki."""

    about: About
    person: str = ""
    page: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.person or self.page or self.about.name

    @property
    def introduced(self) -> str:
        """The title of the page that says what it is."""
        return self.page or (
            self.about.named(USER, self.person) if self.person else self.about.main
        )

    def takes(self, one: Change) -> bool:
        """Whether an edit is of a page that readers see."""
        if one.redirect or one.space < 0:
            return False
        if self.page:
            return True
        return one.space not in UNREAD_PAGES or (bool(self.person) and one.space == USER)

    def speaks(self, user: str) -> frozenset[str] | None:
        """Who speaks for the account; ``None`` where the wiki does not tell. ``user`` logged in."""
        if self.person:
            return frozenset({self.person})
        if self.about.team is None:
            return None
        return self.about.team | ({user} if user else frozenset())


def may_be_whole(home: Home) -> bool:
    """Whether a handle looks like a whole wiki's, before the wiki says which pages it has."""
    return not home.title and (home.path.endswith(("/", ".php")) or home.path.count("/") == 1)


def scope_of(home: Home, told: About) -> Scope:
    """What a handle means on this wiki. Raises ``NotFound`` for what leads to no page of it."""
    bare = home.title in {told.name, home.host}
    title = "" if bare else home.title or told.title(home.path)
    if title is None:
        msg = f"{redact(home.base + home.path)} is not an address on this wiki"
        raise NotFound(msg, "Correct it in the council file.")
    space, rest = told.space(title)
    if space == SPECIAL:
        listed, _, named = rest.partition("/")
        return (
            Scope(told, person=named)
            if listed.lower() == "contributions" and named
            else Scope(told)
        )
    if not title or title.lower() == told.main.lower():
        return Scope(told)
    if space in {USER, USER_TALK}:
        return Scope(told, person=_capital(rest.partition("/")[0]))
    return Scope(told, page=_capital(title))


def listed(scope: Scope, lists: Lists) -> tuple[Scope, Iterator[Query]]:
    """What changed, of a person or a page. Raises ``NotFound`` where there is none.

    A bare name that is no page may be a person's.
    """
    if scope.person:
        return scope, _person(scope, lists)
    queries = lists.page(titles=scope.page)
    first = next(queries)
    page = next((p for p in items(first.get("pages")) if isinstance(p, dict)), {})
    if flag(page, "missing") or flag(page, "invalid") or not page:
        if "/" in scope.page or ":" in scope.page:
            raise _none(scope)
        person = Scope(scope.about, person=scope.page)
        return person, _person(person, lists)
    talk = page.get("talkid")
    more = lists.page(pageids=str(talk)) if talk else iter(())
    return scope, chain([first], queries, more)


def _person(scope: Scope, lists: Lists) -> Iterator[Query]:
    queries = lists.person(scope.person, scope.about.named(USER_TALK, scope.person))
    first = next(queries)
    for told in items(first.get("users")):
        if isinstance(told, dict) and flag(told, "missing"):
            raise _none(scope)
    return chain([first], queries)


def _none(scope: Scope) -> NotFound:
    message = f"{redact(scope.name)} is neither a page nor a person of this wiki"
    return NotFound(message, "Correct the handle in the council file.")


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
