from __future__ import annotations

from typing import Any

import pytest

from connectors.youtube_threads import begun, comment, merged, plain, thread
from socialaudit.models import CommentState
from tests.connectors.cases.youtube import case
from tests.connectors.youtube_talk import AT, CHANNEL, IN_WINDOW, a_comment, a_thread


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


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("Tea &amp; cake<br>at 3", "Tea & cake\nat 3"),
        ('See <a href="https://x.example/">23:56</a> <b>now</b> &lt;3', "See 23:56 now <3"),
        ("5 < 6 & 7 > <script>x</script>", "5 < 6 & 7 > <script>x</script>"),
        (None, None),
        (7, 7),
    ],
)
def test_marked_up_words_are_read_as_written(shown: Any, words: Any) -> None:
    assert plain(shown) == words


@pytest.mark.parametrize(
    "told",
    [
        {"authorChannelId": {"value": CHANNEL}},
        {"authorChannelId": CHANNEL},
        {"authorChannelId": None, "authorChannelUrl": f"http://www.youtube.com/channel/{CHANNEL}"},
    ],
)
def test_who_wrote_a_comment_is_told_in_several_ways(told: dict[str, Any]) -> None:
    access = case().access("http://127.0.0.1:1")
    state = CommentState.PUBLISHED
    within = thread(a_thread("t"))
    found = comment(a_comment("c", **told), within, access=access, channel=CHANNEL, state=state)
    assert found.own
