"""Export: Mastodon's own archive, named as ``archive`` in the council file.

A zip or a folder will do. To ask for it: Preferences, Import and export, Data export, Request your
archive; the server makes it within minutes to hours, once in seven days. It holds every post with
the descriptions of its pictures and with Mastodon's own ids, so findings carry on when the server
is read directly (which needs no key; findings about the profile itself do not carry on). It does
not hold what others wrote nor the server's rules: these are *not assessed*. Private messages stand
in it and are left unread. Pleroma and Akkoma make the same archive, with other ids than their API
has.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectors import EXPORTED, archive_json, mastodon_wire
from connectors.mastodon_media import media
from connectors.mastodon_wire import Owner, sequence
from connectors.x_answer import mapping
from socialaudit.errors import ExportUnusable, Malformed
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access
    from connectors.archive_files import Files
    from connectors.mastodon_wire import Raw
    from socialaudit.models import Account, Reading

LOOKS = "Mastodon’s archive of an account"
WHOLE = True
_OUTBOX = r"outbox\.json"
_ACTOR = r"actor\.json"
_STAMP = re.compile(r"archive-(\d{14})\b")
_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_FILE = re.compile(r"media_attachments/files/((?:\d{3}/)+)original/")
_LIMITS = (
    Unread("comments", "Mastodon’s archive does not hold what others wrote", permanent=True),
    Unread("media.captions", "Mastodon knows no subtitles", permanent=True),
    Unread("settings", "Mastodon’s archive does not hold the server’s rules", permanent=True),
)
_OWN, _OTHER = "own", "another"


def root(files: Files) -> str | None:
    """The folder in which the outbox lies."""
    return files.root(_OUTBOX)


def made_at(files: Files, root: str) -> datetime | None:
    """The moment in the archive's name, or that of the zip's clock."""
    for name in (files.called, root):
        if found := _STAMP.search(name):
            try:
                return datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            except ValueError:
                continue
    return next((files.packed_at(n) for n in files.matching(re.escape(root) + _OUTBOX)), None)


def records(files: Files, root: str, access: Access) -> Iterator[Reading]:
    """The profile, and every post with its media."""
    actor = _actor(files, root, access)
    address = str(actor.get("id") or "")
    owner = Owner(access.account, _OWN, _server(address, access), access.salt)
    yield from _LIMITS
    yield _account(actor, access, owner.server)
    items = odd = nameless = 0
    (outbox, *_) = files.matching(re.escape(root) + _OUTBOX)
    with closing(files.text(outbox)) as text:
        for activity in archive_json.items(text, "orderedItems"):
            items += 1
            try:
                raw = _status(mapping(activity), address)
                if raw is None:
                    continue
                post = mastodon_wire.post(raw, owner)
            except Malformed:
                odd += 1
                continue
            yield post
            found, lacking = media(raw, post, owner.server)
            nameless += lacking
            yield from found
    if odd:
        reason = f"{odd} of {items} posts could not be understood"
        yield Unread("posts", reason, partial=True)
    if nameless:
        reason = f"attachments of which the archive does not say what they are: {nameless}"
        yield Unread("media", reason, partial=True)


def _status(activity: Raw, actor: str) -> Raw | None:
    """A post of the archive (ActivityStreams) as the API gives it; None for a private message.

    Raises ``Malformed``.
    """
    told = activity.get("object")
    note, seen = mapping(told), {**mapping(told), **activity}
    visibility = _visibility(seen)
    if visibility is None:
        return None
    native = _number(activity.get("id")) or _exported(note.get("id"), activity.get("id"))
    if activity.get("type") == "Announce":
        passed = note.get("id") or told
        shown = {"url": passed if isinstance(passed, str) else None}
        at = activity.get("published")
        return {"id": native, "created_at": at, "visibility": visibility, "reblog": shown}
    answered = note.get("inReplyTo")
    raw: Raw = {
        "id": _number(note.get("id")) or native,
        "uri": note.get("id"),
        "url": note.get("url") or note.get("id"),
        "created_at": note.get("published") or activity.get("published"),
        "edited_at": note.get("updated"),
        "content": _content(note),
        "spoiler_text": note.get("summary") or "",
        "visibility": visibility,
        "media_attachments": [
            _attachment(mapping(one)) for one in sequence(note.get("attachment"))
        ],
    }
    quoted = note.get("quote") or note.get("quoteUri") or note.get("quoteUrl")
    if isinstance(quoted, str):
        raw["quote"] = {"quoted_status": {"url": quoted}}
    if isinstance(answered, str):
        own = bool(actor) and answered.startswith(f"{actor}/")
        raw["in_reply_to_id"] = _number(answered) or _exported(answered)
        raw["in_reply_to_account_id"] = _OWN if own else _OTHER
    options = sequence(note.get("oneOf")) or sequence(note.get("anyOf"))
    if options:
        raw["poll"] = {"options": [{"title": mapping(one).get("name")} for one in options]}
    return raw


def _visibility(seen: Raw) -> str | None:
    """Who may see a post, from whom it was sent to; None for those named in it alone."""
    to, copied = ({str(one) for one in _several(seen.get(part))} for part in ("to", "cc"))
    if to & _PUBLIC:
        return "public"
    if copied & _PUBLIC:
        return "unlisted"
    if any(one.endswith("/followers") for one in to | copied):
        return "private"
    return None if to or copied else ""


def _attachment(raw: Raw) -> Raw:
    """A medium as the API gives it, with the id that its file's folders spell."""
    address = str(raw.get("url") or raw.get("href") or "")
    folders = _FILE.search(address)
    made: Raw = {
        "id": str(int(folders[1].replace("/", ""))) if folders else None,
        "type": str(raw.get("mediaType") or "").partition("/")[0],
    }
    if "name" in raw or "summary" in raw:
        made["description"] = raw.get("name") or raw.get("summary")
    return made


def _actor(files: Files, root: str, access: Access) -> Raw:
    """The profile. Raises ``ExportUnusable`` for another's than the council file names."""
    found: Raw = {}
    for name in files.matching(re.escape(root) + _ACTOR):
        with closing(files.text(name)) as text:
            found = mapping(archive_json.whole(text))
    named = str(found.get("preferredUsername") or "")
    words = {word.lower() for word in re.split(r"[@/]", access.handle) if word}
    if named and named.lower() not in words:
        raise ExportUnusable(
            f"the archive is that of @{named}, not of {access.handle}",
            "Correct the handle or the archive in the council file.",
        )
    return found


def _account(actor: Raw, access: Access, server: str) -> Account:
    name = str(actor.get("preferredUsername") or access.handle)
    raw: Raw = {
        "id": _number(actor.get("id")) or name,
        "username": name,
        "display_name": actor.get("name"),
        "url": actor.get("url") or actor.get("id"),
        "created_at": actor.get("published"),
    }
    if isinstance(actor.get("summary"), str):
        raw["note"] = actor["summary"]
    if "attachment" in actor:
        raw["fields"] = sequence(actor["attachment"])
    return replace(mastodon_wire.account(raw, access, server), verified=None)


def _server(address: str, access: Access) -> str:
    host = urlsplit(address).netloc or access.handle.rpartition("@")[2]
    return (access.base_url or f"https://{host}").rstrip("/")


def _content(note: Raw) -> Any:
    told = note.get("content")
    return (
        told if isinstance(told, str) else next(iter(mapping(note.get("contentMap")).values()), "")
    )


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _number(address: Any) -> str | None:
    """The last number, or the last part, of an address: the id that the API knows it by."""
    if not isinstance(address, str):
        return None
    path = urlsplit(address).path.removesuffix("/activity").rstrip("/")
    last = path.rpartition("/")[2]
    return last if last.isdecimal() else None


def _exported(*addresses: Any) -> str | None:
    """An id by the end of the first address that has one.

    Pleroma, Akkoma and others write such archives too, and name posts there otherwise than in
    their API: no connector may ask for one of these.
    """
    ends = (urlsplit(one).path.rstrip("/") for one in addresses if isinstance(one, str))
    last = next((end.rpartition("/")[2] for end in ends if end), None)
    return f"{EXPORTED}{last}" if last else None
