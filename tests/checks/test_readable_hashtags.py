from __future__ import annotations

from datetime import timedelta

import pytest

from checks.readable_hashtags import Parameters, readable_hashtags
from socialaudit.check import Confidence
from socialaudit.models import PostKind
from tests.checks.judging import judged
from tests.records import NOW, a_post


def test_words_that_run_together_are_possible_and_named() -> None:
    said = judged(readable_hashtags, a_post(text="Thank you all. #beachclean"))
    assert said.only.message == "This hashtag runs words together: “#beachclean”."
    assert said.only.would_pass == "It says “#BeachClean”."
    assert said.only.confidence == Confidence.POSSIBLE
    assert said.only.evidence == {"hashtags": "#beachclean", "readable": "#BeachClean"}


def test_capitals_throughout_are_named() -> None:
    said = judged(readable_hashtags, a_post(text="#BEACHCLEAN"))
    assert said.only.message == "This hashtag is all capitals: “#BEACHCLEAN”."


def test_several_tags_of_a_post_are_one_thing_to_do() -> None:
    tags = "#beachclean #familyfunday #openday #streetparty"
    said = judged(readable_hashtags, a_post(text=tags))
    assert said.only.message == (
        "These hashtags run words together: “#beachclean, #familyfunday, #openday” and more."
    )
    assert said.only.evidence["hashtags"].count("#") == 4


def test_a_tag_in_a_title_is_read_too() -> None:
    assert judged(readable_hashtags, a_post(title="#beachclean", text="")).records


@pytest.mark.parametrize(
    "text", ["#BeachClean", "#carnival", "#NHS", "#testham", "#testhamtowncouncil", ""]
)
def test_capitals_single_words_and_the_name_of_the_council_are_well(text: str) -> None:
    said = judged(readable_hashtags, a_post(text=text))
    assert (said.records, said.examined) == (set(), 1)


def test_the_policy_may_name_tags_that_are_one_word() -> None:
    wanted = Parameters(one_word=("#beachclean",))
    assert judged(readable_hashtags, a_post(text="#beachclean"), parameters=wanted).records == set()


def test_an_old_post_need_not_be_changed() -> None:
    old = a_post(text="#beachclean", published_at=NOW - timedelta(days=29))
    assert judged(readable_hashtags, old).only.excused == (
        "It is more than 28 days old. Think of it in the next post."
    )


@pytest.mark.parametrize("kind", [PostKind.REPOST, PostKind.REPLY, PostKind.NOTICE])
def test_only_own_words_to_everybody_are_read(kind: PostKind) -> None:
    assert judged(readable_hashtags, a_post(text="#beachclean", kind=kind)).examined == 0


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(readable_hashtags, a_post(text=None, title="#beachclean"))
    assert (said.examined, said.unknown) == (0, 1)
