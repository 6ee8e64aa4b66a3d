from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.podcast_transcripts import BEGINNING, captions
from connectors.safe_fetch import Document
from socialaudit.models import Captions

CUE = "00:00:01.000 --> 00:00:02.000\n"


def seen(
    body: str | bytes, announced: str = "", content_type: str = "", *, whole: bool = True
) -> Captions | None:
    content = body.encode() if isinstance(body, str) else body
    return captions(Document("https://a.example/t", content, content_type, whole=whole), announced)


@pytest.mark.parametrize(
    ("body", "announced"),
    [
        (
            f"WEBVTT - a title\n\nNOTE by the clerk\n\nintro\n{CUE}<v Mayor>Good morning\n",
            "text/vtt",
        ),
        (f"WEBVTT\r\n\r\n{CUE.strip()}\r\nGood morning\r\n".encode(), "text/vtt"),
        (f"\ufeffWEBVTT\n\n{CUE}Bore da\n", "text/vtt; charset=utf-8"),
        ("1\n00:00:01,000 --> 00:00:02,000\nGood morning\n", "text/vtt"),
        ('[{"startTime": 1, "body": "Good morning"}]', "application/json"),
        ('{"results": {"segments": [{"text": "Good morning"}]}}', "application/json"),
        ("Mayor: Good morning.", ""),
        ("Bore da, Clerc: caffè".encode("cp1252"), "text/plain"),
        ("Bore da".encode("utf-16"), "text/plain"),
        ("<p>" + "and so we said " * 20, "text/html"),
    ],
)
def test_what_holds_words_is_a_transcript(body: str | bytes, announced: str) -> None:
    assert seen(body, announced) is Captions.STANDARD


@pytest.mark.parametrize(
    ("body", "announced"),
    [
        ("", ""),
        ("   \n", "text/plain"),
        ("WEBVTT", "text/vtt"),
        (f"WEBVTT\n\n{CUE}\n{CUE}<v Mayor></v>\n", "text/vtt"),
        ("Not Found", "text/vtt"),
        ("Not Found", "application/json"),
        ("<html>" + "words of a page " * 40, "text/vtt"),
        ("<!DOCTYPE html>" + "words of a page " * 40, "application/json"),
        ("<html><h1>Transcript</h1></html>", "text/html"),
        ('{"segments": []}', "application/json"),
        ('{"segments": [{"body": ""}]}', "application/json"),
        ('{"segments": [', "application/json"),
        ("{" * 5000, "application/json"),
        ("\0\1\2 words", "text/plain"),
    ],
)
def test_what_is_empty_or_cannot_be_parsed_is_none(body: str, announced: str) -> None:
    assert seen(body, announced) is Captions.NONE


@pytest.mark.parametrize("body", [b"%PDF-1.7 words", b"PK\x03\x04 words"])
def test_a_form_that_we_do_not_read_is_unknown(body: bytes) -> None:
    assert seen(body, "application/pdf") is None


def test_the_beginning_of_a_long_one_is_enough() -> None:
    start = '{"segments": [{"body": "Good morning"}, {"bo'
    assert seen(start, "application/json", whole=False) is Captions.STANDARD
    assert seen('{"segments": [{"body": "', "application/json", whole=False) is Captions.NONE
    cut = "Good morning, caff\u00e8".encode()[:-1]
    assert seen(cut, "text/plain", whole=False) is Captions.STANDARD


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("This transcript was automatically generated and may hold errors.", Captions.AUTOMATIC),
        ("Auto-generated transcript", Captions.AUTOMATIC),
        ("Transcribed by AI. Good morning.", Captions.AUTOMATIC),
        ("Captions created by speech recognition. Transcribed automatically.", Captions.AUTOMATIC),
        ("Auto-generated transcript, checked by the clerk.", Captions.STANDARD),
        ("Transcribed by Jean Tranter.", Captions.STANDARD),
        ("Today we talk about AI-generated pictures.", Captions.STANDARD),
        ("The barrier opens automatically. This transcript was typed by Jean.", Captions.STANDARD),
    ],
)
def test_only_what_says_so_was_made_by_a_machine(words: str, found: Captions) -> None:
    assert seen(words, "text/plain") is found


@given(st.binary(max_size=300), st.sampled_from(["", "text/vtt", "text/html", "application/json"]))
def test_nothing_that_may_come_raises(body: bytes, announced: str) -> None:
    assert seen(body, announced, "text/plain; charset=odd") in {*Captions, None}


@pytest.mark.parametrize(
    "part", ["00:00", "-->", "<", "[{", "\n\n", "00:00:01.000 --> ", '"text":']
)
def test_the_longest_is_read_in_time_that_grows_with_its_length(part: str) -> None:
    assert seen((part * BEGINNING)[:BEGINNING], "text/vtt") is Captions.NONE
