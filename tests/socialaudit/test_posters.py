from __future__ import annotations

import time
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.posters import ALT_GATE, LIMIT, POST_GATE, facts, in_picture_only
from socialaudit.records import TEXT, Records

ON = date(2026, 11, 13)
FEW = 10
PICTURE = "A picture of which nothing is told"
POSTER = "Poster: quiz night, Saturday 28 November, 7pm, Assembly Rooms"


def reason(text: str, *descriptions: str, links: tuple[str, ...] = ()) -> str:
    seen = in_picture_only(text, links, descriptions or (PICTURE,), ON, FEW)
    return seen.reason if seen else ""


@pytest.mark.parametrize(
    "text",
    [
        "Quiz night is back! See poster for details 👇",
        "Christmas market. All the details on the flyer.",
        "Zoom in for the names of the winners",
        "Everything you need to know is on the flyer!",
        "The bus times are attached as an image",
        "As seen on our poster it will be a good one",
        "Please read this picture",
        "Half-term fun at the library: dates and times are in the picture",
        "Please see the picture below for all the information",
        "Bus changes, see attached",
        "Details below 👇👇",
        "New office hours from next week, see below",
        "Click on the image to enlarge",
        "Fancy a plot? Scan the QR code to apply",
        "Fun day, please read the notice attached!",
        "The poster has all the dates.",
        "Swipe for the full programme",
        "SEE\nPOSTER",
        "Gweler y poster",
        "Manylion ar y poster",
        "Bin days over Easter ⬇️ info ⬇️",
        "Please read below about the changes to the buses this winter, as some of them are large.",
        "Surgery with your councillors, see picture",
        "Community bus timetable is here! It's on the image, print it off.",
        "Temporary job: pay and closing date are shown on the flyer.",
        "Traffic order, notice attached",
    ],
)
def test_a_post_may_send_people_to_its_picture(text: str) -> None:
    assert reason(text) == "sends people to the picture"


@pytest.mark.parametrize(
    "text",
    [
        "Quiz night, Saturday 28 November, 7pm, Assembly Rooms. See poster for more.",
        "Quiz night on Saturday in the Assembly Rooms, details on the flyer",
        "See the poster, or read it all on https://www.testham.example/quiz",
        "Details below:\nBring gloves, boots and a bucket, and meet Kev by the gate of the allotments.",
        "Can you see who is in this photo?",
        "Posters for the panto have gone up round the town.",
        "Design a poster for the swimming pool and win a pasty!",
        "Spotted in the picture: a heron, and Kev.",
        "Swipe to see more photos of the day",
        "The map in the museum was drawn in 1841.",
        "The noticeboard has been mended. See the noticeboard!",
        "Please see the notice board at the chapel",
        "Winners pictured above with the Mayor",
        "Would you like to see the picture in the museum?",
        "The timetable is on our website",
        "See the poster, or find it all on the council website.",
        "Storm warning. Keep away from the pier, all of you.",
        "Three minutes. Not a sound in the Square.",
        "The results speak for themselves",
        "A message in a bottle!",
        "Reading the notice together with Year 4",
        "Our caretaker Barry with the new timetable",
        "Thank you for the information!",
        "Look what we found in the attic 👇 and what a story it tells of the flood of 1841",
        "Take notice: the swans are back",
        "",
        "🎄🎄",
    ],
)
def test_a_post_that_tells_the_facts_or_speaks_of_something_else_is_well(text: str) -> None:
    assert reason(text) == ""


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("The quiz is back, and it is harder than ever, bring your gran", "day, place, time"),
        ("The quiz is back on Saturday 28 November, bring your own gran", "place, time"),
        ("The quiz is back this Saturday at the Assembly Rooms. Bring your gran", "time"),
    ],
)
def test_a_poster_may_be_described_better_than_it_is_posted(text: str, more: str) -> None:
    seen = in_picture_only(text, (), [PICTURE, POSTER], ON, FEW)
    assert seen is not None
    assert (seen.reason, seen.words) == ("the description tells more", more)


def test_a_poster_whose_facts_the_post_tells_too_is_well() -> None:
    assert reason("Quiz night: Saturday 28 November, 7pm, in the Assembly Rooms", POSTER) == ""
    assert reason("Quiz night: 28/11/2026 at seven at the Red Lion", POSTER) == ""


def test_a_day_and_a_time_in_a_picture_that_is_no_poster_are_no_matter() -> None:
    assert reason("What a day", "The crowd in the Square at 6pm on Saturday") == ""


@pytest.mark.parametrize(
    ("text", "description", "why"),
    [
        (
            "It’s nearly time! ✨🎄",
            "May be an image of text that says 'Christmas Lights'",
            "says little",
        ),
        ("Save the date! #TesthamLive", "Poster for the music festival", "says little"),
        ("It’s nearly time! ✨🎄", "May be an image of 4 people, table tennis and text", ""),
        ("It’s nearly time! ✨🎄", "A child in a red hat", ""),
        ("The lights are nearly up, thanks to Kev and the long ladder", "Poster by Year 4", ""),
        ("Tonight at six, Broad Street", "Christmas lights poster", ""),
        ("Our new home", "The notice board in the hall", ""),
    ],
)
def test_a_poster_needs_more_than_a_few_words_beside_it(
    text: str, description: str, why: str
) -> None:
    assert reason(text, description) == why


@pytest.mark.parametrize(
    "text",
    [
        "Agenda",
        "Office hours at Christmas",
        "What’s on this week!",
        "A message from the Mayor",
        "STATEMENT 📣",
    ],
)
def test_a_short_post_may_name_its_subject_and_leave_the_rest_to_the_picture(text: str) -> None:
    assert reason(text) == "says little"
    long = (
        f"{text}: we meet in the chapel to talk about the pitch, the pond and the price of pasties"
    )
    assert reason(long) == ""


def test_a_link_to_the_picture_itself_tells_nothing() -> None:
    photo = "https://x.com/testham/status/1/photo/1"
    assert reason("See poster", links=(photo,)) == "sends people to the picture"
    assert reason("See poster", links=("https://www.testham.example/quiz",)) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Every Tuesday at 6.30pm in the Memorial Hall", {"day", "time", "place"}),
        ("3.10.2026", {"day"}),
        ("Tickets £7.50, 12.50% off", set()),
        ("Opposite the Red Lion", {"place"}),
        ("in November", set()),
        ("18:00", {"time"}),
    ],
)
def test_facts_are_a_day_a_time_and_a_place(text: str, told: set[str]) -> None:
    assert facts(text, ON) == told


PIECES = (
    "see", "the", "poster", "Posters", "for", "details", "below", "in", "on", "picture", "attached", "click",
    "to", "enlarge", "scan", "qr", "code", "text", "that", "says", "with", "image", "swipe", "times", "İ", "é",
    "\n", "!", "👇", ":", "_", "-", "board", "has", "İmage", "K", "gweler", "y", "notice", "agenda", "⬇", "you",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from([" ", "", ", ", "\n"]))
def test_the_gates_let_through_all_that_the_verdict_wants(words: list[str], between: str) -> None:
    text = between.join(words)
    texts = pd.Series([text], dtype=TEXT)
    if in_picture_only(text, (), (), ON, FEW):
        assert Records.candidates(texts, POST_GATE).all()
    if in_picture_only("", (), [text], ON, FEW):
        assert Records.candidates(texts, ALT_GATE).all()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    in_picture_only(text, (text,), [text], ON, FEW)


@pytest.mark.parametrize(
    "piece",
    ["see the ", "details a b c ", "\ud800", "1", "click a ", "www.", "a", "#", "at A", "🎄"],
)
def test_long_texts_take_little_time(piece: str) -> None:
    text = piece * (5 * LIMIT // len(piece))
    start = time.perf_counter()
    in_picture_only(text, (), [text], ON, FEW)
    assert time.perf_counter() - start < 2
