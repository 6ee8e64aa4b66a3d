"""Comments that an Isso server keeps, through its public answers and its administrator's page.

Sources: https://isso-comments.de/docs/reference/server-api/ and the server itself (0.14.0). A
comment's mode is 1 (public), 2 (waits) or 4 (deleted, kept for the answers to it).
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

from connectors import transport
from connectors.safe_fetch import Fetcher, judge
from connectors.transport import MAX_PAGES, utc
from socialaudit.errors import Malformed, NotFound, Unauthorized, Unreachable
from socialaudit.models import CommentState, Gone, Setting, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors import Access, Usage
    from connectors.comments_wire import Writer
    from socialaudit.models import Comment, Known, Reading

NEWEST = 500
"""Comments that are asked for where the server lists those of all pages."""
QUEUE = Unread(
    "comments.state",
    "Isso shows comments that wait to its administrator",
    "Connect the account with the administrator's password.",
    permanent=True,
)
_DELETED, _WAITING = 4, 2
_PAGE = 100
_PART = re.compile(
    r"<div class='isso-comment' id='isso-(\d+)'>(.*?)(?=<div class='isso-comment' id=|\Z)",
    re.DOTALL,
)
_THREAD = re.compile(r"<div>Thread: .*?\(<a href=\"([^\"]*)\">", re.DOTALL)
_WRITTEN = re.compile(r"<time>\s*(\d{2}):(\d{2}) / (\d{2})-(\d{2})-(\d{4})\s*</time>")
_WORDS = re.compile(r"<pre id=\"isso-text-\d+\">(.*?)</pre>", re.DOTALL)
_NAMED = re.compile(r"id=\"isso-author-\d+\">(.*?)</span>", re.DOTALL)


class Isso:
    """Reads one server, or one page's thread on it.

    Requests: one for what the server says of itself, one for the comments, and with a password one
    to sign in and one for each 100 comments that wait. A reread adds one for each thread.
    """

    def __init__(
        self, where: str, thread: str, access: Access, usage: Usage, writer: Writer
    ) -> None:
        self._base = where.rstrip("/")
        self._thread = thread
        self._writer = writer
        self._password = access.secrets.get("password") or ""
        self._access = access
        self._usage = usage
        self._fetcher = Fetcher(self._base, access.limiter, usage)
        self._kept_back = 0

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """Whether comments wait for a decision first, and those written in [since, until)."""
        yield from self._moderation()
        odd = self._kept_back = 0
        for raw in self._public():
            try:
                comment = self._comment(raw)
            except Malformed:
                odd += 1
                continue
            if comment is not None and since <= comment.published_at < until:
                yield comment
        if odd:
            yield Unread("comments", f"{odd} comments could not be understood", partial=True)
        if self._kept_back:
            reason = f"comments that the server kept back: {self._kept_back}"
            yield Unread("comments", reason, partial=True)
        if not self._password:
            yield QUEUE
            return
        for comment in self._waiting():
            if since <= comment.published_at < until:
                yield comment

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """Comments as they are now with the council's answers in their thread, or ``Gone``.

        One that its page no longer shows is gone, unless it waits and we may see that, or the
        page does not show all that can be understood.
        """
        self._kept_back, odd = 0, False
        wanted = {one.id for one in known}
        threads = dict.fromkeys(self._writer.thread(one.post) or self._thread for one in known)
        found: dict[str, Comment] = {}
        for thread in filter(None, threads):
            for raw in self._in_thread(thread):
                try:
                    comment = self._comment(raw, thread)
                except Malformed:
                    odd = True
                    continue
                if comment is not None and (comment.id in wanted or comment.own):
                    found[comment.id] = comment
        if self._password:
            found |= {c.id: c for c in self._waiting() if c.id in wanted}
        yield from found.values()
        if all(threads) and not (odd or self._kept_back):
            yield from (Gone("comment", native) for native in wanted - found.keys())

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _moderation(self) -> Iterator[Reading]:
        try:
            told = self._json("/info")
        except NotFound:
            return
        moderated = told.get("moderation") if isinstance(told, dict) else None
        if not isinstance(told, dict) or "version" not in told:
            raise Malformed("the server does not answer as Isso does")
        if isinstance(moderated, bool):
            yield Setting(
                key=f"comments:{self._access.account}/moderation",
                account=self._access.account,
                name="moderation",
                value=json.dumps(moderated),
            )

    def _public(self) -> Iterator[dict[str, Any]]:
        if self._thread:
            yield from self._in_thread(self._thread)
            return
        try:
            told = self._json(f"/latest?limit={NEWEST}")
        except NotFound:
            raise NotFound(
                "the Isso server does not list its latest comments",
                "Let it (latest-enabled), or give the address of a page in the council file.",
            ) from None
        yield from (
            raw for raw in (told if isinstance(told, list) else []) if isinstance(raw, dict)
        )

    def _in_thread(self, thread: str) -> Iterator[dict[str, Any]]:
        """The comments of a page and the answers to them; none where the server knows of none."""
        try:
            told = self._json(f"/?{urlencode({'uri': thread})}")
        except NotFound:
            return
        waiting = [told]
        while waiting:
            one = waiting.pop()
            below = one.get("replies") if isinstance(one, dict) else None
            kept_back = one.get("hidden_replies") if isinstance(one, dict) else None
            self._kept_back += kept_back if isinstance(kept_back, int) else 0
            for raw in below if isinstance(below, list) else []:
                if isinstance(raw, dict):
                    waiting.append(raw)
                    yield {"uri": thread, **raw}

    def _comment(self, raw: dict[str, Any], thread: str = "") -> Comment | None:
        """A comment; ``None`` for one that was deleted. Raises ``Malformed``."""
        if raw.get("mode") == _DELETED:
            return None
        uri = str(raw.get("uri") or thread or self._thread)
        native, changed = str(raw.get("id") or ""), raw.get("modified")
        at = utc(raw.get("created") if raw.get("created") is not None else "")
        author = raw.get("author")
        return self._writer.comment(
            native=native,
            at=at,
            thread=uri,
            html=str(raw.get("text") or ""),
            names=[author],
            by=author or raw.get("hash"),
            parent=raw.get("parent"),
            state=CommentState.HELD if raw.get("mode") == _WAITING else CommentState.PUBLISHED,
            permalink=self._permalink(uri, native),
            payload={k: raw.get(k) for k in ("id", "parent", "mode", "created", "modified")},
            edited_at=utc(changed) if changed else None,
        )

    def _permalink(self, uri: str, native: str) -> str | None:
        handle = self._access.handle.strip().partition("#")[0]
        if handle.startswith("isso:"):
            page = uri
        else:
            page = urljoin(handle if "://" in handle else f"https://{handle}", uri)
        return f"{page}#isso-{native}" if urlsplit(page).hostname else None

    def _waiting(self) -> Iterator[Comment]:
        """Comments that wait, out of the administrator's page."""
        reader = Fetcher(self._base, self._access.limiter, self._usage, {"Cookie": self._sign_in()})
        try:
            for page in range(MAX_PAGES):
                address = f"{self._base}/admin/?mode={_WAITING}&page={page}"
                html = reader.fetch(address).content.decode("utf-8", "replace")
                if "isso-root" not in html:
                    raise Unauthorized("Isso does not let its administrator in", _REMEDY)
                found = _PART.findall(html)
                for native, part in found:
                    comment = self._held(native, part)
                    if comment is not None:
                        yield comment
                if len(found) < _PAGE:
                    return
        finally:
            reader.close()

    def _held(self, native: str, part: str) -> Comment | None:
        thread, written, words = _THREAD.search(part), _WRITTEN.search(part), _WORDS.search(part)
        if not (thread and written and words):
            return None
        uri = unescape(thread[1])
        if self._thread and uri != self._thread:
            return None
        hour, minute, day, month, year = map(int, written.groups())
        author = _NAMED.search(part)
        name = unescape(author[1]) if author else None
        text = unescape(words[1])
        return self._writer.comment(
            native=native,
            at=datetime(year, month, day, hour, minute, tzinfo=UTC),
            thread=uri,
            html=words[1],
            names=[name],
            by=None if name == "Anonymous" else name,
            parent=None,
            state=CommentState.HELD,
            permalink=f"{self._base}/admin/",
            payload={"id": native, "mode": _WAITING, "text": text},
        )

    def _sign_in(self) -> str:
        """The administrator's cookie. Raises ``Unauthorized`` for a wrong password.

        Signing in changes nothing; Isso takes a password by POST alone.
        """
        address = f"{self._base}/login/"
        self._fetcher.check(address)
        self._access.limiter.acquire()
        self._usage.requests += 1
        connect, read = transport.TIMEOUT
        try:
            answer = httpx.post(
                address,
                data={"password": self._password},
                timeout=httpx.Timeout(read, connect=connect),
                trust_env=False,
                follow_redirects=False,
            )
        except httpx.HTTPError:
            raise Unreachable(f"{urlsplit(self._base).hostname} could not be reached") from None
        cookie = answer.cookies.get("admin-session")
        if not cookie:
            raise Unauthorized("Isso does not take the administrator's password", _REMEDY)
        return f"admin-session={cookie}"

    def _json(self, path: str) -> Any:
        answer = self._fetcher.ask(f"{self._base}{path}")
        judge(answer)
        content = answer.document.content
        if content.lstrip()[:1] == b"<":
            raise Unreachable("the Isso server answered with a page where data was expected")
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise Malformed("the Isso server's answer cannot be understood") from None


_REMEDY = (
    "Set the password of [admin] in the server's configuration, and connect the account again."
)
