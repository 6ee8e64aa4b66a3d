from __future__ import annotations

import time
import tomllib
from importlib.resources import files

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.plainness import gate, officialese, unexplained, vague_links
from socialaudit.records import TEXT, Records

JARGON = tomllib.loads(files("socialaudit").joinpath("jargon.toml").read_text("utf-8"))
PLAINER = sorted(JARGON["plainer"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Prior to the meeting, tea.", {"prior to": "before"}),
        ("Staff UTILISED the van.", {"utilised": "use"}),
        (
            "We liaise  with stakeholders.",
            {"liaise with": "talk to", "stakeholders": "people it matters to"},
        ),
        ("A multi agency approach", {"multi agency": "shared"}),
        ("A personal note in good order", {}),
        ("https://www.testham.example/prior to", {}),
        ("", {}),
    ],
)
def test_stiff_words_have_plainer_ones(text: str, found: dict[str, str]) -> None:
    expected = {k: v for k, v in found.items() if k != "prior to" or "https" not in text}
    assert officialese(text) == expected


def test_a_phrase_may_be_allowed() -> None:
    assert officialese("Prior to the meeting, tea.", ("prior to",)) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Click here: https://www.testham.example", ("click here",)),
        ("More on this, link in our bio.", ("link in our bio",)),
        ("Book here 👉 https://www.testham.example", ("here",)),
        ("Book at https://www.testham.example/fair", ()),
        ("The council is here for you.", ()),
        ("There is a new link road.", ()),
    ],
)
def test_a_link_says_what_it_leads_to(text: str, found: tuple[str, ...]) -> None:
    assert vague_links(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The TRO is out.", ("TRO",)),
        ("PSPOs and the CIL.", ("PSPO", "CIL")),
        ("Apply for a TRO, or a TRO order.", ("TRO",)),
        ("The NHS, a PDF, the AGM on TV and a B&B.", ()),
        ("A Traffic Regulation Order (TRO) is out.", ()),
        ("The TRO (traffic regulation order) is out.", ()),
        ("The Friends of Oaty Park (FOOP) and FOP.", ()),
        ("FREE entry. Youth club is BACK.", ()),
        ("ROAD CLOSED TODAY", ()),
        ("NR27 9AB, A148, @TRO, #TRO, https://x.example/TRO", ()),
        ("", ()),
    ],
)
def test_a_short_form_that_few_know_is_explained(text: str, found: tuple[str, ...]) -> None:
    assert unexplained(text) == found


def test_a_council_has_short_forms_of_its_own() -> None:
    assert unexplained("OTC meets.", frozenset({"OTC"})) == ()


@pytest.mark.parametrize("text", ["Local Plan (LP) " * 6_000, "ABC " * 25_000, "A" * 100_000])
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    began = time.process_time()
    unexplained(text)
    assert time.process_time() - began < 1


@given(
    st.lists(st.sampled_from([*PLAINER, "a", "https://a.example/b", "x@y.example", "Ref#", " "]))
)
def test_the_gate_lets_every_stiff_word_through(parts: list[str]) -> None:
    for joint in (" ", "-", ""):
        text = joint.join(part.replace("*", "s") for part in parts)
        for said in (text, text.upper(), text.replace("k", "\u212a").replace("s", "\u017f")):
            worth = Records.candidates(pd.Series([said], dtype=TEXT), gate()).all()
            assert worth or not officialese(said)
