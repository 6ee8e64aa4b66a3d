"""Builders of data exports, as the platforms make them, for tests."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

from connectors import Access
from connectors.archive import Archive
from connectors.transport import Unlimited
from socialaudit.models import AccountKind, Unread

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from socialaudit.models import Known, Reading

MADE = (2026, 11, 20, 12, 0, 0)
"""What the clock of a zip says of its entries."""


def packed(
    folder: Path, files: Mapping[str, Any], name: str = "export.zip", *, within: str = ""
) -> Path:
    """A zip of texts and JSON values by their names, all below ``within``."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for entry, content in files.items():
            body = content if isinstance(content, str | bytes) else json.dumps(content)
            made.writestr(zipfile.ZipInfo(within + entry, MADE), body, zipfile.ZIP_DEFLATED)
    return path


def unpacked(folder: Path, files: Mapping[str, Any]) -> Path:
    """The same as a folder."""
    for entry, content in files.items():
        path = folder / entry
        path.parent.mkdir(parents=True, exist_ok=True)
        body = content if isinstance(content, str | bytes) else json.dumps(content)
        path.write_bytes(body.encode() if isinstance(body, str) else body)
    return folder


def opened(platform: str, path: Path, handle: str) -> Archive:
    """An export as a connector."""
    return Archive(platform, access_to(platform, path, handle))


def access_to(platform: str, path: Path, handle: str) -> Access:
    """What a connector of an export is given."""
    return Access(
        account=platform,
        handle=handle,
        kind=AccountKind.COUNCIL,
        limiter=Unlimited(),
        salt=b"salt",
        archive=path,
    )


def read(archive: Archive, since: datetime, until: datetime) -> dict[str, Reading]:
    """What an export gives for a window, by key; what was not read under ``unread FACT``."""
    found = list(archive.read(since, until))
    return {name_of(one): one for one in found}


def reread(archive: Archive, *known: Known) -> dict[str, Reading]:
    """What an export gives for known records, by key."""
    return {name_of(one): one for one in archive.reread(known)}


def name_of(one: Reading) -> str:
    """The key of a record, and what else to call a reading."""
    if isinstance(one, Unread):
        return f"unread {one.fact}"
    return getattr(one, "key", f"gone {one}")


def in_latin(value: Any) -> Any:
    """Texts as Meta writes them: each byte of their UTF-8 as a character of its own."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [in_latin(one) for one in value]
    if isinstance(value, dict):
        return {k: in_latin(v) for k, v in value.items()}
    return value


def ytd(name: str, items: list[Any], part: int = 0) -> str:
    """A file of X's account archive."""
    return f"window.YTD.{name}.part{part} = {json.dumps(items, indent=2)}"


def a_tweet(native: int, text: str = "Good morning", **fields: Any) -> dict[str, Any]:
    """A post of X's archive of Wednesday 18 November 2026, nine o'clock."""
    told = {
        "edit_info": {"initial": {"editTweetIds": [str(native)], "editsRemaining": "5"}},
        "retweeted": False,
        "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", str(len(text))],
        "favorite_count": "3",
        "id_str": str(native),
        "truncated": False,
        "retweet_count": "1",
        "id": str(native),
        "created_at": "Wed Nov 18 09:00:00 +0000 2026",
        "favorited": False,
        "full_text": text,
        "lang": "en",
    }
    return {"tweet": told | fields}


def a_photo(native: int, **fields: Any) -> dict[str, Any]:
    """``extended_entities`` of a post with one picture."""
    told = {
        "expanded_url": "https://twitter.com/CromerTC/status/1/photo/1",
        "indices": ["13", "36"],
        "url": "https://t.co/shown",
        "media_url": f"http://pbs.twimg.com/media/{native}.jpg",
        "media_url_https": f"https://pbs.twimg.com/media/{native}.jpg",
        "id_str": str(native),
        "id": str(native),
        "type": "photo",
        "display_url": "pic.twitter.com/shown",
    }
    return {"media": [told | fields]}


def x_files(
    *tweets: dict[str, Any], made: str = "2026-11-20T10:00:00.000Z", **more: Any
) -> dict[str, Any]:
    """X's account archive."""
    manifest = {
        "userInfo": {"accountId": "77", "userName": "CromerTC", "displayName": "Cromer"},
        "archiveInfo": {
            "sizeBytes": "1000",
            "generationDate": made,
            "isPartialArchive": False,
            "maxPartSizeBytes": "53687091200",
        },
    }
    account = {
        "email": "clerk@example.gov.uk",
        "createdVia": "web",
        "username": "CromerTC",
        "accountId": "77",
        "createdAt": "2011-03-01T10:00:00.000Z",
        "accountDisplayName": "Cromer Town Council",
    }
    told = {"bio": "News &amp; views", "website": "https://t.co/site", "location": "Cromer"}
    return {
        "Your archive.html": "<html></html>",
        "data/manifest.js": f"window.__THAR_CONFIG = {json.dumps(manifest)}",
        "data/account.js": ytd("account", [{"account": account}]),
        "data/profile.js": ytd("profile", [{"profile": {"description": told}}]),
        "data/tweets.js": ytd("tweets", list(tweets)),
        "data/tweets_media/1-x.jpg": b"\xff\xd8",
        **more,
    }
