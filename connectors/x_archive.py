"""Export: X's account archive, as a zip or unpacked, named as ``archive`` in the council file.

X, Settings and privacy, Your account, Download an archive of your data. X makes it within one to
several days and sends a link; it may make you wait, up to 30 days, before you ask again. It holds
every post since the account began, with X's own ids, so findings carry on when the API is
connected. It does not hold what others wrote (replies, mentions), descriptions of pictures,
subtitles of videos, nor who may reply: these are *not assessed*. What is deleted for good between
two archives is not noticed, unless the archive lists it as deleted.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from connectors import archive_json, x_media, x_wire
from connectors.x_answer import ID, mapping, moment, versions
from connectors.x_archive_wire import Notes, as_answered
from connectors.x_wire import Owner
from socialaudit.errors import ExportUnusable, Malformed
from socialaudit.models import Account, Gone, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors import Access
    from connectors.archive_files import Files
    from connectors.x_answer import Raw
    from socialaudit.models import Media, Post, Reading

LOOKS = "X’s account archive"
WHOLE = True
_TWEETS = r"(?:data/)?tweets?(-part\d+)?\.js"
_NOTES = r"(?:data/)?note-tweet(-part\d+)?\.js"
_DELETED = r"(?:data/)?deleted-tweets?(-part\d+)?\.js"
_LIMITS = (
    Unread("comments", "X’s archive holds nothing that others wrote", permanent=True),
    Unread("media.captions", "X’s archive holds no subtitles", permanent=True),
    Unread("settings", "X’s archive does not tell the account’s settings", permanent=True),
)
_NO_AUDIENCE = Unread(
    "posts.audience", "this archive of X does not tell who may see posts", permanent=True
)
_NO_ALT = Unread("media.alt_text", "X’s archive holds no descriptions of pictures", permanent=True)
_HANDLE = re.compile(r"(?:.*[@/])?([A-Za-z0-9_]{1,20})/?")


def root(files: Files) -> str | None:
    """The folder above ``data``."""
    return files.root(rf"{_TWEETS}|(?:data/)?account\.js")


def made_at(files: Files, root: str) -> datetime | None:
    """The date in the manifest; or that of the zip's own clock."""
    if found := moment(_manifest(files, root).get("generationDate")):
        return found
    names = files.matching(re.escape(root) + _TWEETS)
    return files.packed_at(names[0]) if names else None


def records(files: Files, root: str, access: Access) -> Iterator[Reading]:
    """The profile, every post with its media, and what was deleted."""
    owner, named = _owner(files, root, access)
    yield from _LIMITS
    yield _profile(files, root, access, owner, named)
    if owner.protected is None:
        yield _NO_AUDIENCE
    if _manifest(files, root).get("isPartialArchive") is True:
        yield Unread("posts", "X says that the archive is only a part", partial=True)
    notes = Notes.of(_items(files, root, _NOTES, "noteTweet"))
    tally = _Tally()
    for raw in _items(files, root, _TWEETS, "tweet"):
        yield from _post(raw, owner, notes, tally)
    for raw in _items(files, root, _DELETED, "tweet"):
        yield Gone("post", str(raw.get("id_str") or raw.get("id")))
    if not tally.described:
        yield _NO_ALT
    if tally.odd:
        reason = f"{tally.odd} of {tally.items} could not be understood"
        yield Unread("posts", reason, partial=True)


@dataclass(slots=True)
class _Tally:
    items: int = 0
    odd: int = 0
    described: bool = False


def _post(raw: Raw, owner: Owner, notes: Notes, tally: _Tally) -> Iterator[Post | Media]:
    """A post with its media; nothing for an older version of an edited one, which stands there too."""
    tally.items += 1
    try:
        asked, answer = as_answered(raw, notes)
        if versions(asked)[-1] != asked["id"]:
            return
        post = x_wire.post(asked, owner, answer)
    except Malformed:
        tally.odd += 1
        return
    yield replace(post, hidden=None)
    for medium in x_media.media(asked, post, answer):
        tally.described = tally.described or medium.alt_text is not None
        yield medium


def _owner(files: Files, root: str, access: Access) -> tuple[Owner, Raw]:
    """Whose archive it is. Raises ``ExportUnusable`` for another's than the council file names."""
    named = next(_items(files, root, r"(?:data/)?account\.js", "account"), {})
    native, username = str(named.get("accountId") or ""), str(named.get("username") or "")
    wanted = _HANDLE.fullmatch(access.handle.strip())
    called = wanted[1].lower() if wanted else ""
    if (native or username) and called not in {native.lower(), username.lower()}:
        raise ExportUnusable(
            f"the archive is that of @{username}, not of {access.handle}",
            "Correct the handle or the archive in the council file.",
        )
    native = native if ID.fullmatch(native) else ""
    protected = _is_protected(files, root)
    username = username or ("" if called.isdecimal() else called)
    return Owner(access.account, native or called, username, access.salt, protected), named


def _is_protected(files: Files, root: str) -> bool | None:
    """What the account's last change of its privacy was; unknown where it never changed it."""
    found = [
        (str(raw.get("protectedAt") or ""), str(raw.get("action") or "").lower())
        for raw in _items(files, root, r"(?:data/)?protected-history\.js", "protectedHistory")
    ]
    return {"protect": True, "unprotect": False}.get(max(found)[1]) if found else None


def _profile(files: Files, root: str, access: Access, owner: Owner, named: Raw) -> Account:
    """The profile. X shortens its link to t.co, behind which nobody can look without asking X."""
    told = mapping(
        next(_items(files, root, r"(?:data/)?profile\.js", "profile"), {}).get("description")
    )
    verified = next(_items(files, root, r"(?:data/)?verified\.js", "verified"), {}).get("verified")
    shown: Raw = {
        "name": named.get("accountDisplayName"),
        "description": told.get("bio"),
        "created_at": named.get("createdAt"),
        "url": told.get("website"),
    }
    if isinstance(verified, bool):
        shown["verified"] = verified
    found = x_wire.account(shown, owner, access.kind)
    links = [link for link in found.links or () if "//t.co/" not in link]
    return replace(found, links=tuple(links) or None)


def _manifest(files: Files, root: str) -> Raw:
    for name in files.matching(re.escape(root) + r"(?:data/)?manifest\.js"):
        with closing(files.text(name)) as text:
            return mapping(mapping(archive_json.whole(text)).get("archiveInfo"))
    return {}


def _items(files: Files, root: str, pattern: str, key: str) -> Iterator[Raw]:
    """The items of the files that a pattern fits, taken out of the object that each stands in."""
    for name in files.matching(re.escape(root) + f"(?:{pattern})"):
        with closing(files.text(name)) as text:
            for item in archive_json.items(text):
                told: Any = item.get(key, item) if isinstance(item, dict) else {}
                yield mapping(told)
