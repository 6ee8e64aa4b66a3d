"""Export: YouTube's part of Google Takeout, named as ``archive`` in the council file.

A zip or a folder will do; of several zips unpack all into one folder. To ask for it, open takeout.google.com as the channel, choose only "YouTube and YouTube Music", and within it
"videos" and "video metadata" and "channels" (the files of the videos are not needed); the Google
account's language must be English while asking. Google makes it within some minutes to two days.
It holds every video with YouTube's own ids, title, length and who may see it, so findings carry on
when the API is connected. It does not hold captions, descriptions (newer ones), comments by others
nor the channel's settings: these are *not assessed*.
"""

from __future__ import annotations

import csv
import re
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from connectors import archive_json, youtube_wire
from connectors.transport import scrub
from connectors.x_answer import mapping
from socialaudit.errors import ExportUnusable, Malformed
from socialaudit.models import Account, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access
    from connectors.archive_files import Files
    from socialaudit.models import Reading

LOOKS = "YouTube’s part of Google Takeout"
WHOLE = True
_YOUTUBE = r"(?:Takeout/)?YouTube[^/]*/"
_LIST = r"[^/]*metadata/videos(?:\(\d+\))?\.csv"
_VIDEOS = rf"(?:{_YOUTUBE})?{_LIST}"
_OLDER = rf"{_YOUTUBE}[^/]*/[^/]*\.json"
_CHANNEL = rf"(?:{_YOUTUBE})?channels/channels?(?:\(\d+\))?\.csv"
_CHANNEL_ID = re.compile(r"UC[\w-]{22}")
_STAMP = re.compile(r"takeout-(\d{8}T\d{6}Z)")
_LIMITS = tuple(
    Unread(fact, f"Google Takeout does not hold {what}", permanent=True)
    for fact, what in (
        ("comments", "what others wrote"),
        ("media.captions", "captions"),
        ("settings", "the settings of a channel"),
    )
)
_PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "snippet": {
        "title": ("Video Title (Original)", "Video Title"),
        "description": ("Video Description (Original)", "Video Description"),
        "publishedAt": ("Video Publish Timestamp", "Video Create Timestamp"),
    },
    "status": {"privacyStatus": ("Privacy",), "uploadStatus": ("Video State",)},
}
"""Columns, by the names that YouTube's API has for the same."""


def root(files: Files) -> str | None:
    """The folder above ``Takeout`` or the folder of YouTube, or that folder itself."""
    found = files.root(rf"{_YOUTUBE}(?:[^/]+/)*[^/]+\.(?:csv|json)")
    return files.root(_LIST) if found is None else found


def made_at(files: Files, root: str) -> datetime | None:
    """The moment in the zip's name, or that of its clock."""
    for name in (files.called, root):
        if found := _STAMP.search(name):
            with suppress(ValueError):
                return datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    names = files.matching(re.escape(root) + _VIDEOS)
    return files.packed_at(names[0]) if names else None


def records(files: Files, root: str, access: Access) -> Iterator[Reading]:
    """The channel and every video."""
    videos = files.matching(re.escape(root) + _VIDEOS)
    older = [] if videos else _listed(files, re.escape(root) + _OLDER)
    if not videos and not older:
        raise ExportUnusable(
            "the export holds no list of videos that we can read",
            "Set the Google account’s language to English, and ask for the export again with "
            "“videos” and “video metadata” in it.",
        )
    yield from _LIMITS
    found = [item for name in videos for item in _rows(files, name)] + older
    yield _channel(files, root, access, found)
    odd, handle = 0, _handle(access)
    for item in found:
        whose = mapping(item.get("snippet")).get("channelId")
        if _CHANNEL_ID.fullmatch(handle) and whose not in {None, handle}:
            continue
        try:
            post = youtube_wire.post(item, access.account)
            medium = youtube_wire.media(item, access.account, None, None)
        except Malformed:
            odd += 1
            continue
        yield post
        yield medium
    if odd:
        reason = f"{odd} of {len(found)} videos could not be understood"
        yield Unread("posts", reason, partial=True)


def _rows(files: Files, name: str) -> Iterator[dict[str, Any]]:
    """The rows of ``videos.csv`` in the form in which YouTube's API lists videos."""
    for row in _table(files, name):
        parts = {
            part: {k: v for k, names in fields.items() if (v := _cell(row, *names)) is not None}
            for part, fields in _PARTS.items()
        }
        parts["status"] = {k: v.lower() for k, v in parts["status"].items()}
        length = _cell(row, "Approx Duration (ms)") or ""
        details = {"duration": f"PT{int(length) // 1000}S"} if length.isdecimal() else {}
        channel = {"channelId": _cell(row, "Channel ID")}
        snippet = {**parts["snippet"], **channel}
        yield {
            "id": _cell(row, "Video ID"),
            "snippet": snippet,
            "status": parts["status"],
            "contentDetails": details,
        }


def _listed(files: Files, pattern: str) -> list[dict[str, Any]]:
    """Videos as Takeout wrote them until 2022: the API's own items, a file for each."""
    found = []
    for name in files.matching(pattern):
        with closing(files.text(name)) as text, suppress(Malformed):
            told = archive_json.whole(text)
            listed = told if isinstance(told, list) else [told]
            found += [one for one in listed if isinstance(mapping(one).get("snippet"), dict)]
    return found


def _channel(files: Files, root: str, access: Access, videos: list[dict[str, Any]]) -> Account:
    """The channel. Raises ``ExportUnusable`` for another's than the council file names."""
    rows = [
        row for name in files.matching(re.escape(root) + _CHANNEL) for row in _table(files, name)
    ]
    own = [row for row in rows if _cell(row, "Channel ID") == _handle(access)]
    row = next(iter([*own, *rows]), {})
    listed = [str(mapping(one.get("snippet")).get("channelId") or "") for one in videos]
    native = _cell(row, "Channel ID") or next((one for one in listed if one), "")
    handle = _handle(access)
    if handle in listed:
        native = handle
    if native and _CHANNEL_ID.fullmatch(handle) and handle != native:
        raise ExportUnusable(
            f"the export is that of the channel {native}, not of {handle}",
            "Correct the handle or the archive in the council file.",
        )
    native = native or handle
    seen = (_cell(row, "Channel Visibility") or "").lower()
    return Account(
        key=f"youtube:{native}",
        account=access.account,
        id=native,
        platform="youtube",
        kind=access.kind,
        handle=access.handle,
        name=_cell(row, "Channel Title (Original)", "Channel Title"),
        permalink=f"https://www.youtube.com/channel/{native}",
        protected={"public": False, "private": True}.get(seen),
        payload=scrub(row),
    )


def _handle(access: Access) -> str:
    """The last part of a handle, which may be the address of a channel."""
    return access.handle.strip().rstrip("/").rsplit("/", 1)[-1]


def _table(files: Files, name: str) -> Iterator[dict[str, Any]]:
    with closing(files.text(name)) as text:
        try:
            yield from csv.DictReader(text)
        except csv.Error:
            raise Malformed("a table that cannot be understood") from None


def _cell(row: dict[str, Any], *names: str) -> str | None:
    """The first of some columns that is there and not empty; letter case ignored."""
    lowered = {str(k).lower().strip(): v for k, v in row.items()}
    told = [lowered.get(name.lower()) for name in names]
    return next((one for one in told if isinstance(one, str) and one), None)
