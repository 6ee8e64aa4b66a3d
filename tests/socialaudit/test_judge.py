# ruff: noqa: RUF001 - look-alike letters are the subject
from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialaudit.judge import SCORES, Rating, Tier, judge, offending, ratings
from socialaudit.lexicon import lexicon
from socialaudit.records import TEXT, Records, from_records
from socialaudit.sieve import FEW
from tests.records import a_comment
from training import talk


def rate(text: str) -> Rating:
    return judge().score([text])[0]


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("get these pikeys off the field", Tier.DISCRIMINATORY),
        ("You r3tard", Tier.DISCRIMINATORY),
        ("all Muslims are vermin", Tier.DISCRIMINATORY),
        ("go back to where you came from", Tier.DISCRIMINATORY),
        ("No more immigrants here!", Tier.DISCRIMINATORY),
        ("You absolute wanker", Tier.STRONG),
        ("that Cllr Smith is a dickhead", Tier.STRONG),
        ("He's a cock", Tier.STRONG),
        ("f u c k off", Tier.STRONG),
        ("F**K OFF", Tier.STRONG),
        ("Go and f*** yourself", Tier.STRONG),
        ("I know where you live", Tier.STRONG),
        ("someone like you should be shot, you should be shot", Tier.STRONG),
        ("I'll break his nose next time I see him", Tier.STRONG),
        ("Cllr Webb deserves a right good kicking", Tier.STRONG),
        ("I would gladly dance on her grave", Tier.STRONG),
        ("Somebody should stamp on his head", Tier.STRONG),
        ("You revolting little toad", Tier.MILD),
        ("you're a moron", Tier.MILD),
        ("you fat cow", Tier.MILD),
        ("Fucking freezing today", Tier.MILD),
        ("#CouncilAreWankers", Tier.MILD),
    ],
)
def test_abuse_is_rated_by_how_strong_it_is(text: str, tier: Tier) -> None:
    assert rate(text).tier == tier
    assert rate(text).score == SCORES[tier]
    assert rate(text).words


@pytest.mark.parametrize(
    "text",
    [
        "The council is useless, what a shambles. You should be ashamed",
        "The roads are shit round here",
        "Happy Eid to all our Muslim neighbours",
        "Women are amazing",
        "Travellers should leave plenty of time",
        "Anyone got a spare knob of butter",
        "Cock crowing at 5am, and blue tits in the box",
        "fag ends and dog mess everywhere",
        "Bore da! Moron is Welsh for carrots",
        "fire retardant panels",
        "The A55 is shut, NR27 9HH, 7pm",
        "Maine coon lost near the church",
        "queer old weather",
        "Somebody will break their neck on those steps",
        "Someone needs to break their ankle before anything is done",
        "I'd like to knock their heads together",
        "The mayor deserves a slap on the back",
        "The council deserves a good kicking at the polls",
        "That carpet needs a good beating",
        "Put us out of our misery, who won the raffle?",
        "A drop dead gorgeous dress",
        "She's a toad patrol volunteer",
        "Someone should run him over to the hospital",
        "faggots and peas at the market",
    ],
)
def test_ordinary_talk_is_left_alone(text: str) -> None:
    assert rate(text) == Rating()


@pytest.mark.parametrize(
    "text",
    [
        "you lucky bastard",
        "I'm such an idiot, wrong day",
        "He called me a wanker, please remove it",
        '"You paki" was shouted at my mum. Unacceptable.',
        "People who say all Muslims are criminals are wrong",
        "Not all immigrants are criminals",
    ],
)
def test_fond_reported_quoted_and_denied_words_are_left_alone(text: str) -> None:
    assert rate(text) == Rating()


PLACES = """
    Scunthorpe;Penistone;Cockermouth;Cock Bridge;Twatt;Shitterton;Bell End;Wetwang;Great Cockup;Dyke
    Higham Dykes;Crapstone;Sandy Balls;Cripple Corner;Titsey;Cocks;Nob End;Bitchfield;Pratt's Bottom
    Cockfosters;Clitheroe;Lickey End;Slack Bottom;Fingringhoe;Assington;Gay Bowers;Haseley Knob
"""


@pytest.mark.parametrize(
    "name", [n.strip() for n in PLACES.replace("\n", ";").split(";") if n.strip()]
)
@pytest.mark.parametrize(
    "sentence",
    ["{}", "The road is closed in {} today", "He's from {}, you know", "You are at {} now"],
)
def test_names_of_places_are_safe(name: str, sentence: str) -> None:
    assert rate(sentence.format(name)).tier is None
    assert rate(sentence.format(name).lower()).tier is None


@pytest.mark.parametrize(
    "name",
    ["Cllr Dick Pratt", "Dick Turpin", "Mrs Cock", "Thank you Dick", "Dr Coon", "Fanny Smith"],
)
def test_names_of_people_are_safe(name: str) -> None:
    assert rate(name).tier is None
    assert rate(f"{name} opened the fair").tier is None


def test_what_is_attacked_is_named() -> None:
    assert rate("I hate gypsies").about == "race or religion"
    assert rate("women belong in the kitchen").about == "sex"
    assert rate("kill yourself").about == "a threat"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "🙂" * 50,
        "a" * 100_000,
        "f " * 50_000,
        "f*" * 50_000,
        "\ud800 wanker",
        "@!$" * 999,
    ],
)
def test_odd_texts_are_rated_like_any_other(text: str) -> None:
    assert isinstance(rate(text), Rating)


PIECES = ["fuck", "Paki", "wanker", "you", "'re a ", "cock", "shit", "all Muslims are ", "vermin"]
NOISE = st.sampled_from(
    [*PIECES, *PIECES, *"  .*!1@$-_#&;aiuİſ\u0301\u200b\n", "k yourself", "kill "]
)


TEXTS = st.lists(NOISE | st.text(max_size=3), max_size=12).map("".join)


@settings(deadline=None)  # the first text loads the words
@given(TEXTS)
def test_the_gate_lets_through_all_that_is_rated(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    if lexicon().score([text])[0].tier is not None:
        assert Records.candidates(pd.Series([text], dtype=TEXT), lexicon().gate).all()


def test_many_texts_are_rated_as_one_by_one() -> None:
    texts = ["You twat", "Nice day", "\ud800 wanker", "Muslims are vermin and filth", ""] * FEW
    assert judge().score(texts) == [rate(text) for text in texts[:5]] * FEW


@settings(deadline=None, max_examples=25)  # each example is rated twice, the second time many times
@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_no_rating_is_lost_to_a_gate(texts: list[str]) -> None:
    ungated = [rate(text) for text in texts]
    assert judge().score([*texts, *["Nice day"] * FEW])[: len(texts)] == ungated


def test_no_rating_of_held_out_talk_is_lost_to_a_gate() -> None:
    texts = [sentence.text for sentence in talk.read(talk.HELD_OUT)]
    assert len(texts) > FEW
    ungated = [rate(text) for text in texts]
    assert judge().score(texts) == ungated


def test_the_comments_of_a_run_are_rated_once_and_by_key() -> None:
    records = from_records(
        [a_comment(text="you utter moron"), a_comment(id="31", text="Well done")]
    )
    found = ratings(records)
    assert set(found) == {a_comment().key}
    assert found[a_comment().key].tier is Tier.MILD
    assert ratings(records) is found


def test_only_marked_rows_that_are_rated_offend() -> None:
    records = from_records([a_comment(text="you utter moron"), a_comment(id="31", own=True)])
    comments, found = records.comments, ratings(records)
    hits = list(offending(records, comments, comments["text"].notna(), found))
    assert [(row.key, tier) for row, tier, _ in hits] == [(a_comment().key, Tier.MILD)]
    assert not list(offending(records, comments, comments["text"].isna(), found))
