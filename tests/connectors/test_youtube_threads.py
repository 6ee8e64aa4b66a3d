from __future__ import annotations

from typing import Any

import pytest

from connectors.youtube_threads import begun, merged, thread
from tests.connectors.youtube_talk import AT, IN_WINDOW, a_comment, a_thread


@pytest.mark.parametrize("item", ["junk", None, {"id": "t"}, {}, a_thread("t", "never")])
def test_a_thread_that_does_not_tell_its_time_has_none(item: Any) -> None:
    assert begun(item) is None


def test_a_thread_knows_when_it_was_begun_and_where() -> None:
    found = thread(a_thread("t", IN_WINDOW, a_comment("t.r"), total=4))
    assert (found.id, found.video, found.begun, found.total) == ("t", "v1", AT, 4)
    assert [reply["id"] for reply in found.replies] == ["t.r"]


def test_a_thread_without_an_id_of_its_own_has_that_of_its_comment() -> None:
    item = a_thread("t")
    del item["id"]
    assert thread(item).id == "t"


def test_replies_are_merged_without_doubles_and_strangers() -> None:
    listed = [
        a_comment("a"),
        a_comment("a", textDisplay="newer"),
        a_comment("b", parentId="t"),
        a_comment("c", parentId="other"),
        "junk",
    ]
    kept = merged(thread(a_thread("t")), listed)
    assert [r if isinstance(r, str) else r["id"] for r in kept] == ["a", "b", "junk"]
    assert kept[0]["snippet"]["textDisplay"] == "newer"
