from __future__ import annotations

import time

import pytest

from socialaudit.transcripts import LIMIT, told

LISTEN = "https://pod.testham.example/7"


@pytest.mark.parametrize(
    ("text", "links", "way"),
    [
        ("Episode 7: the new bus. Transcript: www.testham.example/7", (), "linked"),
        ("Episode 7: the new bus. A full transcript is on the episode page.", (LISTEN,), "linked"),
        ("Prefer to read the interview? It is on our website.", (), "named"),
        ("If you can't listen, read the transcript.", (LISTEN,), "linked"),
        ("Why not read what was said? " + LISTEN, (), "linked"),
        ("Episode 7: the new bus.", ("https://testham.example/transcripts/7.html",), "linked"),
        ("Trawsgrifiad ar ein gwefan.", (), "named"),
        ("Listen here. Ring us for a transcript on 01632 960000.", (LISTEN,), "on request"),
        ("A transcript is available on request.", (), "on request"),
        ("The transcript will follow next week.", (LISTEN,), "later"),
        ("Sorry, there is no transcript of this one.", (LISTEN,), "none"),
        ("We do not provide transcripts.", (LISTEN,), "none"),
        ("We don’t have a transcript.", (), "none"),
        ("Episode 7: the Mayor talks to Barry about the new bus.", (LISTEN,), ""),
        ("Read the agenda on our website.", (LISTEN,), ""),
        ("", (), ""),
    ],
)
def test_a_transcript_is_linked_promised_or_denied(
    text: str, links: tuple[str, ...], way: str
) -> None:
    assert told(text, links, None).way == way


def test_a_text_as_long_as_the_speech_is_its_transcript() -> None:
    text = "and then we said that it was so " * 40
    assert told(text, (), 300).way == "written out"
    assert told(text, (), 400).way == ""
    assert told(text, (), None).way == ""


def test_a_text_that_takes_turns_is_a_transcript() -> None:
    text = "\n".join(
        f"{who}: I have something quite long to say about number {n} of the list of buses."
        for n in range(4)
        for who in ("Mayor", "[00:12] Barry Onions")
    )
    assert told(text, (), None).way == "written out"
    assert told("\n".join(["Time: seven", "Place: here", "Cost: free"] * 3), (), None).way == ""


@pytest.mark.parametrize(
    "piece", ["transcript no ", "A a", "https://", "no ", "\ud800", "A:\n", "🎄"]
)
def test_long_and_odd_texts_take_little_time(piece: str) -> None:
    start = time.perf_counter()
    told(piece * (LIMIT // len(piece) + 1), (), None)
    assert time.perf_counter() - start < 2
