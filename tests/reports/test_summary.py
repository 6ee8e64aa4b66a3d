from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from reports import summary
from reports.quarter import Quarter
from reports.summary import Summary, Week
from socialaudit.finding import Status
from tests.reports.audits import a_coverage, a_finding, an_audit, many, mock_up
from tests.reports.documents import read
from tests.reports.test_email import hostile_audit

TODAY = date(2026, 11, 16)


def weeks(*to_do: int) -> tuple[Week, ...]:
    """Weeks with so many things to do, the last of them to 15 November."""
    last = date(2026, 11, 15)
    return tuple(Week(last - timedelta(weeks=n), count) for n, count in enumerate(reversed(to_do)))[
        ::-1
    ]


NAMES = ("Facebook", "Instagram", "X (Twitter)", "YouTube")


def a_summary(**changes: object) -> Summary:
    start, *within = weeks(14, 13, 13, 11, 9, 10, 6, 10)
    audit = mock_up()
    within[-1] = replace(within[-1], not_checked=("X (Twitter)",))
    made = Summary(
        quarter=Quarter(2026, 4),
        audit=audit,
        start=start,
        before=many(14),
        weeks=tuple(within),
        fixed=audit.fixed,
        today=TODAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # of the fields' own types


VARIANTS = {
    "usual": a_summary(),
    "first week": a_summary(start=weeks(10)[0], weeks=weeks(10), before=mock_up().to_do, fixed=()),
    "full quarter": a_summary(
        audit=replace(mock_up(), digest="c" * 64),
        start=weeks(40)[0],
        weeks=tuple(
            replace(week, last_day=week.last_day + timedelta(weeks=6), not_checked=NAMES)
            for week in weeks(*range(39, 26, -1))
        ),
        fixed=many(40),
        today=date(2027, 1, 4),
    ),
    "nothing": a_summary(audit=an_audit(), start=weeks(0)[0], weeks=weeks(0, 0), before=(), fixed=()),
    "hostile": a_summary(audit=hostile_audit(), fixed=hostile_audit().fixed),
    "five thousand": a_summary(audit=an_audit(*many(5000)), before=many(5000), fixed=many(5000)),
}  # fmt: skip
every_variant = pytest.mark.parametrize("name", VARIANTS)


def test_the_numbers_are_those_of_the_start_and_the_end() -> None:
    page = summary.page(VARIANTS["usual"])
    assert [(n, words) for _, n, words in page.figures] == [
        ("14", "to do at the start"),
        ("10", "to do at the end"),
        ("4", "fixed in between"),
        ("1", "week with an account not checked"),
    ]
    assert page.trend is not None
    assert [bar.label for bar in page.trend.bars][-2:] == ["6", "10 at the end"]
    assert (page.then, page.now) == ("Week to 27 September", "Week to 15 November")


def test_each_group_of_the_policy_has_one_row_with_then_and_now() -> None:
    page = summary.page(VARIANTS["usual"])
    assert len(page.parts) == len(mock_up().policy.groups)
    captions = next(p for p in page.parts if p.title == "Everyone can use what we post")
    assert (captions.then, captions.now) == ("4", "3")
    assert [f.text for f in captions.stands] == ["Needs action", "X not checked"]


def test_what_was_fixed_is_told_by_kind_the_most_frequent_first() -> None:
    assert summary.page(VARIANTS["usual"]).fixed == (
        "Late comments answered (2 times)",
        "Captions added",
        "Notice also put on the council website",
    )


def test_a_week_without_a_report_and_an_account_that_was_not_checked_are_named() -> None:
    there = list(weeks(13, 13, 11, 9, 10, 6, 10))
    del there[1]
    there[-1] = replace(there[-1], not_checked=("X (Twitter)",))
    page = summary.page(a_summary(weeks=tuple(there)))
    assert page.missed[:2] == (
        "No report was made for the week to 11 October.",
        "X (Twitter): not checked in 1 of 6 weeks.",
    )
    assert ("gap", "1", "week with an account not checked") in page.figures


def test_weeks_before_the_first_report_are_not_missed() -> None:
    assert summary.page(VARIANTS["first week"]).missed == ()


def test_a_quarter_that_is_not_over_says_so() -> None:
    assert "The quarter is not over." in summary.page(VARIANTS["usual"]).intro
    over = a_summary(today=date(2027, 1, 1))
    assert "not over" not in summary.page(over).intro


def test_what_was_decided_is_counted() -> None:
    left = an_audit(a_finding(status=Status.LEFT), coverage=(a_coverage(),))
    assert summary.page(a_summary(audit=left)).settled == "1 thing left as you decided."


@every_variant
def test_a_page_loads_and_runs_nothing_and_has_no_link(name: str) -> None:
    document = read(summary.render(VARIANTS[name]))
    assert document.all("img", "link", "iframe", "object", "base", "script", "a") == []
    assert not [e for e in document.all("p", "li", "h1", "h2", "td", "th", "b") if not e.text()]
    for table in document.all("table"):
        assert {th.get("scope") for th in table.all("th")} == {"col", "row"}


@every_variant
def test_a_page_names_no_post_and_no_words_of_the_public(name: str) -> None:
    html = summary.render(VARIANTS[name])
    for private in ("Bin collections", "fool", "07700", "<script>alert", "victim@", "\u202e"):
        assert private not in html
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2066-\u2069]", html)


@every_variant
def test_a_page_is_small_and_its_lists_are_short(name: str) -> None:
    html = summary.render(VARIANTS[name])
    assert len(html.encode()) < 40_000
    assert len(read(html).all("li")) <= 24
