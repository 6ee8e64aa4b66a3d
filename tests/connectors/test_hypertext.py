from __future__ import annotations

import pytest

from connectors.hypertext import Page, Recording, plain, web_address

BASE = "https://www.example.gov.uk/news/"


def test_text_stands_in_a_line_for_each_block_without_scripts() -> None:
    page = Page("<p>Put out<br>both</p><script>alert(1)</script><div> bins </div>", BASE)
    assert page.text == "Put out\nboth\nbins"


def test_a_picture_without_an_alt_says_as_little_as_one_with_an_empty_alt() -> None:
    page = Page('<img src=a.png><img src=b.png alt=""><img src=c.png alt="The fete">', BASE)
    assert page.images == {f"{BASE}a.png": "", f"{BASE}b.png": "", f"{BASE}c.png": "The fete"}


def test_a_counter_of_one_pixel_is_no_picture() -> None:
    assert Page("<img src=count.gif width=1 height=1>", BASE).images == {}


def test_a_film_has_the_tracks_of_subtitles_that_stand_in_it() -> None:
    html = """<video><source src=film.mp4><track src=en.vtt srclang=en>
    <track kind=captions src=cy.vtt srclang=cy><track kind=chapters src=parts.vtt></video>
    <track src=stray.vtt><audio src=talk.mp3></audio>"""
    assert Page(html, BASE).recordings == [
        Recording("video", [f"{BASE}film.mp4"], {f"{BASE}en.vtt": "en", f"{BASE}cy.vtt": "cy"}),
        Recording("audio", [f"{BASE}talk.mp3"]),
    ]


def test_an_address_is_one_that_a_browser_may_open() -> None:
    assert web_address("/a b.pdf", BASE) == "https://www.example.gov.uk/a b.pdf"
    assert web_address("javascript:alert(1)", BASE) is None
    assert web_address("http://[::1", BASE) is None
    assert web_address(None, BASE) is None


def test_what_is_no_text_has_no_plain_text() -> None:
    assert plain("<b>Bins</b>\n & boxes") == "Bins & boxes"
    assert plain(None) is None


def test_a_picture_that_is_loaded_late_lies_where_it_will_be_loaded_from() -> None:
    page = Page(
        '<img src=wait.gif data-src=a.png alt="The fete"><img src=wait.gif data-src=b.png>', BASE
    )
    assert page.images == {f"{BASE}a.png": "The fete", f"{BASE}b.png": ""}


def test_a_frame_is_known_before_anybody_agrees_to_load_it() -> None:
    page = Page("<iframe src=/map></iframe><iframe data-src=/film></iframe><iframe></iframe>", BASE)
    assert page.frames == ["https://www.example.gov.uk/map", "https://www.example.gov.uk/film"]


def test_a_film_that_is_silent_and_never_ends_is_decorative() -> None:
    page = Page("<video muted loop src=a.mp4></video><video loop src=b.mp4></video>", BASE)
    assert [recording.decorative for recording in page.recordings] == [True, False]


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="a.png" width="1px" height="1px">',
        '<img src="a.png" style="width:1px; height: 1px">',
        '<img src="a.png" style="border:0;display: none">',
        '<img src="https://media.example.org/include/images/tracking/rss.png?story=7">',
        '<img src="https://blog.example.org/tracker/77/12">',
        '<img src="https://www.example.org/i/rss-pixel.png?story=7">',
        '<img src="https://feeds.feedburner.com/~r/snoring/~4/x">',
    ],
)
def test_a_picture_that_counts_readers_is_none(picture: str) -> None:
    assert Page(picture, BASE).images == {}


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="a.png" width="100%" style="max-width:1px;width:100%">',
        '<img src="a.png" style="width: 1.5em; height:10px">',
        '<img src="/tracks-and-paths.png">',
        '<img src="/pixels-of-snoring.png">',
    ],
)
def test_a_picture_that_is_shown_is_one(picture: str) -> None:
    assert len(Page(picture, BASE).images) == 1
