from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors import Access, Usage, transport
from connectors.transport import Unlimited
from connectors.youtube_http import API, CommentsDisabled, Http, _midnight_pacific, refusal
from demo.server import Answer, LoopbackServer
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import AccountKind
from tests.connectors.youtube_talk import KEY, TOKEN, Scripted

SECRETS = {"key": "AIzaDemoYouTubeKey"}


def an_access(base_url: str | None, **secrets: str) -> Access:
    return Access("a", "@a", AccountKind.COUNCIL, Unlimited(), base_url, secrets)


def sent(answer: Any, **secrets: str) -> bytes:
    """What the client library is given of an answer."""
    with LoopbackServer(Scripted(videos=answer)) as server:
        http = Http(an_access(server.url, **(secrets or SECRETS)), Usage())
        try:
            return http.request(f"{API}/youtube/v3/videos")[1]
        finally:
            http.close()


def an_error(reason: str, message: str = "said", **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, "errors": [{"reason": reason}], **more}}


@pytest.mark.parametrize(
    ("status", "reason", "kind"),
    [
        (403, "quotaExceeded", RateLimited),
        (403, "dailyLimitExceeded", RateLimited),
        (403, "rateLimitExceeded", RateLimited),
        (403, "userRateLimitExceeded", RateLimited),
        (429, "rateLimitExceeded", RateLimited),
        (429, "anything", RateLimited),
        (403, "commentsDisabled", CommentsDisabled),
        (403, "forbidden", Forbidden),
        (403, "insufficientPermissions", Forbidden),
        (403, "accessNotConfigured", Unauthorized),
        (400, "keyInvalid", Unauthorized),
        (400, "badRequest", Malformed),
        (404, "videoNotFound", NotFound),
        (404, "channelNotFound", NotFound),
        (400, "invalidPageToken", Malformed),
        (400, "processingFailure", Malformed),
        (401, "authError", Unauthorized),
        (401, "anything", Unauthorized),
        (500, "backendError", Unreachable),
        (503, "backendError", Unreachable),
        (304, "", Unreachable),
    ],
)
def test_a_refusal_is_named_for_its_reason(
    status: int, reason: str, kind: type[PlatformError]
) -> None:
    assert type(refusal(status, an_error(reason), {})) is kind


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (an_error("badRequest", "API key not valid. Please pass a valid API key."), Unauthorized),
        ({"error": {"details": [{"reason": "API_KEY_INVALID"}]}}, Unauthorized),
        ({"error": {"details": [{"reason": "SERVICE_DISABLED"}]}}, Unauthorized),
        ({"error": {"status": "UNAUTHENTICATED"}}, Unauthorized),
        ({"error": {"status": "RESOURCE_EXHAUSTED"}}, RateLimited),
        ({"error": "invalid_grant", "error_description": "Bad Request"}, Unauthorized),
        ([{"error": {"errors": [{"reason": "quotaExceeded"}]}}], RateLimited),
        ([], Forbidden),
        ([7], Forbidden),
        (None, Forbidden),
        ({"error": None}, Forbidden),
        ({"error": {"errors": "x", "details": [7, {"reason": 7}], "message": 7}}, Forbidden),
    ],
)
def test_a_refusal_of_any_shape_is_understood(document: Any, kind: type[PlatformError]) -> None:
    assert type(refusal(403, document, {})) is kind


def test_a_spent_quota_comes_back_at_midnight_in_california() -> None:
    fault = refusal(403, an_error("quotaExceeded"), {})
    assert isinstance(fault, RateLimited)
    assert fault.retry_at is not None
    assert fault.retry_at.hour in {7, 8}
    assert timedelta() < fault.retry_at - datetime.now(UTC) <= timedelta(hours=25)


def test_a_limit_for_the_day_is_a_spent_quota_by_any_reason() -> None:
    limit = {"metadata": {"quota_limit": "defaultPerDayPerProject"}}
    fault = refusal(429, an_error("rateLimitExceeded", details=[limit]), {})
    assert isinstance(fault, RateLimited)
    assert fault.retry_at is not None


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (datetime(2026, 11, 22, 15, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 7, 1, 7, tzinfo=UTC), datetime(2026, 7, 2, 7, tzinfo=UTC)),
        (datetime(2026, 11, 1, 6, tzinfo=UTC), datetime(2026, 11, 1, 7, tzinfo=UTC)),
        (datetime(2026, 11, 1, 8, tzinfo=UTC), datetime(2026, 11, 2, 8, tzinfo=UTC)),
    ],
)
def test_midnight_in_california_keeps_its_clock_changes(now: datetime, midnight: datetime) -> None:
    assert _midnight_pacific(now) == midnight


def test_a_refusal_is_told_in_plain_words() -> None:
    words = 'You have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.'
    fault = refusal(403, {"error": {"message": words}}, {})
    assert "You have exceeded your quota." in str(fault)


def test_a_wait_that_is_told_is_kept() -> None:
    fault = refusal(429, None, {"Retry-After": "30"})
    assert isinstance(fault, RateLimited)
    assert fault.retry_at is not None
    assert fault.retry_at - datetime.now(UTC) <= timedelta(seconds=30)


def test_an_error_within_a_good_status_is_an_error() -> None:
    with pytest.raises(NotFound):
        sent({"error": {"code": 404, "message": "gone"}})


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer("<html>Sorry</html>", content_type="text/html"), Unreachable),
        (Answer(b""), Unreachable),
        (Answer(b"", status=204), Unreachable),
        (Answer(b"", status=304), Unreachable),
        (Answer('{"items": ['), Unreachable),
        (Answer(b"\xff\xfe\xfd"), Unreachable),
        (Answer("[" * 100_000), Unreachable),
        (Answer('{"items": ' + "9" * 5_000 + "}"), Unreachable),
        (Answer("[]"), Malformed),
        (Answer('"text"'), Malformed),
        (Answer("", status=302, headers={"Location": "https://evil.example/"}), Unreachable),
        (Answer("", status=307, headers={"Location": "https://evil.example/"}), Unreachable),
    ],
)
def test_anything_but_data_is_an_error_of_ours(answer: Answer, kind: type[PlatformError]) -> None:
    with pytest.raises(kind):
        sent(answer)


def test_too_large_an_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_BYTES", 1_000)
    with pytest.raises(Malformed, match="sent more than"):
        sent({"items": ["x" * 2_000]})


def test_a_small_answer_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_BYTES", 10_000)
    bomb = gzip.compress(b'{"items": ["' + b"x" * 1_000_000 + b'"]}')
    with pytest.raises(Malformed, match="sent more than"):
        sent(Answer(bomb, headers={"Content-Encoding": "gzip"}))


def test_half_a_character_does_not_get_through() -> None:
    told = json.loads(sent(Answer('{"items": ["a\\ud83d", "\\ud83d\\ude00"]}')))
    assert told == {"items": ["a?", "\N{GRINNING FACE}"]}


def test_an_answer_that_repeats_our_secret_does_not_pass_it_on() -> None:
    assert b"[removed]" in sent({"items": [f"key={SECRETS['key']}", SECRETS["key"]]})
    assert SECRETS["key"].encode() not in sent({"items": [SECRETS["key"]]})


def test_a_refusal_that_repeats_our_secret_does_not_pass_it_on() -> None:
    with pytest.raises(Forbidden) as caught:
        sent(Answer(an_error("forbidden", f"{TOKEN['token']} may not"), status=403), **TOKEN)
    assert TOKEN["token"] not in repr(caught.value.args)


@pytest.mark.parametrize(
    "secrets",
    [
        {},
        {"token": ""},
        {"client_id": "a", "client_secret": "b"},
        {"key": "k\n"},
        {"token": "ключ"},
    ],
)
def test_without_usable_credentials_nothing_is_built(secrets: dict[str, str]) -> None:
    with pytest.raises(Unauthorized) as caught:
        Http(an_access(None, **secrets), Usage())
    assert [s for s in secrets.values() if len(s) > 1 and s in str(caught.value)] == []


def test_a_token_reads_as_the_owner_and_a_key_does_not() -> None:
    signed, keyed = (Http(an_access(None, **secrets), Usage()) for secrets in (TOKEN, KEY))
    assert (signed.owner, keyed.owner) == (True, False)
    signed.close()
    keyed.close()


def test_a_base_address_with_a_path_is_kept() -> None:
    with LoopbackServer(Scripted()) as server:
        http = Http(an_access(f"{server.url}/recorded/", **SECRETS), Usage())
        http.request(f"{API}/youtube/v3/videos?part=id")
        http.close()
    assert server.log[0].path == "/recorded/youtube/v3/videos"
    assert server.log[0].query == {"part": "id"}


def test_units_are_counted_by_method() -> None:
    usage = Usage()
    with LoopbackServer(Scripted()) as server:
        http = Http(an_access(server.url, **SECRETS), usage)
        for name in ("videos", "captions", "commentThreads"):
            http.request(f"{API}/youtube/v3/{name}")
        http.close()
    assert (usage.requests, usage.amount) == (3, 52)
