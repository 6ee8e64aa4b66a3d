"""Mastodon's archive, read instead of a server."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from socialaudit.errors import ExportUnusable
from socialaudit.models import Account, Audience, Known, Media, MediaKind, Post, PostKind, Unread
from tests.connectors.exports import opened, packed, read, reread

if TYPE_CHECKING:
    from pathlib import Path

    from socialaudit.models import Reading

SINCE, UNTIL = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)
ME = "https://social.example/users/cromertc"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
NAME = "archive-20261120101500-0123456789abcdef0123456789abcdef.zip"
AT = "2026-11-10T09:00:00Z"


def a_note(native: int, html: str = "<p>Bins on Friday</p>", **fields: Any) -> dict[str, Any]:
    address = f"{ME}/statuses/{native}"
    to = {"to": fields.pop("to", [PUBLIC]), "cc": fields.pop("cc", [f"{ME}/followers"])}
    note = {
        "id": address,
        "type": "Note",
        "summary": None,
        "inReplyTo": None,
        "published": AT,
        "url": f"https://social.example/@cromertc/{native}",
        "attributedTo": ME,
        **to,
        "sensitive": False,
        "content": html,
        "contentMap": {"en": html},
        "attachment": [],
        "tag": [],
        "replies": {"id": f"{address}/replies", "type": "Collection"},
    }
    note |= fields
    activity = {"id": f"{address}/activity", "type": "Create", "actor": ME, "published": AT}
    return activity | to | {"object": note}


def a_document(path: str, mime: str = "image/png", name: str | None = None) -> dict[str, Any]:
    return {"type": "Document", "mediaType": mime, "url": path, "name": name, "blurhash": "U"}


def files_of(*items: Any, **actor: Any) -> dict[str, Any]:
    told = {
        "id": ME,
        "type": "Person",
        "preferredUsername": "cromertc",
        "name": "Cromer Town Council",
        "summary": "<p>Official. <a href='https://cromer.gov.uk'>cromer.gov.uk</a></p>",
        "url": "https://social.example/@cromertc",
        "published": "2022-11-05T00:00:00Z",
        "attachment": [{"type": "PropertyValue", "name": "Phone", "value": "01263 000000"}],
        "outbox": "outbox.json",
    }
    outbox = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json",
        "type": "OrderedCollection",
        "totalItems": len(items),
        "orderedItems": list(items),
    }
    return {
        "avatar.png": b"",
        "outbox.json": outbox,
        "likes.json": {"orderedItems": []},
        "actor.json": told | actor,
    }


def told(folder: Path, *items: Any, handle: str = "@cromertc@social.example") -> dict[str, Reading]:
    path = packed(folder, files_of(*items), NAME)
    return read(opened("mastodon", path, handle), SINCE, UNTIL)


def post_of(found: dict[str, Reading], native: int = 1) -> Post:
    post = found[f"mastodon:{native}"]
    assert isinstance(post, Post)
    return post


def test_a_post_is_as_the_api_gives_it(tmp_path: Path) -> None:
    html = '<p>See <a href="https://cromer.gov.uk/a">cromer.gov.uk/a</a></p>'
    post = post_of(told(tmp_path, a_note(1, html)))
    assert (post.text, post.links) == ("See cromer.gov.uk/a", ("https://cromer.gov.uk/a",))
    assert (post.kind, post.audience) == (PostKind.POST, Audience.PUBLIC)
    assert post.permalink == "https://social.example/@cromertc/1"
    assert post.published_at == datetime(2026, 11, 10, 9, tzinfo=UTC)
    assert post.comment_count is None


def test_descriptions_are_read_and_their_absence_is_known(tmp_path: Path) -> None:
    where = "media_attachments/files/109/472/001/002/003/00{}/original/a.png"
    documents = [a_document(where.format(4), name="The pier"), a_document(where.format(5))]
    found = told(tmp_path, a_note(1, attachment=documents))
    media = {one.key: one.alt_text for one in found.values() if isinstance(one, Media)}
    assert media == {
        "mastodon:media:109472001002003004": "The pier",
        "mastodon:media:109472001002003005": "",
    }


@pytest.mark.parametrize(
    ("mime", "kind"),
    [
        ("image/jpeg", MediaKind.IMAGE),
        ("video/mp4", MediaKind.VIDEO),
        ("audio/mpeg", MediaKind.AUDIO),
    ],
)
def test_what_is_attached_is_told(tmp_path: Path, mime: str, kind: MediaKind) -> None:
    found = told(tmp_path, a_note(1, attachment=[a_document("x/y", mime)]))
    assert [one.kind for one in found.values() if isinstance(one, Media)] == [kind]


@pytest.mark.parametrize(
    ("to", "cc", "audience"),
    [
        ([PUBLIC], [], Audience.PUBLIC),
        ("as:Public", None, Audience.PUBLIC),
        ([f"{ME}/followers"], [PUBLIC], Audience.UNLISTED),
        ([f"{ME}/followers"], [], Audience.FOLLOWERS),
    ],
)
def test_who_may_see_a_post_is_told(tmp_path: Path, to: Any, cc: Any, audience: Audience) -> None:
    assert post_of(told(tmp_path, a_note(1, to=to, cc=cc))).audience is audience


def test_private_messages_are_left_unread(tmp_path: Path) -> None:
    message = a_note(1, "<p>Dear resident</p>", to=["https://other.example/users/a"], cc=[])
    assert "mastodon:1" not in told(tmp_path, message)


def test_answers_boosts_and_own_threads_are_told_apart(tmp_path: Path) -> None:
    boost = {
        "id": f"{ME}/statuses/4/activity",
        "type": "Announce",
        "actor": ME,
        "published": AT,
        "to": [PUBLIC],
        "cc": [],
        "object": "https://other.example/users/a/statuses/9",
    }
    answer = a_note(2, inReplyTo="https://other.example/users/a/statuses/8")
    thread = a_note(3, inReplyTo=f"{ME}/statuses/1")
    found = told(tmp_path, a_note(1), answer, thread, boost)
    kinds = {key: one.kind for key, one in found.items() if isinstance(one, Post)}
    assert kinds == {
        "mastodon:1": PostKind.POST,
        "mastodon:2": PostKind.REPLY,
        "mastodon:3": PostKind.POST,
        "mastodon:4": PostKind.REPOST,
    }


def test_polls_warnings_and_edits_are_read(tmp_path: Path) -> None:
    poll: dict[str, Any] = {"type": "Question", "oneOf": [{"name": "Yes"}, {"name": "No"}]}
    note = a_note(1, summary="Long", updated="2026-11-10T10:00:00Z", **poll)
    post = post_of(told(tmp_path, note))
    assert (post.title, post.text) == ("Long", "Bins on Friday\nYes\nNo")
    assert post.edited_at == datetime(2026, 11, 10, 10, tzinfo=UTC)


def test_the_profile_is_read(tmp_path: Path) -> None:
    found = told(tmp_path, a_note(1))
    (account,) = (one for one in found.values() if isinstance(one, Account))
    assert account.name == "Cromer Town Council"
    assert account.description == "Official. cromer.gov.uk\nPhone: 01263 000000"
    assert account.links == ("https://cromer.gov.uk",)
    assert account.verified is None


@pytest.mark.parametrize(
    "handle", ["cromertc", "@CromerTC", "https://social.example/@cromertc", "@cromertc@x.example"]
)
def test_handles_are_written_in_many_ways(tmp_path: Path, handle: str) -> None:
    assert "mastodon:1" in told(tmp_path, a_note(1), handle=handle)


def test_another_accounts_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportUnusable, match="that of @cromertc, not of @other"):
        told(tmp_path, a_note(1), handle="@other@social.example")


def test_ids_of_newer_servers_are_read(tmp_path: Path) -> None:
    address = "https://social.example/ap/users/116/statuses/117"
    note = a_note(1, id=address)
    found = told(tmp_path, note)
    assert "mastodon:117" in found


@pytest.mark.parametrize(
    "odd",
    [
        7,
        None,
        {},
        {"type": "Create", "object": None, "to": [PUBLIC]},
        a_note(2, published=None) | {"published": None},
        a_note(2, id=7) | {"id": 5},
    ],
)
def test_what_cannot_be_understood_is_counted(tmp_path: Path, odd: Any) -> None:
    found = told(tmp_path, a_note(1), odd)
    posts = found["unread posts"]
    assert isinstance(posts, Unread)
    assert posts.reason == "1 of 2 posts could not be understood"


@pytest.mark.parametrize(
    "fields", [{"content": None}, {"attachment": None}, {"attachment": [5]}, {"summary": 5}]
)
def test_a_post_that_lacks_anything_else_is_read(tmp_path: Path, fields: dict[str, Any]) -> None:
    assert post_of(told(tmp_path, a_note(1, **fields))).audience is Audience.PUBLIC


def test_known_posts_are_read_again(tmp_path: Path) -> None:
    path = packed(tmp_path, files_of(a_note(1), a_note(2)), NAME)
    archive = opened("mastodon", path, "cromertc")
    assert list(reread(archive, Known("post", "2"), Known("post", "3"))) == ["mastodon:2"]


def test_the_name_tells_when_it_was_made(tmp_path: Path) -> None:
    archive = opened("mastodon", packed(tmp_path, files_of(a_note(1)), NAME), "cromertc")
    assert archive.look().startswith("Mastodon’s archive of an account of 20 November 2026, with 1")


def test_the_archive_of_another_server_of_the_kind_is_read(tmp_path: Path) -> None:
    note = a_note(1, id="https://social.example/objects/8a-77", url=None, inReplyTo=None)
    note["id"] = "https://social.example/activities/5f-01"
    boost = {
        "id": "https://social.example/activities/6a-02",
        "type": "Announce",
        "published": AT,
        "to": [PUBLIC],
        "object": "https://far.example/objects/1",
    }
    found = told(tmp_path, note, boost)
    assert [(one.id, one.kind) for one in found.values() if isinstance(one, Post)] == [
        ("export#8a-77", PostKind.POST),
        ("export#6a-02", PostKind.REPOST),
    ]


def test_a_quote_links_to_what_it_quotes(tmp_path: Path) -> None:
    found = told(tmp_path, a_note(1, quote="https://far.example/users/b/statuses/9"))
    assert post_of(found).links == ("https://far.example/users/b/statuses/9",)
