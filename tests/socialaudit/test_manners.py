from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.manners import CAPITALS, Rule, gate, rules, unmannerly
from socialaudit.records import TEXT, Records
from tests.phrases import texts


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("As we have already told you, the County empties the bins.", "told already"),
        ("How many times do we have to say this?", "told already"),
        ("It is shut. It. Is. Shut.", "belittling"),
        ("It only takes five seconds to check.", "belittling"),
        ("Somebody has had a bad day.", "belittling"),
        ("You would be the first to grumble.", "arguing"),
        ("We are not your secretary.", "dismissive"),
        ("We have been through this before.", "told already"),
        ("There is always one.", "belittling"),
        ("Try using your eyes next time.", "belittling"),
        ("Did you come? Did not think so.", "sarcasm"),
        ("What makes you think that we can mend it?", "arguing"),
        ("Please take that somewhere quiet, elsewhere", "dismissive"),
        ("Calm down dear, it opens on Monday.", "belittling"),
        ("You people should try it some time.", "belittling"),
        ("It is clear enough for a child to see.", "belittling"),
        ("Very kind. Not.", "sarcasm"),
        ("Oh well done, another genius.", "sarcasm"),
        ("Perhaps you'd care to run the council?", "arguing"),
        ("We do not have time for this.", "dismissive"),
        ("Once again for those at the back: Friday.", "told already"),
        ("If you’d bothered to read the post you would know.", "belittling"),
        ("It's not rocket science. Put your bin out by 7.", "belittling"),
        ("Less time moaning on Facebook would help.", "belittling"),
        ("If some of you spent half the time volunteering that you spend here", "belittling"),
        ("It is sad that grown men argue about a bench.", "belittling"),
        ("You clearly haven't read the minutes.", "belittling"),
        ("Perhaps if you attended a meeting you'd understand.", "belittling"),
        ("Oh what a surprise, another complaint", "sarcasm"),
        ("Well done for stating the obvious.", "sarcasm"),
        ("Thanks for that 🙄", "sarcasm"),
        ("Sorry, we do not have a magic wand.", "sarcasm"),
        ("Get your facts straight before posting, Dave.", "arguing"),
        ("We are not going to argue with you on here.", "arguing"),
        ("If you don't like it, stand for election.", "arguing"),
        ("Not our problem. Try the County.", "dismissive"),
        ("Google it.", "dismissive"),
        ("PLEASE READ THE POST BEFORE COMMENTING", "shouting"),
        ("We do NOT own the road and NEVER have.", "shouting"),
    ],
)
def test_what_may_be_disrespectful(text: str, rule: Rule) -> None:
    assert rule in [name for name, _ in unmannerly(text, addressed=True)]


@pytest.mark.parametrize(
    "text",
    [
        "I'm afraid that is not right: the bridge belongs to the County.",
        "Sorry, this is not something we look after. Their number is 0344 800 8020.",
        "As we said last week, the market is on Saturday.",
        "We have already raised £400 for the lifeboat. Thank you!",
        "What part of the town do you love most?",
        "Whatever the weather, the parade goes ahead.",
        "Pay attention to the new diversion signs, please.",
        "The pool opens for the last time this season.",
        "Our children grow up so fast. Bring your little ones to the photo show.",
        "You can pay for parking by phone. You can leave donations at the Town Hall.",
        "We would be grateful if you could take the time to fill in our survey.",
        "If you have read the draft plan, tell us what you think.",
        "Make a magic wand at the library. Local experts will help.",
        "Get a life-saving skill. Grow up, out and anything: free seeds.",
        "Who cares for you? A morning for carers.",
        "A resident wrote: “that is complete nonsense and you know it”.",
        "THANK YOU TO EVERYONE WHO CAME TO THE CARNIVAL",
        "MILL LANE CLOSED TODAY: FOLLOW THE DIVERSION",
        "HAVE YOU REGISTERED TO VOTE? YOU NEED PHOTO ID",
        "You are quite right, we got that wrong. We are sorry.",
        "",
        "🦀🦀🦀",
    ],
)
def test_what_is_plain_or_kind(text: str) -> None:
    assert unmannerly(text, addressed=False) == []


def test_capitals_to_somebody_shout_where_those_of_a_notice_do_not() -> None:
    text = "The office is closed. SEE THE NOTICE OUTSIDE."
    assert unmannerly(text, addressed=False) == []
    assert unmannerly(text, addressed=True) == [("shouting", "SEE THE NOTICE OUTSIDE")]


@given(
    texts(phrase.replace("^", "").replace("$", "") for rule in rules().values() for phrase in rule)
)
def test_the_gate_lets_through_every_phrase(text: str) -> None:
    said = {rule for rule, _ in unmannerly(text, addressed=False)}
    if said - {"shouting"}:
        assert Records.candidates(pd.Series([text], dtype=TEXT), gate()).all()


@given(st.text(alphabet="ABEé \n'-.!NOTYU", max_size=30))
def test_every_text_that_shouts_has_capitals(text: str) -> None:
    if any(rule == "shouting" for rule, _ in unmannerly(text, addressed=True)):
        assert CAPITALS.search(text)


@pytest.mark.parametrize(
    "text", ["A" * 100_000, "AA " * 33_000, "AA!a" * 25_000, "“a" * 50_000, "so very " * 12_000]
)
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    assert {rule for rule, _ in unmannerly(text, addressed=False)} <= {"shouting"}
