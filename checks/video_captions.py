"""Videos without captions, or with automatic captions only.

WCAG 2.2 success criterion 1.2.2 asks for captions on recorded video; it does not say how accurate
they must be, so automatic captions are only a possible failure. Two exceptions of the Public Sector
Bodies Accessibility Regulations 2018 are kept: video published before 23 September 2020, and live
video, where a recording that is left up for more than 14 days counts as recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``published_from``: older video is left out. ``live_days``: how long a broadcast may stay up."""

    published_from: date = date(2020, 9, 23)
    live_days: Annotated[int, Ge(0)] = 14


@check(
    id="video-captions",
    title="Every video has captions that a person made or checked",
    examines="media",
    needs=("media.captions",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Add captions to this video",
    joined="Add captions to {n} videos",
    fixed="captions added",
    why="People who are deaf or hard of hearing cannot follow a video without correct captions.",
    minutes=30,
    references=(
        "WCAG 2.2 success criterion 1.2.2, Captions (Prerecorded), Level A",
        "Equality Act 2010, sections 20, 29 and 149",
        "Public Sector Bodies Accessibility Regulations 2018, which do not mention social media",
    ),
    parameters=Parameters,
)
def video_captions(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """None is certain, automatic only is possible, and takes until the end of the month."""
    wanted: Parameters = context.parameters
    start = datetime.combine(wanted.published_from, time(), context.timezone)
    settled = context.now - timedelta(days=wanted.live_days)
    videos = records.own_media("video")
    recent = videos["live"].isin(["recorded"]) & (videos["published_at"] >= settled)
    live = recent | videos["live"].isin(["upcoming", "now"])
    videos = videos[(videos["published_at"] >= start) & ~live]
    good = videos["captions"].isin(["standard"])
    unknown = videos["captions"].isna() | (videos["live"].isna() & ~good)
    yield Scope(videos, unknown)
    for video in records.rows(videos[~unknown & ~good]):
        if video.captions == "none":
            yield Observation(
                record=video.key,
                message="This video has no captions.",
                would_pass="It has captions that a person made or checked, or it has no sound.",
                evidence={"captions": "none"},
            )
        else:
            yield Observation(
                record=video.key,
                message="It has automatic captions only. They often get names and votes wrong.",
                confidence=Confidence.POSSIBLE,
                instruction="Correct the automatic captions on this video",
                urgency=Urgency.MONTH,
                would_pass="A person has corrected the captions and published them.",
                evidence={"captions": "automatic only"},
            )
