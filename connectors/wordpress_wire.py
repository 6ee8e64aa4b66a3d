"""WordPress's own objects, as its REST API gives them, as our records.

Everything is liberal in what it takes: any field may be missing or of another type. What has no id
or no time raises ``Malformed``, and costs no other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from connectors.hypertext import Page, plain, web_address
from connectors.transport import pseudonym, scrub, utc
from connectors.wordpress_media import Shown, featured, shown
from socialaudit.errors import Malformed
from socialaudit.models import (
    Account,
    Audience,
    Comment,
    CommentKind,
    CommentState,
    Post,
    Setting,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access

POST_FIELDS = (
    "id,date,date_gmt,modified,modified_gmt,status,type,link,title,content,author,"
    "comment_status,featured_media,_links,_embedded"
)
COMMENT_FIELDS = (
    "id,post,parent,author,author_name,author_avatar_urls,date,date_gmt,content,link,status,type"
)
SITE_FIELDS = "name,description,url,home,gmt_offset,timezone_string,namespaces"
SETTINGS = frozenset(
    {
        "default_comment_status",
        "default_ping_status",
        "comment_moderation",
        "comment_previously_approved",
        "comment_registration",
        "require_name_email",
        "close_comments_for_old_posts",
        "close_comments_days_old",
        "users_can_register",
        "default_role",
        "blog_public",
    }
)
"""Options that say who may write or read; WordPress 7 gives two of them, plugins and others more."""
_STATES = {
    "approved": CommentState.PUBLISHED,
    "approve": CommentState.PUBLISHED,
    "1": CommentState.PUBLISHED,
    "hold": CommentState.HELD,
    "unapproved": CommentState.HELD,
    "0": CommentState.HELD,
    "spam": CommentState.SPAM,
    "trash": CommentState.HIDDEN,
    "post-trashed": CommentState.HIDDEN,
}
APPROVED = frozenset(n for n, state in _STATES.items() if state is CommentState.PUBLISHED)
"""What the site calls a comment that everybody can read."""
_AUDIENCES = {
    "publish": Audience.PUBLIC,
    "private": Audience.PRIVATE,
    **dict.fromkeys(("future", "draft", "pending", "auto-draft", "trash"), Audience.UNPUBLISHED),
}


@dataclass(frozen=True, slots=True)
class Writers:
    """The numbers of the users who write for the site; ``whole`` when nobody else does."""

    numbers: frozenset[int] = frozenset()
    whole: bool = False


def account(site: dict[str, Any], access: Access, home: str) -> Account:
    """The site as it introduces itself; ``home`` is where it was read."""
    where = web_address(site.get("home") or site.get("url"), home) or home
    return Account(
        key=f"wordpress:{access.handle}",
        account=access.account,
        id=access.handle,
        platform="wordpress",
        kind=access.kind,
        handle=access.handle,
        name=plain(site.get("name")),
        description=plain(site.get("description")),
        permalink=where,
        links=(where,),
        published=True,
        payload={name: site[name] for name in ("name", "description", "url") if name in site},
    )


def zone(site: dict[str, Any]) -> tzinfo:
    """The time zone in which the site writes times that do not say theirs; UTC where it is untold."""
    try:
        if named := site.get("timezone_string"):
            return ZoneInfo(str(named))
        return timezone(timedelta(hours=float(site.get("gmt_offset") or 0)))
    except (ValueError, TypeError, OverflowError, OSError, KeyError):
        return UTC


def moment(raw: dict[str, Any], name: str, where: tzinfo) -> datetime:
    """``date`` or ``modified`` of an item: the UTC twin where it is told. Raises ``Malformed``."""
    told = raw.get(f"{name}_gmt")
    if isinstance(told, str) and told and not told.startswith("0000"):
        return utc(told)
    local = raw.get(name)
    if not isinstance(local, str) or local.startswith("0000"):
        raise Malformed("an item without a time")
    try:
        at = datetime.fromisoformat(local)
        return (at if at.tzinfo else at.replace(tzinfo=where)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Malformed("an item without a time") from None


def is_undated(raw: Any) -> bool:
    """Whether it is a draft that has no time yet, as WordPress allows; it is of no week."""
    drafted = isinstance(raw, dict) and raw.get("status") in {"draft", "auto-draft", "pending"}
    return drafted and not raw.get("date") and not raw.get("date_gmt")


def identity(raw: Any) -> str:
    """The number of a post or comment. Raises ``Malformed``."""
    native = raw.get("id") if isinstance(raw, dict) else None
    if isinstance(native, bool) or not isinstance(native, int | str) or not str(native).isdigit():
        raise Malformed("an item without a number")
    return str(int(native))


def post(raw: Any, access: Access, home: str, where: tzinfo) -> tuple[Post, list[Shown]]:
    """A post and what it shows. Raises ``Malformed``."""
    native, at = identity(raw), moment(raw, "date", where)
    html, closed = _rendered(raw.get("content")), _is_closed(raw)
    link = web_address(raw.get("link"), home)
    page = Page(html or "", link or home)
    told = None if html is None or (closed and not html) else page
    found = Post(
        key=f"wordpress:{native}",
        account=access.account,
        id=native,
        published_at=at,
        edited_at=_edited(raw, at, where),
        title=_title(raw.get("title")),
        text=None if told is None else told.text,
        permalink=link,
        links=None if told is None else tuple(dict.fromkeys(told.links)),
        audience=_audience(raw, closed=closed),
        replies_from=raw["comment_status"] if isinstance(raw.get("comment_status"), str) else None,
        payload=_kept(raw, html),
    )
    return found, [*([] if told is None else shown(found, told)), *featured(found, raw)]


def comment(raw: Any, access: Access, where: tzinfo, writers: Writers) -> Comment:
    """A comment. Raises ``Malformed``."""
    native = identity(raw)
    parent, under = (number(raw.get(name)) for name in ("parent", "post"))
    html = _rendered(raw.get("content"))
    state = raw.get("status")
    link = web_address(raw.get("link"), access.base_url or "")
    return Comment(
        key=f"wordpress:comment/{native}",
        account=access.account,
        id=native,
        kind=CommentKind.REPLY if parent else CommentKind.COMMENT,
        post=f"wordpress:{under}" if under else None,
        parent=f"wordpress:comment/{parent}" if parent else None,
        author=_author(raw, access.salt),
        own=_is_own(raw, writers),
        text=None if html is None else Page(html, link or "").text,
        published_at=moment(raw, "date", where),
        state=CommentState.PUBLISHED if state is None else _STATES.get(str(state).lower()),
        permalink=link,
        payload=scrub(
            {k: raw[k] for k in ("id", "post", "parent", "date_gmt", "status", "link") if k in raw}
            | {"content": html}
        ),
    )


def settings(raw: dict[str, Any], access: Access) -> Iterator[Setting]:
    """The options that say who may write or read, under WordPress's own names."""
    for name in sorted(SETTINGS & raw.keys()):
        value = scrub(raw[name])
        yield Setting(
            key=f"wordpress:{access.handle}/{name}",
            account=access.account,
            name=name,
            value=json.dumps(value, ensure_ascii=False, sort_keys=True),
            payload={name: value},
        )


def _rendered(told: Any) -> str | None:
    """The HTML of a title or content: ``{"rendered": …}``, or plain text as some servers give it."""
    html = told.get("rendered", told.get("raw")) if isinstance(told, dict) else told
    return html if isinstance(html, str) else None


def _title(told: Any) -> str | None:
    """A title without the words that WordPress puts before those of private posts."""
    raw = told.get("raw") if isinstance(told, dict) else None
    return plain(raw if isinstance(raw, str) else _rendered(told))


def _is_closed(raw: dict[str, Any]) -> bool:
    content = raw.get("content")
    return bool(raw.get("password")) or (
        isinstance(content, dict) and content.get("protected") is True
    )


def _audience(raw: dict[str, Any], *, closed: bool) -> Audience | None:
    audience = _AUDIENCES.get(str(raw.get("status", "publish")))
    return Audience.FOLLOWERS if closed and audience is Audience.PUBLIC else audience


def _edited(raw: dict[str, Any], at: datetime, where: tzinfo) -> datetime | None:
    try:
        changed = moment(raw, "modified", where)
    except Malformed:
        return None
    return changed if changed > at else None


def _kept(raw: dict[str, Any], html: str | None) -> dict[str, Any]:
    names = ("id", "date_gmt", "modified_gmt", "status", "link", "comment_status", "featured_media")
    kept: dict[str, Any] = scrub(
        {name: raw[name] for name in names if name in raw}
        | {"title": _rendered(raw.get("title")), "content": html}
    )
    return kept


def number(value: Any) -> int:
    """The number of a post, user or picture that an item names; 0 for none."""
    return int(value) if str(value).isdigit() and not isinstance(value, bool) else 0


def _author(raw: dict[str, Any], salt: bytes) -> str | None:
    """A pseudonym: of the user, else of the name and the digest of the e-mail address together."""
    if user := number(raw.get("author")):
        return pseudonym(salt, "wordpress", f"user {user}")
    faces = raw.get("author_avatar_urls")
    face = next(iter(faces.values()), "") if isinstance(faces, dict) else ""
    person = urlsplit(str(face)).path
    name = str(raw.get("author_name") or "").strip().casefold()
    return pseudonym(salt, "wordpress", f"{person} {name}") if name else None


def _is_own(raw: dict[str, Any], writers: Writers) -> bool | None:
    """Guests never write for the site; another user may, where we do not know all who do."""
    user = number(raw.get("author"))
    if user == 0:
        return False if "author" in raw else None
    return True if user in writers.numbers else False if writers.whole else None
