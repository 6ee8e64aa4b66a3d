from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from demo.server import Answer
from socialaudit.errors import PaymentRequired, RateLimited, Unreachable
from socialaudit.models import Comment
from tests.connectors.x_answers import (
    DATE,
    UNTIL,
    Recorded,
    Told,
    a_page,
    a_post,
    a_problem,
    a_reply,
    a_user,
    talk,
)

ALL, RECENT = "/2/tweets/search/all", "/2/tweets/search/recent"
FOUND = a_page(a_reply("2001", "1000"), a_reply("2000", "1000"))
LATER = {"Date": "Thu, 31 Dec 2026 00:00:00 GMT"}
"""The recent search no longer reaches the window then."""
NOT_ENROLLED = a_problem("client-forbidden", reason="client-not-enrolled", title="Client Forbidden")
PAGE = Answer("<!DOCTYPE html><title>X</title>", 200, DATE, "text/html")


def search(archive: Any = None, recent: Any = None, *, since: int = 1, at: Any = None) -> Told:
    """Read a window that begins before the recent search, unless ``since`` a later day."""
    posts = Answer(a_page(a_post()), headers=at) if at else a_page(a_post())
    recorded = Recorded(users={"data": a_user()}, posts=posts, archive=archive, recent=recent)
    start = datetime(2026, 9, since, tzinfo=UTC)
    return talk(recorded, lambda x: x.read(start, UNTIL))


def searched(told: Told) -> list[str]:
    return [path for path in told.paths() if "search" in path]


@pytest.mark.parametrize(
    "refusal",
    [
        Answer(NOT_ENROLLED, 403, DATE),
        Answer(a_problem("client-forbidden"), 403, DATE),
        Answer(a_problem("usage-capped"), 402, DATE),
        Answer({"title": "Unauthorized", "status": 401}, 401, DATE),
        Answer("<h1>Not Found</h1>", 404, DATE, "text/html"),
        Answer(a_problem("invalid-request"), 400, DATE),
        {"errors": [a_problem("not-authorized-for-resource")]},
    ],
)
def test_where_the_archive_cannot_be_had_the_recent_search_is_read(refusal: Any) -> None:
    told = search(refusal, FOUND)
    assert told.error is None
    assert [c.id for c in told.of(Comment)] == ["2001", "2000"]
    assert told.unread()["comments"].partial
    assert "full archive" in told.unread()["comments"].remedy
    assert searched(told) == [ALL, RECENT]


@pytest.mark.parametrize(
    ("passing", "error"),
    [
        (Answer("", 503, DATE), Unreachable),
        (PAGE, Unreachable),
        (Answer({"title": "Too Many Requests"}, 429, DATE), RateLimited),
    ],
)
def test_a_fault_that_may_pass_is_told_once_the_other_search_was_read(
    passing: Answer, error: type[Exception]
) -> None:
    told = search(passing, FOUND)
    assert isinstance(told.error, error)
    assert [c.id for c in told.of(Comment)] == ["2001", "2000"]


def test_an_archive_that_breaks_off_is_made_up_for_and_nothing_is_given_twice() -> None:
    first = a_page(a_reply("2001", "1000"), token="a")
    told = search((first, Answer("", 503, DATE)), FOUND)
    assert isinstance(told.error, Unreachable)
    assert [c.id for c in told.of(Comment)] == ["2001", "2000"]


def test_a_credit_that_is_used_up_ends_the_reading() -> None:
    empty = Answer(a_problem("credits", title="CreditsDepleted"), 402, DATE)
    assert isinstance(search(empty, empty).error, PaymentRequired)


def test_replies_of_long_ago_count_though_the_recent_search_need_not_have_them() -> None:
    told = search(recent=FOUND, at=LATER)
    assert [c.id for c in told.of(Comment)] == ["2001", "2000"]
    assert told.unread()["comments"].partial
    assert "24.12.2026" in told.unread()["comments"].reason


def test_replies_of_long_ago_that_nothing_has_were_not_read() -> None:
    told = search(recent={"meta": {"result_count": 0}}, at=LATER)
    assert not told.unread()["comments"].partial


def test_the_recent_search_is_never_asked_to_go_further_back_than_it_does() -> None:
    told = search(recent=FOUND)
    asked = {r.path: r.query for r in told.log}
    assert "start_time" in asked[ALL]
    assert "start_time" not in asked[RECENT]


def test_where_the_recent_search_cannot_be_had_the_archive_is_read() -> None:
    told = search(FOUND, since=2)
    assert [c.id for c in told.of(Comment)] == ["2001", "2000"]
    assert told.unread() == {}
    assert searched(told) == [RECENT, ALL]


def test_where_no_search_can_be_had_the_comments_were_not_read() -> None:
    told = search(Answer(NOT_ENROLLED, 403, DATE), Answer(a_problem("x"), 400, DATE), since=2)
    assert told.error is None
    assert told.unread()["comments"].cause == "Malformed"
    assert not told.unread()["comments"].partial
