from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

from reports import archive
from socialaudit.finding import RunKind
from tests.reports.audits import an_audit

MONDAY = date(2026, 11, 15)
TODAY = date(2026, 11, 16)


def weeks(n: int) -> list[archive.Report]:
    """So many weekly reports, the last on the Sunday before; one thing fewer every week."""
    return [
        archive.Report(
            run=f"testham-{n - i}-weekly",
            kind=RunKind.WEEKLY,
            last_day=MONDAY - timedelta(days=7 * i),
            to_do={"": i + 1, "10.3": i},
        )
        for i in reversed(range(n))
    ]


def page_of(reports: list[archive.Report]) -> archive.Page:
    audit = an_audit()
    return archive.page(audit.council, audit.policy, reports, TODAY)


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.addresses.append(str(dict(attrs)["href"]))


def test_the_newest_report_comes_first_and_every_page_is_beside_the_index() -> None:
    audit = an_audit()
    html = archive.render(audit.council, audit.policy, weeks(3), TODAY)
    pages = [a for a in Links(html).addresses if not a.startswith("#")]
    assert [pages.pop(0), pages.pop(0)] == ["testham-3-weekly.html", "2026-Q4.html"]
    assert pages == ["testham-3-weekly.html", "testham-2-weekly.html", "testham-1-weekly.html"]


def test_the_year_is_shown_by_clause_as_far_as_it_goes() -> None:
    page = page_of(weeks(14))
    assert page.columns == ("Now", "4 weeks ago", "13 weeks ago")
    ((_, cite, cells),) = [row for row in page.clauses if row[2][0] != row[2][1]]
    assert (cite, cells) == ("Section 10, paragraph 3", ("0", "4", "13"))


def test_a_week_without_a_report_has_no_column() -> None:
    reports = [r for r in weeks(14) if r.last_day != MONDAY - timedelta(days=28)]
    assert page_of(reports).columns == ("Now", "13 weeks ago")


def test_an_extra_check_says_why_and_never_counts_as_a_week() -> None:
    extra = archive.Report(
        run="testham-extra",
        kind=RunKind.INCIDENT,
        last_day=MONDAY + timedelta(days=3),
        to_do={"": 9},
        not_checked=("X (Twitter)", "YouTube"),
        reason="A <b>complaint</b>\u202e",
    )
    page = page_of([*weeks(2), extra])
    (line,) = page.extra
    assert line.note == "A <b>complaint</b>. X (Twitter) and YouTube not checked"
    assert len(page.weekly) == 2
    audit = an_audit()
    assert "<b>" not in archive.render(audit.council, audit.policy, [*weeks(2), extra], TODAY)


def test_before_the_first_weekly_report_there_is_a_page_all_the_same() -> None:
    first = replace(weeks(1)[0], kind=RunKind.FIRST)
    audit = an_audit()
    assert "Social media reports" in archive.render(audit.council, audit.policy, [first], TODAY)
