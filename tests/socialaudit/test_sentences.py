from __future__ import annotations

import pytest

from socialaudit.sentences import names_mostly, reading_age, sentences, syllables, words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One is here. Two is there! Three?", ["One is here.", "Two is there!", "Three?"]),
        ("A headline\nA line below", ["A headline", "A line below"]),
        ("Ask Dr. Smith or Cllr. Rowe, e.g. at 6 p.m. in St. Mary's.", None),
        ("It costs £4.50 at www.testham.example/shop.html today.", ["It costs £4.50 at today."]),
        ("Lights on tonight 🎄 Bring a torch", ["Lights on tonight 🎄", "Bring a torch"]),
        ("We have:\n- tea\n- cake", ["We have:", "tea", "cake"]),
        ("Come along. #OatyFair #Norfolk @testham", ["Come along."]),
        ("The #OatyFair is on.", ["The #OatyFair is on."]),
        ("🎄\n...\n", []),
        ("", []),
    ],
)
def test_a_text_is_parted_into_sentences(text: str, parts: list[str] | None) -> None:
    found = [" ".join(one.split()) for one in sentences(text)]
    assert found == ([text] if parts is None else parts)


def test_figures_times_and_hyphened_words_are_one_word_each() -> None:
    assert words("The well-kept park's £412,300 for 2027/28, at 6:30pm & on.") == (
        "The",
        "well-kept",
        "park's",
        "412,300",
        "for",
        "2027/28",
        "at",
        "6:30pm",
        "on",
    )


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("closed", 1),
        ("wanted", 2),
        ("little", 2),
        ("pavement", 2),
        ("council", 2),
        ("people", 2),
        ("area", 3),
        ("library", 3),
        ("community", 4),
        ("special", 2),
        ("station", 2),
        ("quiet", 2),
        ("being", 2),
        ("consultation", 4),
        ("notwithstanding", 4),
    ],
)
def test_syllables_are_counted_by_rule(word: str, count: int) -> None:
    assert syllables(word) == count


def test_reading_age_tells_hard_texts_from_easy_ones() -> None:
    easy = "The park is shut on Monday. We will cut the grass and mend the swings. " * 2
    hard = (
        "The aforementioned consultation regarding residential development proposals necessitates"
        " comprehensive representation from interested individuals notwithstanding previous"
        " correspondence concerning environmental considerations and infrastructure requirements"
        " throughout the entire administrative area of the authority."
    )
    ages = [reading_age(sentences(text)) for text in (easy, hard)]
    assert ages[0] is not None
    assert ages[1] is not None
    assert ages[0] < 9
    assert ages[1] > 20


def test_of_a_few_words_no_age_is_told() -> None:
    assert reading_age(("Notwithstanding the aforementioned considerations.",)) is None


def test_long_names_make_no_text_harder() -> None:
    plain = "We went to see the fair in Oaty and then on to the next town by bus again. " * 2
    named = plain.replace("Oaty", "Marchwardinestoke")
    assert reading_age(sentences(plain)) == reading_age(sentences(named))


def test_a_list_of_names_is_nobodys_long_sentence() -> None:
    assert names_mostly("Thanks to Boots, the Red Lion, Oaty Bakery and the Bell.")
    assert not names_mostly("Thanks to the Red Lion for the tea and the many cakes.")
    assert not names_mostly("Thanks")
