from __future__ import annotations

from datetime import date
from html import unescape

from reports import missed
from reports.missed import Missed

TODAY = date(2026, 11, 17)


def test_the_operator_is_told_which_councils_and_since_when() -> None:
    said = missed.render(
        [Missed("Testham Town Council", date(2026, 11, 1)), Missed("Otherham Parish Council")],
        TODAY,
    )
    assert said.subject == "No weekly report for 2 councils: social media check"
    for part in (said.text, said.html):
        words = unescape(part).replace("\u00a0", " ")
        assert "Its last report was for the week to Sunday 1 November 2026." in words
        assert "It has never had a weekly report." in words
        assert "Missing reports on Tuesday 17 November 2026" in words


def test_hundreds_of_councils_are_counted_not_listed() -> None:
    said = missed.render([Missed(f"Council {n}") for n in range(300)], TODAY)
    assert "280 more councils" in said.text.replace("\u00a0", " ")
    assert len(said.html) < 30_000


def test_a_name_is_words_whatever_is_in_it() -> None:
    said = missed.render([Missed("<script>x</script>\u202e", fault="a <b> fault\r\nBcc: x")], TODAY)
    assert "<script>" not in said.html
    assert "\r" not in said.subject + said.text
    assert "\u202e" not in said.text
