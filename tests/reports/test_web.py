from __future__ import annotations

import base64
import hashlib
import re

import pytest

from reports import web
from tests.reports.audits import a_comment, a_finding, an_audit, many, mock_up
from tests.reports.documents import read
from tests.reports.test_email import VARIANTS

PAGES = {name: web.render(audit) for name, audit in VARIANTS.items()}
every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_the_policy_lets_in_the_style_and_the_script_of_the_page_alone(name: str) -> None:
    page = PAGES[name]
    (policy,) = (m.get("content") for m in read(page).all("meta") if m.get("http-equiv"))
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in (style, script)]  # fmt: skip
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


@every_page
def test_a_page_loads_nothing_and_holds_no_inline_handler_or_style(name: str) -> None:
    document = read(PAGES[name])
    assert document.all("img", "link", "iframe", "object", "base", "audio", "video") == []
    for element in document.all("div", "p", "a", "td", "article", "svg", "rect", "span", "option"):
        assert not [a for a in element.attributes if a.startswith("on") or a in {"style", "src"}]


@every_page
def test_a_page_asks_not_to_be_indexed_and_tells_nobody_where_readers_come_from(name: str) -> None:
    metas = {m.get("name"): m.get("content") for m in read(PAGES[name]).all("meta")}
    assert (metas["robots"], metas["referrer"]) == ("noindex, nofollow", "no-referrer")


@every_page
def test_ids_are_unique_and_every_jump_lands(name: str) -> None:
    page = PAGES[name]
    ids = re.findall(r'\bid="([^"]+)"', page)
    jumps = set(re.findall(r'href="#([^"]+)"', page))
    assert len(ids) == len(set(ids))
    assert jumps <= set(ids)


@every_page
def test_links_leave_for_known_hosts_only_and_words_lead_to_one_place(name: str) -> None:
    places: dict[str, set[str]] = {}
    for link in read(PAGES[name]).all("a"):
        assert re.match(r"#|mailto:clerk@cromer\.example\.org\?|https://(\w+\.)?(facebook|youtube|instagram|x)\.example/|https://reports\.example\.org/", link.get("href"))  # fmt: skip
        places.setdefault(link.text(), set()).add(link.get("href"))
    assert [words for words, to in places.items() if len(to) > 1 or not words] == []


@every_page
def test_every_table_has_headings_on_both_sides(name: str) -> None:
    for table in read(PAGES[name]).all("table"):
        assert {th.get("scope") for th in table.all("th")} == {"col", "row"}


@every_page
def test_every_clause_has_one_row(name: str) -> None:
    rows = re.findall(r'<tr id="part-([^"]+)">', PAGES[name])
    assert rows == [c.id for c in VARIANTS[name].policy.clauses]


@every_page
def test_no_control_or_direction_character_is_left(name: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", PAGES[name])  # fmt: skip


def test_words_of_a_comment_are_shown_with_the_day_they_are_deleted() -> None:
    subject = a_comment(1, "Bins", excerpt="You <i>lot</i>: ring 07700 900123")
    text = web.render(an_audit(a_finding("offensive-comments", subject=subject)))
    assert "You &lt;i&gt;lot&lt;/i&gt;: ring [number removed]" in text
    assert "We delete these words on Monday 15\u00a0November 2027." in text


def test_hostile_text_is_text() -> None:
    page = PAGES["hostile"]
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page
    for private in ("07700", "9EX", "@someone", "evil.example", "victim@"):
        assert private not in page


def test_the_policy_itself_is_quoted() -> None:
    assert '<q class="ex">Staff must ensure any publication complies.</q>' in PAGES["mock-up"]


def test_filters_name_what_there_is() -> None:
    selects = {s.get("id"): [o.get("value") for o in s.all("option")] for s in read(PAGES["mock-up"]).all("select")}  # fmt: skip
    assert selects["f-account"] == ["", "facebook", "youtube", "instagram", "x", "_council"]
    assert "4.6" in selects["f-part"]
    articles = read(PAGES["mock-up"]).all("article")
    used = {a for article in articles for a in article.get("data-account").split()}
    assert used == set(selects["f-account"]) - {""}


def test_the_trend_is_told_in_words_bars_and_a_table() -> None:
    document = read(PAGES["mock-up"])
    words = document.text().replace("\u00a0", " ")
    assert "There were 10 things to do at the end of the week to 15 November, up from 6" in words
    assert len(document.all("rect")) == 8
    table = next(t for t in document.all("table") if "narrow" in t.get("class"))
    assert [td.text() for td in table.all("td")] == ["14", "13", "13", "11", "9", "10", "6", "10"]


def test_there_is_no_trend_before_two_weeks() -> None:
    assert "<svg" not in PAGES["first ever"]


def test_five_thousand_things_stay_under_two_megabytes() -> None:
    page = web.render(an_audit(*many(5000)))
    assert len(page.encode()) < 2_000_000
    assert "Showing all 5,000 things to do." in page


def test_numbers_of_items_are_those_of_the_email() -> None:
    headings = [h.text() for h in read(PAGES["mock-up"]).all("h3")]
    assert headings[0] == "1. Remove and report an abusive comment"
    assert [int(h.split(".")[0]) for h in headings] == list(range(1, len(headings) + 1))


def test_each_part_of_the_policy_is_counted_once() -> None:
    lead = re.search(r"The policy has 12 parts\.[^<]*", web.render(mock_up()))
    assert lead is not None
    assert sum(int(n) for n in re.findall(r"(\d+) (?!parts)", lead[0])) == 12


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "Nothing to do."),
        ("one gap", "Nothing in what we could check. Problems elsewhere will not show."),
        ("partly read", "Nothing in what we could check. Problems elsewhere will not show."),
        ("nothing checked", "No account was checked, so we do not know."),
    ],
)
def test_a_page_without_things_to_do_says_how_much_that_tells(name: str, said: str) -> None:
    assert f'<h2 id="todo">Things to do</h2>\n<p>{said}</p>' in PAGES[name].replace("\u00a0", " ")
