from __future__ import annotations

import hashlib
import json
from importlib.resources import files

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialaudit.rating import Rating, Tier
from socialaudit.records import TEXT, Records
from socialaudit.tone.model import load, model
from socialaudit.tone.words import meanings

RAW = files("socialaudit.tone").joinpath("weights.bin").read_bytes()


def rate(text: str) -> Rating:
    return model().score([text])[0]


@pytest.mark.parametrize(
    "text",
    [
        "Muslims are filthy and should be rounded up",
        "Why are Travellers so dishonest?",
        "There are too many Jews in this town",
        "I would never trust a disabled person",
        "The new family is Romanian. They are parasites",
        "Women have no business on a council",
    ],
)
def test_an_attack_without_a_bad_word_is_seen(text: str) -> None:
    assert rate(text).tier == Tier.DISCRIMINATORY


@pytest.mark.parametrize(
    "text",
    [
        "Happy Eid to all our Muslim neighbours",
        "Such lovely Polish neighbours",
        "The Traveller site consultation closes on Friday",
        "Disabled parking on Mill Lane is blocked again",
        "Pride starts at noon on the quay",
        "I don't hate Gypsies",
        "No Jewish child deserves to be called vermin",
        '"Kill all gays" was sprayed on the shelter, please remove it',
        "The council should be ashamed, utterly useless",
        "Rats in the bins on Gypsy Lane",
        "Scum on the duck pond",
        "Bore da, oes rhywun wedi colli ci?",
    ],
)
def test_kind_neutral_and_angry_talk_is_left_alone(text: str) -> None:
    assert rate(text) == Rating()


def test_what_is_said_of_one_group_is_said_of_all() -> None:
    groups = ["Muslims", "Jews", "gay people", "old people", "Travellers", "women", "the deaf"]
    for line in ("{} are disgusting animals", "{} are wonderful neighbours", "I met {} today"):
        said = model().margins([line.format(group) for group in groups])
        assert said["hate"] == pytest.approx([said["hate"][0]] * len(groups))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Muslims are disgusting animals", "religion or belief"),
        ("Trans people are disgusting animals", "gender reassignment"),
        ("Pensioners are disgusting animals", "age"),
        ("Gypsies are disgusting animals", "race"),
        ("Gay men and Jews are disgusting animals", "sexual orientation and religion or belief"),
    ],
)
def test_the_characteristic_that_is_attacked_is_named(text: str, about: str) -> None:
    assert rate(text).about == about


def test_the_words_that_led_to_it_are_told() -> None:
    words = rate("My view of the matter is that Muslims are disgusting animals").words
    assert {"muslims", "disgusting"} <= set(words)


def test_a_long_text_is_judged_by_its_worst_sentences() -> None:
    calm = "The bins were late again on Mill Lane this week, which is annoying. " * 30
    assert rate(calm) == Rating()
    assert rate(f"{calm} Muslims are vermin and should be deported. {calm}").tier is not None


def test_a_text_of_one_or_two_words_says_too_little() -> None:
    assert rate("disgusting Muslims") == Rating()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "?",
        '"',
        "🙂" * 50,
        "women " * 20_000,
        "a" * 100_000,
        "\ud800 women are scum",
    ],
)
def test_odd_texts_are_rated_like_any_other(text: str) -> None:
    assert isinstance(rate(text), Rating)


def test_texts_are_rated_alike_alone_and_together() -> None:
    texts = ["Muslims are vermin", "", "Nice day", "You are a filthy parasite, drop dead", "?"] * 50
    assert model().score(texts) == [rate(text) for text in texts]


PIECES = ["all ", "Muslims ", "women's", "are ", "can't", " stand", "vermin", "you ", "'", "kill "]
NOISE = st.sampled_from(
    [*PIECES, *PIECES, *"  .*!1@$-_#&;aiuİ\u017f\u0301\u200b\n🐀", "they ", "hate "]
)


@settings(deadline=None)  # the first text loads the words
@given(st.lists(NOISE | st.text(max_size=3), max_size=14).map("".join))
def test_the_gate_lets_through_all_that_is_rated(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    if rate(text).tier is not None:
        assert Records.candidates(pd.Series([text], dtype=TEXT), model().gate).all()


@pytest.mark.parametrize("ending", ["s", "n't", "'s"])
def test_the_gate_knows_every_word_that_it_must(ending: str) -> None:
    known = meanings()
    hostile = known.of("hate", "violence", "removal", "vermin", "bad", "scorn", "group", "slur")
    texts = [p for p, (kind, _) in known.phrases.items() if kind in hostile]
    texts += [t[:-1] + "'s" for t in texts if t.endswith("s")] if ending == "'s" else []
    texts += [t.replace("nt ", "n't ") for t in texts] if ending == "n't" else []
    passed = Records.candidates(pd.Series(texts, dtype=TEXT), model().gate)
    assert [t for t, ok in zip(texts, passed, strict=True) if not ok] == []


def test_the_weights_say_what_they_are_made_of() -> None:
    header, heads = load(RAW)
    assert set(heads) == {"hate", "abuse"}
    assert all(set(source) == {"title", "sha256", "licence"} for source in header["sources"])
    used = files("socialaudit.tone").joinpath("meanings.toml").read_bytes()
    assert header["own"]["meanings.toml"] == hashlib.sha256(used).hexdigest()
    assert len(RAW) < 2_000_000
    assert json.loads(RAW.partition(b"\n")[0]) == header
