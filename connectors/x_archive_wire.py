"""Posts of X's account archive in the form in which the API answers, so that one module reads both.

The archive holds API v1.1's objects, numbers as text. Media get the API's own keys: a number for
their sort, and their id. Long posts stand cut in one file and whole, without their id, in another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from connectors import x_wire
from connectors.x_answer import Answer, mapping, moment, sequence
from socialaudit.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from connectors.x_answer import Raw

_CUT = re.compile(r"(?:…|\.\.\.)?\s*(?:https://t\.co/\w+\s*)*$")
_SAME = 60
"""Characters by which a long post is known as the one that was cut."""
_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_CLOCK = re.compile(r"\w{3} (\w{3}) (\d\d?) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})")


@dataclass(slots=True)
class Notes:
    """The whole texts of posts over 280 characters, by the second in which they were made."""

    by_second: dict[int, list[Raw]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, items: Iterable[Raw]) -> Notes:
        """From the items of ``note-tweet.js``."""
        found = cls()
        for raw in items:
            at, core = moment(raw.get("createdAt")), mapping(raw.get("core"))
            if at and isinstance(core.get("text"), str):
                found.by_second[int(at.timestamp())].append(core)
        return found

    def of_post(self, at: datetime, text: object) -> Raw | None:
        """The note of the post that was made then and begins with the same words."""
        start = str(x_wire.unescaped(_CUT.sub("", text)) if isinstance(text, str) else "")
        for second in range(int(at.timestamp()) - 2, int(at.timestamp()) + 3):
            for core in self.by_second.get(second, ()):
                if start and str(x_wire.unescaped(core["text"])).startswith(start[:_SAME]):
                    return {"text": core["text"], "entities": {"urls": _links(core)}}
        return None


def as_answered(raw: Raw, notes: Notes) -> tuple[Raw, Answer]:
    """A post of the archive as an answer of API v2 would hold it, and that answer.

    Raises ``Malformed``.
    """
    at = _time(raw.get("created_at"))
    native = str(raw.get("id_str") or raw.get("id") or "")
    text = raw.get("full_text", raw.get("text"))
    entities = mapping(raw.get("entities"))
    attached = mapping(raw.get("extended_entities")).get("media") or entities.get("media")
    found = [one for one in sequence(attached) if isinstance(one, dict)]
    media = [_medium(one) for one in found if str(one.get("id_str")).isdecimal()]
    shown = [{"url": one.get("url"), "display_url": "pic.x.com/"} for one in found[:1]]
    asked: Raw = {
        "id": native,
        "text": text,
        "created_at": at.isoformat(),
        "edit_history_tweet_ids": _versions(raw) or [native],
        "referenced_tweets": _references(raw, text),
        "entities": {"urls": [*sequence(entities.get("urls")), *shown]},
        "attachments": {"media_keys": [one["media_key"] for one in media]},
    }
    if note := notes.of_post(at, text):
        asked["note_tweet"] = note
    return asked, Answer.of({"data": [asked], "includes": {"media": media}})


def _references(raw: Raw, text: object) -> list[Raw]:
    """What a post answers or repeats; the archive does not name the post that it repeats."""
    reply_to = raw.get("in_reply_to_status_id_str") or raw.get("in_reply_to_status_id")
    to_user = raw.get("in_reply_to_user_id_str") or raw.get("in_reply_to_user_id")
    found = [{"type": "replied_to", "id": str(reply_to or "0")}] if reply_to or to_user else []
    if isinstance(text, str) and text.startswith("RT @"):
        found.append({"type": "retweeted", "id": "0"})
    return found


def _medium(raw: Raw) -> Raw:
    sort, shown = str(raw.get("type") or "photo"), str(raw.get("media_url_https") or "")
    number = {"photo": 3, "animated_gif": 16}.get(sort, 13 if "/amplify_video" in shown else 7)
    made: Raw = {"media_key": f"{number}_{raw['id_str']}", "type": sort}
    length = str(mapping(raw.get("video_info")).get("duration_millis"))
    if sort == "video" and length.isdecimal():
        made["duration_ms"] = int(length)
    if isinstance(raw.get("ext_alt_text"), str):
        made["alt_text"] = raw["ext_alt_text"]
    return made


def _versions(raw: Raw) -> list[str]:
    edits = mapping(raw.get("edit_info"))
    edited = mapping(mapping(edits.get("edit")).get("editControlInitial"))
    control = edited or mapping(edits.get("initial"))
    return [str(one) for one in sequence(control.get("editTweetIds"))]


def _links(core: Raw) -> list[Raw]:
    told = [url for url in sequence(core.get("urls")) if isinstance(url, dict)]
    return [{"url": u.get("shortUrl"), "expanded_url": u.get("expandedUrl")} for u in told]


def _time(value: Any) -> datetime:
    """``Wed Nov 18 09:00:00 +0000 2026``, or ISO 8601. Raises ``Malformed``."""
    found = _CLOCK.fullmatch(str(value))
    if found and found[1] in _NAMES:
        month, day, clock, zone, year = found.groups()
        with suppress(ValueError):
            written = f"{year}-{_NAMES.index(month) + 1:02}-{int(day):02}T{clock}{zone}"
            return datetime.fromisoformat(written)
    if at := moment(value):
        return at
    raise Malformed("a post without a time")
