from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.descriptions import LIMIT, blank, fault

POST = "🎄 The lights go on in Broad Street on Saturday at six. #MarchwardineLights"


@pytest.mark.parametrize(
    ("description", "named"),
    [
        ("IMG_2041.JPG", "file name"),
        ("DSC00087", "file name"),
        ("PXL_20261108_103012345.MP.jpg", "file name"),
        ("20261108_103012", "file name"),
        ("Screenshot 2026-11-02 at 10.12.33", "file name"),
        ("WhatsApp Image 2026-11-02 at 10.12.33 AM", "file name"),
        ("Screenshot_20261102-101233", "file name"),
        ("Untitled design (4)", "file name"),
        ("xmas poster FINAL v2.pdf", "file name"),
        ("christmas_lights_poster", "file name"),
        ("summer-fayre-1080x1350", "file name"),
        ("9f86d081884c7d659a2feaa0c55ad015", "file name"),
        ("0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0", "file name"),
        ("https://www.testham.example/wp-content/lights", "address"),
        ("image", "placeholder"),
        ("Photo 3", "placeholder"),
        ("Image of", "placeholder"),
        ("the poster", "placeholder"),
        ("alt text", "placeholder"),
        ("Alt text goes here", "placeholder"),
        ("N/A", "placeholder"),
        ("see post", "placeholder"),
        ("Event poster", "placeholder"),
        ("Delwedd", "placeholder"),
        ("May be an image of one or more people and text", "machine-made"),
        ("May be a graphic of map and text that says 'Closed'", "machine-made"),
        ("Image may contain: sky, tree", "machine-made"),
        ("No photo description available.", "machine-made"),
        ("A picture containing text, sign\n\nDescription automatically generated", "machine-made"),
        ("A person in a hat AI-generated content may be incorrect.", "machine-made"),
        ("The lights go on in Broad Street on Saturday at six", "copy of the post"),
        ("Lights go on in Broad Street on Saturday", "copy of the post"),
        ("Crumbs", "short"),
        ("Image of flag", "short"),
        ("Photo of the mayor", "short"),
        ("Llun o'r maer", "short"),
        ("🎄🎄🎄", "short"),
        ("2026", "short"),
    ],
)
def test_what_is_no_description_has_a_name(description: str, named: str) -> None:
    assert fault(description, POST, 3) == named


@pytest.mark.parametrize(
    "description",
    [
        "A heron on the weir",
        "Photo of Mayor Jean Tranter opening the bakery",
        "Picture showing two children on the new swings",
        "Poster: lights switch-on, Saturday 28 November, 6pm, Broad Street",
        "Testham Town Council logo",
        "Alt Road sign in snow",
        "Map of the diversion by Broad Street and Castle Ditch",
        "May Queen and her attendants on a float",
        "The file of old photographs from the library",
        "A screenshot of the new booking page, with the calendar open",
        "Y maer yn agor y farchnad",
        "Llun o'r maer gyda'r plant",
        "ماركت في الساحة القديمة",
        "市長が市場を開く様子",
        "Lights on Broad Street",
        "Broad Street in the dark, with the lights going on above the crowd",
    ],
)
def test_words_of_a_person_are_a_description(description: str) -> None:
    assert fault(description, POST, 3) is None


def test_words_that_a_short_post_shares_with_its_picture_are_a_copy_only_when_whole() -> None:
    assert fault("Bonfire on the green", "Bonfire on the green!", 3) == "copy of the post"
    assert fault("Bonfire on the green", "Bonfire on the green tonight!", 3) is None
    assert fault("Bonfire on the green", "", 3) is None


@pytest.mark.parametrize(
    ("text", "shows_nothing"), [("", True), (" \u200b\u3164", True), ("é", False), ("🎄", False)]
)
def test_a_blank_text_shows_as_nothing(text: str, shows_nothing: bool) -> None:  # noqa: FBT001 - pytest hands it over
    assert blank(text) == shows_nothing


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    fault(text, text[::-1], 3)


@pytest.mark.parametrize(
    "piece", ["a-", "a_1", "image of ", "may be a ", "\ud800", "1 ", "ﷺ", "x.", "("]
)
def test_long_texts_take_little_time(piece: str) -> None:
    text = piece * (20 * LIMIT // len(piece))
    start = time.perf_counter()
    fault(text, text, 3)
    assert time.perf_counter() - start < 1
