from __future__ import annotations

import json
import logging
import pickle
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectors.transport import Ceiling
from demo.server import Fault, LoopbackServer
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import FACTS, Account, Comment, Gone, Known, Media, Post, Unread, covers
from tests.connectors.case import NOW, SINCE, UNTIL, Case
from tests.connectors.conftest import every_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from connectors import Connector, Limiter
    from demo.town import TownAccount
    from socialaudit.models import Reading

CASES = every_case()
REFUSED: dict[str, tuple[type[PlatformError], ...]] = {
    "rate_limited": (RateLimited,),
    "rate_limited_no_header": (RateLimited,),
    "server_error": (Unreachable,),
    "expired_token": (Unauthorized,),
    "forbidden": (Forbidden,),
    "not_found": (NotFound,),
    "html": (Unreachable,),
    "cut": (Unreachable,),
    "truncated": (Unreachable, Malformed),
    "slow": (Unreachable,),
}
PASSING = ("rate_limited", "rate_limited_no_header", "server_error", "html", "cut", "slow")
ENDLESS = 20


@dataclass
class Told:
    """What a connector gave, until it ended or raised."""

    readings: list[Any] = field(default_factory=list)
    error: PlatformError | None = None

    def of(self, kind: type[Any]) -> list[Any]:
        return [r for r in self.readings if isinstance(r, kind)]

    def texts(self, kind: type[Any]) -> set[str]:
        return {r.text for r in self.of(kind)}

    def unread(self) -> list[Unread]:
        return [u for u in self.of(Unread) if not u.permanent]


def read(
    case: Case, *faults: Fault, town: TownAccount | None = None
) -> tuple[Told, LoopbackServer]:
    return _talk(case, lambda c: c.read(SINCE, UNTIL), *faults, town=town)


def reread(
    case: Case, known: Sequence[Known], town: TownAccount | None = None
) -> tuple[Told, LoopbackServer]:
    return _talk(case, lambda c: c.reread(known), town=town)


def _talk(
    case: Case,
    ask: Callable[[Connector], Iterable[Reading]],
    *faults: Fault,
    town: TownAccount | None = None,
    limiter: Limiter | None = None,
) -> tuple[Told, LoopbackServer]:
    told = Told()
    with LoopbackServer(case.site(town or case.town, NOW)) as server:
        server.faults.extend(faults)
        connector = case.connector(case.access(server.url, limiter))
        try:
            for reading in ask(connector):
                told.readings.append(reading)
        except PlatformError as fault:
            told.error = fault
        finally:
            connector.close()
    return told, server


def named(case: Case) -> str:
    return case.name


def with_faults(*wanted: str) -> pytest.MarkDecorator:
    pairs = [(case, fault) for case in CASES for fault in wanted if fault in case.faults]
    return pytest.mark.parametrize(
        ("case", "fault"), pairs, ids=[f"{case.name}-{fault}" for case, fault in pairs]
    )


every_connector = pytest.mark.parametrize("case", CASES, ids=named)
every_connector_with_secrets = pytest.mark.parametrize(
    "case", [case for case in CASES if case.secrets], ids=named
)
every_connector_with_comments_on_posts = pytest.mark.parametrize(
    "case", [case for case in CASES if case.comments and case.posts], ids=named
)


@every_connector
def test_every_page_is_followed_and_only_the_window_is_read(case: Case) -> None:
    told, _ = read(case)
    assert told.error is None
    assert told.unread() == []
    assert told.texts(Post) == case.expected_posts()
    assert told.texts(Comment) == case.expected_comments()
    assert all(
        SINCE <= r.published_at < UNTIL for r in told.readings if isinstance(r, Post | Comment)
    )


@every_connector
def test_every_post_that_has_media_comes_with_them(case: Case) -> None:
    told, _ = read(case)
    assert {m.post for m in told.of(Media)} == {p.key for p in told.of(Post)}


@every_connector
def test_there_is_one_account_and_every_record_belongs_to_it(case: Case) -> None:
    told, _ = read(case)
    records = [r for r in told.readings if not isinstance(r, Unread)]
    assert [a.platform for a in told.of(Account)] == [case.name]
    assert {r.account for r in records} == {case.name}


@every_connector
def test_every_key_is_unique(case: Case) -> None:
    told, _ = read(case)
    keys = [r.key for r in told.readings if not isinstance(r, Unread)]
    assert len(keys) == len(set(keys))


@every_connector
def test_an_empty_account_is_read_as_empty(case: Case) -> None:
    told, _ = read(case, town=replace(case.town, post=()))
    assert told.error is None
    assert told.unread() == []
    assert told.of(Post) + told.of(Media) + told.of(Comment) == []
    assert len(told.of(Account)) == 1


@every_connector
def test_every_fact_that_is_not_read_is_one_that_checks_know(case: Case) -> None:
    told, _ = read(case)
    facts = {u.fact for u in told.of(Unread)}
    assert {f for f in facts if not any(covers(f, known) for known in FACTS)} == set()


@every_connector
def test_building_a_connector_sends_nothing(case: Case) -> None:
    with LoopbackServer(case.site(case.town, NOW)) as server:
        case.connector(case.access(server.url)).close()
        assert server.log == []


@every_connector_with_secrets
def test_a_connector_without_its_secrets_is_unauthorized(case: Case) -> None:
    access = replace(case.access("http://127.0.0.1:9"), secrets={})
    with pytest.raises(Unauthorized):
        list(case.connector(access).read(SINCE, UNTIL))


@with_faults(*REFUSED)
def test_a_refused_account_raises_the_error_for_it(case: Case, fault: str, impatient: None) -> None:
    told, _ = read(case, Fault(fault, case.first))
    assert isinstance(told.error, REFUSED[fault])
    assert told.of(Post) == []


@with_faults(*PASSING)
def test_a_fault_that_may_pass_is_left_to_the_flow(case: Case, fault: str, impatient: None) -> None:
    _, server = read(case, Fault(fault, case.first))
    assert len([r for r in server.log if r.holds(case.first)]) == 1


@with_faults("rate_limited")
def test_a_rate_limit_says_until_when(case: Case, fault: str) -> None:
    told, _ = read(case, Fault(fault, case.first))
    assert isinstance(told.error, RateLimited)
    assert told.error.retry_at is not None
    assert timedelta(0) < told.error.retry_at - datetime.now(UTC) <= timedelta(hours=25)


@with_faults("rate_limited_no_header")
def test_a_rate_limit_without_a_time_invents_none(case: Case, fault: str) -> None:
    told, _ = read(case, Fault(fault, case.first))
    assert isinstance(told.error, RateLimited)
    assert told.error.retry_at is None


@with_faults(*REFUSED)
def test_a_fault_half_way_keeps_what_came_before(case: Case, fault: str, impatient: None) -> None:
    told, _ = read(case, Fault(fault, case.paged, after=1))
    assert told.texts(case.listed)
    assert told.error is not None or any(
        covers(u.fact, case.listed_fact) and u.partial for u in told.unread()
    )


@with_faults("malformed")
def test_a_malformed_item_costs_no_other(case: Case, fault: str) -> None:
    told, _ = read(case, Fault(fault, case.paged, times=1))
    assert told.error is None
    assert len(case.expected() - told.texts(case.listed)) <= 1
    assert [u.fact for u in told.unread() if u.partial] == [case.listed_fact]


@with_faults("repeated_cursor", "hostile_next")
def test_a_list_that_leads_astray_is_left(case: Case, fault: str) -> None:
    told, server = read(case, Fault(fault, case.paged))
    asked = [r for r in server.log if r.holds(case.paged)]
    assert len(asked) < ENDLESS
    assert told.texts(case.listed)
    assert told.texts(case.listed) <= case.expected()


@with_faults("repeated_cursor")
def test_a_list_that_repeats_itself_is_not_taken_for_whole(case: Case, fault: str) -> None:
    told, _ = read(case, Fault(fault, case.paged))
    assert told.error is not None or any(
        covers(u.fact, case.listed_fact) and u.partial for u in told.unread()
    )


@pytest.mark.parametrize("case", [case for case in CASES if case.part], ids=named)
def test_a_missing_permission_costs_its_fact_only(case: Case) -> None:
    told, _ = read(case, Fault("forbidden", case.part))
    assert told.error is None
    assert {u.fact for u in told.unread()} == {case.fact}
    assert told.texts(Post) == case.expected_posts()


@every_connector
def test_nothing_is_ever_written(case: Case) -> None:
    known = [Known("post", "1"), Known("comment", "2", "1")]
    logs = [read(case)[1].log, reread(case, known)[1].log]
    assert {r.method for log in logs for r in log if r.path != "/token"} == {"GET"}


@every_connector
def test_every_request_is_counted(case: Case) -> None:
    with LoopbackServer(case.site(case.town, NOW)) as server:
        connector = case.connector(case.access(server.url))
        list(connector.read(SINCE, UNTIL))
        connector.close()
    assert connector.usage.requests == len(server.log)


@every_connector
def test_the_limiter_is_asked_before_every_request(case: Case) -> None:
    told, server = _talk(case, lambda c: c.read(SINCE, UNTIL), limiter=Ceiling(1))
    assert isinstance(told.error, RateLimited)
    assert len(server.log) == 1


@with_faults(*REFUSED, "malformed", "repeated_cursor", "hostile_next")
def test_no_secret_is_ever_told(
    case: Case, fault: str, impatient: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for path in (case.first, case.paged):
        told, _ = read(case, Fault(fault, path))
        payloads = [json.dumps(r.payload) for r in told.readings if hasattr(r, "payload")]
        said = [caplog.text, *(str(r.args) for r in caplog.records), repr(told), *payloads]
        if told.error:
            said += [str(told.error), repr(told.error.args), told.error.remedy]
        for secret in case.secrets.values():
            assert [text for text in said if secret in text] == []


@with_faults(*REFUSED)
def test_every_error_can_be_sent_to_another_process(
    case: Case, fault: str, impatient: None
) -> None:
    told, _ = read(case, Fault(fault, case.first))
    copy = pickle.loads(pickle.dumps(told.error))  # noqa: S301 - our own
    assert (type(copy), str(copy)) == (type(told.error), str(told.error))


@every_connector
def test_records_are_read_again_as_they_are_now(case: Case) -> None:
    first, _ = read(case)
    posts, comments = first.of(Post)[:3], first.of(Comment)[:3]
    known = [Known("post", p.id) for p in posts] + [
        Known("comment", c.id, (c.post or "").partition(":")[2] or None) for c in comments
    ]
    told, _ = reread(case, known)
    assert told.error is None
    assert {p.key for p in posts} <= {p.key for p in told.of(Post)}
    assert {c.key for c in comments} <= {c.key for c in told.of(Comment)}
    assert {m.post for m in told.of(Media)} >= {p.key for p in posts}
    assert told.of(Gone) == []


@every_connector_with_comments_on_posts
def test_a_removed_post_is_gone_with_its_comments(case: Case) -> None:
    first, _ = read(case)
    busy = next(p for p in first.of(Post) if p.text == "Bin collections change next week")
    comment = next(c for c in first.of(Comment) if c.post == busy.key)
    emptied = tuple(p for p in case.town.post if p.id != "busy")
    known = [Known("post", busy.id), Known("comment", comment.id, busy.id)]
    told, _ = reread(case, known, replace(case.town, post=emptied))
    assert set(told.of(Gone)) == {Gone("post", busy.id), Gone("comment", comment.id)}
    assert told.of(Post) + told.of(Comment) == []


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.comments and c.counts and c.posts], ids=named
)
def test_comments_are_read_again_only_where_their_count_changed(case: Case) -> None:
    first, _ = read(case)
    busy = next(p for p in first.of(Post) if p.text == "Bin collections change next week")
    same, _ = reread(case, [Known("post", busy.id, comment_count=busy.comment_count)])
    grown, _ = reread(case, [Known("post", busy.id, comment_count=busy.comment_count - 1)])
    assert same.of(Comment) == []
    assert {c.key for c in grown.of(Comment)} >= {
        c.key for c in first.of(Comment) if c.post == busy.key
    }
