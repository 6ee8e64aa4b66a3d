from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.x import X
from connectors.x_client import renamed
from demo.server import Answer, Request
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PaymentRequired,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import Account, Comment, Post
from tests.connectors.x_answers import (
    DATE,
    TOKEN,
    UID,
    Recorded,
    a_page,
    a_post,
    a_problem,
    a_reply,
    a_user,
    an_access,
    read,
    talk,
)

KEYS = {
    "api_key": "planted-key",
    "api_secret": "planted-secret",
    "access_token": f"{UID}-planted",
    "access_secret": "planted-access-secret",
}


def problem(status: int, body: Any, **headers: str) -> Answer:
    return Answer(body, status, {**DATE, **headers})


def refused_with(answer: Answer) -> PlatformError:
    error = talk(Recorded(users=answer, posts=answer)).error
    assert error is not None
    return error


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (problem(400, a_problem("invalid-request")), Malformed),
        (problem(400, {"errors": [{"code": 215, "message": "Bad Authentication"}]}), Unauthorized),
        (problem(401, {"title": "Unauthorized", "type": "about:blank"}), Unauthorized),
        (problem(401, {}), Unauthorized),
        (problem(402, {"title": "CreditsDepleted", "type": "about:blank"}), PaymentRequired),
        (problem(402, ""), PaymentRequired),
        (
            problem(403, a_problem("client-forbidden", reason="client-not-enrolled")),
            PaymentRequired,
        ),
        (problem(403, a_problem("client-forbidden")), Forbidden),
        (problem(403, a_problem("unsupported-authentication")), Forbidden),
        (problem(403, {"title": "SpendCapReached", "type": "about:blank"}), PaymentRequired),
        (problem(403, {"errors": [{"code": 64, "message": "suspended"}]}), Forbidden),
        (problem(404, a_problem("resource-not-found")), NotFound),
        (problem(404, "<html>Not here</html>"), NotFound),
        (problem(429, a_problem("usage-capped", period="Monthly")), PaymentRequired),
        (problem(429, {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}), RateLimited),
        (problem(429, ["odd"]), RateLimited),
        (problem(429, ""), RateLimited),
        (problem(500, ["odd"]), Unreachable),
        (problem(500, {"errors": "odd"}), Unreachable),
        (problem(503, "<html>Over capacity</html>"), Unreachable),
        (problem(200, "<html>Over capacity</html>"), Unreachable),
        (problem(200, ""), Malformed),
        (problem(200, '{"data": {"id"'), Malformed),
        (problem(200, "[]"), Malformed),
        (problem(200, "null"), Malformed),
        (problem(200, '{"oops": 1}'), Malformed),
        (problem(200, '{"data":' * 200 + "1" + "}" * 200), Malformed),
        (problem(200, "[" * 100_000), Malformed),
        (problem(204, ""), Malformed),
        (problem(302, "", Location="https://127.0.0.2/"), Unreachable),
        (problem(418, {"odd": True}), Malformed),
    ],
)
def test_every_refusal_is_one_of_our_errors(answer: Answer, error: type[PlatformError]) -> None:
    assert type(refused_with(answer)) is error


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (a_problem("resource-not-found", "nobody"), NotFound),
        (
            a_problem("resource-not-found", title="Forbidden", detail="User has been suspended"),
            NotFound,
        ),
        (a_problem("not-authorized-for-resource"), Forbidden),
        ({"title": "?"}, Malformed),
    ],
)
def test_an_answer_of_errors_alone_is_one_of_them(told: Any, error: type[PlatformError]) -> None:
    assert type(refused_with(problem(200, {"errors": [told]}))) is error


def test_a_rate_limit_says_until_when_if_told() -> None:
    reset = str(int(datetime(2030, 1, 1, tzinfo=UTC).timestamp()))
    headers = {"x-rate-limit-reset": reset, "Date": ""}
    error = refused_with(problem(429, a_problem("rate-limit-exceeded"), **headers))
    assert isinstance(error, RateLimited)
    assert error.retry_at == datetime(2030, 1, 1, tzinfo=UTC)


def test_a_rate_limit_is_told_by_our_clock_where_the_servers_is_off() -> None:
    their_reset = datetime(2026, 9, 8, 0, 15, tzinfo=UTC)  # their clock says 00:00
    headers = {"x-rate-limit-reset": str(int(their_reset.timestamp()))}
    error = refused_with(problem(429, a_problem("rate-limit-exceeded"), **headers))
    assert isinstance(error, RateLimited)
    assert error.retry_at is not None
    assert timedelta(minutes=14) < error.retry_at - datetime.now(UTC) <= timedelta(minutes=15)


@pytest.mark.parametrize("reset", ["", "soon", "9" * 30])
def test_an_odd_time_in_a_rate_limit_is_no_time(reset: str) -> None:
    headers = {"x-rate-limit-reset": reset}
    error = refused_with(problem(429, a_problem("rate-limit-exceeded"), **headers))
    assert isinstance(error, RateLimited)
    assert error.retry_at is None


def test_a_refusal_says_what_x_said_without_the_token() -> None:
    error = refused_with(problem(403, a_problem("client-forbidden", detail=f"No {TOKEN} here")))
    assert str(error) == "X: No [removed] here"


@pytest.mark.parametrize(
    "secrets", [{}, {"token": " "}, {k: v for k, v in KEYS.items() if k != "access_secret"}]
)
def test_a_credential_that_lacks_a_field_is_refused_before_any_request(
    secrets: dict[str, str],
) -> None:
    with pytest.raises(Unauthorized):
        X(an_access("http://127.0.0.1:9", secrets=secrets))


def test_the_keys_of_a_user_sign_every_request(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = talk(Recorded(posts=a_page(a_post()), recent=a_page()), secrets=KEYS)
    assert [p.id for p in told.of(Post)] == ["1000"]
    assert all(r.headers["authorization"].startswith("OAuth ") for r in told.log)
    assert "/2/tweets/search/all" not in told.paths()
    said = caplog.text + repr(told.readings)
    assert [secret for secret in KEYS.values() if secret in said] == []


def test_a_token_with_a_line_break_is_reported_without_it() -> None:
    told = talk(Recorded(posts=a_page()), secrets={"token": "planted\nbearer"})
    assert isinstance(told.error, PlatformError)
    assert "planted" not in str(told.error)


def new_names_only(request: Request) -> Any:
    if "tweet.fields" in request.query or "pinned_tweet_id" in request.query.get("user.fields", ""):
        message = "The query parameter [tweet.fields] is not one of [post.fields]"
        return problem(400, a_problem("invalid-request", errors=[{"message": message}]))
    return a_page(a_post())


def test_a_server_of_the_later_generation_is_asked_again_in_its_names_once() -> None:
    cache: dict[str, str] = {}
    recorded = Recorded(posts=new_names_only, archive=new_names_only)
    first = talk(recorded, cache=cache)
    again = talk(recorded, cache=cache)
    assert [len(first.log), len(again.log)] == [3, 2]
    assert [p.id for p in again.of(Post)] == ["1000"]


def test_another_bad_request_is_not_repeated() -> None:
    told = read(problem(400, a_problem("invalid-request", detail="start_time is odd")))
    assert told.paths().count(f"/2/users/{UID}/tweets") == 1


def test_what_were_fields_and_are_expansions_now_moves() -> None:
    assert renamed(
        {
            "tweet.fields": "author_id,note_tweet,referenced_tweets,in_reply_to_user_id",
            "user.fields": "pinned_tweet_id,url",
            "expansions": "attachments.media_keys,edit_history_tweet_ids,referenced_tweets.id",
            "max_results": 100,
        }
    ) == {
        "post.fields": "note_post",
        "user.fields": "url",
        "expansions": "attachments.media_keys,edit_history_post_ids,referenced_posts,author_id",
        "max_results": 100,
    }


def test_reading_costs_what_x_charges_for_each_post_and_user_once() -> None:
    quoted = a_post("5", author_id="9")
    told = read(a_page(a_post("1000"), a_post("1001"), tweets=[quoted]), a_page(a_reply("6", "5")))
    assert (told.connector.usage.amount, told.connector.usage.unit) == (0.03, "USD")


def test_a_list_without_an_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.x_client.MAX_PAGES", 5)
    numbers = iter(range(1000, 2000))

    def endless(request: Request) -> Any:
        number = next(numbers)
        return a_page(a_post(str(number)), token=f"t{number}")

    told = read(endless)
    assert len(told.of(Post)) == 5
    assert told.unread()["posts"].partial


def test_an_empty_page_with_a_token_is_not_the_end() -> None:
    told = read((a_page(a_post("3"), token="a"), a_page(token="b"), a_page(a_post("2"))))
    assert [p.id for p in told.of(Post)] == ["3", "2"]
    assert told.unread() == {}


def test_a_token_that_comes_again_ends_the_list() -> None:
    told = read((a_page(a_post("3"), token="a"), a_page(a_post("2"), token="a")))
    assert [p.id for p in told.of(Post)] == ["3", "2"]
    assert told.unread()["posts"].partial
    assert told.unread()["posts"].cause == "Malformed"


def test_a_server_that_gives_the_same_page_to_every_token_is_left() -> None:
    turns = iter("abcdefgh")
    told = talk(Recorded(posts=lambda _: a_page(a_post(), token=next(turns)), archive=a_page()))
    assert told.unread()["posts"].reason == "X sent the same page twice"
    assert [p.id for p in told.of(Post)] == ["1000"]


def test_a_problem_beside_the_count_of_nothing_is_not_nothing() -> None:
    hidden = {"errors": [a_problem("not-authorized-for-resource", UID)]}
    told = read({**hidden, "meta": {"result_count": 0}})
    assert told.unread()["posts"].cause == "Forbidden"


def test_an_answer_may_begin_with_a_byte_order_mark() -> None:
    page = "\ufeff" + json.dumps(a_page(a_post()))
    told = read(Answer(page, headers=DATE, content_type="application/json; charset=utf-8"))
    assert [p.id for p in told.of(Post)] == ["1000"]


def test_data_that_is_one_object_is_read_as_a_list_of_one() -> None:
    assert read({"data": a_post(), "includes": {"users": [a_user()]}}).one(Post).id == "1000"


def test_problems_beside_data_do_not_hide_the_data() -> None:
    page = a_page(a_post(referenced_tweets=[{"type": "quoted", "id": "5"}]))
    page["errors"] = [a_problem("resource-not-found", "5")]
    told = read(page)
    assert (len(told.of(Post)), told.unread()) == (1, {})


def test_unknown_members_and_missing_ones_are_no_fault() -> None:
    page = {"data": [a_post()], "novel": {"a": 1}, "includes": None, "meta": None}
    told = read(page, {"data": [a_reply("2000", "1000")]})
    assert (len(told.of(Post)), len(told.of(Comment)), len(told.of(Account))) == (1, 1, 1)


def test_the_whole_conversation_with_the_server_can_be_shown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    told = read(a_page(a_post()))
    shown = caplog.text + repr(told.connector.__dict__.get("usage")) + repr(told.readings)
    assert TOKEN not in shown + json.dumps([r.payload for r in told.of(Post)])
