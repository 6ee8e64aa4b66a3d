"""Words that a policy file sets are words: whatever stands in them, no check takes them for patterns."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest

import checks
from socialaudit import policy
from socialaudit.document import MAX_NUMBER
from socialaudit.errors import UsageError
from tests.checks.judging import judged
from tests.records import a_comment, a_medium, a_post, a_setting, an_account

if TYPE_CHECKING:
    from pathlib import Path

    from socialaudit.check import Check, Observation
    from socialaudit.models import Record

CHECKS = list(checks.load().values())
WORDS = [
    (check, field.name)
    for check in CHECKS
    for field in fields(check.parameters)
    if get_type_hints(check.parameters)[field.name] == tuple[str, ...]
]
NUMBERS = [
    (check, field.name)
    for check in CHECKS
    for field in fields(check.parameters)
    if type(field.default) is int
]
HOSTILE = [
    "(a+)+$",
    ".*",
    "[a-z",
    "a-z]",
    "(aa",
    "aaa|",
    "*aa",
    "aa?",
    "(?i)",
    "a{999}",
    "^aa",
    "aa$",
    "\\b",
    "aa\\",
    "😀😀",
    "İa",
]
"""Each is nowhere in the texts as it is written, and matches much of them as a pattern."""
MOST = [f"zzqx{'v' * 195}{n:03}" for n in range(99)]
INERT = ["zzqxv"]
POLICY = """
[policy]
id = "hostile"
title = "Hostile"
council = "Testham"
adopted = "2026-01"
source = "Nowhere"
[[clause]]
id = "1"
title = "One"
cite = "Point 1"
text = "One."
checks = ["{check}"]
[[group]]
title = "All"
cite = "Point 1"
clauses = ["1"]
[checks.{check}]
{name} = {value}
"""


def named(pair: object) -> str:
    return pair.id if hasattr(pair, "id") else str(pair)


def parameters(folder: Path, check: Check, name: str, value: object) -> Any:
    """What the check is given when a policy file says this. Raises ``UsageError``."""
    path = folder / "policy.toml"
    written = json.dumps(value, ensure_ascii=False)
    path.write_text(POLICY.format(check=check.id, name=name, value=written), "utf-8")
    return policy.load(path, {check.id: check}).parameters[check.id]


def texts() -> list[Record]:
    bomb = "a" * 5_000 + "!"
    plain = "Mill Lane is closed on Friday. Vote for us, ring Ann Bell, #MillLane bargain prices"
    return [
        an_account(),
        *(a_post(id=str(n), text=text) for n, text in enumerate((bomb, plain, ""))),
        *(a_comment(id=str(n), text=text) for n, text in enumerate((bomb, plain, ""), 50)),
        a_medium(alt_text=plain),
        a_setting("PROFANITY_FILTER", '"Off"'),
    ]


def told(check: Check, given: Any) -> dict[str | None, Observation]:
    return judged(check, *texts(), parameters=given).observations


@pytest.mark.parametrize(("check", "name"), WORDS, ids=named)
def test_a_word_is_taken_as_it_is_written(tmp_path: Path, check: Check, name: str) -> None:
    plain = told(check, parameters(tmp_path, check, name, INERT))
    assert told(check, parameters(tmp_path, check, name, HOSTILE)).keys() == plain.keys()


@pytest.mark.parametrize(("check", "name"), WORDS, ids=named)
def test_as_many_words_as_a_policy_may_hold_are_no_burden(
    tmp_path: Path, check: Check, name: str
) -> None:
    plain = told(check, parameters(tmp_path, check, name, INERT))
    assert told(check, parameters(tmp_path, check, name, MOST)).keys() == plain.keys()


@pytest.mark.parametrize(("check", "name"), NUMBERS, ids=named)
def test_the_largest_number_can_be_reckoned_with_and_a_larger_one_is_refused(
    tmp_path: Path, check: Check, name: str
) -> None:
    try:
        most = parameters(tmp_path, check, name, MAX_NUMBER)
    except UsageError:
        most = check.parameters()
    told(check, most)
    with pytest.raises(UsageError, match=f"{name}: must be"):
        parameters(tmp_path, check, name, 10**20)
