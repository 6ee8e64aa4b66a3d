from __future__ import annotations

import time
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.formats import GATE, LIMIT, Form, Handed, accessible_page, handed_out, offer
from socialaudit.records import TEXT, Records

ALL, FORMS = get_args(Handed), get_args(Form)
PAGE = "https://www.testham.example/news"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The agenda for Tuesday is now on our website.", "document"),
        ("Draft minutes of the Planning Committee: www.testham.example/minutes", "document"),
        ("Our autumn newsletter has landed!", "document"),
        ("Read the draft parking charter.", "document"),
        ("A template for your notice to download", "document"),
        ("The minutes of the May meeting are online.", "document"),
        ("Our new Corporate Plan is out.", "plan"),
        ("See the proposed order for Mill Lane.", "plan"),
        ("Nomination papers can be downloaded.", "form"),
        ("The annual report is out.\nIt tells how we spent your £318.", "document"),
        ("Download the new bus timetable here.", "document"),
        (f"The flood leaflet: what to do when the Wenn rises. {PAGE}", "document"),
        ("Read the draft neighbourhood plan in full.", "plan"),
        ("Take a look at the plans on our web page", "plan"),
        ("Allotment application forms are now available.", "form"),
        ("Fill in the yellow form and drop it in.", "form"),
        ("New guides for allotment holders, keep one by the shed.", "document"),
        ("Welcome pack for new stallholders: click below", "document"),
        ("The flood action plan (PDF)", "plan"),
        ("Please take our short survey, closes Friday", "form"),
        ("Have your say on the skate park!", "consultation"),
        ("The consultation on the car park starts today", "consultation"),
        ("Notice of vacancy in the office of councillor, Castle Ward.", "public notice"),
        ("Notice of conclusion of audit", "public notice"),
        ("Everything for Tuesday: https://www.testham.example/papers/nov.pdf", "file"),
        ("Tell us what you think https://forms.gle/AbCd", "file"),
        ("Mae’r cofnodion ar gael, darllenwch nhw yma", "document"),
    ],
)
def test_what_is_handed_out_has_a_name(text: str, what: str) -> None:
    found = handed_out(text, (), ALL)
    assert found is not None
    assert found[0] == what


@pytest.mark.parametrize(
    "text",
    [
        "The swans have seven cygnets.",
        f"Coffee morning on Saturday. {PAGE}",
        "Councillors approved the minutes and agreed the budget.",
        "Thank you to everybody who filled in the survey.",
        "Two minutes. The Square has never been so quiet.",
        "It took ten minutes to find Kev.",
        "The survey has ended, and 300 of you took part.",
        "A programme of repairs begins at the pool, see the boards.",
        "Report a pothole online, or ring us.",
        "Plans for the weekend? See you at the market.",
        "Year 4 voted for the guide dog, here he is.",
        "On a budget? Free swimming at half-term, see the pool.",
        "Mill Lane is closed on Friday.",
        "A new form of words was found, and all were happy.",
        "Two new shops will form part of the arcade.",
        "The sixth form sang, read and danced.",
        "",
        "🎄🎄",
    ],
)
def test_news_and_thanks_hand_out_nothing(text: str) -> None:
    assert handed_out(text, (), ALL) is None


def test_a_link_in_the_card_of_a_post_may_lead_to_a_file() -> None:
    assert handed_out("All about Tuesday", (f"{PAGE}/agenda.PDF?v=2",), ALL) == (
        "file",
        f"{PAGE}/agenda.PDF?v=2",
    )
    assert handed_out("All about Tuesday", (PAGE, "http://[", ""), ALL) is None


def test_a_policy_may_ask_for_some_of_these_only() -> None:
    assert handed_out("The agenda is online. Have your say!", (), ("consultation",)) == (
        "consultation",
        "have your say",
    )
    assert handed_out("The agenda is online.", (), ("form",)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ask us if you need it in large print.",
        "Easy read version to follow by post.",
        "Also available in Braille or on CD.",
        "Audio version: ring the office.",
        "Paper copies from the library.",
        "Need it in another format? Ring us.",
        "The Welsh version is below.",
        "We will read the form to you.",
        "Staff can fill it in with you.",
        "We can post you one. Just ring.",
        "Need this in another language or format? Ring 01632 960000.",
        "Copies are available on request.",
        "If you can't get online, ring us and we will fill it in with you.",
        "Anyone who finds it hard to read the form can call in.",
        "Need help filling in the form? Ask Jo.",
        "Can't open it or print it? Ring us.",
        "No printer? Call in.",
        "Trouble filling it in? Jo will sit down with you.",
        "For accessibility requirements email the clerk.",
        "No problem if you need large print, just say.",
        "Ar gael yn Gymraeg hefyd.",
        "Mae copïau mewn fformatau eraill ar gael.",
        "LARGE PRINT: ring us",
    ],
)
def test_another_form_or_help_is_an_offer(text: str) -> None:
    assert offer(text, FORMS)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, we have no paper copies.",
        "We no longer print paper copies.",
        "This form is not available in other formats.",
        "We cannot provide large print.",
        "Stall fees on request.",
        "The quiz has a different format this year.",
        "Other forms of transport are available.",
        "Ring 01632 960000 for more.",
        "Read it on our website.",
        "The office is open on Tuesdays.",
        "",
    ],
)
def test_a_denial_or_something_else_is_no_offer(text: str) -> None:
    assert offer(text, FORMS) == ""


def test_a_policy_may_take_some_forms_only() -> None:
    assert offer("Paper copies from the library.", ("print", "help")) == ""


def test_a_page_on_accessibility_is_an_offer() -> None:
    assert accessible_page((PAGE, f"{PAGE}/Accessibility")) == f"{PAGE}/Accessibility"
    assert accessible_page((PAGE,)) == ""


PIECES = (
    "agenda", "the", "our", "report", "on", "minutes", "draft", "plans", "by", "laws", "survey", "form", "a",
    "have", "your", "say", "notice", "of", "İ", "é", "Read", "online", "fact", "sheet", "factsheet", "https://a.b/c.pdf",
    "www.a.b", "\n", "!", "_", "-", "K", "s", "forms", "to", "part",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=10), st.sampled_from([" ", "", ", ", "\n"]))
def test_the_gate_lets_through_all_that_hands_something_out(words: list[str], between: str) -> None:
    text = between.join(words)
    if handed_out(text, (), ALL):
        assert Records.candidates(pd.Series([text], dtype=TEXT), GATE).all()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    handed_out(text, (text,), ALL)
    offer(text, FORMS)


@pytest.mark.parametrize(
    "piece",
    ["if a ", "no a b c ", "copies a ", "\ud800", "a.", "www.", "help ", "https://", "on request "],
)
def test_long_texts_take_little_time(piece: str) -> None:
    text = piece * (5 * LIMIT // len(piece))
    start = time.perf_counter()
    handed_out(text, (text,), ALL)
    offer(text, FORMS)
    assert time.perf_counter() - start < 2
