from __future__ import annotations

import pytest

from checks.post_audience import Parameters, post_audience
from socialaudit.check import Confidence
from socialaudit.models import Audience, PostKind
from tests.checks.judging import judged
from tests.records import a_post


@pytest.mark.parametrize("audience", [Audience.UNLISTED, Audience.FOLLOWERS, Audience.PRIVATE])
def test_a_post_that_some_cannot_see_is_certain(audience: Audience) -> None:
    said = judged(post_audience, a_post(audience=audience))
    assert said.only.confidence == Confidence.CERTAIN


@pytest.mark.parametrize(
    "post",
    [
        a_post(audience=Audience.PUBLIC),
        a_post(audience=Audience.UNPUBLISHED),
        a_post(audience=Audience.FOLLOWERS, kind=PostKind.REPOST),
        a_post(audience=Audience.PUBLIC, replies_from="mentionedUsers"),
    ],
)
def test_public_posts_drafts_and_reposts_are_left_alone(post: object) -> None:
    assert judged(post_audience, post).records == set()  # type: ignore[arg-type]  # a post


def test_an_audience_of_which_nothing_is_told_is_unknown() -> None:
    said = judged(post_audience, a_post(audience=None))
    assert (said.examined, said.unknown) == (0, 1)


def test_a_policy_may_want_replies_from_everybody() -> None:
    post = a_post(audience=Audience.PUBLIC, replies_from="mentionedUsers")
    said = judged(post_audience, post, parameters=Parameters(replies=("mentionedUsers",)))
    assert said.only.instruction == "Let everybody reply to this post"


def test_an_unlisted_post_on_mastodon_is_said_to_be_hard_to_find_and_not_to_be_closed() -> None:
    post = a_post(key="mastodon:1", audience=Audience.UNLISTED)
    said = judged(post_audience, post)
    assert said.only.message == "This post is kept out of searches, hashtags and public timelines."


def test_an_unlisted_reply_on_mastodon_is_left_alone() -> None:
    post = a_post(key="mastodon:1", audience=Audience.UNLISTED, kind=PostKind.REPLY)
    assert judged(post_audience, post).records == set()
