"""Wikis that run MediaWiki: what changed on their pages, and what people write on the talk pages.

Documentation: https://www.mediawiki.org/wiki/API:Main_page
Credentials: none for a wiki that everyone may read. For a closed one a bot password: on the wiki open
``Special:BotPasswords``, tick *Basic rights* and nothing else, and keep the name it gives
(``Clerk@audit``) as ``USER`` and the password as ``PASSWORD``. A refused password is reported, never
taken for an open wiki's silence.
Price and limits: none. A week costs one request for what changed (500 edits at a time), one for each
page that changed, and one for each 50 of them; talk pages one for each 50 edits. A week without a
change costs one request, two where the first page changed.

**The handle** is an address. The wiki's own (``https://wiki.example.gov.uk/``) is the whole wiki:
every page is the council's, whoever wrote it, and those who may block, delete or protect speak for
the council. A person's page (``…/wiki/User:Name``) is what that person changed, in the versions they
left, and what others write to them. Any other page is that page and its talk page.

A page that changed is one post, as readers see it now; it stays the same post when it changes again.
Each edit of a talk page is a comment, with the words that it added.

**Cannot see**: pages of people (``User:``), templates and the wiki's own messages, in a whole wiki;
what was deleted; discussions outside of talk pages (Flow, LiquidThreads, comment boxes); edits that
wait for approval by an extension; films embedded from elsewhere. A talk page contribution that no
longer stands on its page counts as hidden. A picture with an empty description counts as one without,
since MediaWiki writes so where nobody gave one, and one whose description is its file's name also.
MediaWiki lists recent changes for some 90 days; an older week is read from the pages' histories.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar

from connectors import Usage
from connectors.mediawiki_about import about, account, settings, team
from connectors.mediawiki_again import Again
from connectors.mediawiki_edits import items
from connectors.mediawiki_lists import Lists
from connectors.mediawiki_pages import Pages, kept_home
from connectors.mediawiki_scope import Scope, listed, may_be_whole, scope_of
from connectors.mediawiki_site import Api
from connectors.mediawiki_talk import Talk, Texts
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.mediawiki_edits import Change
    from socialaudit.models import Known, Reading

    Query = Mapping[str, Any]

_SITE = {
    "meta": "siteinfo",
    "siprop": "general|namespaces|namespacealiases|usergroups",
    "aurights": "block|delete|protect",
    "aulimit": "max",
}


class MediaWiki:
    """Reads a wiki, a person on it, or a page.

    Requests of a read of a whole wiki, with C edits, P pages that changed and T edits of talk pages
    on D talk pages: ``ceil(C/500) + ceil(P/50) + P + ceil((T+D)/50)``, at least 1; one more when its
    first page is another than the last time, and up to three the first time, to find the API. Of a
    person or a page: up to 3 more, for what is said to them and who they are. Logging in: 2.
    Reading again: ``ceil(P/50) + P`` for pages; for comments ``ceil(T/50)``, and for each talk page
    its history since. Pages of which only the comments are asked for cost none: every edit of a talk
    page was in the list of its week.
    """

    name: ClassVar[str] = "mediawiki"
    title: ClassVar[str] = "Wiki (MediaWiki)"
    secrets: ClassVar[tuple[str, ...]] = ("USER", "PASSWORD")
    hosts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, access: Access) -> None:
        """Keep the access; nothing is sent."""
        self.usage = Usage()
        self._access = access
        self._api = Api(access, self.usage)
        self._scope: Scope | None = None
        self._place = access.handle.strip().partition("://")[2] or access.handle.strip()
        self._place = self._place.rstrip("/")

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The wiki, who may write on it, and what changed in [since, until)."""
        lists = Lists(self._api, since, until)
        scope, first, queries = self._begin(lists)
        pages = self._pages(scope)
        lately = _lastrevid(first, scope.introduced)
        home = pages.introduction(scope.introduced, lately, self._access.cache)
        yield account(scope.about, self._access, scope.name, scope.introduced, home)
        yield from settings(scope.about, self._access.account, self._place)
        if scope.about.groups is None:
            yield Unread("settings", "the wiki does not say who may edit it")
        yield from self._changed(lists, scope, pages, queries)

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The known pages and comments as they are now, and what the account said since."""
        if asked := [one for one in known if one.comment_count is None]:
            scope = self._known_scope()
            again = Again(self._api, self._pages(scope), self._talk(scope))
            yield from again.read(asked)

    def close(self) -> None:
        """Close connections."""
        self._api.close()

    def _begin(self, lists: Lists) -> tuple[Scope, Query, Iterator[Query]]:
        """What the account is, what the wiki first says of itself, and what changed."""
        self._api.login()
        whole = may_be_whole(self._api.home)
        asked = dict(_SITE, list="allusers")
        if whole:
            asked |= {**lists.recent(), "list": "allusers|recentchanges"}
        if whole and (kept := kept_home(self._access.cache)):
            asked |= {"titles": str(kept["title"]), "prop": "info"}
        queries = lists.pages(**asked)
        first = next(queries)
        told = about(first, self._api.home.base, team(first))
        scope = scope_of(self._api.home, told)
        if scope.person or scope.page:
            scope, queries = listed(scope, lists)
        elif lists.is_old((first.get("general") or {}).get("time")):
            queries = lists.histories()
        elif whole:
            queries = chain([first], queries)
        else:
            queries = lists.pages(list="recentchanges", **lists.recent())
        self._scope = scope
        return scope, first, queries

    def _changed(
        self, lists: Lists, scope: Scope, pages: Pages, queries: Iterable[Query]
    ) -> Iterator[Reading]:
        """Posts as they are listed; comments at the end, since each is read beside the one before."""
        seen: set[int] = set()
        said: dict[int, Change] = {}
        for query in queries:
            fresh: dict[int, Change] = {}
            for one in sorted(lists.changes(query), key=lambda c: c.at, reverse=True):
                if one.talks:
                    said[one.revision] = one
                elif one.page not in seen and scope.takes(one):
                    fresh.setdefault(one.page, one)
            seen |= fresh.keys()
            yield from pages.posts(list(fresh.values()))
        yield from lists.tally.unread()
        yield from pages.unread()
        try:
            yield from self._talk(scope).comments(list(said.values()))
        except (Forbidden, NotFound, Malformed) as fault:
            yield Unread("comments", fault.message, fault.remedy, cause=type(fault).__name__)

    def _known_scope(self) -> Scope:
        """What the account is, asked for only where reading has not told it."""
        if self._scope is None:
            self._api.login()
            answer = self._api.call("query", **_SITE, list="allusers")
            query = answer.get("query") or {}
            told = about(query, self._api.home.base, team(query))
            self._scope = scope_of(self._api.home, told)
        return self._scope

    def _pages(self, scope: Scope) -> Pages:
        return Pages(
            self._api, scope.about, self._access.account, self._native, versions=bool(scope.person)
        )

    def _talk(self, scope: Scope) -> Talk:
        texts = Texts(Lists.onwards(self._api).pages)
        own = scope.speaks(self._api.user)
        return Talk(self._access, scope.about, texts, own, self._native)

    def _native(self, name: str) -> str:
        """An id that no other wiki, and no other account on this one, has."""
        return f"{self._place}#{name}"


def _lastrevid(query: Query, title: str) -> object:
    pages = (p for p in items(query.get("pages")) if isinstance(p, dict))
    return next((p.get("lastrevid") for p in pages if p.get("title") == title), None)


CONNECTOR = MediaWiki
