"""Sound recordings without a transcript.

WCAG 2.2 success criterion 1.2.1 asks for the words of recorded speech as text. A transcript may be
attached, linked, or the text of the post itself; which one it is, is read out of the post, and one
may stand where nobody can see it from here: always *possible*. Recordings published before 23
September 2020 are left out, as the Public Sector Bodies Accessibility Regulations 2018 do, and so is
a live broadcast for its first 14 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind
from socialaudit.transcripts import Told, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

AUTOMATIC = "Its transcript was made by a machine. It may get names and votes wrong."
SEEN = {
    "": "We found no transcript of this recording.",
    "later": "The post says that a transcript will follow. We found none yet.",
    "none": "The post says that there is no transcript.",
    "on request": "The post offers a transcript on request only.",
}


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``published_from``: older recordings are left out. ``live_days``: how long a broadcast may stay up.

    ``on_request``: it will do to offer a transcript to those who ask. ``words_a_minute``: a text with this many for each minute of the recording is taken for its transcript.
    """

    published_from: date = date(2020, 9, 23)
    live_days: Annotated[int, Ge(0)] = 14
    on_request: bool = True
    words_a_minute: Annotated[int, Ge(1)] = 90


@check(
    id="audio-transcript",
    title="Every sound recording has a transcript",
    examines="media",
    needs=("media", "posts"),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Add a transcript of this recording",
    joined="Add transcripts of {n} recordings",
    fixed="transcript added",
    why="People who are deaf or hard of hearing cannot know what is said without its words.",
    minutes=30,
    references=(
        "WCAG 2.2 success criterion 1.2.1, Audio-only and Video-only (Prerecorded), Level A",
        "Equality Act 2010, sections 20, 29 and 149",
        "Public Sector Bodies Accessibility Regulations 2018, which do not mention social media",
    ),
    parameters=Parameters,
)
def audio_transcript(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """A transcript made by a machine takes until the end of the month.

    One that is attached and could not be read this time leaves its recording unknown.
    """
    wanted: Parameters = context.parameters
    start = datetime.combine(wanted.published_from, time(), context.timezone)
    settled = context.now - timedelta(days=wanted.live_days)
    sounds = records.own_media("audio")
    broadcast = sounds["live"].isin(["recorded"]) & (sounds["published_at"] >= settled)
    live = broadcast | sounds["live"].isin(["upcoming", "now"])
    sounds = sounds[(sounds["published_at"] >= start) & ~live]
    posts = {post.key: post for post in records.rows(records.posts)}
    found = {s.key: _told(posts.get(s.post), s, wanted) for s in records.rows(sounds)}
    attached = sounds["captions"].isin(["standard"])
    machine = sounds["captions"].isin(["automatic"])
    silent = sounds["key"].map({key: said is None for key, said in found.items()}).astype("boolean")
    unread = sounds["captions"].isna() & sounds["account"].isin(_unread(context))
    unknown = (silent & ~attached & ~machine) | unread
    yield Scope(sounds, unknown)
    for sound in records.rows(sounds[~unknown & ~attached]):
        said = found[sound.key]
        if said and said.way in {"linked", "named", "written out"}:
            continue
        yield _observation(sound, said or Told("", ""), wanted)


def _unread(context: Context) -> list[str]:
    """Accounts with transcripts that are attached and could not be read this time."""
    return [
        account
        for account, lost in context.coverage.items()
        if any(fact.fact == "media.captions" for fact in lost)
    ]


def _told(post: Any, sound: Any, wanted: Parameters) -> Told | None:
    """What a post tells of a transcript; ``None`` where it or its links were not told."""
    if post is None or not isinstance(post.text, str) or not isinstance(post.links, tuple):
        return None
    title = post.title if isinstance(post.title, str) else ""
    minutes = sound.duration / 60 if isinstance(sound.duration, float) else None
    least = round(minutes * wanted.words_a_minute) if minutes else None
    return told(f"{title}\n{post.text}", post.links, least)


def _observation(sound: Any, said: Told, wanted: Parameters) -> Observation:
    machine = isinstance(sound.captions, str) and sound.captions == "automatic"
    allowed = wanted.on_request and said.way == "on request"
    return Observation(
        record=sound.key,
        message=AUTOMATIC if machine else SEEN[said.way],
        confidence=Confidence.POSSIBLE,
        instruction="Correct the transcript of this recording" if machine else "",
        urgency=Urgency.MONTH if machine else None,
        excused="The policy lets it be given to those who ask." if allowed else "",
        would_pass="The post holds or links to what is said, or nobody speaks in it.",
        evidence={"transcript": said.way or "none seen", "words": said.words},
    )
