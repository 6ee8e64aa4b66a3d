from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.politics import campaigning, gate, parties, party_account
from socialaudit.records import TEXT, Records

CAMPAIGNS = {
    "imprint": [
        "Promoted by J Smith on behalf of the Conservatives, both at 1 High Street.",
        "PRINTED AND PROMOTED BY\nA. Jones\nON BEHALF OF Ann Hill",
    ],
    "votes": [
        "You are wasting your vote if you stay with them",
        "Please lend your vote to Ann Hill this time",
        "vote green on thursday",
        "Don't vote Tory!",
        "I'd be grateful for your vote on 6 May.",
        "Elect Cllr Pat Mills.",
        "Time to vote them out.",
    ],
    "candidate": [
        "I'm standing for re-election.",
        "Proud to be selected as the Labour candidate for Mill Ward.",
        "Please support my campaign.",
    ],
    "canvassing": [
        "Join our phone bank for the Greens",
        "A great response on the doorstep today.",
        "Out canvassing with the team.",
        "Back on the campaign trail.",
    ],
    "sides": [
        "The Greens deserve your backing in May",
        "Put a cross beside the Conservatives",
        "It is time for the Lib Dems",
        "Only one party can mend this",
        "Nobody should trust Reform",
        "Shameful that the Conservatives voted this through",
        "Well done Labour for saving our library!",
        "Tory cuts have wrecked this town.",
        "the lib dems are fighting for you",
        "Thanks to the Reform councillors for the bench.",
        "Under the Conservatives our high street has died.",
        "We need to kick the Tories out.",
        "Another broken promise from the Greens.",
        "If you want change, back Plaid.",
    ],
}
INNOCENT = [
    "",
    "Cllr Jones (Conservative) proposed it, seconded by Cllr Shah (Liberal Democrat).",
    "Duncan Reed MP (Conservative) visited the library.",
    "The results: Conservatives 5, Labour 4.",
    "A labour of love. Labour costs have risen.",
    "The Conservative Club and the Labour Club hold a beetle drive.",
    "At a conservative estimate 3,000 came, with liberal helpings of cake.",
    "The Green Flag flies on the Green. Join the green team.",
    "Reform of local government: have your say.",
    "Vote for your favourite window, or vote for us in the tourism awards.",
    "The fair was promoted by the Round Table on behalf of the lifeboat.",
    "The annual canvass: reply to the household form.",
    "Beware of scams: somebody is door knocking for a charity and canvassing.",
    "Nature on your doorstep.",
    "Party in the park.",
]


@pytest.mark.parametrize(
    ("text", "sign"), [(text, sign) for sign, texts in CAMPAIGNS.items() for text in texts]
)
def test_campaigning_is_known_by_its_sign(text: str, sign: str) -> None:
    assert campaigning(text)[0] == sign


@pytest.mark.parametrize("text", INNOCENT)
def test_naming_a_party_and_everyday_words_are_no_campaigning(text: str) -> None:
    assert campaigning(text) == (None, "")
    assert party_account(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "@TesthamLabour",
        "#ToriesOut",
        "www.northlibdems.org.uk",
        "#VoteGreen",
        "see conservatives.com",
    ],
)
def test_an_account_or_site_of_a_party_is_known(text: str) -> None:
    assert party_account(text)


@pytest.mark.parametrize(
    "text",
    [
        "#LabourDay",
        "#story #victory",
        "@ConservativeClub",
        "ann@labour.org.uk.example.org",
        "@snapshots",
    ],
)
def test_other_accounts_are_not_a_partys(text: str) -> None:
    assert party_account(text) == ""


def test_parties_are_named_with_the_words_that_name_them() -> None:
    text = "Lib Dem, Tory and green councillors; the Labour market; LABOUR; Testham First."
    assert parties(text, ["Testham First"]) == {
        "Labour": "LABOUR",
        "Conservatives": "Tory",
        "Liberal Democrats": "Lib Dem",
        "Green Party": "green",
        "Testham First": "Testham First",
    }


WORDS = (
    "vote voting labour Labour Tory Greens Reform green for me elect cllr promoted by on behalf of out "
    "canvassing doorstep great i am standing election back well done the Conservatives @uklabour failed "
    "snp.org SNP Plaid kick K \u212a \u017f \u0130 \u0131 . ! é -"
)


@given(st.lists(st.sampled_from([*WORDS.split(), "\n"]) | st.text(max_size=2), max_size=14))
def test_the_gate_lets_through_all_that_is_remarked_on(pieces: list[str]) -> None:
    text = " ".join(pieces).encode("utf-8", "ignore").decode()
    if campaigning(text)[0] or party_account(text) or parties(text):
        assert Records.candidates(pd.Series([text], dtype=TEXT), gate()).all()


@pytest.mark.parametrize(
    "text",
    ["vote " * 20_000, "Labour is " * 10_000, "the " * 30_000, "@" * 100_000, "promoted by " * 9_000,
     "out on the " * 10_000, "a" * 100_000, "\ud800 Labour", "🗳️" * 40_000],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    began = time.process_time()
    campaigning(text)
    parties(text)
    party_account(text)
    assert time.process_time() - began < 1
