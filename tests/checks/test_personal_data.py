from __future__ import annotations

import pytest

from checks.personal_data import Parameters, personal_data
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Audience, Media, Post, PostKind
from socialaudit.personal.published import OFFICE
from tests.checks.judging import judged
from tests.records import a_medium, a_post

NUMBER = "07700 900123"


def test_a_private_number_is_possible_and_is_not_repeated() -> None:
    said = judged(personal_data, a_post(text=f"Found a cat? Ring Jean on {NUMBER}")).only
    assert said.confidence == Confidence.POSSIBLE
    assert said.urgency is None
    assert said.message == "This post may show a telephone number."
    assert said.evidence == {"details": "telephone number ending 23", "allowed beside them": ""}


def test_what_can_be_misused_at_once_is_for_today() -> None:
    post = a_post(text="Mrs Holloway has dementia and needs a lift on Friday.")
    assert judged(personal_data, post).only.urgency == Urgency.TODAY


@pytest.mark.parametrize(
    "record",
    [
        a_post(text="Ring 01632 960000 or write to clerk@testham.example"),
        a_post(text="The light outside 14 Mill Lane is out."),
        a_post(text=f"Ring Jean on {NUMBER}", kind=PostKind.REPOST),
        a_post(text=f"Ring Jean on {NUMBER}", audience=Audience.UNPUBLISHED),
        a_medium(alt_text="A poster for the museum on 01632 961111"),
    ],
)
def test_the_council_s_own_contacts_and_others_posts_are_well(record: Post | Media) -> None:
    assert judged(personal_data, a_post(id="11"), record).records == set()


def test_titles_and_descriptions_of_pictures_are_read_too() -> None:
    said = judged(
        personal_data,
        a_post(title=f"Jean, {NUMBER}"),
        a_medium(alt_text=f"A poster: ring Jean on {NUMBER}"),
    )
    assert said.observations["facebook:10"].message.startswith("This post")
    assert said.observations["facebook:20"].message.startswith("The description (alt text) here")


def test_how_to_reach_somebody_in_public_office_is_excused() -> None:
    said = judged(personal_data, a_post(text=f"Cllr Jean Tuck is on {NUMBER}"))
    assert said.only.excused == OFFICE


def test_a_policy_may_name_what_is_published() -> None:
    post = a_post(text=f"Ring Jean on {NUMBER}")
    published = Parameters(published=("+44 7700 900123",))
    assert judged(personal_data, post, parameters=published).records == set()


def test_a_text_that_was_not_told_is_unknown_and_a_missing_description_is_another_check_s() -> None:
    said = judged(personal_data, a_post(text=None), a_medium(alt_text=None))
    assert (said.examined, said.unknown) == (0, 1)
