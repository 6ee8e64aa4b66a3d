from __future__ import annotations

from datetime import timedelta

import pytest

from checks.repeated_hostility import Parameters, repeated_hostility
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Comment, CommentState
from tests.checks.judging import judged
from tests.records import NOW, a_comment, an_account


def hits(*texts: str, **changes: object) -> list[Comment]:
    """Comments by one person on days one apart, the newest last, each under another post."""
    return [
        a_comment(
            **(
                {
                    "id": f"3{number}",
                    "text": text,
                    "post": f"facebook:1{number}",
                    "permalink": f"https://www.facebook.com/3{number}",
                    "published_at": NOW - timedelta(days=len(texts) - number),
                }
                | changes
            )
        )
        for number, text in enumerate(texts)
    ]


AT_CLERK = ("The clerk is a moron", "our clerk is an idiot", "The clerk is a twat")


def test_three_hits_at_one_target_across_threads_are_a_course_of_conduct() -> None:
    said = judged(repeated_hostility, *hits(*AT_CLERK))
    one = said.only
    assert (one.record, one.account, one.confidence) == (None, "facebook", Confidence.POSSIBLE)
    assert one.message == (
        "One person wrote 3 hostile comments to the same councillor or member of staff from "
        "13 November to 15 November."
    )
    assert one.urgency == Urgency.TODAY
    assert one.evidence == {
        "comments": "2026-11-13 https://www.facebook.com/30; "
        "2026-11-14 https://www.facebook.com/31; 2026-11-15 https://www.facebook.com/32",
        "tiers": "mild, mild, strong",
    }


def test_milder_ones_are_for_this_week() -> None:
    said = judged(repeated_hostility, *hits("You are a moron", "you idiot", "You are all morons"))
    assert said.only.urgency == Urgency.WEEK
    assert "to the council" in said.only.message


@pytest.mark.parametrize(
    "comments",
    [
        hits(*AT_CLERK[:2]),
        hits(*AT_CLERK, published_at=NOW - timedelta(days=31)),
        [*hits(*AT_CLERK[:2]), a_comment(id="39", author="another", text=AT_CLERK[0])],
        hits("The clerk is a moron", "Cllr Hall is a moron", "Cllr Bale is a moron"),
        hits(*AT_CLERK, own=True),
        hits(*AT_CLERK, state=CommentState.SPAM),
        hits("Bloody freezing", "What the fuck, it is cold", "fucking rain"),
        hits("Useless council", "What a shambles", "A waste of our money"),
    ],
)
def test_fewer_older_other_and_fair_comments_are_none(comments: list[Comment]) -> None:
    assert judged(repeated_hostility, *comments).records == set()


def test_hidden_comments_count_for_they_were_sent() -> None:
    assert judged(repeated_hostility, *hits(*AT_CLERK, state=CommentState.HIDDEN)).records


def test_what_this_run_did_not_read_counts_as_last_known() -> None:
    *earlier, new = hits(*AT_CLERK)
    said = judged(repeated_hostility, an_account(), new, earlier=(*earlier, new))
    assert "3 hostile comments" in said.only.message
    assert said.examined == 1


def test_an_account_that_was_not_read_is_not_judged_by_what_was_known() -> None:
    assert judged(repeated_hostility, earlier=tuple(hits(*AT_CLERK))).records == set()


def test_it_is_the_same_thing_to_do_from_week_to_week() -> None:
    first, later = hits(*AT_CLERK), hits(*AT_CLERK, "the clerk is scum", "The clerk is a moron")
    subjects = {judged(repeated_hostility, *some).only.subject for some in (first, later)}
    assert len(subjects) == 1


def test_a_policy_may_set_how_many_and_whom() -> None:
    two = hits(*AT_CLERK[:2])
    assert judged(repeated_hostility, *two, parameters=Parameters(hits=2)).records
    council = Parameters(hits=2, targets=("council",))
    assert judged(repeated_hostility, *two, parameters=council).records == set()


def test_without_text_or_author_it_is_unknown() -> None:
    said = judged(repeated_hostility, a_comment(author=None), a_comment(id="31", text=None))
    assert (said.examined, said.unknown) == (0, 2)
