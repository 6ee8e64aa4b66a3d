from __future__ import annotations

from reports.gaps import checked_in_full, gaps
from reports.items import gather
from socialaudit.finding import UNSAID, Assessment, Outcome, ReadStatus
from socialaudit.models import AccountKind, Unread
from tests.reports.audits import a_coverage, an_audit, at, mock_up, unread_x


def test_an_account_that_was_never_read_says_so() -> None:
    coverage = a_coverage(status=ReadStatus.NOT_READ, read_at=None)
    (gap,) = gaps(an_audit(coverage=(coverage,)), ())
    assert gap.text == "it has never been checked. Please look at the account yourself."


def test_the_reason_is_that_of_the_thing_to_do() -> None:
    audit = mock_up()
    (gap,) = gaps(audit, gather(audit))
    assert gap.name == "X (Twitter)"
    assert gap.text.endswith("please look at the account yourself. See item 7.")


def test_without_one_it_is_the_reason_that_we_were_given() -> None:
    (gap,) = gaps(an_audit(coverage=(unread_x(),)), ())
    assert gap.text == (
        "nothing checked since Monday 9 November. Our permission to read the account ran out. "
        "Please look at the account yourself."
    )


def test_what_was_read_only_in_part_is_named() -> None:
    unread = (Unread("settings", "No permission"), Unread("comments", "It broke", partial=True))
    (gap,) = gaps(an_audit(coverage=(a_coverage(unread=unread),)), ())
    assert gap.text.startswith(
        "we could not read settings. We could see comments only in part. No permission."
    )


def test_an_old_date_has_its_year() -> None:
    coverage = a_coverage(status=ReadStatus.NOT_READ, read_at=at(9).replace(year=2025))
    (gap,) = gaps(an_audit(coverage=(coverage,)), ())
    assert gap.text.startswith("nothing checked since Sunday 9 November 2025.")


def test_what_was_read_is_counted() -> None:
    assert checked_in_full(an_audit(coverage=(a_coverage(), unread_x()))) == (
        "Facebook was checked in full. We read 11 posts and 64 comments. "
        "We never read private messages or anyone’s personal account."
    )


def test_who_has_accounts_of_staff_on_the_list_is_not_told_that_none_was_read() -> None:
    hers = a_coverage("x", kind=AccountKind.STAFF)
    assert checked_in_full(an_audit(coverage=(a_coverage(), hers))).endswith(
        "We never read private messages or anyone’s personal account that is not on the council’s list."
    )


def test_what_a_platform_never_shows_does_not_hide_that_the_rest_was_checked() -> None:
    x = a_coverage("x", unread=(Unread("media.captions", "no way", permanent=True),))
    assert checked_in_full(an_audit(coverage=(a_coverage(), x))).startswith(
        "Facebook was checked in full. X was checked as far as possible. We read"
    )


def test_a_website_that_could_not_be_read_is_named() -> None:
    website = a_coverage(unread=(Unread("*", "It did not answer"),))
    (gap,) = gaps(an_audit(website=website), ())
    assert (gap.name, gap.text) == (
        "Council website",
        "we could not read all of its news. A notice may be there and we did not see it. It did not answer.",
    )


def test_what_the_council_has_not_told_a_check_is_said_once() -> None:
    reason = "The policy has no dates of elections. Ask your support contact to put them in."
    untold = [
        Assessment(
            check="video-captions", account=account, outcome=Outcome.NOT_ASSESSED, reason=reason
        )
        for account in ("facebook", "youtube", None)
    ]
    vague = Assessment(
        check="video-captions",
        account="x",
        outcome=Outcome.NOT_ASSESSED,
        reason=f"{UNSAID} 3 of 3",
    )
    found = gaps(an_audit(coverage=(a_coverage(),), assessments=(*untold, vague)), ())
    assert [gap.text for gap in found] == [f"not checked. {reason}"]
