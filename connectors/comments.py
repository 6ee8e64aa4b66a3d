"""Comments below the pages of a newspaper or of the council's website: Disqus and Isso.

Documentation: https://disqus.com/api/docs/, https://isso-comments.de/docs/
Credentials: for Disqus, ``KEY``: the public key of an application at disqus.com/api/applications; to see
what waits for a decision, also ``TOKEN``: the access token of somebody who moderates the site. For Isso
none; to see what waits, ``PASSWORD``: that of its administrator. The account's ``handle`` is the address
of a page, and we find out which system it uses; or it names the system: ``disqus:SHORTNAME``,
``isso:https://comments.example.org`` (its latest comments), ``isso:https://comments.example.org/?uri=/news/bins``.
Behind it stands the name under which the council comments:
``https://www.example.gov.uk/news/bins/#Marchwardine Council``.
Price and limits: none. Disqus allows 1,000 requests an hour; a week costs one for each 100 comments, and
Isso two. A page adds one.

**Cannot see**: other comment systems (Viafoura, OpenWeb, Coral, Facebook's and others), which let
nobody read but their own scripts: have a person look. Comments that wait, without such a token or
password. Who wrote a comment: without a name behind the handle, nothing counts as the council's and
unanswered questions are not assessed; anybody may give that name. Disqus was seen on loopback
alone: the imitation is shaped from its API's documents. Isso was seen on a real server (0.14.0), where the
administrator's page tells times to the minute, by the clock of the server's own zone, taken for UTC.
A WordPress site's own comments are read by ``wordpress``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from connectors import Usage
from connectors.comments_disqus import Disqus
from connectors.comments_isso import Isso
from connectors.comments_page import Engine, engine
from connectors.comments_wire import Writer
from connectors.safe_fetch import Fetcher
from connectors.transport import is_loopback
from socialaudit.errors import Forbidden
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from socialaudit.models import Known, Reading

LIMITS = (
    Unread("posts", "comments below a page hold no posts", permanent=True),
    Unread("media", "comments below a page hold no pictures that we read", permanent=True),
)
_LOOK = "Have a person look, and record it."


class _System(Protocol):
    def read(self, since: datetime, until: datetime) -> Iterator[Reading]: ...
    def reread(self, known: Sequence[Known]) -> Iterator[Reading]: ...
    def close(self) -> None: ...


class Comments:
    """Reads the comments of one page, thread or site.

    Requests: 1 for a page, to find out its system, and those of ``Disqus`` or ``Isso``.
    """

    name: ClassVar[str] = "comments"
    title: ClassVar[str] = "Comments on a page"
    secrets: ClassVar[tuple[str, ...]] = ("KEY", "TOKEN", "PASSWORD")
    hosts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, access: Access) -> None:
        """Keep the access; nothing is sent."""
        self.usage = Usage()
        self._access = access
        self._written, _, names = access.handle.strip().partition("#")
        told = unquote(names).split(",")
        council = frozenset(name.strip().casefold() for name in told if name.strip())
        self._writer = Writer(access, council)
        self._system: _System | None = None
        self._engine = _named(self._written, access.base_url)
        if self._engine and self._engine.name == "disqus":
            self._system = self._open(self._engine)

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """What the page is, and the comments written in [since, until)."""
        yield from LIMITS
        found = self._found()
        where = self._page() if self._on_page() else found.where if found else ""
        account = self._writer.account(where, where if "//" in where else "")
        if found is None or found.name not in {"disqus", "isso"}:
            yield account
            yield from _unreadable(found)
            return
        self._system = self._system or self._open(found)
        readings = self._system.read(since, until)
        first = next(readings, None)  # the account is there once its system has answered
        yield account
        yield from () if first is None else (first,)
        yield from readings

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The comments that are known, as they are now; no other record is here."""
        asked = [one for one in known if one.kind == "comment"]
        found = self._found() if asked else None
        if found and found.name in {"disqus", "isso"}:
            self._system = self._system or self._open(found)
            yield from self._system.reread(asked)

    def close(self) -> None:
        """Close connections."""
        if self._system:
            self._system.close()

    def _found(self) -> Engine | None:
        """The system that the handle names or its page uses."""
        if self._engine is None:
            fetcher = Fetcher(self._page(), self._access.limiter, self.usage)
            try:
                document = fetcher.fetch(self._page())
            finally:
                fetcher.close()
            html = document.content.decode("utf-8", "replace")
            self._engine = engine(html, document.url)
        return self._engine

    def _on_page(self) -> bool:
        return not self._written.startswith(("disqus:", "isso:"))

    def _page(self) -> str:
        written = self._written if "//" in self._written else f"https://{self._written}"
        if self._access.base_url:
            parts = urlsplit(written)
            query = f"?{parts.query}" if parts.query else ""
            return self._access.base_url.rstrip("/") + (parts.path or "/") + query
        return written

    def _open(self, found: Engine) -> _System:
        """The reader of a system. Raises ``Forbidden`` for a page that leads into our network."""
        system = Disqus if found.name == "disqus" else Isso
        if found.name == "isso" and self._on_page():
            there, here = (urlsplit(a).hostname or "" for a in (found.where, self._page()))
            if is_loopback(there) and not is_loopback(here):
                raise Forbidden(f"{here} leads to an address inside a private network", _LOOK)
        return system(found.where, found.thread, self._access, self.usage, self._writer)


def _named(written: str, base_url: str | None) -> Engine | None:
    """The system that a handle names; ``None`` for a page."""
    name, _, where = written.partition(":")
    if name == "disqus":
        return Engine("disqus", where.strip("/ "))
    if name != "isso":
        return None
    parts = urlsplit(where if "//" in where else f"https://{where}")
    uri = parse_qs(parts.query).get("uri", [""])[0]
    home = base_url or f"{parts.scheme}://{parts.netloc}{parts.path}"
    return Engine("isso", home.rstrip("/"), uri)


def _unreadable(found: Engine | None) -> Iterator[Unread]:
    if found and found.name == "wordpress":
        reason = "the page's comments are WordPress's own"
        yield Unread("comments", reason, 'Register the site as platform = "wordpress".')
    elif found:
        reason = f"the page's comments are kept by {found.name}, which lets nobody read them"
        yield Unread("comments", reason, _LOOK, permanent=True)
    else:
        reason = "no comment system that we know was found on the page"
        yield Unread("comments", reason, _LOOK, permanent=True)


CONNECTOR = Comments
