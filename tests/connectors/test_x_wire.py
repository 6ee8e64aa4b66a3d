from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from socialaudit.models import (
    Account,
    Audience,
    Comment,
    CommentKind,
    Post,
    PostKind,
    Setting,
)
from tests.connectors.x_answers import (
    OTHER,
    SINCE,
    UID,
    UNTIL,
    Recorded,
    a_page,
    a_post,
    a_reply,
    a_user,
    read,
    talk,
)

AT = datetime(2026, 9, 3, 10, 0, tzinfo=UTC)
PIC = {"url": "https://t.co/pic", "display_url": "pic.x.com/pic", "media_key": "3_1"}


def test_both_generations_of_names_read_the_same() -> None:
    old = a_page(
        a_post(
            "20",
            edit_history_tweet_ids=["10", "20"],
            note_tweet={"text": "The whole of it"},
            referenced_tweets=[{"type": "quoted", "id": "5"}],
        ),
        tweets=[a_post("10", created_at="2026-09-03T09:00:00.000Z")],
    )
    new = a_page(
        a_post(
            "20",
            edit_history_post_ids=["10", "20"],
            note_post={"text": "The whole of it"},
            referenced_posts=[{"type": "quoted", "id": "5"}],
        ),
        posts=[a_post("10", created_at="2026-09-03T09:00:00.000Z")],
    )
    assert read(old).of(Post) == read(new).of(Post)
    assert read(old).one(Post).text == "The whole of it"


def test_replies_read_the_same_in_both_generations() -> None:
    old, new = a_reply("2000", "1000"), a_reply("2000", "1000")
    new["referenced_posts"] = new.pop("referenced_tweets")
    assert read(archive=a_page(old)).of(Comment) == read(archive=a_page(new)).of(Comment)


def test_an_edited_post_is_its_newest_version_with_the_time_of_its_first() -> None:
    first = a_post("10", created_at="2026-09-03T09:40:00.000Z", text="Monday")
    newest = a_post("20", edit_history_tweet_ids=["10", "20"], text="Tuesday")
    post = read(a_page(newest, tweets=[first])).one(Post)
    assert (post.id, post.text) == ("20", "Tuesday")
    assert (post.published_at, post.edited_at) == (AT.replace(hour=9, minute=40), AT)


def test_an_old_version_in_a_list_gives_way_to_the_newest() -> None:
    versions = {"edit_history_tweet_ids": ["10", "20"]}
    told = read(a_page(a_post("10", **versions), tweets=[a_post("20", **versions)]))
    assert [p.id for p in told.of(Post)] == ["20"]


def test_a_post_that_was_never_edited_has_no_time_of_it() -> None:
    assert read(a_page(a_post("10", edit_history_tweet_ids=["10"]))).one(Post).edited_at is None


def test_a_post_without_any_field_has_the_time_that_its_id_tells() -> None:
    native = str((int(AT.timestamp() * 1000) - 1_288_834_974_657) << 22)
    post = read(a_page({"id": native, "text": "Bare"})).one(Post)
    assert post.published_at == AT
    assert (post.links, post.replies_from, post.comment_count, post.hidden) == (None,) * 4


def test_what_x_escapes_is_read_as_written() -> None:
    post = read(a_page(a_post(text="Fish &amp; chips &lt;3 &amp;lt; &copy;"))).one(Post)
    assert post.text == "Fish & chips <3 &lt; &copy;"


def test_links_are_whole_and_without_the_one_to_its_own_picture() -> None:
    link = {
        "url": "https://t.co/a",
        "expanded_url": "https://example.org/a",
        "display_url": "example.org/a",
    }
    entities = {"urls": [link, PIC]}
    post = read(a_page(a_post(text="Read https://t.co/a https://t.co/pic", entities=entities))).one(
        Post
    )
    assert post.links == ("https://example.org/a",)
    assert post.text == "Read https://t.co/a"


def test_a_post_that_was_asked_for_links_and_has_none_has_none() -> None:
    assert read(a_page(a_post())).one(Post).links == ()


@pytest.mark.parametrize(
    ("references", "kind"),
    [
        ([{"type": "retweeted", "id": "1"}], PostKind.REPOST),
        ([{"type": "replied_to", "id": "1"}, {"type": "quoted", "id": "2"}], PostKind.REPLY),
        ([{"type": "quoted", "id": "2"}], PostKind.POST),
        ("nonsense", PostKind.POST),
    ],
)
def test_the_kind_of_a_post_is_told_by_what_it_refers_to(references: Any, kind: PostKind) -> None:
    assert read(a_page(a_post(referenced_tweets=references))).one(Post).kind == kind


def test_who_may_reply_and_how_many_did_are_as_x_says() -> None:
    post = a_post(reply_settings="mentionedUsers", public_metrics={"reply_count": 3})
    told = read(a_page(post)).one(Post)
    assert (told.replies_from, told.comment_count) == ("mentionedUsers", 3)


@pytest.mark.parametrize(
    ("withheld", "hidden"),
    [
        (None, False),
        ({"copyright": False, "country_codes": ["GB"]}, True),
        ({"copyright": False, "country_codes": ["XX"]}, True),
        ({"copyright": False, "country_codes": ["DE"]}, False),
        ({"copyright": True, "country_codes": []}, True),
    ],
)
def test_a_post_that_x_withholds_here_is_hidden(withheld: Any, hidden: bool) -> None:  # noqa: FBT001 - a value of the table
    assert read(a_page(a_post(withheld=withheld))).one(Post).hidden is hidden


@pytest.mark.parametrize(
    ("protected", "audience"),
    [(True, Audience.FOLLOWERS), (False, Audience.PUBLIC), (None, None)],
)
def test_who_may_see_a_post_is_told_by_the_account(protected: Any, audience: Any) -> None:
    page = a_page(a_post())
    page["includes"]["users"] = [a_user(protected=protected)]
    recorded = Recorded(posts=page, archive=a_page())
    assert talk(recorded).one(Post).audience == audience


def test_the_profile_comes_with_the_posts() -> None:
    user = a_user(
        description="The council &amp; you",
        url="https://t.co/u",
        entities={
            "url": {"urls": [{"url": "https://t.co/u", "expanded_url": "https://example.org"}]},
            "description": {
                "urls": [{"url": "https://t.co/d", "expanded_url": "https://a.example"}]
            },
        },
        verified=True,
        verified_type="government",
        pinned_tweet_id="10",
    )
    page = a_page(a_post())
    page["includes"]["users"] = [user]
    told = talk(Recorded(posts=page, archive=a_page()))
    account = told.one(Account)
    assert account.description == "The council & you"
    assert account.links == ("https://example.org", "https://a.example")
    assert (account.verified, account.protected) == (True, False)
    assert {s.name: s.value for s in told.of(Setting)} == {
        "protected": "false",
        "verified_type": '"government"',
        "pinned_tweet_id": '"10"',
    }


def test_a_reply_is_a_comment_under_the_post_and_a_reply_to_it_a_reply() -> None:
    first, second = a_reply("2000", "1000"), a_reply("2001", "2000", root="1000")
    comments = read(a_page(a_post("1000")), a_page(second, first)).of(Comment)
    assert [(c.kind, c.post, c.parent) for c in comments] == [
        (CommentKind.REPLY, "x:1000", "x:2000"),
        (CommentKind.COMMENT, "x:1000", None),
    ]
    assert [(c.own, c.state) for c in comments] == [(False, None)] * 2


def test_an_answer_of_the_account_is_a_post_and_a_comment() -> None:
    theirs = a_reply("2000", "1000")
    answer = a_reply("3000", "2000", root="1000", author_id=UID, in_reply_to_user_id=OTHER)
    told = read(a_page(answer, a_post("1000")), a_page(answer, theirs))
    assert [p.kind for p in told.of(Post)] == [PostKind.REPLY, PostKind.POST]
    assert [(c.id, c.own, c.post, c.parent) for c in told.of(Comment)] == [
        ("3000", True, "x:1000", "x:2000"),
        ("2000", False, "x:1000", None),
    ]
    keys = [r.key for r in told.of(Post) + told.of(Comment)]
    assert keys == ["x:3000", "x:1000", "x:3000:answer", "x:2000"]


def test_a_thread_of_the_account_itself_is_no_comment() -> None:
    more = a_reply("1001", "1000", author_id=UID)
    told = read(a_page(more, a_post("1000")), a_page(more))
    assert [p.kind for p in told.of(Post)] == [PostKind.REPLY, PostKind.POST]
    assert told.of(Comment) == []


def test_an_answer_under_somebody_elses_post_is_under_no_post() -> None:
    answer = a_reply("3000", "500", author_id=UID, in_reply_to_user_id=OTHER)
    comment = read(a_page(answer)).one(Comment)
    assert (comment.post, comment.parent, comment.own) == (None, "x:500", True)


def test_an_unprompted_post_to_the_account_is_a_mention() -> None:
    mention = a_post("2000", author_id=OTHER, in_reply_to_user_id=UID)
    comment = read(archive=a_page(mention)).one(Comment)
    assert (comment.kind, comment.post) == (CommentKind.MENTION, None)


def test_a_repost_found_by_the_search_is_no_comment() -> None:
    found = a_post("2000", author_id=OTHER, referenced_tweets=[{"type": "retweeted", "id": "1"}])
    assert read(archive=a_page(found)).of(Comment) == []


def test_a_reply_to_an_edited_post_is_under_its_newest_version() -> None:
    post = a_post("1001", conversation_id="1000", edit_history_tweet_ids=["1000", "1001"])
    comments = read(a_page(post), a_page(a_reply("2000", "1000"))).of(Comment)
    assert [(c.post, c.parent) for c in comments] == [("x:1001", None)]


def test_nothing_names_who_wrote_a_comment() -> None:
    mention = {"username": "AnnExample", "id": "9", "start": 0, "end": 3}
    reply = a_reply("2000", "1000", username="AnnExample", entities={"mentions": [mention]})
    comment = read(archive=a_page(reply)).one(Comment)
    assert comment.author != OTHER
    assert "AnnExample" not in repr(comment) + str(comment.payload)
    assert OTHER not in repr(comment) + str(comment.payload)


def test_the_same_person_has_the_same_pseudonym() -> None:
    told = read(archive=a_page(a_reply("2001", "1000"), a_reply("2000", "1000")))
    assert len({c.author for c in told.of(Comment)}) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"text": None},
        {"entities": []},
        {"entities": {"urls": {"url": "x"}}},
        {"attachments": "none"},
        {"public_metrics": {"reply_count": "many"}},
        {"note_tweet": "long"},
        {"edit_history_tweet_ids": "10"},
        {"media_metadata": [None, {"alt_text": "no key"}]},
        {"withheld": []},
        {"lang": {"odd": True}},
        {"unheard_of": {"new": ["field"]}},
    ],
)
def test_a_post_with_an_odd_field_is_still_read(odd: dict[str, Any]) -> None:
    assert len(read(a_page(a_post(**odd))).of(Post)) == 1


@pytest.mark.parametrize(
    "item", [None, "post", [], {}, {"id": "x"}, {"id": "12"}, a_post(created_at="soon")]
)
def test_an_item_that_cannot_be_understood_is_counted(item: Any) -> None:
    page = a_page(a_post("1001"))
    page["data"].insert(0, item)
    told = read(page)
    assert [p.id for p in told.of(Post)] == ["1001"]
    assert told.unread()["posts"].partial
    assert told.unread()["posts"].reason == "1 of 2 could not be understood"


def test_the_payload_is_what_x_sent_for_the_record() -> None:
    post = a_post(lang="en")
    assert read(a_page(post)).one(Post).payload == post


def test_only_the_window_is_read_whatever_the_server_sends() -> None:
    posts = [
        a_post("3", created_at=UNTIL.isoformat()),
        a_post("2", created_at=SINCE.isoformat()),
        a_post("1", created_at="2026-08-31T23:59:59.999Z"),
    ]
    replies = [a_reply("9", "3", created_at=UNTIL.isoformat()), a_reply("8", "2")]
    told = read(a_page(*posts), a_page(*replies))
    assert [p.id for p in told.of(Post)] == ["2"]
    assert [c.id for c in told.of(Comment)] == ["8"]
