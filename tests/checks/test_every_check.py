"""What every check keeps: unknown never passes, nothing is nothing, and the texts are for a clerk."""

from __future__ import annotations

import dataclasses
import re
import sys
from subprocess import run
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from pydantic import TypeAdapter

import checks
from connectors import NAMES
from socialaudit.check import Counted, Observation, Scope
from socialaudit.looking import BY_HAND
from socialaudit.models import FACTS, AccountKind, CommentKind, Unread
from socialaudit.records import DTYPES, FRAMES, Records, from_records
from tests.checks.judging import a_context
from tests.records import a_comment, a_medium, a_post, a_recording, a_setting, a_video, an_account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.check import Check
    from socialaudit.models import Record

CHECKS = list(checks.load().values())
every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)

KNOWN = {"key", "account", "id", "kind", "published_at", "platform", "post", "name", "handle"}
"""Columns that a record cannot be without."""


def of_unknown() -> Records:
    """One of everything, of which nothing is told but that it is there."""
    records = from_records(
        [
            an_account(),
            a_post(),
            a_medium(),
            a_video(),
            a_recording(),
            a_comment(),
            a_comment(id="33", kind=CommentKind.VISITOR_POST, post=None),
            *(a_setting(name, "null") for name in ("PROFANITY_FILTER", "USERS_CAN_POST")),
        ]
    )
    frames = records.frames()
    for name, table in frames.items():
        for column, dtype in DTYPES[name].items():
            if column not in KNOWN:
                missing = pd.NaT if str(dtype).startswith("datetime") else pd.NA
                table[column] = pd.Series([missing] * len(table), dtype=dtype)
    return Records(**frames)


@every_check
def test_what_is_not_told_never_passes_and_never_fails(check: Check) -> None:
    examined = unknown = 0
    for said in check.judge(of_unknown(), a_context(check, coverage={})):
        assert not isinstance(said, Observation)
        if isinstance(said, Counted):
            examined, unknown = examined + said.examined, unknown + said.unknown
        else:
            doubtful = 0 if said.unknown is None else int(said.unknown.fillna(value=True).sum())
            examined, unknown = examined + len(said.rows) - doubtful, unknown + doubtful
    assert examined == 0
    assert unknown or not check.kinds


@every_check
def test_nothing_is_nothing(check: Check) -> None:
    for said in check.judge(from_records([]), a_context(check, accounts={}, coverage={})):
        assert isinstance(said, Scope)
        assert said.rows.empty


@every_check
def test_a_judgement_is_repeated_to_the_letter_and_leaves_the_records_alone(check: Check) -> None:
    before, records = from_records(town()), from_records(town())
    gap = {"facebook": (Unread("comments", "no"),)}

    def said() -> list[Observation]:
        spoken = check.judge(records, a_context(check, coverage=gap))
        return [one for one in spoken if isinstance(one, Observation)]

    assert said() == said()
    for name, table in records.frames().items():
        pd.testing.assert_frame_equal(before.frames()[name], table)


def town() -> list[Record]:
    return [
        an_account(),
        a_post(text="Mill Lane is closed on Friday 20 November."),
        a_medium(alt_text=""),
        a_comment(text="When does it open, you twat?"),
        a_setting("PROFANITY_FILTER", '"Off"'),
    ]


@every_check
def test_the_card_is_whole(check: Check) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.id)
    assert sys.modules[check.judge.__module__].__name__ == f"checks.{check.id.replace('-', '_')}"
    assert check.examines in FRAMES or not check.kinds
    assert set(check.needs) <= set(FACTS)
    assert check.kinds <= set(AccountKind)
    assert "{n}" in check.joined
    assert check.minutes > 0
    for text in (check.title, check.instruction, check.joined, check.fixed, check.why):
        assert text
    assert all(check.references)


@every_check
def test_there_are_steps_for_every_platform(check: Check) -> None:
    assert set(check.how) - {""} <= {*NAMES, BY_HAND}
    for platform in (*(set(NAMES) - {"feed"}), "another"):
        assert 1 <= len(check.steps(platform)) <= 3


@every_check
def test_defaults_are_what_the_policy_file_may_say(check: Check) -> None:
    assert dataclasses.is_dataclass(check.parameters)
    assert TypeAdapter(check.parameters).validate_python({}) == check.parameters()


FORBIDDEN = re.compile(
    r"\b(?:finding|violation|non-?compliance|compliant|severity|critical|remediate|action this|token|api"
    r"|40[134]|scan|crawl|run|job|queue|attestation|false positive|all clear|pass|fail|evidence)\b|!",
    re.IGNORECASE,
)


def texts(check: Check) -> Iterator[str]:
    yield from (check.title, check.instruction, check.joined, check.fixed, check.why)
    for steps in check.how.values():
        yield from steps
    coverage = {"facebook": (Unread("*", "gone", cause="Unauthorized"),)}
    for said in check.judge(from_records(town()), a_context(check, coverage=coverage)):
        if isinstance(said, Observation):
            yield from (said.message, said.instruction, said.would_pass, said.excused)


@every_check
def test_the_texts_are_for_a_clerk(check: Check) -> None:
    for text in texts(check):
        assert not FORBIDDEN.search(text), text
        for sentence in re.split(r"(?<=[.?])\s", text):
            assert len(sentence.split()) < 20, sentence


@every_check
def test_steps_and_reasons_are_sentences(check: Check) -> None:
    for text in (check.why, *(step for steps in check.how.values() for step in steps)):
        assert text[0].isupper()
        assert text.endswith(".")
    for heading in (check.title, check.instruction, check.joined):
        assert heading[0].isupper()
        assert not heading.endswith(".")


def test_listing_the_checks_loads_nothing_heavy() -> None:
    code = "import checks, sys; checks.load(); print({'pandas', 'pyarrow', 'prefect'} & {*sys.modules})"
    told = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert told.stdout.strip() == "set()"
