"""What the exports of Facebook and Instagram have in common: text to repair, labels, media, dates.

Meta writes each byte of a UTF-8 text as a character of its own (``Ã©`` for ``é``). It shows no ids,
so records are known by the second in which they were made and their place within it. Those keys
hold from export to export, and hold a ``#``, so that no connector asks the platform for them.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from connectors import EXPORTED, archive_json
from connectors.transport import scrub, utc
from connectors.x_answer import mapping, sequence
from socialaudit.errors import ExportUnusable, Malformed
from socialaudit.models import Captions, Media, MediaKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.archive_files import Files
    from socialaudit.models import Post

_VIDEOS = frozenset({".mp4", ".mov", ".m4v", ".webm", ".avi", ".mkv"})
_SOUNDS = frozenset({".mp3", ".m4a", ".aac", ".wav", ".ogg", ".opus"})
_DATES = (
    re.compile(r"(?<!\d)(?P<y>20\d\d)[-_](?P<m>[01]?\d)[-_](?P<d>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>[0-3]?\d)[-_](?P<m>[01]?\d)[-_](?P<y>20\d\d)(?!\d)"),
)
"""How the name of an export tells its day, which depends on the language of who asked for it."""
_LONE = frozenset({"timestamp", "creation_timestamp"})
_LONE_BYTES = 1_000_000
_PRIVATE = frozenset({"exif_data", "upload_ip", "photo_metadata", "camera_metadata", "tags"})
"""What tells of people and places: addresses of uploaders, positions of cameras, who is shown."""


@dataclass(slots=True)
class Tally:
    """Which ids were given, and how many items could not be understood."""

    items: int = 0
    odd: int = 0
    given: Counter[str] = field(default_factory=Counter)

    def identity(self, at: datetime, sort: str = "") -> str:
        """An id for what the platform shows without one."""
        own = f"{EXPORTED}{sort}{int(at.timestamp())}"
        self.given[own] += 1
        return own if self.given[own] == 1 else f"{own}-{self.given[own]}"

    def unread(self) -> Iterator[Unread]:
        """What to say of what could not be understood."""
        if self.odd:
            reason = f"{self.odd} of {self.items} could not be understood"
            yield Unread("posts", reason, partial=True)


def repaired(value: Any) -> Any:
    """A value with all its texts as they were written; what was right already stays as it is."""
    if isinstance(value, str):
        try:
            return value.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return value
    if isinstance(value, list):
        return [repaired(one) for one in value]
    if isinstance(value, dict):
        return {repaired(k): repaired(v) for k, v in value.items()}
    return value


def items(files: Files, pattern: str, key: str | None = None) -> Iterator[dict[str, Any]]:
    """The items of all files that a pattern fits; what is no object is an empty one.

    Meta writes a list of one item as that item alone.
    """
    for name in files.matching(pattern):
        if not name.lower().endswith(".json"):
            continue
        if lone := _lone(files, name):
            yield mapping(repaired(lone))
            continue
        with closing(files.text(name)) as text:
            for item in archive_json.items(text, key):
                yield mapping(repaired(item))


def _lone(files: Files, name: str) -> dict[str, Any]:
    """The item that stands in place of a list; empty where there is a list."""
    if files.sizes[name] > _LONE_BYTES:
        return {}
    with closing(files.text(name)) as text, suppress(Malformed):
        told = mapping(archive_json.whole(text))
        return told if told.keys() & _LONE else {}
    return {}


def document(files: Files, pattern: str) -> dict[str, Any]:
    """The first file that a pattern fits as one object; empty where there is none to understand."""
    for name in files.matching(pattern):
        with closing(files.text(name)) as text, suppress(Malformed):
            return mapping(repaired(archive_json.whole(text)))
    return {}


def labels(item: dict[str, Any]) -> dict[str, str]:
    """Texts by their label, in the ways in which Meta writes such pairs."""
    told: dict[str, str] = {}
    for label, one in mapping(item.get("string_map_data")).items():
        told[label] = str(mapping(one).get("value") or "")
    for one in labelled(item):
        if isinstance(one.get("label"), str):
            told.setdefault(one["label"], str(one.get("value") or ""))
    return told


def labelled(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The labelled parts of an item, as Meta has written them since 2025."""
    yield from (mapping(one) for one in sequence(item.get("label_values")))


def moment(*values: Any) -> datetime:
    """The first of some Unix times that is one. Raises ``Malformed``."""
    for value in values:
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return utc(value)
    raise Malformed("a post without a time")


def medium(raw: dict[str, Any], post: Post, place: int, *, platform: str) -> Media | None:
    """A picture, video or sound of a post by its file; None where there is no file.

    ``place`` tells those of one post apart. Instagram makes the subtitles of its videos itself.
    """
    uri = raw.get("uri")
    if not isinstance(uri, str) or not uri:
        return None
    ending = PurePosixPath(uri).suffix.lower()
    kind = MediaKind.VIDEO if ending in _VIDEOS else MediaKind.IMAGE
    kind = MediaKind.AUDIO if ending in _SOUNDS else kind
    video = mapping(mapping(raw.get("media_metadata")).get("video_metadata"))
    own = kind is MediaKind.VIDEO and platform == "instagram" and video.get("subtitles")
    native = f"{post.id}/{place}"
    return Media(
        key=f"{platform}:{native}",
        account=post.account,
        id=native,
        post=post.key,
        kind=kind,
        published_at=post.published_at,
        captions=Captions.AUTOMATIC if own else None,
        payload=trimmed(raw),
    )


def trimmed(raw: Any) -> Any:
    """A raw item without what tells of people and places."""
    if isinstance(raw, dict):
        return scrub({k: trimmed(v) for k, v in raw.items() if k not in _PRIVATE})
    return [trimmed(one) for one in raw] if isinstance(raw, list) else raw


def made_at(files: Files, root: str, pattern: str) -> datetime | None:
    """The day that the export's or its folder's name tells; or the time of its posts in the zip."""
    for name in (files.called, *reversed(root.split("/"))):
        for found in filter(None, (form.search(name) for form in _DATES)):
            with suppress(ValueError):
                return datetime(int(found["y"]), int(found["m"]), int(found["d"]), tzinfo=UTC)
    names = files.matching(pattern)
    return files.packed_at(names[0]) if names else None


def refuse_pages(files: Files, pattern: str, platform: str) -> None:
    """Raise ``ExportUnusable`` for an export that was asked for as web pages."""
    if files.matching(pattern):
        raise ExportUnusable(
            f"this export of {platform} was made as web pages (HTML), which we cannot read",
            'Ask for it again and choose "JSON" as its format.',
        )
