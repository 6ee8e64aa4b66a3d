from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports.fleet import LISTED, Standing, lines, render_email, render_page, summary
from tests.reports.documents import read

TODAY = date(2026, 11, 17)
WELL = Standing(
    council="Cromer Town Council", last_day=date(2026, 11, 15), version="0.1.0", to_do=9
)
TROUBLES = {
    "broken": replace(
        WELL, council="Broken", fault="broken.toml: line 1 is no TOML", last_day=None
    ),
    "never": replace(WELL, council="Newly", last_day=None, late=1000),
    "late": replace(WELL, council="Lately", late=2),
    "mail": replace(WELL, council="Mailey", undelivered=1),
    "unread": replace(WELL, council="Unready", unread=("X (Twitter)", "YouTube")),
    "ending": replace(WELL, council="Endham", ending=(("endham-facebook", date(2026, 12, 1)),)),
}


def test_the_worst_comes_first() -> None:
    mixed = [WELL, *reversed(TROUBLES.values())]
    assert [s.council for s in sorted(mixed, key=lambda s: s.order)] == [
        *(s.council for s in TROUBLES.values()),
        WELL.council,
    ]


def test_each_trouble_is_said_in_words() -> None:
    assert {name: one.troubles for name, one in TROUBLES.items()} == {
        "broken": ("broken.toml: line 1 is no TOML", "It has never had a weekly report"),
        "never": ("It has never had a weekly report",),
        "late": ("The last 2 weekly reports missing",),
        "mail": ("1 message not delivered",),
        "unread": ("Not read in full: X (Twitter) and YouTube",),
        "ending": ("The credential endham-facebook ends on Tuesday 1 December 2026",),
    }
    assert WELL.troubles == ()


def test_a_terminal_gets_a_line_for_each_council() -> None:
    shown = list(lines([TROUBLES["late"], WELL]))
    assert shown[0].startswith("Lately               15.11.2026     9 to do  0.1.0")
    assert shown[1].endswith("well")
    assert list(lines([])) == []


def test_the_sum_of_it_is_one_sentence() -> None:
    assert summary([WELL]) == "All is well with 1 council"
    assert summary([TROUBLES["mail"], WELL]) == "1 council of 2 need something done"


def test_the_page_shows_every_council_and_runs_nothing() -> None:
    hostile = replace(WELL, council="<script>alert(1)</script>")
    page = render_page([TROUBLES["unread"], hostile], TODAY)
    assert "<script>" not in page
    assert len(read(page).all("tr")) == 3
    assert "default-src 'none'" in page


def test_the_email_names_those_with_troubles_and_counts_the_rest() -> None:
    many = [replace(TROUBLES["mail"], council=f"Council {n}") for n in range(LISTED + 3)]
    words = render_email([*many, WELL, WELL], TODAY)
    assert (
        words.subject
        == f"{LISTED + 3} councils of {LISTED + 5} need something done: social media checks"
    )
    assert "Not named here: 3 more councils." in words.text
    assert "Well: 2 councils." in words.text
    assert "Council 5: 1 message not delivered." in words.text
