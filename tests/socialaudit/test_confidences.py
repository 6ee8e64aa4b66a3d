from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.confidences import GATE, LIMIT, hint
from socialaudit.records import TEXT, Records

TELLING = [
    ("Between you and me the bypass is dead in the water.", "secrecy"),
    ("You didn't hear it from me but a big shop is coming.", "secrecy"),
    ("This hasn't been announced yet, but the market is moving.", "secrecy"),
    ("In the private session last night we agreed to sell the depot.", "closed session"),
    ("Part 2 was lively tonight, councillors voted to drop the contractor.", "closed session"),
    ("The confidential report says the pier needs two million.", "paper"),
    ("Here is a screenshot of the internal email from the finance officer.", "paper"),
    ("Our solicitor has advised us that we will lose.", "paper"),
    ("Our caretaker is off sick with stress again so the hall is shut.", "staff matter"),
    ("Dave Tuck has been suspended pending an inquiry.", "staff matter"),
    ("Grievance against the deputy clerk on Monday, bring popcorn", "staff matter"),
    ("The complaint about the noise came from Mrs Holloway.", "case"),
    ("R&J quoted £14,000, the other bid was £19,500.", "bid"),
    ("The lowest tender was from Greenways.", "bid"),
    ("Ms Green at plot 12 has not paid her allotment rent again.", "case"),
    ("When the public had gone out we chose the cheaper roof.", "closed session"),
    ("Papers for Part 2 are in the comments.", "closed session"),
    ("Our legal advice on the wall was that we should pay.", "paper"),
    ("Screenshots of the councillors' group chat below", "paper"),
    ("The family at number 9 told our officer about the police visit.", "case"),
    ("A benefit claim by the woman above the chip shop was refused.", "case"),
    ("We are prepared to pay up to £90,000 for the field.", "bid"),
    ("Your case ref TC/4471 is the one about the dog", "case"),
    ("The seller does not want it known, but the price is low.", "secrecy"),
    ("We have reached an out of court settlement with the builder.", "dispute"),
]
HARMLESS = [
    "The public will be excluded for item 9, a staffing matter.",
    "Free and confidential advice from Citizens Advice on Tuesday.",
    "Your answers to the survey are confidential.",
    "We are looking for a deputy clerk. Salary £28,000, apply by 3 May.",
    "The grievance policy was reviewed.",
    "Never put your case number in a comment.",
    "Shh, a surprise for all the children on Friday!",
    "Once the public had left, the bells were oiled.",
    "Confidential waste collection on Friday.",
    "Tenders are invited for the grounds by 3 May.",
    "The contract was awarded to Greenways for £14,000.",
    "The office is closed because of illness.",
    "The clerk is on annual leave until Monday.",
    "A private session on the ice rink for families.",
    "Please don't share your bank details with callers.",
    "Don't tell Santa, but the grotto opens on Saturday!",
    "Tea and cake £4, offer ends Friday",
    "Part 2 of our history series is out. We talked to Jean.",
    "",
    "🎆" * 1_000,
]


@pytest.mark.parametrize(("text", "name"), TELLING)
def test_a_sentence_that_tells_has_the_name_of_its_hint(text: str, name: str) -> None:
    assert hint(text) == name


@pytest.mark.parametrize("text", HARMLESS)
def test_a_sentence_that_only_names_the_subject_tells_nothing(text: str) -> None:
    assert hint(text) is None


@given(
    st.sampled_from([text for text, _ in TELLING]),
    st.integers(0, 60),
    st.text(st.sampled_from("aZé .\n\u00a0'’-£"), max_size=4),
)
def test_whatever_is_a_hint_gets_through_the_filter(text: str, at: int, noise: str) -> None:
    text = text[:at] + noise + text[at:]
    if hint(text) is not None:
        assert bool(Records.candidates(pd.Series([text], dtype=TEXT), GATE)[0])


@pytest.mark.parametrize("unit", ["in the private session ", "£1", "our clerk ", "Dave ", "told "])
def test_the_longest_text_takes_time_by_its_length(unit: str) -> None:
    text = (unit * LIMIT)[: LIMIT * 5]
    start = time.process_time()
    hint(text)
    assert time.process_time() - start < 6
