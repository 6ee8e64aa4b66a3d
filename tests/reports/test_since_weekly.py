from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from reports import email, since_weekly, web
from socialaudit.finding import RunKind, Status
from tests.reports.audits import a_finding, a_run, an_audit

if TYPE_CHECKING:
    from reports.audit import Audit

THURSDAY = date(2026, 11, 19)
WEEKLY = an_audit(
    a_finding("offensive-comments", 1),
    a_finding("unanswered-comments", 2),
    a_finding("unanswered-comments", 3),
    a_finding("notice-alternative", 4),
    a_finding("video-captions", 5, "youtube"),
    a_finding("image-description", 6, "x"),
    a_finding("image-description", 7, "instagram"),
)
"""Items 1 to 6: an insult, two late answers, a notice, a video, and a picture on each of two."""


def extra(*still: int, fixed: tuple[int, ...] = (), day: date = THURSDAY) -> Audit:
    by_number = {int(f.ref[-3:]): f for f in WEEKLY.findings}
    return replace(
        an_audit(
            *(replace(by_number[n], status=Status.OPEN) for n in still),
            run=a_run(RunKind.INCIDENT, accounts=("facebook",), reason="a complaint"),
            fixed=tuple(replace(by_number[n], status=Status.FIXED) for n in fixed),
        ),
        weekly_before=WEEKLY,
        day=day,
    )


def test_what_is_fixed_what_is_left_and_what_was_not_looked_at_go_by_the_reports_own_numbers() -> (
    None
):
    assert since_weekly.lines(extra(4, fixed=(1, 2, 3))) == (
        "Monday’s items 1 and 2 are fixed.",
        "Monday’s item 3, ‘Put a notice in more places’, is still to do by Friday 20 November.",
        "Monday’s items 4 to 6 were not part of this check. Monday’s report still stands for those.",
        "Monday’s report has not been changed.",
    )


def test_an_item_of_several_places_can_be_fixed_in_some() -> None:
    told = since_weekly.lines(extra(1, 2, fixed=(3,)))
    assert "Monday’s item 2, ‘Answer 2 comments’, is still to do in 1 of 2 places." in told


def test_what_is_neither_there_nor_fixed_was_not_seen_again() -> None:
    assert "Monday’s items 1 to 6 were not part of this check." in " ".join(
        since_weekly.lines(extra())
    )


def test_an_older_report_is_called_by_its_date() -> None:
    late = extra(fixed=(1,), day=date(2026, 12, 3))
    assert since_weekly.title(late) == "What changed since the 16 November report"
    assert since_weekly.lines(late)[0] == "The 16 November item 1 is fixed."


def test_a_report_with_no_weekly_one_before_it_says_nothing_of_it() -> None:
    alone = replace(extra(1), weekly_before=None)
    assert (since_weekly.title(alone), since_weekly.lines(alone)) == ("", ())


def test_it_stands_in_the_email_and_on_the_web_page() -> None:
    shown = extra(4, fixed=(1,))
    for document in (email.render(shown).text, email.render(shown).html, web.render(shown)):
        plain = document.replace("&nbsp;", " ").replace("\u00a0", " ")
        assert "What changed since Monday’s report" in plain
        assert "Monday’s item 1 is fixed." in plain
