from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from reports import email, web
from reports.answering import answer, mailto
from reports.items import gather
from reports.signposts import Signposts
from socialaudit.check import Urgency
from tests.reports.audits import a_comment, a_finding, a_subject, an_audit, many, mock_up
from tests.reports.documents import read
from tests.reports.test_email import HOSTILE, VARIANTS

CLERK = "clerk@cromer.example.org"


def asked(html: str) -> dict[str, str]:
    """The links that begin a message, by their words."""
    links = read(html).all("a")
    return {a.text(): a.get("href") for a in links if a.get("href").startswith("mailto:")}


def written(address: str) -> tuple[str, str, str]:
    """Whom a mailto address writes to, with what subject and body."""
    parts = urlsplit(address)
    said = parse_qs(parts.query, strict_parsing=True, max_num_fields=2)
    return unquote(parts.path), said["subject"][0], said["body"][0]


def test_each_item_has_one_link_with_words_of_its_own() -> None:
    for html in (email.render(mock_up()).html, web.render(mock_up())):
        assert list(asked(html)) == [f"Reply about item {n}" for n in range(1, 10)]
        assert len(set(asked(html).values())) == 9


def test_the_message_names_the_reference_and_offers_the_choices() -> None:
    to, subject, body = written(asked(email.render(mock_up()).html)["Reply about item 2"])
    assert (to, subject) == (CLERK, "Reply about item 2, FB-113")
    assert body.split("\r\n") == [
        "FB-113: Take down a resident's phone number",
        "Item 2 of report 2026-11-15",
        "",
        "Keep one of these and delete the others:",
        "",
        "It is a mistake because ...",
        "Leave it until ... because ...",
        "Done",
        "",
        "My name and job: ",
    ]


def test_the_text_part_has_the_same_link_without_the_choices() -> None:
    text = email.render(mock_up()).text
    assert (
        f"\nReply about item 2: mailto:{CLERK}?subject=Reply%20about%20item%202%2C%20FB-113\n"
        in text
    )
    assert text.count("mailto:") == 9


def test_nothing_that_a_platform_or_the_public_wrote_is_in_a_message() -> None:
    finding = a_finding(
        "offensive-comments",
        subject=a_comment(1, HOSTILE, excerpt="you utter numpty"),
        message=HOSTILE,
        instruction=f"Remove {HOSTILE}",
    )
    (item,) = gather(an_audit(finding))
    given = answer(an_audit(), item, Signposts(()))
    assert given is not None
    body = unquote(given.link.address)
    assert "FB-001: Remove and report an abusive comment\r\n" in body
    assert not any(word in body for word in ("numpty", "alert", "evil", "Bcc", "07700"))


@pytest.mark.parametrize("name", VARIANTS)
def test_every_link_is_plain_and_short_enough_for_every_mail_program(name: str) -> None:
    for html in (email.render(VARIANTS[name]).html, web.render(VARIANTS[name])):
        for address in asked(html).values():
            assert address.isascii()
            assert address.isprintable()
            assert " " not in address
            assert len(address) < 1_000
            assert written(address)[0] == CLERK


def test_an_address_with_signs_of_its_own_stays_one_address() -> None:
    odd = "o'hara+web&bcc=x?/#%=y@example.org"
    assert written(mailto(odd, "Item 1", "a\nb")) == (odd, "Item 1", "a\r\nb")


def test_many_references_are_counted() -> None:
    late = (a_finding("unanswered-comments", n, subject=a_comment(n, "Fair")) for n in range(1, 31))
    (item,) = gather(an_audit(*late))
    given = answer(an_audit(), item, Signposts(()))
    assert given is not None
    assert "FB-009 and 21 more: Answer 30 comments\r\n" in unquote(given.link.address)


def test_a_title_that_looks_like_the_link_is_told_apart() -> None:
    finding = a_finding("video-captions", 1, subject=a_subject(headline="Reply about item 1"))
    html = email.render(an_audit(finding)).html
    places: dict[str, set[str]] = {}
    for link in read(html).all("a"):
        places.setdefault(link.text(), set()).add(link.get("href"))
    assert max(len(to) for to in places.values()) == 1
    assert "Reply about item 1 (FB-001)" in places


def test_where_nobody_is_named_a_reply_does() -> None:
    sent = email.render(replace(mock_up(), replies_to=None))
    assert "mailto:" not in sent.html + sent.text
    assert "reply with the item number and we will look at it." in sent.text
    assert "mailto:" not in web.render(replace(mock_up(), replies_to=None))


def test_the_links_do_not_crowd_out_what_is_to_be_said() -> None:
    audit = an_audit(*many(60), *(a_finding(n=n, urgency=Urgency.TODAY) for n in range(70, 90)))
    sent = email.render(audit)
    assert email.words(sent.html) <= 1300
    assert len(sent.html.encode()) <= 80_000
    assert "How to fix it:" in sent.text
