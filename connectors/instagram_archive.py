"""Export: Instagram's "download your information" as JSON, named as ``archive`` in the council file.

A zip or a folder will do; of several zips unpack all into one folder. To ask for it: Accounts Centre, Your information and permissions, Export your information; choose the account,
"All time" and the format JSON (not HTML). Instagram makes it within some hours to a few days. It
holds posts, reels and stories that were kept, with their words. It does not hold descriptions of
pictures, what others wrote, nor which comments are hidden: these are *not assessed*. It holds no
ids either: findings carry on from export to export, and **not** when the account is connected later.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from connectors import meta_export
from connectors.facebook_wire import URL
from connectors.x_answer import mapping, sequence
from socialaudit.errors import ExportUnusable, Malformed
from socialaudit.models import Account, Audience, Post, PostKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors import Access
    from connectors.archive_files import Files
    from socialaudit.models import Reading

LOOKS = "Instagram’s export of an account"
WHOLE = False
_ABOVE = r"(?:your_instagram_activity/)?(?:content|media)/"
_NAMES = r"(?:posts(?:_\d+)?|reels(?:_\d+)?|igtv_videos(?:_\d+)?|stories(?:_\d+)?)"
_SORTS = (
    (r"posts(?:_\d+)?", "", PostKind.POST),
    (r"reels(?:_\d+)?", "reel-", PostKind.REEL),
    (r"igtv_videos(?:_\d+)?", "video-", PostKind.VIDEO),
    (r"stories(?:_\d+)?", "story-", PostKind.POST),
)
_PROFILE = r"personal_information/(?:personal_information/)?personal_information\.json"
_LIMITS = tuple(
    Unread(fact, f"Instagram’s export does not hold {what}", permanent=True)
    for fact, what in (
        ("comments", "what others wrote"),
        ("media.alt_text", "descriptions of pictures"),
        ("media.captions", "subtitles that somebody wrote"),
        ("settings", "who may comment"),
    )
)
_TAG = re.compile(r"[@/]*([\w.]{1,30})/?$")


def root(files: Files) -> str | None:
    """The folder above ``your_instagram_activity``, ``content`` or ``media``."""
    return files.root(rf"{_ABOVE}{_NAMES}\.(?:json|html)")


def made_at(files: Files, root: str) -> datetime | None:
    """The day in the export's name."""
    return meta_export.made_at(files, root, _files(root, _NAMES))


def records(files: Files, root: str, access: Access) -> Iterator[Reading]:
    """The profile, and every post, reel and kept story with its media."""
    if not files.matching(_files(root, _NAMES)):
        meta_export.refuse_pages(files, re.escape(root) + rf"{_ABOVE}{_NAMES}\.html", "Instagram")
    yield from _LIMITS
    account = _account(files, root, access)
    yield account
    tally = meta_export.Tally()
    audience = {True: Audience.FOLLOWERS, False: Audience.PUBLIC, None: None}[account.protected]
    if audience is None:
        reason = "this export does not tell whether the account is private"
        yield Unread("posts.audience", reason, permanent=True)
    for names, sort, kind in _SORTS:
        for raw in meta_export.items(files, _files(root, names)):
            tally.items += 1
            with suppress(Malformed):
                yield from _post(raw, access.account, tally, (sort, kind, audience))
                continue
            tally.odd += 1
    yield from tally.unread()


def _files(root: str, names: str) -> str:
    return re.escape(root) + rf"{_ABOVE}{names}\.json"


def _post(
    raw: dict[str, Any],
    account: str,
    tally: meta_export.Tally,
    what: tuple[str, PostKind, Audience | None],
) -> Iterator[Reading]:
    """A post of one or several pictures; words stand with the post or with its only picture."""
    sort, kind, audience = what
    shown = [mapping(one) for one in sequence(raw.get("media"))] or [raw]
    at = meta_export.moment(
        raw.get("creation_timestamp"),
        raw.get("timestamp"),
        *(one.get("creation_timestamp") for one in shown),
    )
    labels = meta_export.labels(raw)
    texts = [labels.get("Caption"), raw.get("title"), *(one.get("title") for one in shown)]
    text = next((one for one in texts if isinstance(one, str) and one), "")
    native = tally.identity(at, sort)
    post = Post(
        key=f"instagram:{native}",
        account=account,
        id=native,
        kind=kind,
        published_at=at,
        text=text,
        links=tuple(dict.fromkeys(URL.findall(text))),
        audience=audience,
        payload=meta_export.trimmed({k: v for k, v in raw.items() if k != "media"}),
    )
    yield post
    for place, one in enumerate(shown, 1):
        if found := meta_export.medium(one, post, place, platform="instagram"):
            yield found


def _account(files: Files, root: str, access: Access) -> Account:
    """The profile. Raises ``ExportUnusable`` for another's than the council file names."""
    raw = next(meta_export.items(files, re.escape(root) + _PROFILE), {})
    told = meta_export.labels(raw)
    wanted = _TAG.search(access.handle.strip())
    handle = (wanted[1] if wanted else access.handle).lower()
    own = told.get("Username", "")
    if own and not handle.isdecimal() and own.lower() != handle:
        raise ExportUnusable(
            f"the export is that of {own}, not of {access.handle}",
            "Correct the handle or the archive in the council file.",
        )
    private = told.get("Private Account", told.get("Private account", "")).lower()
    site = told.get("Website")
    return Account(
        key=f"instagram:{handle}",
        account=access.account,
        id=handle,
        platform="instagram",
        kind=access.kind,
        handle=own or handle,
        name=told.get("Name"),
        description=told.get("Bio", "" if told else None),
        permalink=f"https://www.instagram.com/{own or handle}/",
        links=(site,) if site else (() if told else None),
        protected={"true": True, "false": False}.get(private),
    )
