"""What the short email says when no account could be read."""

from __future__ import annotations

from flows.reporting import the_email
from socialaudit.finding import ReadStatus
from socialaudit.models import Unread
from tests.reports.audits import a_coverage, a_finding, an_audit, unread_x

BROKEN = a_coverage(status=ReadStatus.NOT_READ, unread=(Unread("*", "The server is down"),))


def test_one_account_that_could_not_be_read_has_one_reason() -> None:
    text = the_email(an_audit(coverage=(unread_x(),))).text
    assert "Why: We could not read X. Our permission to read the account ran out.\n" in text


def test_the_reason_is_told_as_the_thing_to_do_tells_it() -> None:
    gap = a_finding("monitoring-gaps", 1, "x", subject=None, message="It ran out on Tuesday. Look.")
    text = the_email(an_audit(gap, coverage=(unread_x(),))).text
    assert "Why: We could not read X. It ran out on Tuesday.\n" in text


def test_several_reasons_differ() -> None:
    text = the_email(an_audit(coverage=(BROKEN, unread_x()))).text
    assert "Why: We could not read Facebook and X. The reasons differ.\n" in text


def test_a_reason_that_nobody_gave_is_not_made_up() -> None:
    silent = a_coverage(status=ReadStatus.NOT_READ)
    assert "Why: We could not read Facebook.\n" in the_email(an_audit(coverage=(silent,))).text
