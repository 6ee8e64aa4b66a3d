from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checks.audio_transcript import Parameters, audio_transcript
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Captions, Live, PostKind, Unread
from tests.checks.judging import judged
from tests.records import NOW, a_post, a_recording, a_video

EPISODE = "Episode 7: the Mayor talks to Barry about the new bus."


def test_a_recording_without_a_transcript_is_possible() -> None:
    said = judged(audio_transcript, a_post(text=EPISODE), a_recording()).only
    assert (said.confidence, said.urgency) == (Confidence.POSSIBLE, None)
    assert said.message == "We found no transcript of this recording."
    assert said.evidence == {"transcript": "none seen", "words": ""}


@pytest.mark.parametrize(
    "post",
    [
        a_post(text=f"{EPISODE} Transcript: www.testham.example/7"),
        a_post(text=EPISODE, links=("https://www.testham.example/7/transcript.pdf",)),
        a_post(text="and so we said " * 50),
    ],
)
def test_a_transcript_in_the_post_or_behind_its_link_is_well(post: Any) -> None:
    assert judged(audio_transcript, post, a_recording(duration=60.0)).records == set()


def test_a_transcript_that_is_attached_is_well_and_one_by_a_machine_is_for_this_month() -> None:
    post = a_post(text=None)
    assert judged(audio_transcript, post, a_recording(captions=Captions.STANDARD)).examined == 1
    said = judged(audio_transcript, post, a_recording(captions=Captions.AUTOMATIC)).only
    assert said.urgency == Urgency.MONTH
    assert said.instruction == "Correct the transcript of this recording"


def test_a_transcript_that_is_promised_or_denied_is_none_yet() -> None:
    promised = a_post(text=f"{EPISODE} The transcript will follow.")
    denied = a_post(text=f"{EPISODE} Sorry, no transcript this time.")
    assert "will follow" in judged(audio_transcript, promised, a_recording()).only.message
    assert "there is no" in judged(audio_transcript, denied, a_recording()).only.message


def test_a_transcript_on_request_is_allowed_unless_the_policy_says_otherwise() -> None:
    records = a_post(text=f"{EPISODE} Transcript on request."), a_recording()
    said = judged(audio_transcript, *records).only
    assert said.excused == "The policy lets it be given to those who ask."
    strict = judged(audio_transcript, *records, parameters=Parameters(on_request=False)).only
    assert strict.excused == ""


@pytest.mark.parametrize(
    "records",
    [
        (a_recording(),),
        (a_recording(), a_post(text=None)),
        (a_recording(), a_post(text=EPISODE, links=None)),
    ],
)
def test_a_recording_whose_post_or_links_were_not_told_is_unknown(records: Any) -> None:
    said = judged(audio_transcript, *records)
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)


def test_a_recording_whose_attached_transcript_could_not_be_read_is_unknown() -> None:
    records = (
        a_post(text=EPISODE),
        a_recording(),
        a_recording(id="31", captions=Captions.NONE),
        a_recording(id="32", captions=Captions.STANDARD),
    )
    lost = Unread("media.captions", "recordings whose transcript could not be read: 1")
    said = judged(audio_transcript, *records, coverage={records[0].account: (lost,)})
    assert said.records == {records[2].key}
    assert (said.examined, said.unknown) == (2, 1)


def test_videos_reposts_old_recordings_and_fresh_broadcasts_are_left_out() -> None:
    old = datetime(2020, 9, 22, 12, tzinfo=UTC)
    said = judged(
        audio_transcript,
        a_post(kind=PostKind.REPOST),
        a_recording(),
        a_video(post="facebook:11"),
        a_recording(id="31", post="facebook:11", published_at=old),
        a_recording(id="32", post="facebook:11", live=Live.RECORDED),
        a_recording(id="33", post="facebook:11", live=Live.NOW),
    )
    assert (said.records, said.examined, said.unknown) == (set(), 0, 0)


def test_a_broadcast_that_stays_up_needs_one() -> None:
    after = NOW - timedelta(days=15)
    sound = a_recording(live=Live.RECORDED, published_at=after)
    assert judged(audio_transcript, a_post(text=EPISODE), sound).records == {sound.key}
