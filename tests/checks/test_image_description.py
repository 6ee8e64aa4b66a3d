from __future__ import annotations

import pytest

from checks.image_description import image_description
from socialaudit.check import Confidence
from socialaudit.models import MediaKind, PostKind
from tests.checks.judging import judged
from tests.records import a_medium, a_post, a_video


@pytest.mark.parametrize("alt", ["", " ", "\n\t", "\u200b\u200d", "\u00a0\u2800\u3164", "\ufe0f"])
@pytest.mark.parametrize("kind", [MediaKind.IMAGE, MediaKind.ANIMATION])
def test_a_description_that_shows_nothing_is_none(alt: str, kind: MediaKind) -> None:
    said = judged(image_description, a_post(), a_medium(alt_text=alt, kind=kind))
    assert said.only.confidence == Confidence.CERTAIN


def test_a_guess_by_the_platform_does_not_count() -> None:
    guessed = a_medium(alt_text="", automatic_alt_text="May be an image of one person")
    assert judged(image_description, a_post(), guessed).records == {guessed.key}


@pytest.mark.parametrize("alt", ["Apples.", "é", "🎄", "لافتة", "Y farchnad ddydd Sadwrn"])
def test_a_description_is_well(alt: str) -> None:
    said = judged(image_description, a_post(), a_medium(alt_text=alt))
    assert (said.records, said.examined) == (set(), 1)


def test_a_description_of_which_nothing_is_told_is_unknown() -> None:
    said = judged(image_description, a_post(), a_medium(alt_text=None))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)


def test_reposts_and_videos_are_not_scored() -> None:
    said = judged(
        image_description,
        a_post(kind=PostKind.REPOST),
        a_medium(alt_text=""),
        a_video(alt_text="", post="facebook:11"),
    )
    assert (said.records, said.examined) == (set(), 0)
