from __future__ import annotations

import pytest

from checks.words_in_pictures import Parameters, words_in_pictures
from socialaudit.check import Confidence
from socialaudit.models import PostKind
from tests.checks.judging import judged
from tests.records import a_medium, a_post, a_video

SHORT = "It’s nearly time! ✨🎄"
POSTER = "Poster: lights switch-on, Saturday 28 November, 6pm, Broad Street"


def test_a_post_that_sends_people_to_its_poster_is_possible() -> None:
    said = judged(words_in_pictures, a_post(text="See poster for details"), a_medium()).only
    assert said.confidence == Confidence.POSSIBLE
    assert said.message.endswith("We cannot read the words in a picture.")
    assert said.evidence == {
        "why": "sends people to the picture",
        "words": "see poster",
        "picture": "its words were not read",
    }


def test_a_description_that_tells_more_than_the_post_says_so() -> None:
    said = judged(words_in_pictures, a_post(text=SHORT), a_medium(alt_text=POSTER)).only
    assert said.message.startswith(
        "The description of its picture tells what the post does not: day, place, time."
    )


def test_the_guess_of_a_platform_tells_that_there_are_words() -> None:
    guessed = a_medium(alt_text="", automatic_alt_text="May be an image of text that says 'Lights'")
    said = judged(words_in_pictures, a_post(text=SHORT), guessed).only
    assert said.evidence["why"] == "says little"


@pytest.mark.parametrize(
    "post",
    [
        a_post(text="Lights switch-on, Saturday 28 November, 6pm, Broad Street"),
        a_post(text=SHORT, links=("https://www.testham.example/lights",)),
        a_post(text=SHORT, kind=PostKind.REPOST),
        a_post(title="Lights: Saturday 28 November, 6pm, Broad Street", text="See poster"),
    ],
)
def test_a_post_with_the_facts_a_link_or_by_others_is_well(post: object) -> None:
    assert isinstance(post, type(a_post()))
    assert judged(words_in_pictures, post, a_medium(alt_text=POSTER)).records == set()


def test_a_post_without_a_picture_is_not_looked_at() -> None:
    said = judged(words_in_pictures, a_post(text="See poster for details"), a_video())
    assert (said.records, said.examined, said.unknown) == (set(), 0, 0)


def test_a_policy_may_want_more_words() -> None:
    records = (
        a_post(text="The lights are nearly up, thanks to all of you"),
        a_medium(alt_text="Poster by Year 4"),
    )
    assert judged(words_in_pictures, *records).records == set()
    more = Parameters(few_words=20)
    assert judged(words_in_pictures, *records, parameters=more).records == {"facebook:10"}


def test_what_was_not_told_is_unknown_unless_the_rest_tells_enough() -> None:
    for records in (
        (a_post(text=None), a_medium(alt_text=POSTER)),
        (a_post(text=SHORT), a_medium(alt_text=None)),
        (a_post(text=SHORT, links=None), a_medium()),
    ):
        said = judged(words_in_pictures, *records)
        assert (said.records, said.examined, said.unknown) == (set(), 0, 1)
    pointed = judged(words_in_pictures, a_post(text="See poster"), a_medium(alt_text=None))
    assert (pointed.records, pointed.unknown) == ({"facebook:10"}, 0)
