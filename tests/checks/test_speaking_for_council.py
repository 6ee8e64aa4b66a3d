from __future__ import annotations

import pytest

from checks.speaking_for_council import speaking_for_council
from socialaudit.check import Confidence
from socialaudit.models import Account, AccountKind, PostKind
from tests.checks.judging import judged
from tests.records import a_post, an_account

WORDS = "On behalf of the council I am sorry about the lights."


def hers(**changes: object) -> Account:
    plain = {"kind": AccountKind.STAFF, "name": "Sue Bell", "handle": "suebell"}
    return an_account(**({"description": "Clerk at Testham TC. Views my own."} | plain | changes))


@pytest.mark.parametrize("description", ["Clerk at Testham TC. Views my own.", "Cakes", ""])
def test_to_speak_for_the_council_on_a_personal_account_is_possible(description: str) -> None:
    said = judged(speaking_for_council, hers(description=description), a_post(text=WORDS))
    assert said.only.confidence == Confidence.POSSIBLE
    assert said.only.record == "facebook:10"
    assert WORDS not in said.only.message


def test_a_work_account_is_not_read() -> None:
    work = hers(description="Official account of the park rangers")
    said = judged(speaking_for_council, work, a_post(text=WORDS))
    assert (said.records, said.examined) == (set(), 0)


def test_posts_that_do_not_name_the_council_are_not_read() -> None:
    said = judged(speaking_for_council, hers(), a_post(text="My cake won"), a_post(id="11"))
    assert (said.records, said.examined) == (set(), 0)


@pytest.mark.parametrize(
    "post",
    [
        a_post(text="The council meets on Monday."),
        a_post(text="I think the council believes in trees."),
        a_post(text="On behalf of the cricket club thank you. The council came too."),
        a_post(text=WORDS, kind=PostKind.REPOST),
    ],
)
def test_news_opinions_and_reposts_are_left_alone(post: object) -> None:
    assert judged(speaking_for_council, hers(), post).records == set()  # type: ignore[arg-type]  # a post


def test_a_post_that_says_it_is_a_personal_view_is_excused() -> None:
    text = "We at the council like trees. Views my own."
    said = judged(speaking_for_council, hers(), a_post(text=text)).only
    assert said.excused == "It says that it is a personal view."


def test_what_was_not_told_is_unknown() -> None:
    said = judged(speaking_for_council, hers(), a_post(text=None))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)
    said = judged(speaking_for_council, hers(description=None), a_post(text=WORDS))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)
