"""Entries of a message board's feed: which topic they belong to, who wrote them, what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from connectors import feed_wire
from connectors.hypertext import Page
from connectors.transport import pseudonym
from socialaudit.models import Audience, Comment, CommentKind, CommentState, PostKind

if TYPE_CHECKING:
    from connectors import Access
    from connectors.feed_entries import Entry
    from socialaudit.models import Media, Post

_ANSWER = re.compile(r"(?:re|aw|sv|antw|ynt|odp|rif|rép|ateb)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE)
"""What boards put before the title of an answer, in the languages of their packs."""
_REDDIT = re.compile(r"/u/\S{1,50} on ")
_NODEBB = re.compile(r"Reply to (.{1,300}) on .{6,60}")
_TOPICS = (
    re.compile(r"[?&;]t(?:opic|id)?=(\d+)"),
    re.compile(r"/(?:topic|threads|t|comments)/(?:[^/?#]*[./-])?(\w+)"),
)
"""How an address names the topic: phpBB, SMF, MyBB; NodeBB, XenForo, Discourse, Reddit."""
_SIGNED = re.compile(
    r"<p>[^<]{0,80}<(?:a|span|strong)\b[^>]{0,300}>[^<]{0,100}</(?:a|span|strong)>[^<]{0,100}</p>"
    r"\s*(?:<hr\s*/?>)?\s*$"
)
_STATISTICS = ("memberlist.php", "Statistics:")
_SUBMITTED = re.compile(
    r"(?:&#32;\s*)?submitted by\s+(?:&#32;\s*)?<a href=\"[^\"]*/user/.*", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of a board: the post of the feed, its topic and its authors, in small letters.

    ``answers`` is true where the title says that it is an answer.
    """

    post: Post
    media: list[Media]
    topic: str
    names: list[str]
    answers: bool


def said(entry: Entry, access: Access) -> Said:
    """An entry as something said on a board."""
    title, answers = _title(entry.post.title or "")
    names = feed_wire.names(entry.raw)
    key = _key(access, entry.post.id)
    html = unsigned(str(entry.post.payload.get("html") or ""))
    page = Page(html, entry.post.permalink or "")
    post = replace(
        entry.post,
        key=key,
        title=title,
        text=page.text,
        links=tuple(dict.fromkeys(page.links)),
        audience=Audience.PUBLIC,
        payload={"id": entry.post.payload["id"], "link": entry.post.permalink, "html": html},
    )
    media = [replace(m, key=_key(access, m.id), post=key) for m in entry.media]
    return Said(post, media, _topic(entry.post.permalink or "", title), names, answers)


def own(one: Said, beginning: Said | None) -> Post:
    """What the council wrote, as a post; in somebody else's topic it answers its ``beginning``."""
    if not (one.answers or beginning):
        return replace(one.post, kind=PostKind.POST)
    above = beginning.post.id if beginning else None
    return replace(one.post, kind=PostKind.REPLY, reply_to=above)


def comment(one: Said, access: Access, beginning: Said | None, council: frozenset[str]) -> Comment:
    """What somebody said: in the council's topic, in another's, or at the beginning of one."""
    ours = council.intersection(beginning.names) if beginning else None
    kind = CommentKind.COMMENT if ours else CommentKind.REPLY
    by = one.names[0] if one.names else None
    return Comment(
        key=one.post.key,
        account=access.account,
        id=one.post.id,
        kind=kind if beginning else CommentKind.VISITOR_POST,
        post=beginning.post.key if beginning and ours else None,
        parent=beginning.post.key if beginning and not ours else None,
        author=pseudonym(access.salt, "forum", by),
        own=bool(council.intersection(one.names)) if by and council else None,
        text="\n".join(filter(None, [None if beginning else one.post.title, one.post.text])),
        published_at=one.post.published_at,
        edited_at=one.post.edited_at,
        state=CommentState.PUBLISHED,
        permalink=one.post.permalink,
        payload={k: v for k, v in one.post.payload.items() if k != "html"},
    )


def unsigned(html: str) -> str:
    """An entry without the line in which phpBB and Reddit say who wrote it.

    >>> unsigned('Hello<p>Statistics: Posted by <a href="/memberlist.php?u=2">Ann</a></p><hr />')
    'Hello'
    """
    signed = _SIGNED.search(html)
    if signed and any(mark in signed[0] for mark in _STATISTICS):
        html = html[: signed.start()]
    return _SUBMITTED.sub("", html)


def _title(written: str) -> tuple[str, bool]:
    """The title of the topic, and whether the entry's says that it is an answer.

    >>> _title("News • Re: Road closed"), _title("Road closed")
    (('Road closed', True), ('Road closed', False))
    """
    title = written.rpartition(" • ")[2]
    for form in (_ANSWER, _REDDIT):
        if hit := form.match(title):
            return title[hit.end() :], True
    nodebb = _NODEBB.fullmatch(title)
    return (nodebb[1], True) if nodebb else (title, False)


def _topic(link: str, title: str) -> str:
    found: Any = next((hit for form in _TOPICS if (hit := form.search(link))), None)
    return f"#{found[1]}" if found else title.casefold()


def _key(access: Access, native: str) -> str:
    return f"forum:{access.account}/{native}"
