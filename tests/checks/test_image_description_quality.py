from __future__ import annotations

import pytest

from checks.image_description_quality import Parameters, image_description_quality
from socialaudit.check import Confidence
from socialaudit.models import Media, PostKind
from tests.checks.judging import Said, judged
from tests.records import a_medium, a_post

HERON = "A heron on the weir"


def pictures(*described: tuple[str, str]) -> list[Media]:
    """One picture for each post and description."""
    return [
        a_medium(id=str(100 + n), post=post, alt_text=alt)
        for n, (post, alt) in enumerate(described)
    ]


def seen(said: Said) -> dict[str | None, str]:
    return {key: one.evidence["fault"] for key, one in said.observations.items()}


def test_the_name_of_a_file_is_certain_and_all_else_possible() -> None:
    def sure(alt: str) -> Confidence:
        return judged(image_description_quality, a_medium(alt_text=alt)).only.confidence

    assert sure("IMG_2041.jpg") == Confidence.CERTAIN
    assert sure("Photo") == sure("Crumbs") == Confidence.POSSIBLE


@pytest.mark.parametrize("alt", [HERON, "Photo of the mayor opening the bakery", "", "\u200b"])
def test_a_good_description_is_well_and_none_at_all_is_for_another_check(alt: str) -> None:
    said = judged(image_description_quality, a_post(), a_medium(alt_text=alt))
    assert (said.records, said.unknown) == (set(), 0)


def test_the_words_of_the_post_again_describe_nothing() -> None:
    alt = "The market is on Saturday"
    said = judged(image_description_quality, a_post(), a_medium(alt_text=alt))
    assert said.only.message.startswith("Its description repeats the post.")
    untold = judged(image_description_quality, a_post(text=None), a_medium(alt_text=alt))
    assert untold.records == set()


def test_two_pictures_of_one_post_need_two_descriptions() -> None:
    shown = pictures(("facebook:10", HERON), ("facebook:10", f"{HERON}."), ("facebook:11", HERON))
    assert seen(judged(image_description_quality, *shown)) == {
        shown[0].key: "same in the post",
        shown[1].key: "same in the post",
    }


def test_the_same_description_on_many_posts_may_be_a_habit() -> None:
    shown = pictures(*((f"facebook:{n}", "Growing the economy") for n in (10, 11, 12)))
    said = judged(image_description_quality, *shown)
    assert set(seen(said).values()) == {"same elsewhere"}
    assert len(said.records) == 3
    assert judged(image_description_quality, *shown[:2]).records == set()
    two = Parameters(alike=2)
    assert len(judged(image_description_quality, *shown[:2], parameters=two).records) == 2


def test_another_account_may_use_the_same_words() -> None:
    shown = pictures(*((f"facebook:{n}", HERON) for n in (10, 11)))
    other = a_medium(id="900", account="x", post="x:1", alt_text=HERON)
    assert judged(image_description_quality, *shown, other).records == set()


def test_a_policy_may_want_more_words() -> None:
    more = Parameters(least_words=6)
    said = judged(image_description_quality, a_medium(alt_text=HERON), parameters=more)
    assert seen(said) == {"facebook:20": "short"}


def test_reposts_are_not_scored_and_what_was_not_told_is_unknown() -> None:
    repost = a_post(kind=PostKind.REPOST)
    assert judged(image_description_quality, repost, a_medium(alt_text="Photo")).examined == 0
    said = judged(image_description_quality, a_post(), a_medium(alt_text=None))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)
