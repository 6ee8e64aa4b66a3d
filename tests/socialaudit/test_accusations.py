from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.accusations import DID, GATE, IS, accusation
from socialaudit.records import TEXT, Records
from tests.phrases import texts


@pytest.mark.parametrize(
    "text",
    [
        "Tom Askew stole the money from the carnival fund.",
        "Cllr Jane Webb lied to the meeting on Tuesday.",
        "Bay Motors are crooks. Take your car elsewhere.",
        "The former clerk fiddled the books for years.",
        "Avoid Smith & Sons, they botched our roof.",
        "Mrs Lane smacks the children.",
        "Tom Askew is a slum landlord.",
        "Mrs Lane at the cafe short-changes everyone.",
        "Bay Motors kept my deposit.",
        "Hill Coaches has no insurance.",
        "Cllr Shah is in the pocket of the builders.",
        "Tom Askew beat up a lad outside the pub.",
        "Tom Askew has been drink driving for years.",
        "Cllr Shah takes bribes from builders.",
        "Look into Tom Askew, he is a known pervert.",
        "Our former accountants Hill & Lane lied to us.",
        "Mrs Lane claimed mileage for trips she never made.",
        "Mr Hall is a thief and everyone knows it.",
        "The landlord of the Red Lion has been selling drugs to teenagers.",
        "Our last contractor, GreenCut Ltd, ripped us off.",
        "Do not trust @SeaviewLettings.",
        "Mrs Lane’s incompetence cost the town £20,000.",
        "The pavement was botched by Anglian Paving.",
        "We hired Coastal Builders in May. They are cowboys.",
        "That liar Tom Askew is at it again",
        "the owner of the kiosk is a conman",
    ],
)
def test_an_accusation_of_somebody_named(text: str) -> None:
    assert accusation(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tom Askew stole the show at Saturday's talent contest!",
        "Someone stole Mr Hall's bike from the Town Hall.",
        "Thieves stole lead from St Mary's Church.",
        "John Smith, 34, pleaded guilty to theft at the magistrates' court.",
        "Storm Edna ruined the flower beds.",
        "Fraud awareness talk by PC Jane Webb on Monday.",
        "Tom Askew rang the police, he was robbed on his way home.",
        "Cllr Shah claimed mileage of £40 in June.",
        "Bay Motors was burgled on Sunday. Call 101 if you saw anything.",
        "Mr Toad stole a motor car: the panto opens on Friday.",
        "The County Council lied about the bus, said one speaker.",
        "Cllr Jane Webb was assaulted outside the meeting and is recovering.",
        "Harbour Farm lies to the north of the town.",
        "Beware of callers claiming to be from British Gas.",
        "Mrs Lane never lied to anyone.",
        "Cllr Doyle denied that he had lied.",
        "Green Lane is dangerous. Please slow down.",
        "Somebody dumped a sofa in Mill Lane. Fly-tipping is a crime.",
        "Smith & Sons did a wonderful job on the roof.",
        "",
        "🦀🦀🦀",
    ],
)
def test_news_thanks_courts_and_stage_accuse_nobody(text: str) -> None:
    assert accusation(text) is None


NAMES = ("Tom Askew ", "Bay Motors are ", "Mr Hall is a ", "the former clerk ", "Mrs Lane's ")


@given(st.sampled_from(NAMES), texts([*DID.values(), *IS.values()]))
def test_the_gate_lets_through_every_accusation(name: str, text: str) -> None:
    if accusation(name + text):
        assert Records.candidates(pd.Series([name + text], dtype=TEXT), GATE).all()


@pytest.mark.parametrize(
    "text",
    [
        "A" * 100_000,
        "Aa " * 33_000,
        "Aa-" * 33_000,
        "the owner of " * 8_000,
        "Mr Hall is " * 9_000,
        "RT @" * 25_000,
        "@tom_askew " * 9_000,
        "Tom Askew, he " * 7_000,
    ],
)
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    began = time.process_time()
    assert accusation(text) is None
    assert time.process_time() - began < 1
