from __future__ import annotations

from socialaudit.finding import Status
from tests.reports.audits import a_coverage, a_finding, a_run, an_audit


def test_two_accounts_on_one_platform_are_told_apart() -> None:
    second = a_coverage(handle="CromerPier", account="facebook")
    audit = an_audit(coverage=(a_coverage(handle="CromerTC"), second))
    assert audit.label("facebook") == "Facebook CromerTC"


def test_an_account_that_is_no_longer_listed_keeps_its_id() -> None:
    assert an_audit().label("myspace") == "myspace"


def test_a_short_label_leaves_out_the_former_name() -> None:
    assert (an_audit().label("x"), an_audit().label("x", whole=True)) == ("X", "X (Twitter)")


def test_the_page_has_the_name_of_the_run() -> None:
    audit = an_audit(run=a_run(id="cromer/2026 ü"))
    assert audit.page == "https://reports.example.org/cromer/cromer%2F2026%20%C3%BC.html"
    assert an_audit(web_url="http://127.0.0.1/").page is None
    assert an_audit(web_url=None).page is None


def test_the_week_ends_on_its_last_day() -> None:
    audit = an_audit()
    assert (audit.first_day.isoformat(), audit.last_day.isoformat()) == ("2026-11-09", "2026-11-15")


def test_a_check_that_no_longer_exists_still_has_words() -> None:
    assert an_audit().check("gone").instruction == "Look at this"


def test_only_what_is_open_and_not_excused_is_to_do() -> None:
    kept = a_finding(n=1, status=Status.NOT_RECHECKED)
    audit = an_audit(kept, a_finding(n=2, excused="old"), a_finding(n=3, status=Status.LEFT))
    assert audit.to_do == (kept,)
