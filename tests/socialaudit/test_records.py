from __future__ import annotations

import pandas as pd

from socialaudit.records import FRAMES, Records, from_records
from tests.records import a_comment, a_post, a_setting, a_video, an_account


def test_rows_are_what_pandas_itself_reads() -> None:
    found = from_records(
        [
            an_account(),
            a_post(links=None),
            a_post(id="11", links=("https://a.example",)),
            a_video(),
            a_comment(text=None, own=None, reply_count=None),
            a_comment(id="31", reply_count=2),
            a_setting("visibility", "public"),
        ]
    )
    for name in FRAMES:
        table = found.frames()[name]
        theirs = list(table.itertuples(index=False, name="Row"))
        assert theirs
        for ours, row in zip(found.rows(table), theirs, strict=True):
            assert ours._fields == row._fields
            assert all(a is b or bool(a == b) for a, b in zip(ours, row, strict=True))


def test_a_missing_text_is_na_and_no_candidate() -> None:
    found = from_records([a_comment(text=None)])
    (row,) = found.rows(found.comments)
    assert row.text is pd.NA
    assert not Records.candidates(found.comments["text"], ("a", "b")).any()


def test_what_several_checks_need_is_made_once_for_the_same_accounts() -> None:
    found = from_records([an_account(), a_comment(), a_comment(account="x", id="31")])
    mine = found.of(["facebook"])
    assert mine is found.of(["facebook"])
    assert list(mine.comments["account"]) == ["facebook"]
    assert found.of(["facebook", "x"]) is found
    keys = mine.once("keys", lambda: list(mine.comments["key"]))
    assert mine.once("keys", list) is keys
    assert found.once("keys", lambda: list(found.comments["key"])) != keys


def test_only_named_columns_are_read_of_rows() -> None:
    found = from_records([a_comment()])
    (row,) = found.rows(found.comments, "key", "text")
    assert row._fields == ("key", "text")
