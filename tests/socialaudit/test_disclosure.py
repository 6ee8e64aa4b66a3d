from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialaudit.disclosure import GATE, request
from socialaudit.records import TEXT, Records

REQUESTS = {
    "Under the FOI Act please tell me how many staff you employ": "the Act",
    "This is a Freedom of Information request. Please send the contract.": "the Act",
    "I'd like to make an FOI request about the skate park": "the Act",
    "F.O.I. request: legal fees for the last 3 years": "the Act",
    "Where can I read the draft minutes?": "a document",
    "You must publish the risk assessment": "a document",
    "Can we see the minutes of the March meeting please?": "a document",
    "Please publish the tree survey": "a document",
    "could you send me a copy of the risk assessment for the bonfire": "a document",
    "I would like to see a breakdown of the budget": "a document",
    "I am requesting all correspondence between the council and the developer": "a document",
    "Publish the full accounts!": "a document",
    "Can you share the consultation responses?": "a document",
    "Please send me:\n- the lease for the café\n- the last inspection report": "a document",
    "How much did the Christmas lights cost?": "money spent",
    "How much of our money has the council spent on consultants this year": "money spent",
    "how much are you paying the new contractor??": "money spent",
    "What was the total cost of the new benches?": "money spent",
    "what's the annual budget for flowers": "money spent",
    "How many parking fines have been issued since April?": "a number",
    "How many complaints did you receive about the fair": "a number",
    "Which councillors voted for this?": "a decision",
    "Who authorised the removal of the hedge?": "a decision",
    "When was the play equipment last inspected?": "a decision",
    "I am making a subject access request": "own data",
    "Can I have a copy of everything you have kept about me?": "own data",
    "What are the mayor's allowances?": "money spent",
    "I'd like to know what you've spent on solicitors": "money spent",
    "would you mind posting a list of the land you own": "a document",
    "how many residents objected to it": "a number",
    "Did the mowing go out to tender?": "a decision",
    "On what legal basis did you fell the trees?": "a decision",
    "Please could you publish who applied and how they voted": "a document",
    "Is there a written policy on hiring the hall?": "a document",
    "I'd be grateful for the accident figures": "a document",
    "Let's see the receipts for the trip": "a document",
    "What's the asset value of the old police house?": "money spent",
    "Could you tell me when the trees were last surveyed": "a decision",
    "Has a risk assessment been done for the slide?": "a document",
    "Requesting sight of the lease": "a document",
    "Would the clerk kindly forward the correspondence?": "a document",
    "can u tell us how much u spent on the flower beds": "money spent",
    "May I ask what the council paid for the new website": "money spent",
    "Who owns the land behind the scout hut?": "a decision",
    "Which builders quoted for the new roof?": "a decision",
    "Who received the village hall grants in 2025?": "a decision",
    "How often is the sand in the play area tested?": "a decision",
    "What did the twinning weekend in Plouézec cost?": "money spent",
    "Please may I see the bat survey": "a document",
    "EIR request for the drainage of the rec": "the Act",
    "FOI: total paid to agency staff": "the Act",
}
OTHERS = [
    "",
    "How much are tickets?",
    "how much did it cost to get in?",
    "When is the next meeting?",
    "Can you send me an application form?",
    "I'll be putting in an FOI about this",
    "The FOI showed they spent 3 grand",
    "How do I make an FOI request?",
    "How can I make a subject access request?",
    "Please post a list of the stalls on Sunday",
    "We know who voted for this",
    "Suppliers should send invoices to the office",
    "Someone should FOI this lot",
    "Can you report this to highways",
    "How many people are coming?",
    "How many times have you been told",
    "Who decided this was a good idea?",
    "Can I have 5 minutes with the mayor",
    "How often does the bus go?",
    "Who received a medal?",
    "please share this post",
    "how much was raised?",
    "Who owns the black labrador by the pier?",
    "What did each class win?",
    "I want to see more flowers",
    "Thanks for the data, very useful",
    "can I get a licence for a stall",
    '"How much did it cost?" said my nan',
    "See https://example.org/how-much-did-the-lights-cost",
]


@pytest.mark.parametrize(("text", "about"), REQUESTS.items())
def test_a_request_for_what_is_on_record_is_seen(text: str, about: str) -> None:
    kind, words = request(text)
    assert (kind, bool(words)) == (about, True)


@pytest.mark.parametrize("text", OTHERS)
def test_ordinary_questions_threats_and_hearsay_are_none(text: str) -> None:
    assert request(text) == ("", "")


pieces = st.sampled_from(
    [word for text in (*REQUESTS, *OTHERS) for word in text.split()]
    + [".", "\n", "’", "é", "😀", "_", "FOI", "SPENT"]
)


@settings(deadline=None)
@given(st.lists(st.one_of(pieces, st.sampled_from(list(REQUESTS))), max_size=25).map(" ".join))
def test_the_gate_lets_every_request_through(text: str) -> None:
    for one in (text, text.upper()):
        if request(one)[0]:
            assert Records.candidates(pd.Series([one], dtype=TEXT), GATE).all()


@pytest.mark.parametrize("unit", ["how much ", "please send the ", "a", "foi ", "\n", "😀", "who "])
def test_a_long_text_is_no_burden(unit: str) -> None:
    assert isinstance(request(unit * (100_000 // len(unit))), tuple)
