from __future__ import annotations

import pyarrow as pa

from socialaudit.sieve import FEW, MANY, any_word, matching, passing

FILL = ["nothing here"] * FEW


def test_any_expression_of_a_gate_will_do() -> None:
    texts = pa.array(["A Cat", "a dog", "a hen", None], pa.large_string())
    assert matching(texts, ("cat", "dog")).tolist() == [True, True, False, False]
    assert matching(texts, "hen").tolist() == [False, False, True, False]


def test_all_of_a_group_must_match() -> None:
    texts = pa.array(["a cat and a dog", "a cat", "a dog", "a hen", None, "a cat, a hen"])
    gate = (("cat", "dog"), ("cat", "hen"), "^a dog$")
    assert matching(texts, gate).tolist() == [True, False, True, False, False, True]


def test_the_places_of_what_passes_are_told_in_order() -> None:
    assert passing([*FILL, "a cat", "\ud800 CAT"], ("cat", "dog")) == [FEW, FEW + 1]


def test_few_texts_all_pass_because_an_expression_costs_more() -> None:
    assert passing(["hen", "cat"], "cat") == [0, 1]


def test_words_are_whole_and_in_several_expressions_where_they_are_many() -> None:
    words = [f"word{n}" for n in range(MANY + 1)]
    gate = any_word([*words, "two[^a-z0-9]+words"])
    assert len(gate) == 2
    texts = ["Word1!", "xword1", "word500", "two  words", "two xwords"]
    assert passing([*FILL, *texts], gate) == [FEW, FEW + 2, FEW + 3]
