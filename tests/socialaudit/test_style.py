from __future__ import annotations

import pytest

from checks.readable_hashtags import readable_hashtags
from socialaudit.models import Audience, PostKind
from socialaudit.records import from_records
from socialaudit.style import LIMIT, clipped, own_words, too_old
from tests.checks.judging import a_context
from tests.records import NOW, a_post


def test_title_and_text_are_read_together() -> None:
    posts = own_words(from_records([a_post(title="Fair", text="On Friday"), a_post(id="11")]))
    assert posts["words"].tolist() == ["Fair\nOn Friday", "The market is on Saturday."]


def test_reposts_replies_entries_and_drafts_are_not_read() -> None:
    others = [
        a_post(id=kind, kind=kind) for kind in (PostKind.REPOST, PostKind.REPLY, PostKind.NOTICE)
    ]
    draft = a_post(id="9", audience=Audience.UNPUBLISHED)
    assert own_words(from_records([*others, draft])).empty


def test_a_very_long_post_is_read_in_part() -> None:
    (words,) = own_words(from_records([a_post(text="a" * 100_000)]))["words"]
    assert len(words) == LIMIT


def test_a_post_is_old_after_so_many_days() -> None:
    context = a_context(readable_hashtags)
    assert too_old(a_post(published_at=NOW), context, 28) == ""
    assert too_old(a_post(), context, 2)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Short\nlines", "Short lines"),
        (
            "One two three four five six seven eight nine ten",
            "One two three four five six seven eight…",
        ),
        ("a" * 50, "a" * 40 + "…"),
        ("He said “no”", "He said 'no'"),
        ("", ""),
    ],
)
def test_the_start_of_a_text_can_be_quoted(text: str, start: str) -> None:
    assert clipped(text) == start
