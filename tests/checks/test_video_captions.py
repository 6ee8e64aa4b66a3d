from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from checks.video_captions import Parameters, video_captions
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Audience, Captions, Live, PostKind
from tests.checks.judging import judged
from tests.records import NOW, a_medium, a_post, a_video


def test_no_captions_are_certain() -> None:
    said = judged(video_captions, a_post(), a_video(captions=Captions.NONE))
    assert said.only.confidence == Confidence.CERTAIN
    assert said.only.urgency is None


def test_automatic_captions_are_possible_and_for_this_month() -> None:
    said = judged(video_captions, a_post(), a_video(captions=Captions.AUTOMATIC))
    assert said.only.confidence == Confidence.POSSIBLE
    assert said.only.urgency == Urgency.MONTH
    assert said.only.instruction == "Correct the automatic captions on this video"


def test_captions_by_a_person_are_well() -> None:
    said = judged(video_captions, a_post(), a_video())
    assert (said.records, said.examined, said.unknown) == (set(), 1, 0)


@pytest.mark.parametrize(
    ("published_at", "examined"),
    [
        (datetime(2020, 9, 22, 22, 59, tzinfo=UTC), 0),
        (datetime(2020, 9, 22, 23, 0, tzinfo=UTC), 1),  # midnight of the 23rd in British summer
    ],
)
def test_video_from_before_23_september_2020_is_left_out(
    published_at: datetime, examined: int
) -> None:
    old = a_video(captions=Captions.NONE, published_at=published_at)
    assert judged(video_captions, a_post(), old).examined == examined


@pytest.mark.parametrize(
    ("live", "days", "examined"),
    [
        (Live.UPCOMING, 20, 0),
        (Live.NOW, 0, 0),
        (Live.RECORDED, 14, 0),
        (Live.RECORDED, 15, 1),
        (Live.NEVER, 1, 1),
    ],
)
def test_a_broadcast_counts_when_its_recording_stays_up(
    live: Live, days: int, examined: int
) -> None:
    video = a_video(captions=Captions.NONE, live=live, published_at=NOW - timedelta(days=days))
    assert judged(video_captions, a_post(), video).examined == examined


def test_captions_or_a_broadcast_of_which_nothing_is_told_are_unknown() -> None:
    said = judged(
        video_captions,
        a_post(),
        a_video(captions=None),
        a_video(id="22", captions=Captions.NONE, live=None),
        a_video(id="23", live=None),
    )
    assert (said.records, said.examined, said.unknown) == (set(), 1, 2)


def test_other_peoples_videos_unseen_ones_and_pictures_are_not_scored() -> None:
    said = judged(
        video_captions,
        a_post(kind=PostKind.REPOST),
        a_post(id="11", audience=Audience.UNPUBLISHED),
        a_post(id="12"),
        a_video(captions=Captions.NONE),
        a_video(id="22", post="facebook:11", captions=Captions.NONE),
        a_medium(id="24", post="facebook:12"),
    )
    assert (said.records, said.examined) == (set(), 0)


def test_the_policy_may_set_other_dates() -> None:
    video = a_video(captions=Captions.NONE, published_at=datetime(2019, 5, 14, tzinfo=UTC))
    said = judged(video_captions, video, parameters=Parameters(published_from=date(2019, 1, 1)))
    assert said.records == {video.key}
