from __future__ import annotations

from connectors.x_answer import Answer
from connectors.x_threads import QUERY_LENGTH, Threads, queries
from tests.connectors.x_answers import OTHER, UID, a_post, a_reply

NATIVE = "1900000000000000000"


def learnt(*items: dict[str, object], by_owner: bool = False) -> Threads:
    threads = Threads()
    threads.learn(Answer.of({"data": list(items)}), UID, by_owner=by_owner)
    return threads


def test_a_search_holds_as_many_conversations_as_its_length_allows() -> None:
    (one,) = queries([NATIVE] * 13)
    first, second = queries([NATIVE] * 14)
    assert len(one) <= QUERY_LENGTH
    assert [first.count(NATIVE), second.count(NATIVE)] == [13, 1]


def test_a_search_for_one_author_is_in_brackets() -> None:
    assert list(queries(["1", "2"], "me")) == ["from:me (conversation_id:1 OR conversation_id:2)"]


def test_what_is_no_id_is_not_searched_for() -> None:
    assert list(queries(["1 OR from:somebody", ""])) == []


def test_who_signed_counts_for_more_than_who_was_answered() -> None:
    threads = learnt(a_reply("2", "1"), a_reply("3", "2", root="1"))
    assert threads.has_comment(a_reply("2", "1"))
    assert threads.answers_others(a_reply("3", "2"))


def test_a_conversation_of_which_nothing_is_known_is_taken_for_the_accounts() -> None:
    assert learnt().place(a_reply("3", "2", root="1")) == ("x:1", "x:2")


def test_a_conversation_that_somebody_else_began_is_not_the_accounts() -> None:
    threads = learnt(a_post("1", author_id=OTHER))
    assert threads.place(a_reply("3", "2", root="1")) == (None, "x:2")


def test_unsigned_posts_of_a_timeline_are_the_accounts() -> None:
    post = a_post("1")
    del post["author_id"]
    threads = learnt(post, by_owner=True)
    assert not threads.answers_others(a_reply("2", "1"))


def test_a_reply_whose_reference_is_missing_stands_under_its_conversation() -> None:
    reply = a_reply("2", "1")
    del reply["referenced_tweets"]
    assert learnt().place(reply) == ("x:1", None)


def test_a_reply_to_an_answer_of_the_account_names_it_as_a_comment() -> None:
    answer = a_reply("3", "2", root="1", author_id=UID, in_reply_to_user_id=OTHER)
    assert learnt(answer).place(a_reply("4", "3", root="1")) == ("x:1", "x:3:answer")
