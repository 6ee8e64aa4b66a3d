from __future__ import annotations

import time

import pytest

from connectors.mediawiki_text import LONGEST, Added, added, plain, signature, still_there

SIGNED = signature(frozenset({"user", "user talk", "benutzer", "benutzer diskussion"}))
ANN = "[[User:Ann|Ann]] ([[User talk:Ann|talk]]) 10:15, 3 September 2026 (UTC)"


@pytest.mark.parametrize(
    ("wikitext", "text"),
    [
        (f"When? {ANN}", "When?"),
        (f"When? --{ANN}", "When?"),
        (f"When? — {ANN}", "When?"),
        ("Wann? [[Benutzer:Ann|Ann]] ([[Benutzer Diskussion:Ann|Diskussion]]) 10:15, 3. Sep. 2026 (CEST)", "Wann?"),
        ("When? [[Special:Contributions/192.0.2.7|192.0.2.7]] 10:15, 3 September 2026 (UTC)", "When?"),
        ("When? [[User:Ann]] 2026-09-03 10:15 (UTC)", "When?"),
        ("When? 10:15, 3 September 2026 (UTC)", "When?"),
        ("[[User:Clerk|Clerk]], when is it?", "Clerk, when is it?"),
        ("The office opens at 10:15 on 3 September 2026.", "The office opens at 10:15 on 3 September 2026."),
        ("== Brown ''bins'' ==\n:: '''When''' is it?", "Brown bins\nWhen is it?"),
        ("See [[Bins|the page]] and [[Hall]].", "See the page and Hall."),
        ("See [https://x.example the map] or https://y.example", "See the map or https://y.example"),
        ("See [https://x.example]", "See https://x.example"),
        ("{{ping|Clerk}} When?{{unsigned|Ann|{{date}}}}", "When?"),
        ("[[File:Bin.png|thumb|The [[bin]]]]When?", "When?"),
        ("When?<!-- not said --><ref>a book</ref><br/>Now &amp; then", "When? Now & then"),
        ("[[Category:Bins]]__NOTOC__", ""),
        ("{| class=wikitable\n| a\n|}", ""),
    ],
)  # fmt: skip
def test_what_people_write_is_read_without_markup_and_without_their_names(
    wikitext: str, text: str
) -> None:
    assert plain(wikitext, SIGNED) == text


def test_what_an_edit_put_in_stands_under_its_heading() -> None:
    before = "== A ==\nOne\n== B ==\nTwo"
    assert added(before, "== A ==\nOne\n:Mine\n== B ==\nTwo") == Added((":Mine",), "A")
    assert added(before, f"{before}\n:Mine") == Added((":Mine",), "B")
    assert added(before, f"{before}\n== C ==\nNew") == Added(("== C ==", "New"), "C", begins=True)
    assert added("", "Hello") == Added(("Hello",))


def test_a_correction_adds_nothing_and_a_line_that_grew_what_was_put_to_it() -> None:
    assert added("Wehn is the bin emptied?", "When is the bin emptied?").lines == ()
    assert added("When is it?", "When is it? On Monday.").lines == (" On Monday.",)
    assert added("One\nTwo", "One").lines == ()


def test_what_was_taken_off_the_page_stands_there_no_more() -> None:
    found = added("", "== A ==\nRude words")
    assert still_there(found, "== A ==\n:Rude words")
    assert not still_there(found, "== A ==\nGood words")


@pytest.mark.parametrize(
    "piece",
    ["<ref>", "[[", "{{", "{|", "[[File:a.png ", "[[User:a]]", "12:34 3 Sept ", "'", "<!--", "<a ",
     "[//a b", "=", "\n", ":", "--", " ", "&nbsp;", "2026 ", "== ", "= = "],
)  # fmt: skip
def test_hostile_wikitext_costs_no_time(piece: str) -> None:
    begun = time.monotonic()
    wikitext = piece * (LONGEST // len(piece)) + "\n[[User:a]] 12:34, 5 September 2026 (UTC"
    plain(wikitext, SIGNED)
    added(wikitext, wikitext[::-1])
    assert time.monotonic() - begun < 2


def test_pages_that_share_nothing_cost_no_time() -> None:
    begun = time.monotonic()
    old = "\n".join(f"line {n} of the old page" for n in range(10_000))
    new = "\n".join(f"line {n} of the new page" for n in range(10_000))
    assert len(added(old, new).lines) == 10_000
    assert time.monotonic() - begun < 3
