from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.hashtags import GATE, names_of, unreadable
from socialaudit.records import TEXT, Records

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        ("#beachclean", "#BeachClean"),
        ("#Beachclean", "#BeachClean"),
        ("#BEACHCLEAN", "#BeachClean"),
        ("#CARNIVAL", "#Carnival"),
        ("#MARCHWARDINE", "#Marchwardine"),
        ("#beachclean2026", "#BeachClean2026"),
        ("#10kfunrun", "#10kFunRun"),
        ("\uff03beachclean", "#BeachClean"),
        ("#OurBeachclean", "#OurBeachClean"),
    ],
)
def test_a_tag_of_several_words_gets_a_capital_for_each(written: str, readable: str) -> None:
    (tag,) = unreadable(f"Join us ({written}).", NOBODY)
    assert tag.readable == readable


@pytest.mark.parametrize(
    "text",
    [
        "#BeachClean #carnival #Carnival #NHS #RNLI #WW2 #LoveNHS #beach_clean #iPhone #1 #2026",
        "https://www.testham.example/news#beachclean",
        "R&#38;beachclean and a#beachclean",
        "# beachclean",
        "",
    ],
)
def test_readable_tags_acronyms_and_addresses_are_well(text: str) -> None:
    assert unreadable(text, NOBODY) == ()


def test_a_council_may_be_called_by_its_name() -> None:
    names = names_of("North Oaty Town Council")
    assert unreadable("#northoaty #northoatytowncouncil #oaty", names) == ()
    (tag,) = unreadable("#visitnorthoaty", names)
    assert tag.readable == "#VisitNorthoaty"


def test_a_tag_is_told_once() -> None:
    assert len(unreadable("#beachclean and #beachclean", NOBODY)) == 1


@given(st.text(alphabet=st.sampled_from("#\uff03 &/aBeachClean2é_🎄\n"), max_size=40))
def test_the_filter_lets_through_every_text_with_a_tag(text: str) -> None:
    let_through = Records.candidates(pd.Series([text], dtype=TEXT), GATE)[0]
    assert let_through or not unreadable(text, NOBODY)
