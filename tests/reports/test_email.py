from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from reports import email
from reports.entries import DETAILS
from reports.failed import Failure
from reports.failed import render as render_failed
from reports.items import gather
from reports.view import view
from socialaudit.check import Urgency
from socialaudit.finding import ReadStatus, RunKind, Status
from socialaudit.models import Unread
from tests.reports.audits import (
    a_comment,
    a_coverage,
    a_finding,
    a_run,
    a_subject,
    an_audit,
    many,
    mock_up,
    unread_x,
)
from tests.reports.documents import read

if TYPE_CHECKING:
    from reports.audit import Audit
    from socialaudit.finding import Finding

HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert('x')</script>\u202egnp\u2066 \x1b[31m\r\nBcc: "
    "victim@example.org {{ 7*7 }} =cmd|' /C calc'!A0 javascript:alert(1) https://evil.example/x "
    "07700 900123 NR27 9EX @someone"
)


def hostile_audit() -> Audit:
    comment = a_comment(
        1, HOSTILE, permalink="javascript:alert(1)", excerpt=HOSTILE, label=HOSTILE, id=HOSTILE
    )
    fields = {"message": HOSTILE, "instruction": HOSTILE, "would_pass": HOSTILE}
    return an_audit(
        a_finding("offensive-comments", 1, subject=comment, evidence={HOSTILE: HOSTILE}, **fields),
        a_finding("offensive-comments", 2, subject=replace(comment, id="2", key="k2"), **fields),
        a_finding("video-captions", 3, subject=a_subject(3, headline=HOSTILE), **fields),
        a_finding("monitoring-gaps", 4, "x", subject=None, **fields),
        a_finding("post-audience", 5, subject=a_subject(5, headline=HOSTILE), **fields),
        fixed=(
            a_finding("video-captions", 6, status=Status.FIXED, subject=a_subject(6, headline=HOSTILE)),
        ),
        previous=frozenset({"FB-006"}),
        coverage=(
            a_coverage("facebook", handle=HOSTILE, unread=(Unread("comments", HOSTILE, HOSTILE),)),
            a_coverage("x", status=ReadStatus.NOT_READ, unread=(Unread("*", HOSTILE, HOSTILE),)),
        ),
        run=a_run(reason=HOSTILE, asked_by=HOSTILE),
    )  # fmt: skip


LONG = "A very long title that somebody wrote without stopping to breathe " * 30
VARIANTS = {
    "mock-up": mock_up(),
    "nothing": an_audit(),
    "1": an_audit(*many(1)),
    "5": an_audit(*many(5)),
    "12": an_audit(*many(12)),
    "60": an_audit(*many(60)),
    "60 without a web page": an_audit(*many(60), web_url=None),
    "one gap": an_audit(coverage=(a_coverage(), unread_x())),
    "partly read": an_audit(
        coverage=(a_coverage(unread=(Unread("comments", "It stopped half-way", partial=True),)),)
    ),
    "never shown": an_audit(
        coverage=(a_coverage("x", unread=(Unread("media.captions", "no way", permanent=True),)),)
    ),
    "nothing checked": an_audit(coverage=(unread_x(),)),
    "first ever": an_audit(*many(3), previous=None),
    "first run": an_audit(*many(3), previous=None, run=a_run(RunKind.FIRST)),
    "long titles": an_audit(
        *(replace(f, subject=a_subject(int(f.ref[-3:]), headline=LONG)) for f in many(12))
    ),
    "emoji only": an_audit(
        *(replace(f, subject=a_subject(int(f.ref[-3:]), headline="🎄🎅🏽👨‍👩‍👧")) for f in many(12))
    ),
    "hostile": hostile_audit(),
    "incident": an_audit(
        *many(2),
        run=a_run(
            RunKind.INCIDENT, accounts=("facebook",), reason="a complaint", asked_by="the clerk"
        ),
    ),
    "hostile incident": replace(
        hostile_audit(),
        run=a_run(RunKind.INCIDENT, reason=HOSTILE, accounts=("facebook", "x")),
    ),
    "quiet week": an_audit(
        fixed=(a_finding("video-captions", 7, status=Status.FIXED),),
        previous=frozenset({"FB-007"}),
        history=((date(2026, 11, 8), 1),),
    ),
    "not rechecked": an_audit(
        *(a_finding(n=n, account="x", status=Status.NOT_RECHECKED, first_seen=date(2026, 10, 18)) for n in (1, 2)),
        a_finding("monitoring-gaps", 3, "x", subject=None, message="Our permission ran out."),
        coverage=(a_coverage(), unread_x()),
        previous=frozenset({"X-001", "X-002"}),
    ),
    "answered": an_audit(
        a_finding(n=1, status=Status.LEFT),
        a_finding(n=2, status=Status.MISTAKE),
        a_finding(n=3, excused="older than the law"),
        previous=frozenset({"FB-001"}),
    ),
}  # fmt: skip
RENDERED = {name: email.render(audit) for name, audit in VARIANTS.items()}
RENDERED["failed"] = render_failed(
    Failure(
        council=mock_up().council,
        last_day=date(2026, 11, 15),
        why=HOSTILE,
        next_due=date(2026, 11, 23),
        still_to_do=3,
        last_checked=date(2026, 11, 8),
    )
)
every_variant = pytest.mark.parametrize("name", RENDERED)


@every_variant
def test_an_email_keeps_within_its_limits(name: str) -> None:
    sent = RENDERED[name]
    styles = re.findall(r"<style>(.*?)</style>", sent.html, re.DOTALL)
    summary = read(sent.html).all("td")[2].text()
    assert len(sent.html.encode()) <= 80_000
    assert sum(len(s.encode()) for s in styles) <= 16_000
    assert email.words(sent.html) <= 1300
    assert len(sent.subject) < 70
    assert len(sent.preview) < 110
    assert len(summary.split()) <= 80
    assert len(read(sent.html).all("h3")) <= 12


@every_variant
def test_layout_tables_have_one_cell_and_others_have_headings(name: str) -> None:
    for table in read(RENDERED[name].html).all("table"):
        if table.get("role") == "presentation":
            (row,) = [r for r in table.all("tr") if r not in _nested(table, "tr")]
            assert len(row.children) == 1
        else:
            assert {th.get("scope") for th in table.all("th")} == {"col", "row"}


def _nested(table: object, tag: str) -> list[object]:
    inner = [t for t in table.all("table") if t is not table]  # type: ignore[attr-defined]  # an Element
    return [e for t in inner for e in t.all(tag)]


@every_variant
def test_headings_have_no_gaps(name: str) -> None:
    levels = [int(h.tag[1]) for h in read(RENDERED[name].html).all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@every_variant
def test_links_are_https_to_known_hosts_and_words_lead_to_one_place(name: str) -> None:
    places: dict[str, set[str]] = {}
    for link in read(RENDERED[name].html).all("a"):
        assert re.match(r"https://(\w+\.)?(facebook|youtube|instagram|x)\.example/|https://reports\.example\.org/|mailto:clerk@cromer\.example\.org\?", link.get("href"))  # fmt: skip
        places.setdefault(link.text(), set()).add(link.get("href"))
    assert [words for words, to in places.items() if len(to) > 1 or not words] == []


@every_variant
def test_there_is_nothing_that_runs_loads_or_asks(name: str) -> None:
    document = read(RENDERED[name].html)
    assert document.all("img", "script", "svg", "form", "input", "link", "iframe", "details") == []
    assert not [e for e in document.all("div", "p", "td", "a") if any(a.startswith("on") for a in e.attributes)]  # fmt: skip


@every_variant
def test_no_bare_address_stands_in_the_html(name: str) -> None:
    words = read(RENDERED[name].html).all("body")[0].text()
    assert not re.search(r"https?://|www\.|\w@\w", words)


@every_variant
def test_no_control_or_direction_character_is_left(name: str) -> None:
    sent = RENDERED[name]
    for text in (sent.html, sent.text, sent.subject, sent.preview):
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", text
        )
    assert "\n" not in sent.subject + sent.preview


@every_variant
def test_no_element_is_empty(name: str) -> None:
    document = read(RENDERED[name].html)
    assert [
        e.tag for e in document.all("p", "li", "h2", "h3", "td", "th", "a") if not e.text()
    ] == []


@every_variant
def test_both_parts_tell_the_same(name: str) -> None:
    sent = RENDERED[name]
    document = read(sent.html)
    plain = sent.text.replace("\n", " ")
    kept = document.all("body")[0].text().replace("\u00a0", " ")
    for heading in document.all("h1", "h2", "h3"):
        assert heading.text().replace("\u00a0", " ") in plain
    for reference in re.findall(r"Refs? [^.]*\.", plain):
        assert reference in kept
    links = {re.sub("#(todo|fixed)$|&body=.*", "", a.get("href")) for a in document.all("a")}
    assert links == set(re.findall(r"(?:https://|mailto:)\S+", sent.text))


def test_private_details_in_a_title_are_not_repeated() -> None:
    sent = RENDERED["hostile"]
    for text in (sent.html, sent.text):
        assert "07700" not in text
        assert "9EX" not in text
        assert "@someone" not in text
        assert "evil.example" not in text


def test_markup_in_a_title_shows_as_text() -> None:
    assert "&lt;script&gt;" in RENDERED["hostile"].html
    assert "<script>alert" in RENDERED["hostile"].text
    assert "{{ 7*7 }}" in RENDERED["hostile"].text


def test_words_of_a_comment_are_not_in_the_email() -> None:
    subject = a_comment(1, "Bins", excerpt="you utter numpty")
    sent = email.render(an_audit(a_finding("offensive-comments", subject=subject)))
    assert "numpty" not in sent.html + sent.text + sent.subject + sent.preview


def test_a_link_off_the_list_is_left_out_and_the_place_still_named() -> None:
    elsewhere = a_subject(headline="Fair", permalink="https://facebook.example.evil.test/1")
    sent = email.render(an_audit(a_finding(subject=elsewhere), web_url=None, replies_to=None))
    assert "<a " not in sent.html
    assert "‘Fair’" in sent.html


def test_loopback_addresses_are_not_linked() -> None:
    local = a_subject(permalink="http://127.0.0.1:8401/posts/1")
    sent = email.render(an_audit(a_finding(subject=local), web_url="http://127.0.0.1/"))
    assert "127.0.0.1" not in sent.html + sent.text


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("mock-up", "4 things to do today: council social media, week to 15 November"),
        ("nothing", "Nothing to do: council social media, week to 15 November"),
        ("one gap", "X was not checked: council social media, week to 15 November"),
        ("incident", "1 thing to do today: extra check of Facebook, 15 November"),
        ("failed", "No check this week: council social media, week to 15 November"),
    ],
)  # fmt: skip
def test_the_subject_says_the_count_the_place_and_the_week(name: str, subject: str) -> None:
    if name == "incident":
        run = a_run(RunKind.INCIDENT, accounts=("facebook",), reason="a complaint")
        audit = an_audit(*many(1), run=run, day=date(2026, 11, 15))
        assert email.render(audit).subject == subject
        return
    assert RENDERED[name].subject == subject


@pytest.mark.parametrize(("urgency", "when"), list(zip(Urgency, ("today", "this week", "this month"), strict=True)))  # fmt: skip
def test_the_subject_names_the_nearest_urgency(urgency: Urgency, when: str) -> None:
    sent = email.render(an_audit(a_finding(urgency=urgency), a_finding(n=2, urgency=Urgency.MONTH)))
    n = 2 if urgency is Urgency.MONTH else 1
    assert sent.subject.startswith(f"{n} thing{'s' if n > 1 else ''} to do {when}: ")


def test_a_hundred_things_still_fit_the_subject() -> None:
    findings = (a_finding(n=n, urgency=Urgency.MONTH) for n in range(1, 1201))
    assert (
        email.render(an_audit(*findings)).subject
        == "1,200 things to do this month: social media, week to 15 November"
    )


def test_the_preview_names_what_to_do_and_what_was_not_checked() -> None:
    assert RENDERED["one gap"].preview == (
        "X (Twitter) was not checked. The next report is due on Monday 23 November."
    )
    assert email.render(mock_up()).preview.endswith("X (Twitter) was not checked.")


def test_several_of_one_kind_on_one_account_are_one_item_with_a_link_each() -> None:
    comments = [
        a_finding("unanswered-comments", n, subject=a_comment(n, f"Post {n}")) for n in (1, 2)
    ]
    document = read(email.render(an_audit(*comments, web_url=None, replies_to=None)).html)
    assert [h.text() for h in document.all("h3")] == ["1. Answer 2 comments"]
    assert [a.text() for a in document.all("a")] == [
        "Open the comment under ‘Post 1’",
        "Open the comment under ‘Post 2’",
    ]


def test_no_thing_to_do_today_is_ever_left_out() -> None:
    audit = an_audit(*many(60))
    today = [f for f in audit.to_do if f.urgency is Urgency.TODAY]
    shown = [i for i in gather(audit) if i.urgency is Urgency.TODAY]
    assert sum(len(i.findings) for i in shown) == len(today)
    for item in shown:
        assert item.heading in RENDERED["60"].text


def test_only_things_to_do_today_have_buttons() -> None:
    document = read(RENDERED["mock-up"].html)
    buttons = [td.text() for td in document.all("td") if td.get("class") == "btn"]
    assert len(buttons) == 4
    assert all(words.startswith("Open the ") for words in buttons)


def test_a_quiet_week_is_short() -> None:
    assert len([line for line in RENDERED["nothing"].text.splitlines() if line.strip("=-")]) <= 10
    assert "The next report is due on Monday 23 November." in RENDERED["nothing"].text


def test_what_was_not_checked_is_said_in_every_place() -> None:
    sent = RENDERED["mock-up"]
    assert "Not checked: X (Twitter). Problems there will not show" in sent.text
    assert "X (Twitter): nothing checked since Monday 9 November." in sent.text
    assert "please look at the account yourself. See item 7." in sent.text
    assert "Needs action: items 1, 3 and 7. X not checked" in sent.text


def test_what_a_platform_never_shows_is_named_and_is_no_gap() -> None:
    sent = RENDERED["never shown"]
    assert sent.subject.startswith("Nothing to do")
    assert "X (Twitter): it does not let us see captions of videos." in sent.text


def test_a_first_report_compares_with_nothing() -> None:
    assert "In total: 3 to do. This is the first report." in RENDERED["first ever"].text


def test_the_change_since_last_week_is_told() -> None:
    assert "4 fixed, 8 new. 10 to do in total, up from 6." in RENDERED["mock-up"].text


def test_what_could_not_be_looked_at_again_stays_on_the_list_and_says_so() -> None:
    text = RENDERED["not rechecked"].text
    assert "Describe 2 pictures" in text
    assert "Open since 18 October and not checked again." in text
    assert "0 fixed, 1 new. 3 to do in total, up from 2." in text


def test_a_quiet_week_tells_what_was_fixed() -> None:
    sent = RENDERED["quiet week"]
    assert sent.subject == "Nothing to do: council social media, week to 15 November"
    assert "1 fixed, 0 new. 0 to do in total, down from 1." in sent.text
    assert "Facebook: captions added" in sent.text


def test_answered_items_are_counted_on_one_line() -> None:
    text = RENDERED["answered"].text
    assert "0 fixed, 0 new, 1 answered by you. 0 to do in total, down from 1." in text
    assert "1 thing left as you decided. 1 thing marked as our mistake. 1 thing seen" in text


def test_an_extra_check_says_who_asked_and_what_was_not_looked_at() -> None:
    text = RENDERED["incident"].text
    assert "Asked for by: the clerk, at 8:00pm. Reason given: a complaint." in text
    assert "Looked at: Facebook: everything from Monday 9 November to Sunday 15 November." in text
    assert "Not part of this check: YouTube, Instagram and X (Twitter)." in text
    assert "It does not change the last weekly report." in text


def test_a_failed_check_says_so_and_shows_no_old_item_as_new() -> None:
    text = RENDERED["failed"].text
    assert "No check was made this week" in text
    assert "Still to do: 3 things from the last check, on Sunday 8 November 2026." in text


def test_dates_and_numbers_are_kept_together_in_html_alone() -> None:
    assert "15\u00a0November" in RENDERED["mock-up"].html.replace("&nbsp;", "\u00a0")
    assert "\u00a0" not in RENDERED["mock-up"].text


def test_an_email_without_its_styles_keeps_every_look_that_matters() -> None:
    document = read(RENDERED["mock-up"].html)
    unstyled = [
        e.tag for e in document.all("h1", "h2", "h3", "p", "li", "a", "td") if not e.get("style")
    ]
    assert unstyled == []


def squeezed(*findings: Finding, **changes: Any) -> str:
    """The text part in few words."""
    return email.rendered(view(an_audit(*findings, **changes), DETAILS[2])).text


def test_a_button_names_the_account_where_an_item_spans_several() -> None:
    urgent = [a_finding("unanswered-comments", n, account, subject=a_comment(n, f"Post {n}", account)) for n, account in ((1, "facebook"), (2, "x"))]  # fmt: skip
    assert "Open the X comment under ‘Post 2’" in squeezed(*urgent, *many(24))


def test_settings_and_posts_of_several_kinds_are_called_what_they_share() -> None:
    settings = [a_finding(n=n, subject=a_subject(n, kind="setting", label=f"setting {n}")) for n in (1, 2)]  # fmt: skip
    posts = [a_finding("video-captions", n, subject=a_subject(n, label=label)) for n, label in ((3, "post"), (4, "reel"))]  # fmt: skip
    text = squeezed(*settings, *posts)
    assert "Where: 2 Facebook settings" in text
    assert "Where: 2 Facebook posts" in text


def test_a_place_with_a_line_of_its_own_is_named_once_in_the_text_part() -> None:
    text = squeezed(a_finding(n=1), a_finding(n=2))
    assert text.count("Bin collections number 2") == 1


def test_a_mark_that_tells_two_links_apart_stands_outside_the_quotes() -> None:
    same = [a_finding(check, n, subject=a_subject(n, headline="Fair")) for n, check in ((1, "image-description"), (2, "image-description"))]  # fmt: skip
    assert "Open ‘Fair’ (FB-002): https://www.facebook.example/posts/2" in squeezed(*same)


def test_steps_that_were_told_before_are_not_told_again_in_few_words() -> None:
    mild = a_finding("offensive-comments", 2, urgency=Urgency.WEEK)
    text = squeezed(a_finding("offensive-comments", 1), mild)
    assert text.count("Open the comment and read it.") == 1
    assert "Do as for item 1." in text


def test_what_no_problem_found_means_is_said_where_it_is_found() -> None:
    meaning = "It does not prove that nothing is wrong."
    assert meaning in email.render(an_audit(*many(1))).text
    nowhere = tuple(replace(c, status=ReadStatus.NOT_READ) for c in an_audit().coverage)
    assert meaning not in email.render(an_audit(coverage=nowhere, assessments=())).text


def test_a_week_like_the_last_with_nothing_to_do_says_so() -> None:
    assert "Since last week: Nothing to do then, nothing now." in RENDERED["nothing"].text
    assert "Since last week: Nothing to do then, nothing found now." in RENDERED["one gap"].text


def test_the_summary_names_no_account_twice() -> None:
    gap = a_finding("monitoring-gaps", 1, "x", subject=None, instruction="Reconnect X (Twitter)")
    assert "1. Reconnect X (Twitter)\n" in email.render(an_audit(gap)).text


def test_where_no_web_report_names_them_places_are_linked_by_reference() -> None:
    late = [a_finding("unanswered-comments", n, subject=a_comment(n, f"Post {n}")) for n in range(1, 10)]  # fmt: skip
    told = squeezed(*late, web_url=None)
    assert "Where: 9 Facebook comments: 6 below, FB-007, FB-008 and FB-009" in told
    assert "Open FB-009: https://www.facebook.example/posts/9" in told
    page = squeezed(*late)
    assert "Where: 9 Facebook comments: 6 below, and 3 more of item 1" in page


@pytest.mark.parametrize("name", RENDERED)
def test_the_policy_table_names_only_items_that_the_email_lists(name: str) -> None:
    text = RENDERED[name].text
    named = re.findall(r"Needs action: items? ([\d, and]+)", text)
    numbers = {number for line in named for number in re.findall(r"\d+", line)}
    assert numbers <= set(re.findall(r"^(\d+)\. ", text, re.MULTILINE))
