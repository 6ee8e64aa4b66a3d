from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from checks.notice_alternative import Parameters, notice_alternative
from socialaudit.check import Confidence, Urgency
from socialaudit.models import WEBSITE, Post, PostKind
from tests.checks.judging import judged
from tests.records import NOW, a_post

CLOSED = "Mill Lane will be closed from Monday 23 November while the water main is replaced."


def entry(text: str, **changes: object) -> Post:
    plain = {"id": "90", "account": WEBSITE, "kind": PostKind.NOTICE, "text": text}
    return a_post(**(plain | changes))


def test_a_notice_that_names_no_other_way_is_possible() -> None:
    said = judged(notice_alternative, a_post(text=CLOSED), entry("Christmas market"))
    assert said.only.confidence == Confidence.POSSIBLE
    assert said.only.urgency is None
    assert said.only.due == datetime(2026, 11, 23, tzinfo=UTC)
    assert said.only.message == (
        "We found this notice only on social media. It is about Monday 23 November."
    )
    assert said.only.evidence == {
        "notice of": "closure",
        "words": "mill lane will be closed",
        "other ways": "none",
        "website": "none of 1 near that date is like it",
    }


def test_a_website_that_was_not_read_is_named() -> None:
    said = judged(notice_alternative, a_post(text=CLOSED))
    assert said.only.message.endswith("We could not look at the website.")


@pytest.mark.parametrize(
    "post",
    [
        a_post(text=f"{CLOSED} Details: https://www.testham.example/mill-lane"),
        a_post(text=CLOSED, links=("https://www.testham.example/mill-lane",)),
        a_post(text=f"{CLOSED} Ring 01632 960000."),
        a_post(text=f"{CLOSED} See the noticeboards."),
        a_post(text="Mill Lane looks lovely."),
        a_post(text=CLOSED, kind=PostKind.REPOST),
        a_post(text=CLOSED, kind=PostKind.REPLY),
    ],
)
def test_another_way_chat_and_reposts_are_well(post: Post) -> None:
    assert judged(notice_alternative, post).records == set()


def test_the_website_may_carry_it_in_other_words() -> None:
    said_there = "Closure of Mill Lane\nThe water main will be replaced from 23 November"
    assert judged(notice_alternative, a_post(text=CLOSED), entry(said_there)).records == set()
    old = entry(said_there, published_at=NOW - timedelta(days=20))
    assert judged(notice_alternative, a_post(text=CLOSED), old).records == {"facebook:10"}


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("Flood warning for the river. Move your cars now.", Urgency.TODAY),
        ("Mill Lane is closed on Wednesday 18 November.", Urgency.TODAY),
        ("Mill Lane is closed on Thursday 19 November.", None),
    ],
)
def test_an_emergency_or_a_near_date_is_for_today(text: str, urgency: Urgency | None) -> None:
    assert judged(notice_alternative, a_post(text=text)).only.urgency == urgency


def test_a_notice_whose_date_has_passed_need_not_be_acted_on() -> None:
    said = judged(notice_alternative, a_post(text="Mill Lane is closed on Saturday 14 November."))
    assert said.only.excused == "Its date has passed."
    assert said.only.urgency is None


def test_an_emergency_without_a_date_does_not_last_for_ever() -> None:
    post = a_post(text="Flood warning for the river.", published_at=NOW - timedelta(days=8))
    said = judged(notice_alternative, post)
    assert (said.only.excused, said.only.urgency) == ("Its date has passed.", None)


def test_the_policy_chooses_subjects_and_ways() -> None:
    post = a_post(text=f"{CLOSED} Ring 01632 960000.")
    only_boards = Parameters(alternatives=("noticeboard",))
    assert judged(notice_alternative, post, parameters=only_boards).records == {post.key}
    no_closures = Parameters(important=("election",))
    assert judged(notice_alternative, a_post(text=CLOSED), parameters=no_closures).records == set()


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(notice_alternative, a_post(text=None), a_post(id="11", text=""))
    assert (said.records, said.examined, said.unknown) == (set(), 1, 1)
