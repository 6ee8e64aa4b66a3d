from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialaudit.dissatisfaction import GATE, complaint
from socialaudit.records import TEXT, Records

COMPLAINTS = {
    "I want to make a complaint about the way I was spoken to": "says that it is one",
    "How do I complain about this?": "says that it is one",
    "This is a formal complaint. The bench outside my house is gone.": "says that it is one",
    "Please treat this as a complaint.": "says that it is one",
    "I'd like to complain about the state of the toilets": "says that it is one",
    "My complaint of 2 March was never acknowledged": "says that it is one",
    "I have emailed three times and had no reply.": "nobody answered",
    "I reported the swing in July. Nobody has got back to me": "nobody answered",
    "Reported this four times!!": "nobody answered",
    "still waiting for a response to my letter of 3 May": "nobody answered",
    "Phoned twice, left messages, nobody rings back": "nobody answered",
    "I emailed you about the police house and have had no reply": "nobody answered",
    "Third week running our bin hasn't been emptied": "failed again and again",
    "Your warden was very rude to my mother today": "conduct",
    "Very disappointed with the council's handling of this": "conduct",
    "I expect an apology from the mayor": "what the council did",
    "Shambles. You cancelled the surgery and told nobody": "what the council did",
    "Let down badly by the town council": "what the council did",
    "I have had no joy from the office about the grave": "nobody answered",
    "Sort it out or I go to the ombudsman": "says that it is one",
    "this post is misleading, please take it down": "use of social media",
    "Rude reply from whoever runs this account": "conduct",
    "You deleted my comment. Why?": "use of social media",
    "Why have I been blocked from this page?": "use of social media",
    "my comments keep getting removed, so much for free speech": "use of social media",
    "You posted a photo of my son without my permission": "use of social media",
    "please pass this to whoever handles complaints": "says that it is one",
    "I feel badly done by and want it looked at properly": "says that it is one",
    "Five months since I wrote to you about the tree.": "nobody answered",
    "My emails to the office go unanswered": "nobody answered",
    "We were told the path would be done by June. It's November!!": "nobody answered",
    "I was charged twice and nobody will sort it out": "nobody answered",
    "I'm not happy at all with how the letter was worded": "conduct",
    "The lady on your phone line put the phone down on me": "conduct",
    "Councillor Brown called me a liar": "conduct",
    "I was treated very unfairly over my stall": "conduct",
    "Your cleaners left the toilets locked, disgraceful": "what the council did",
    "You used my photograph of the pier on your page with no credit": "use of social media",
    "Why was my post about the car park charges taken down?": "use of social media",
    "Three phone calls, two emails, zero answers.": "nobody answered",
    "Still no reply from the office": "nobody answered",
    "I left messages in May and noone rang back": "nobody answered",
    "This page never answers anyone": "nobody answered",
    "Someone from the council dug up my flowers": "what the council did",
    "Your workmen have blocked my drive": "what the council did",
    "Please escalate this to the mayor": "says that it is one",
    "You have tagged my daughter, she is 12": "use of social media",
    "The toilets are disgusting": "standard of service",
    "Grass in the graveyard is waist high. It's a disgrace": "standard of service",
    "Pitch black again, what do we pay council tax for": "standard of service",
    "Double booked for my dad's wake!": "standard of service",
    "Doublebooked!! We had 60 guests": "standard of service",
    "The carpark is a deathtrap": "standard of service",
    "Your binmen were rude to me": "conduct",
    "Dreadful service from the parish council": "standard of service",
    "The swings have been broken since Easter": "failed again and again",
    "Nobody has emptied the dog bins all summer": "failed again and again",
    "Your sweeper dented my car, who pays?": "what the council did",
    "We were kept awake until 3 by your generator": "what the council did",
    "You cleared the hedge without telling a soul": "what the council did",
}
OTHERS = [
    "",
    "Can't complain, lovely day",
    "People always complain about parking",
    "No complaints here, great service",
    "I've complained to Anglian Water and they never replied",
    "Stop complaining you lot",
    "You should complain to the county council",
    "What a waste of money",
    "The pub toilets are disgusting",
    "Drains not been done since Noah",
    "Disgusting how people leave dog mess by the bins",
    "The cemetery used to be a disgrace, what a difference",
    "The bin by the bandstand is full",
    "There's a pothole on Mill Lane",
    "Bins not emptied today on Church St",
    "The staff were lovely and helpful",
    "I called in for a cuppa, what a lovely display",
    "Broken swing at the park fyi",
    "Who complained about the bells? Miserable so and so",
    "Never heard such rubbish",
    "I was told there would be cake!",
    "The bus was late for the third time this week, useless company",
    "Council spending our money again I see",
    "Disappointed I missed it!",
    "Thank you for dealing with my complaint",
    "So sad it was cancelled, poor weather",
    '"I want to make a complaint" he said',
]


@pytest.mark.parametrize(("text", "about"), COMPLAINTS.items())
def test_a_complaint_is_seen(text: str, about: str) -> None:
    kind, words = complaint(text)
    assert (kind, bool(words)) == (about, True)


@pytest.mark.parametrize("text", OTHERS)
def test_grumbling_reports_and_what_others_are_told_are_none(text: str) -> None:
    assert complaint(text) == ("", "")


pieces = st.sampled_from(
    [word for text in (*COMPLAINTS, *OTHERS) for word in text.split()]
    + [".", "\n", "’", "é", "😀", "_", "NOT", "again"]
)


@pytest.mark.parametrize("text", COMPLAINTS)
def test_the_gate_lets_each_example_through(text: str) -> None:
    assert Records.candidates(pd.Series([text], dtype=TEXT), GATE).all()


@settings(deadline=None)
@given(st.lists(st.one_of(pieces, st.sampled_from(list(COMPLAINTS))), max_size=25).map(" ".join))
def test_the_gate_lets_every_complaint_through(text: str) -> None:
    for one in (text, text.upper()):
        if complaint(one)[0]:
            assert Records.candidates(pd.Series([one], dtype=TEXT), GATE).all()


@pytest.mark.parametrize("unit", ["reported ", "no reply ", "a", "I ", "not. ", "\n", "😀"])
def test_a_long_text_is_no_burden(unit: str) -> None:
    assert isinstance(complaint(unit * (100_000 // len(unit))), tuple)
