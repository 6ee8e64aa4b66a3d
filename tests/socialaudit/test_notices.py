from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.notices import GATE, alike, subject, ways
from socialaudit.records import TEXT, Records

ON = date(2026, 11, 12)
WEBSITE = "https://www.testham.example"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Church Street will be closed from Monday 23 November for gas works.", "closure"),
        ("ROAD CLOSURE: Mill Lane, 24 to 26 November. Diversion signed.", "closure"),
        ("Public toilets closed due to vandalism.", "closure"),
        ("Bin collections change over Christmas: yours will be a day later.", "closure"),
        ("The market on Saturday is cancelled because of the wind.", "closure"),
        ("⚠️ Flood warning for the seafront tonight. Move cars now.", "emergency"),
        ("Boil your water before drinking until further notice.", "emergency"),
        ("Gas leak in Bond Street. Please avoid the area.", "emergency"),
        ("Have your say on the new play area by 4 December.", "consultation"),
        ("We want your views on the draft Neighbourhood Plan.", "consultation"),
        ("Full Council meets on Tuesday 1 December at 7pm.", "meeting"),
        ("The next Planning Committee meeting is on Wednesday.", "meeting"),
        ("Notice of casual vacancy: West Ward.", "election"),
        ("You need photo ID to vote on Thursday.", "election"),
        ("Notice of conclusion of audit is now available.", "public notice"),
        ("The deadline for allotment applications is 30 November.", "deadline"),
        ("Rents must reach us by Friday.", "deadline"),
        ("Hall fees for the spring term are due by 4 December.", "deadline"),
        ("Applications for the youth grant fund close at 5pm on Friday.", "deadline"),
        ("Nominations, not later than noon on Thursday, to the returning officer.", "deadline"),
        ("Bin days move over Christmas: Friday's round is on Monday.", "closure"),
        ("Your gas will be off in Hope Street tomorrow while a pipe is mended.", "closure"),
        ("Monday's Finance Committee has been postponed to the 30th.", "closure"),
        ("No through traffic in Vicarage Lane today, please use the bypass.", "closure"),
        (
            "Plans have been submitted for a solar farm at Oxley. Send remarks by 8 December.",
            "consultation",
        ),
        (
            "Objections to the wind turbine must be with the planners by Friday week.",
            "consultation",
        ),
        ("The Neighbourhood Plan referendum is on Thursday 3 December.", "election"),
    ],
)
def test_a_notice_is_known_by_its_subject(text: str, about: str) -> None:
    assert subject(text, ON)[0] == about


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thank you to everyone who came to the public meeting last night.",
        "What a turnout at the consultation event. It was great to see you all.",
        "Church Street has reopened. Thanks for your patience.",
        "The Mayor attended the annual meeting of the Twinning Association.",
        "Christmas lights go on this Friday at 6pm!",
        "Litter pick on Saturday, gloves provided.",
        "The old swimming pool closed in 1992. Do you remember it?",
        "Minutes of the council meeting are on our website.",
        "We are close to finishing the new bandstand.",
        "Road safety week: pupils at the school made posters.",
        "The flood defences are finished, and look lovely.",
        "Letters to Santa: post yours by 10 December.",
        "Mill Lane was closed on 3 November.",
        "The contractor is due on Monday to start on the swings.",
    ],
)
def test_chat_and_looking_back_are_no_notices(text: str) -> None:
    assert subject(text, ON) == (None, "")


def test_the_words_that_say_so_are_told() -> None:
    assert subject("Hello! Mill Lane is shut today.", ON) == ("closure", "mill lane is shut")


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Read more: www.testham.example/news", "own website"),
        ("See our website", "own website"),
        ("Roadworks: https://one.testham.example.gov.uk/x", "official website"),
        ("Ring 01632 960 123", "telephone"),
        ("call 105 for power cuts", "telephone"),
        ("+44 1632 960123", "telephone"),
        ("clerk@testham.example", "email"),
        ("Copies of the plans from the council office", "office"),
        ("or write to the clerk", "post"),
        ("It is on the notice boards", "noticeboard"),
        ("Come to the drop-in session on Tuesday", "meeting"),
        ("Large print on request", "other formats"),
        ("A leaflet comes through your door", "print"),
        ("We leafleted the whole estate", "print"),
        ("The order is printed in this week's Evening Courier", "print"),
        ("The notice with the map is up on lamp posts", "noticeboard"),
    ],
)
def test_another_way_is_named(text: str, way: str) -> None:
    assert way in ways(text, (), WEBSITE)


@pytest.mark.parametrize(
    "text",
    [
        "Link in comments",
        "https://www.facebook.com/events/1",
        "https://nottestham.example/",
        "https://testham.example.evil.example/",
        "At 7pm in the Town Hall, room 0, 2026",
        "Meeting at the council office",
        "The poppies on the lamp posts are lovely",
    ],
)
def test_other_places_are_no_way(text: str) -> None:
    assert ways(text, (), WEBSITE) == {}


def test_links_count_like_text_and_odd_ones_are_passed_over() -> None:
    assert ways("", (f"{WEBSITE}/x", "https://[odd"), WEBSITE) == {"own website": f"{WEBSITE}/x"}
    assert ways("www.testham.example", (), None) == {}


ENTRIES = {
    "a": "Closure of Tanyard Lane\nWater main replacement from 23 November for a fortnight",
    "b": "Flood in October\nMill Meadow car park was under water",
    "c": "Council agenda\nThe council meets on 1 December",
}


def test_the_website_may_say_it_in_other_words() -> None:
    text = "Tanyard Lane will be closed from Monday 23 November while the water main is replaced."
    found = alike(text, ENTRIES)
    assert found is not None
    assert found[0] == "a"
    assert {"tanyard", "lane", "23", "main"} <= set(found[1])


def test_another_entry_is_not_alike() -> None:
    assert alike("Closure of Mill Lane from 4 December", ENTRIES) is None
    assert alike("", ENTRIES) is None
    assert alike("Tanyard Lane", {}) is None


PIECES = ["road", "closed", "flood", "warning", "keep", "your", "windows", "shut", "mill", "lane"]
TEXTS = st.lists(
    st.sampled_from([*PIECES, *("will", "by", "friday", "deadline", "have your say", *(" " * 9))])
    | st.sampled_from(["\n", "é", "\u0130", "-", ". ", "now"])
    | st.text(max_size=2),
    max_size=14,
).map(lambda pieces: "".join(pieces).encode("utf-8", "ignore").decode())


@given(TEXTS)
def test_the_gate_lets_through_every_notice(text: str) -> None:
    if subject(text, ON)[0]:
        assert Records.candidates(pd.Series([text], dtype=TEXT), GATE).all()


@pytest.mark.parametrize("text", ["a." * 50_000, "closed " * 20_000, "0 1 " * 30_000, "@" * 50_000])
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    assert ways(text, (), WEBSITE) == {}
    assert subject(text, ON) == (None, "")
