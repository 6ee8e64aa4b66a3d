"""The worst week that a council could meet: 5,000 things to do after 200 weeks of reports."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bench.reports import THINGS, reports, worst
from reports import email, mail
from reports.items import gather
from socialaudit.check import Urgency
from tests.reports.documents import read

RENDERED = {name: render() for name, render in reports().items()}
SENT = email.render(worst())


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("email (HTML part)", email.BYTES),
        ("web report", 2_000_000),
        ("front page of the archive", 200_000),
        ("quarterly summary", 40_000),
        ("action plan", 200_000),
    ],
)
def test_every_report_stays_within_its_size(name: str, most: int) -> None:
    assert len(RENDERED[name].encode()) <= most


def test_the_email_stays_within_its_words_and_names_all_that_is_for_today() -> None:
    assert email.words(SENT.html) <= email.WORDS
    assert len(read(SENT.html).all("h3")) <= 12
    for item in gather(worst()):
        if item.urgency is Urgency.TODAY:
            assert item.heading in SENT.text


def test_the_whole_message_stays_under_150_kilobytes() -> None:
    sender = mail.Sender(name="Check", address="check@example.org", reply_to="clerk@example.org")
    at = datetime(2026, 11, 16, 6, tzinfo=UTC)
    built = mail.message(SENT, "clerk@example.org", sender, "<1@example.org>", at)
    assert len(built.as_bytes()) < 150_000


def test_nothing_is_lost_from_what_is_counted() -> None:
    assert f"{THINGS:,} to do in total" in SENT.text
    assert f"Showing all {THINGS:,} things to do." in RENDERED["web report"]
    assert RENDERED["findings.csv"].count("\r\n") == THINGS + 1


def test_the_trend_and_the_earlier_reports_are_cut_to_what_can_be_read() -> None:
    document = read(RENDERED["web report"])
    assert len(document.all("rect")) == 12
    earlier = next(t for t in document.all("table") if "Reports before this one" in t.text())
    assert len(earlier.all("tr")) == 27
