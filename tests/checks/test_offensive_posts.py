from __future__ import annotations

import pytest

from checks.offensive_posts import Parameters, offensive_posts
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Audience, Comment, CommentState, Post, PostKind
from tests.checks.judging import judged
from tests.records import a_comment, a_post


@pytest.mark.parametrize(
    ("text", "urgency", "message"),
    [
        (
            "Dirty pikeys on the field again",
            Urgency.TODAY,
            "What we wrote here may attack people for who they are.",
        ),
        (
            "Our lifeguards are so sexy",
            Urgency.TODAY,
            "What we wrote here may be sexual.",
        ),
        (
            "This role would suit a young man",
            Urgency.TODAY,
            "What we wrote here may shut people out or blame them for who they are.",
        ),
        (
            "What numpties left the gate open",
            Urgency.WEEK,
            "What we wrote here may insult people.",
        ),
        ("Damn, the link was wrong", Urgency.WEEK, "What we wrote here swears, or nearly."),
    ],
)
def test_how_grave_it_is_says_by_when(text: str, urgency: Urgency, message: str) -> None:
    said = judged(offensive_posts, a_post(text=text))
    assert (said.only.urgency, said.only.message) == (urgency, message)
    assert said.only.confidence == Confidence.POSSIBLE


@pytest.mark.parametrize(
    "record",
    [
        a_post(title="Bloody awful weather", text="Stay in."),
        a_post(kind=PostKind.REPLY, text="You are such a moron"),
        a_comment(own=True, text="You are such a moron"),
    ],
)
def test_titles_replies_and_comments_of_our_own_are_read(record: Post | Comment) -> None:
    assert judged(offensive_posts, record).records == {record.key}


@pytest.mark.parametrize(
    "record",
    [
        a_comment(text="You are such a moron"),
        a_comment(own=True, state=CommentState.HIDDEN, text="You are such a moron"),
        a_post(kind=PostKind.REPOST, text="Bloody awful weather"),
        a_post(kind=PostKind.NOTICE, text="Bloody awful weather"),
        a_post(audience=Audience.UNPUBLISHED, text="Bloody awful weather"),
        a_post(text="Graffiti reading “pikeys out” was removed. We condemn racist abuse."),
        a_post(text="Holocaust Memorial Day: we remember six million Jews who were murdered."),
    ],
)
def test_others_words_unseen_words_and_condemned_words_are_left_alone(
    record: Post | Comment,
) -> None:
    assert judged(offensive_posts, record).records == set()


def test_a_reply_that_is_a_post_and_a_comment_is_read_once() -> None:
    reply = a_post(id="31", kind=PostKind.REPLY, text="Bloody awful weather")
    again = a_comment(id="31", key="facebook:c31", own=True, text="Bloody awful weather")
    assert judged(offensive_posts, reply, again).records == {reply.key}


def test_the_words_are_evidence_and_nowhere_else() -> None:
    said = judged(offensive_posts, a_post(text="Damn, some numpty left the gate open"))
    assert said.only.evidence == {"rules": "insult, swearing", "words": "numpty; damn"}
    assert "numpty" not in f"{said.only.message} {said.only.instruction} {said.only.would_pass}"


def test_a_policy_may_choose_the_rules() -> None:
    post = a_post(text="Damn, the link was wrong")
    assert judged(offensive_posts, post, parameters=Parameters(rules=("sexual",))).records == set()


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(offensive_posts, a_post(text=None, title="A title"), a_comment(id="31", own=True))
    assert (said.records, said.examined, said.unknown) == (set(), 1, 1)
