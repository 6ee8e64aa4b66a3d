from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from checks.signed_statements import Parameters, signed_statements
from socialaudit.check import Context, Counted, Observation, Scope, Signature
from socialaudit.finding import fingerprint
from socialaudit.records import from_records
from tests.checks.judging import a_context

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)


def asked(clause: str = "4.14", number: int = 1, **changes: Any) -> Signature:
    said: dict[str, Any] = {
        "clause": clause,
        "title": "Passwords are secure",
        "number": number,
        "text": "Each account has a strong password",
    }
    return Signature(**(said | changes))


def told(*signatures: Signature, **changes: Any) -> list[Observation | Counted]:
    context: Context = a_context(signed_statements, now=NOW, signatures=signatures, **changes)
    seen = signed_statements.judge(from_records([]), context)
    return [one for one in seen if not isinstance(one, Scope)]


@pytest.mark.parametrize(
    ("until", "message"),
    [
        (None, "Nobody has signed: ‘Passwords are secure’."),
        (
            date(2026, 10, 31),
            "The statement for ‘Passwords are secure’ ended on 31 October 2026.",
        ),
        (date(2026, 11, 16), "The statement for ‘Passwords are secure’ ends on 16 November 2026."),
        (date(2026, 12, 15), "The statement for ‘Passwords are secure’ ends on 15 December 2026."),
    ],
    ids=["missing", "lapsed", "last day", "soon"],
)
def test_what_is_not_signed_for_long_is_a_thing_to_do(until: date | None, message: str) -> None:
    counted, seen = told(asked(until=until, by="A. Clerk" if until else ""))
    assert counted == Counted(None, examined=1)
    assert isinstance(seen, Observation)
    assert (seen.message, seen.clauses) == (message, ("4.14",))


def test_what_is_signed_for_long_is_well() -> None:
    assert told(asked(until=date(2026, 12, 16))) == [Counted(None, examined=1)]


def test_how_early_it_is_said_is_the_policys_to_set() -> None:
    assert len(told(asked(until=date(2026, 11, 16)), parameters=Parameters(warn_days=0))) == 1


def test_each_statement_is_a_finding_of_its_own_from_week_to_week() -> None:
    marks = {
        fingerprint("signed-statements", None, None, seen.subject)
        for seen in told(asked("9", 1), asked("9", 2), asked("4.14", 1))
        if isinstance(seen, Observation)
    }
    assert len(marks) == 3
    assert fingerprint("signed-statements", None, None) not in marks


def test_a_policy_that_asks_for_nothing_is_not_judged() -> None:
    assert told() == []


def test_the_day_is_the_councils() -> None:
    zone = ZoneInfo("Europe/London")
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    signature = asked(until=date(2026, 6, 30))
    context = a_context(signed_statements, now=late, timezone=zone, signatures=(signature,))
    _, seen = signed_statements.judge(from_records([]), context)
    assert isinstance(seen, Observation)
    assert "ended on 30 June" in seen.message
