from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.customers import GATE, LIMIT, party
from socialaudit.records import TEXT, Records

SPEAKING = [
    ("Another rude resident on the phone at work today", "customer"),
    ("One of our allotment holders brought me a marrow", "customer"),
    ("A lady came in to reception crying about her husband's grave", "customer"),
    ("If one more resident emails me about gulls I will scream", "customer"),
    ("Mr Singh was in again about his licence", "customer"),
    ("Some old boy turned up at the office to complain about the bins", "customer"),
    ("Our contractors have made a mess of the verges again", "service provider"),
    ("The firm we use for the payroll is hopeless", "service provider"),
    ("The company that runs our car parks is a shambles", "service provider"),
    ("Our tree planting contractor forgot the trees", "service provider"),
    ("The firm that painted the bandstand used the wrong green", "service provider"),
    ("Working with the lads from Oxley Drains Ltd today", "service provider"),
    ("Payroll provider down again, another day at the town hall", "service provider"),
    ("Hirers of ours would steal the lightbulbs", "customer"),
    ("Spent the day dealing with 40 applicants for a garage", "customer"),
    ("The people who use the council's hub are a scream", "customer"),
    ("Helping a lovely old lady with her bus pass", "customer"),
]
PRIVATE = [
    "My builder has finished our kitchen at last",
    "As a customer I was treated badly by the bank",
    "Great to see so many people at the carnival",
    "I'm a resident of Mill Lane and love it",
    "The residents' association has a quiz on Friday",
    "Took my mum to lunch",
    "How much has the council spent on consultants?",
    "Customer service at Tesco was excellent",
    "A woman came in to the pub with a goat",
    "",
]


@pytest.mark.parametrize(("text", "about"), SPEAKING)
def test_whom_of_the_council_s_a_text_speaks_of(text: str, about: str) -> None:
    assert party(text) == about


@pytest.mark.parametrize("text", PRIVATE)
def test_private_life_is_nobody_s_business(text: str) -> None:
    assert party(text) is None


@given(
    st.sampled_from([text for text, _ in SPEAKING]),
    st.integers(0, 60),
    st.text(st.sampled_from("aZé .\n\u00a0'’-"), max_size=4),
)
def test_whatever_speaks_of_one_gets_through_the_filter(text: str, at: int, noise: str) -> None:
    text = text[:at] + noise + text[at:]
    if party(text) is not None:
        assert bool(Records.candidates(pd.Series([text], dtype=TEXT), GATE)[0])


@pytest.mark.parametrize("unit", ["resident ", "a lady ", "came in ", "our ", "the firm "])
def test_the_longest_text_takes_time_by_its_length(unit: str) -> None:
    text = (unit * LIMIT)[: LIMIT * 5]
    start = time.process_time()
    party(text)
    assert time.process_time() - start < 6
