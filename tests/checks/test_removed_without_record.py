from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from checks.removed_without_record import FORGOTTEN, removed_without_record
from socialaudit import engine
from socialaudit.check import Confidence
from socialaudit.finding import Outcome
from socialaudit.models import AccountKind, CommentKind, CommentState
from socialaudit.records import from_records
from socialaudit.register import Action, Entry, Vanished
from tests.checks.judging import a_context, judged
from tests.records import a_comment, a_post

if TYPE_CHECKING:
    from socialaudit.models import Comment

LINK = "https://m.facebook.com/testham/posts/pfbid02?comment_id=30&ref=share"
HIDDEN = a_comment(state=CommentState.HIDDEN)
SEEN = datetime(2026, 11, 8, 23, 30, tzinfo=UTC)


def written(link: str = LINK, action: Action = Action.HIDDEN) -> Entry:
    return Entry(
        council="testham",
        day=date(2026, 11, 9),
        link=link,
        action=action,
        rule="House rule 3",
        by="A. Clerk",
    )


def gone(comment: Comment | None = None, **changes: Any) -> Vanished:
    comment = comment or a_comment()
    plain: dict[str, Any] = {
        "key": comment.key,
        "account": comment.account,
        "kind": "comment",
        "comment": comment,
        "last_seen": SEEN,
    }
    return Vanished(**(plain | changes))


def test_a_hidden_comment_that_nobody_wrote_down_is_possible() -> None:
    said = judged(removed_without_record, HIDDEN, a_comment(id="31"))
    assert (said.records, said.examined) == ({HIDDEN.key}, 2)
    assert said.only.confidence is Confidence.POSSIBLE


def test_a_comment_that_is_gone_is_told_with_the_day_it_was_last_seen() -> None:
    said = judged(removed_without_record, vanished=(gone(),))
    assert (said.only.record, said.only.account, said.examined) == ("facebook:30", "facebook", 1)
    assert said.only.evidence == {"last seen": "8 November 2026"}
    assert "may have deleted it" in said.only.message
    assert said.only.confidence is Confidence.POSSIBLE


@pytest.mark.parametrize("action", [Action.HIDDEN, Action.DELETED, Action.REPORTED])
def test_what_the_register_knows_by_its_link_is_well(action: Action) -> None:
    register = (written(action=action),)
    said = judged(removed_without_record, HIDDEN, register=register)
    assert (said.records, said.examined) == (set(), 1)
    assert judged(removed_without_record, vanished=(gone(),), register=register).records == set()


@pytest.mark.parametrize(
    "entry",
    [
        written("https://www.facebook.com/10?comment_id=31"),
        written("https://x.com/i/status/30"),
        written(action=Action.LOOKED),
    ],
)
def test_a_line_on_something_else_does_not_help(entry: Entry) -> None:
    assert judged(removed_without_record, HIDDEN, register=(entry,)).records == {HIDDEN.key}


@pytest.mark.parametrize(
    "comment",
    [
        a_comment(state=CommentState.PUBLISHED),
        a_comment(state=CommentState.HELD),
        a_comment(state=CommentState.SPAM),
        a_comment(state=CommentState.HIDDEN, own=True),
        a_comment(state=CommentState.HIDDEN, kind=CommentKind.MENTION),
    ],
)
def test_what_the_council_did_not_take_from_others_is_well(comment: Comment) -> None:
    assert judged(removed_without_record, comment).records == set()


@pytest.mark.parametrize(
    "comment",
    [a_comment(own=True), a_comment(kind=CommentKind.MENTION)],
)
def test_what_the_council_wrote_or_could_not_delete_may_go(comment: Comment) -> None:
    assert judged(removed_without_record, vanished=(gone(comment),)).records == set()


def test_on_x_nobody_can_delete_what_others_wrote() -> None:
    reply = a_comment(account="x", key="x:30", permalink="https://x.com/i/status/30")
    accounts = {"x": AccountKind.COUNCIL}
    said = judged(removed_without_record, vanished=(gone(reply),), accounts=accounts)
    assert (said.records, said.examined) == (set(), 1)


def test_a_comment_that_went_with_what_it_stood_under_is_no_matter_of_its_own() -> None:
    post = gone(key="facebook:10", kind="post", comment=None)
    assert judged(removed_without_record, vanished=(gone(), post)).records == set()
    reply = a_comment(id="31", parent="facebook:30", kind=CommentKind.REPLY)
    said = judged(removed_without_record, vanished=(gone(reply), gone()))
    assert said.records == {"facebook:30"}
    said = judged(removed_without_record, vanished=(gone(reply),), register=(written(),))
    assert said.records == set()


def test_a_post_or_picture_of_the_council_may_go_unsaid() -> None:
    others = (
        gone(key="facebook:10", kind="post", comment=None),
        gone(key="facebook:20", kind="media", comment=None),
    )
    assert judged(removed_without_record, vanished=others).examined == 0


def test_a_staff_members_own_account_is_not_the_councils_to_register() -> None:
    accounts = {"facebook": AccountKind.STAFF}
    assert judged(removed_without_record, vanished=(gone(),), accounts=accounts).examined == 0


def test_what_is_forgotten_and_what_is_not_told_is_unknown() -> None:
    said = judged(removed_without_record, a_comment(state=None))
    assert (said.examined, said.unknown) == (0, 1)
    forgotten = Vanished(key="facebook:30", account="facebook", kind="comment")
    context = a_context(removed_without_record, vanished=(forgotten,))
    (outcome,) = engine.assess(
        [removed_without_record], from_records([]), context, {}, {}
    ).assessments
    assert (outcome.outcome, outcome.reason) == (Outcome.NOT_ASSESSED, FORGOTTEN)


def test_the_engine_gives_what_is_gone_to_its_account() -> None:
    context = a_context(removed_without_record, vanished=(gone(),))
    told = engine.assess([removed_without_record], from_records([a_post()]), context, {}, {})
    assert [(o.account, o.observation.record) for o in told.observed] == [
        ("facebook", "facebook:30")
    ]
    assert [a.outcome for a in told.assessments] == [Outcome.FAIL]


def test_a_missing_address_is_no_fault() -> None:
    bare = a_comment(state=CommentState.HIDDEN, permalink=None)
    assert pd.isna(from_records([bare]).comments["permalink"]).all()
    assert judged(removed_without_record, bare).records == {bare.key}
    assert judged(removed_without_record, bare, register=(written(),)).records == set()
