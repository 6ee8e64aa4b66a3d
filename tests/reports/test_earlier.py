from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports import email, web
from reports.audit import Earlier
from reports.earlier import earlier
from reports.signposts import Signposts
from socialaudit.finding import RunKind
from tests.reports.audits import a_finding, an_audit, mock_up
from tests.reports.documents import read

WEEK = Earlier(
    run="testham-2026-11-08-weekly",
    kind=RunKind.WEEKLY,
    last_day=date(2026, 11, 8),
    to_do=6,
    fixed=5,
    accounts=4,
)
EXTRA = replace(
    WEEK,
    run="testham-extra-1",
    kind=RunKind.INCIDENT,
    not_checked=("X (Twitter)",),
    asked_by="the <b>mayor</b>",
)


def test_each_report_before_is_named_with_its_numbers_and_its_gaps() -> None:
    audit = an_audit(earlier=(EXTRA, WEEK), web_url=None)
    rows = list(earlier(audit, Signposts(audit.hosts)))
    assert [(r.page.text, r.page.address) for r in rows] == [
        ("Extra check to Sunday 8 November 2026", ""),
        ("Week to Sunday 8 November 2026", ""),
    ]
    assert [r.note for r in rows] == [
        "X (Twitter) not checked. Asked for by the <b>mayor</b>.",
        "4 accounts checked.",
    ]
    assert "<b>mayor" not in web.render(audit)


def test_two_extra_checks_of_one_day_are_told_apart() -> None:
    audit = an_audit(earlier=(EXTRA, replace(EXTRA, run="testham-extra-2")))
    marks = [r.page.mark for r in earlier(audit, Signposts(audit.hosts))]
    assert marks == ["", "(testham-extra-2)"]


def test_a_page_of_the_archive_leads_to_the_pages_beside_it() -> None:
    page = web.render(an_audit(earlier=(WEEK,), web_url=None, beside=True))
    links = [a.get("href") for a in read(page).all("a") if not a.get("href").startswith("#")]
    assert links == ["index.html", "testham-2026-11-08-weekly.html"]


def test_the_numbers_of_the_week_lead_to_the_reports_that_they_are_from() -> None:
    sent = email.render(mock_up())
    links = {a.text(): a.get("href") for a in read(sent.html).all("a")}
    here, before = (
        f"https://reports.example.org/cromer/2026-11-{day}.html" for day in ("15", "08")
    )
    assert links["4 fixed"] == f"{here}#fixed"
    assert links["10 to do in total"] == f"{here}#todo"
    assert links["up from 6"] == f"{before}#todo"
    assert f"The report before this one:\n{before}\n" in sent.text


def test_without_a_published_archive_the_numbers_are_words() -> None:
    sent = email.render(replace(mock_up(), web_url=None))
    assert "4 fixed, 8 new. 10 to do in total, up from 6." in sent.text
    assert "#todo" not in sent.html


def test_nothing_fixed_leads_nowhere() -> None:
    sent = email.render(an_audit(a_finding(), previous=frozenset({"FB-001"})))
    assert "0 fixed" not in {a.text() for a in read(sent.html).all("a")}
