"""WordPress's export file, read instead of the site."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest

from connectors import wordpress_wire as wire
from connectors.wordpress_wire import Writers
from socialaudit.errors import ExportUnusable
from socialaudit.models import (
    Account,
    Audience,
    Captions,
    Comment,
    CommentState,
    Known,
    Media,
    MediaKind,
    Post,
    Unread,
)
from tests.connectors.exports import access_to, opened, packed, read, reread, unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from socialaudit.models import Reading

SINCE, UNTIL = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)
SITE = "https://www.cromer.example"
NAME = "cromer.WordPress.2026-11-20.xml"
HANDLE = "www.cromer.example"


def an_item(native: int, html: str = "<p>Bins on Friday</p>", **fields: Any) -> str:
    """A post of 10 November 2026, or what ``fields`` make of it."""
    meta, comments = fields.pop("meta", {}), fields.pop("comments", [])
    told = {
        "post_id": native,
        "post_date": "2026-11-10 09:00:00",
        "post_date_gmt": "2026-11-10 09:00:00",
        "post_modified": "2026-11-10 09:00:00",
        "post_modified_gmt": "2026-11-10 09:00:00",
        "comment_status": "open",
        "post_name": f"post-{native}",
        "status": "publish",
        "post_parent": 0,
        "post_type": "post",
        "post_password": "",
    } | {k: v for k, v in fields.items() if k != "title"}
    parts = "".join(f"<wp:{k}><![CDATA[{v}]]></wp:{k}>\n" for k, v in told.items() if v is not None)
    hidden = "".join(
        f"<wp:postmeta><wp:meta_key><![CDATA[{k}]]></wp:meta_key>"
        f"<wp:meta_value><![CDATA[{v}]]></wp:meta_value></wp:postmeta>"
        for k, v in meta.items()
    )
    return (
        f"<item><title><![CDATA[{fields.get('title', 'A post')}]]></title>"
        f"<link>{SITE}/post-{native}/</link><pubDate>Tue, 10 Nov 2026 09:00:00 +0000</pubDate>"
        f"<dc:creator><![CDATA[clerk]]></dc:creator><description></description>"
        f"<content:encoded><![CDATA[{html}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[Short]]></excerpt:encoded>"
        f"{parts}{hidden}{''.join(comments)}</item>"
    )


def a_comment(native: int, text: str = "When?", **fields: Any) -> str:
    told = {
        "comment_id": native,
        "comment_author": "Ann",
        "comment_author_email": "ann@example.org",
        "comment_author_url": "",
        "comment_author_IP": "192.0.2.7",
        "comment_date": "2026-11-10 10:00:00",
        "comment_date_gmt": "2026-11-10 10:00:00",
        "comment_content": text,
        "comment_approved": "1",
        "comment_type": "comment",
        "comment_parent": 0,
        "comment_user_id": 0,
    } | fields
    parts = "".join(f"<wp:{k}><![CDATA[{v}]]></wp:{k}>" for k, v in told.items())
    return f"<wp:comment>{parts}</wp:comment>"


OLD = an_item(99, post_date_gmt="2026-01-01 09:00:00", post_date="2026-01-01 09:00:00")


def a_file(*items: str, version: str = "1.2", made: str = "Fri, 20 Nov 2026 10:00:00 +0000") -> str:
    spaces = " ".join(
        f'xmlns:{name}="{address}"'
        for name, address in {
            "excerpt": f"http://wordpress.org/export/{version}/excerpt/",
            "content": "http://purl.org/rss/1.0/modules/content/",
            "dc": "http://purl.org/dc/elements/1.1/",
            "wp": f"http://wordpress.org/export/{version}/",
        }.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- This is a WordPress eXtended RSS file -->\n'
        f'<rss version="2.0" {spaces}>\n<channel><title>Cromer &amp; district</title>'
        f"<link>{SITE}</link><description>News</description><pubDate>{made}</pubDate>"
        f"<language>en-GB</language><wp:wxr_version>{version}</wp:wxr_version>"
        f"<wp:base_site_url>{SITE}</wp:base_site_url><wp:base_blog_url>{SITE}</wp:base_blog_url>"
        "<wp:author><wp:author_id>1</wp:author_id>"
        "<wp:author_login><![CDATA[clerk]]></wp:author_login>"
        "<wp:author_email><![CDATA[clerk@example.gov.uk]]></wp:author_email></wp:author>"
        f"<generator>https://wordpress.org/?v=6.9</generator>{''.join(items)}{OLD}</channel></rss>\n"
    )


def written(folder: Path, text: str) -> Path:
    path = folder / NAME
    path.write_text(text, "utf-8")
    return path


def told(
    folder: Path, *items: str, handle: str = HANDLE, version: str = "1.2"
) -> dict[str, Reading]:
    path = written(folder, a_file(*items, version=version))
    return read(opened("wordpress", path, handle), SINCE, UNTIL)


def post_of(found: dict[str, Reading], native: int = 1) -> Post:
    post = found[f"wordpress:{native}"]
    assert isinstance(post, Post)
    return post


def media_of(found: dict[str, Reading]) -> list[Media]:
    return [one for one in found.values() if isinstance(one, Media)]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_post_is_as_the_api_gives_it(tmp_path: Path, version: str) -> None:
    html = f'<!-- wp:paragraph --><p>See <a href="{SITE}/a">the plan</a></p><!-- /wp:paragraph -->'
    post = post_of(told(tmp_path, an_item(1, html, title="Plans &amp; more"), version=version))
    assert (post.title, post.text, post.links) == ("Plans & more", "See the plan", (f"{SITE}/a",))
    assert (post.audience, post.replies_from) == (Audience.PUBLIC, "open")
    assert post.permalink == f"{SITE}/post-1/"
    assert post.published_at == datetime(2026, 11, 10, 9, tzinfo=UTC)


def test_a_picture_has_the_key_and_description_that_the_api_gives_it(tmp_path: Path) -> None:
    html = f'<img src="{SITE}/a.jpg" alt="The pier"/><img src="{SITE}/b.jpg"/>'
    found = media_of(told(tmp_path, an_item(1, html)))
    raw = {"id": 1, "date_gmt": "2026-11-10T09:00:00", "content": {"rendered": html}}
    access = access_to("wordpress", tmp_path, HANDLE)
    _, shown = wire.post(raw, access, SITE, UTC)
    assert [one.key for one in found] == [one.medium.key for one in shown]
    assert [one.alt_text for one in found] == ["The pier", ""]


@pytest.mark.parametrize(
    ("meta", "alt"), [({"_wp_attachment_image_alt": "Gull"}, "Gull"), ({}, "")]
)
def test_the_picture_above_a_post_has_the_librarys_description(
    tmp_path: Path, meta: dict[str, str], alt: str
) -> None:
    picture = an_item(7, "", post_type="attachment", status="inherit", meta=meta)
    found = told(tmp_path, an_item(1, meta={"_thumbnail_id": "7"}), picture)
    assert [one.alt_text for one in media_of(found)] == [alt]
    assert "wordpress:7" not in found


def test_a_picture_that_the_export_lacks_has_an_unknown_description(tmp_path: Path) -> None:
    found = media_of(told(tmp_path, an_item(1, meta={"_thumbnail_id": "7"})))
    assert [one.alt_text for one in found] == [None]


@pytest.mark.parametrize(
    ("track", "captions"),
    [("", Captions.NONE), ('<track kind="captions" src="/a.vtt" srclang="en">', None)],
)
def test_captions_of_a_film_are_none_or_unknown(
    tmp_path: Path, track: str, captions: Captions | None
) -> None:
    html = f'<video controls src="{SITE}/a.mp4">{track}</video>'
    (film,) = media_of(told(tmp_path, an_item(1, html)))
    assert (film.kind, film.captions) == (MediaKind.VIDEO, captions)


@pytest.mark.parametrize(
    ("fields", "audience"),
    [
        ({"status": "private"}, Audience.PRIVATE),
        ({"status": "draft", "post_date_gmt": "0000-00-00 00:00:00"}, Audience.UNPUBLISHED),
        ({"status": "future"}, Audience.UNPUBLISHED),
        ({"post_password": "secret"}, Audience.FOLLOWERS),
    ],
)
def test_who_may_see_a_post_is_told(
    tmp_path: Path, fields: dict[str, str], audience: Audience
) -> None:
    found = told(tmp_path, an_item(1, **fields))
    assert post_of(found).audience is audience
    assert "secret" not in repr(post_of(found).payload)


@pytest.mark.parametrize(
    ("approved", "state"),
    [
        ("1", CommentState.PUBLISHED),
        ("0", CommentState.HELD),
        ("spam", CommentState.SPAM),
        ("trash", CommentState.HIDDEN),
    ],
)
def test_comments_have_their_state(tmp_path: Path, approved: str, state: CommentState) -> None:
    comments = [a_comment(5, comment_approved=approved)]
    comment = told(tmp_path, an_item(1, comments=comments))["wordpress:comment/5"]
    assert isinstance(comment, Comment)
    assert (comment.state, comment.own, comment.text) == (state, False, "When?")
    assert comment.post == "wordpress:1"
    assert comment.permalink == f"{SITE}/post-1/#comment-5"


def test_answers_of_the_council_and_comments_under_pages_are_read(tmp_path: Path) -> None:
    answer = a_comment(6, "On Friday", comment_user_id=1, comment_parent=5)
    page = an_item(2, post_type="page", comments=[a_comment(8)])
    found = told(tmp_path, an_item(1, comments=[a_comment(5), answer]), page)
    own = found["wordpress:comment/6"]
    assert isinstance(own, Comment)
    assert (own.own, own.parent) == (True, "wordpress:comment/5")
    assert "wordpress:comment/8" in found
    assert "wordpress:2" not in found
    assert post_of(found).comment_count == 2


def test_nothing_that_names_a_commenter_is_kept(tmp_path: Path) -> None:
    found = told(tmp_path, an_item(1, comments=[a_comment(5)]))
    comment = found["wordpress:comment/5"]
    kept = repr(comment) + repr(getattr(comment, "payload", None))
    assert not [word for word in ("Ann", "ann@example.org", "192.0.2.7") if word in kept]


def test_a_commenter_has_the_pseudonym_that_the_api_gives(tmp_path: Path) -> None:
    comment = told(tmp_path, an_item(1, comments=[a_comment(5)]))["wordpress:comment/5"]
    digest = hashlib.sha256(b"ann@example.org").hexdigest()
    face = f"https://secure.gravatar.com/avatar/{digest}?s=24"
    access = access_to("wordpress", tmp_path, HANDLE)
    raw = {"id": 5, "date_gmt": "2026-11-10T10:00:00", "author": 0, "author_name": "Ann"}
    by_api = wire.comment(raw | {"author_avatar_urls": {"24": face}}, access, UTC, Writers())
    assert isinstance(comment, Comment)
    assert comment.author == by_api.author


def test_what_machines_of_other_sites_wrote_is_no_comment(tmp_path: Path) -> None:
    comments = [a_comment(5, comment_type="pingback")]
    assert "wordpress:comment/5" not in told(tmp_path, an_item(1, comments=comments))


def test_the_older_editors_paragraphs_are_kept_apart(tmp_path: Path) -> None:
    assert post_of(told(tmp_path, an_item(1, "One.\n\nTwo."))).text == "One.\nTwo."


def test_pictures_behind_short_codes_are_said_to_be_unseen(tmp_path: Path) -> None:
    found = told(tmp_path, an_item(1, 'Look [gallery ids="1,2"]'))
    media = found["unread media"]
    assert isinstance(media, Unread)
    assert (media.partial, media.permanent) == (True, True)


def test_a_post_in_the_trash_is_gone(tmp_path: Path) -> None:
    path = written(tmp_path, a_file(an_item(1, status="trash"), an_item(2)))
    found = reread(opened("wordpress", path, HANDLE), Known("post", "1"), Known("post", "2"))
    assert list(found) == ["gone Gone(kind='post', id='1')", "wordpress:2"]


def test_known_comments_come_with_the_answers_under_them(tmp_path: Path) -> None:
    answer = a_comment(6, comment_user_id=1, comment_parent=5)
    item = an_item(1, comments=[a_comment(5), answer, a_comment(7)])
    archive = opened("wordpress", written(tmp_path, a_file(item)), HANDLE)
    found = reread(archive, Known("comment", "5", post="1"))
    assert list(found) == ["wordpress:comment/5", "wordpress:comment/6"]


def test_the_site_is_that_of_the_export(tmp_path: Path) -> None:
    found = told(tmp_path, an_item(1))
    account = found[f"wordpress:{HANDLE}"]
    assert isinstance(account, Account)
    assert (account.name, account.description) == ("Cromer & district", "News")


def test_another_sites_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportUnusable, match=r"that of cromer\.example, not of other\.example"):
        told(tmp_path, an_item(1), handle="https://other.example/news")


def test_a_zip_or_folder_of_several_files_is_read(tmp_path: Path) -> None:
    files = {"a/site.001.xml": a_file(an_item(1)), "a/site.002.xml": a_file(an_item(2))}
    for path in (packed(tmp_path, files), unpacked(tmp_path / "folder", files)):
        found = read(opened("wordpress", path, HANDLE), SINCE, UNTIL)
        assert {"wordpress:1", "wordpress:2"} <= found.keys()


def test_two_exports_in_a_folder_are_refused(tmp_path: Path) -> None:
    older = a_file(an_item(1), made="Fri, 13 Nov 2026 10:00:00 +0000")
    folder = unpacked(tmp_path / "exports", {"a.xml": a_file(an_item(1)), "b.xml": older})
    with pytest.raises(ExportUnusable, match="more than one export"):
        read(opened("wordpress", folder, HANDLE), SINCE, UNTIL)


def test_the_file_says_when_it_was_made(tmp_path: Path) -> None:
    archive = opened("wordpress", written(tmp_path, a_file(an_item(1))), HANDLE)
    assert "of 20 November 2026, with 2 posts" in archive.look()


def test_characters_that_xml_forbids_do_not_matter(tmp_path: Path) -> None:
    assert post_of(told(tmp_path, an_item(1, "A\x0bB\x00C"))).text == "ABC"


def test_a_file_that_breaks_off_is_damaged(tmp_path: Path) -> None:
    text = a_file(an_item(1))
    with pytest.raises(ExportUnusable, match="damaged"):
        read(opened("wordpress", written(tmp_path, text[:-60]), HANDLE), SINCE, UNTIL)


def test_a_file_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    trap = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<rss'
    text = a_file(an_item(1, escape("&b;"))).replace("<rss", trap, 1)
    with pytest.raises(ExportUnusable, match="entities of its own"):
        read(opened("wordpress", written(tmp_path, text), HANDLE), SINCE, UNTIL)


def test_any_other_xml_is_no_export(tmp_path: Path) -> None:
    path = written(tmp_path, "<rss version='2.0'><channel><item/></channel></rss>")
    with pytest.raises(ExportUnusable, match="does not look like"):
        read(opened("wordpress", path, HANDLE), SINCE, UNTIL)


@pytest.mark.parametrize("fields", [{"post_id": "x"}, {"post_date": "", "post_date_gmt": "soon"}])
def test_what_cannot_be_understood_is_counted(tmp_path: Path, fields: dict[str, str]) -> None:
    found = told(tmp_path, an_item(1), an_item(2, **fields))
    assert isinstance(found["unread posts"], Unread)
    assert "wordpress:1" in found


@pytest.mark.parametrize(
    "before", ["\n\n  ", "<br />\n<b>Notice</b>: undefined in <b>x</b>\n", "\ufeff"]
)
def test_what_plug_ins_write_before_the_file_does_not_matter(tmp_path: Path, before: str) -> None:
    path = tmp_path / NAME
    path.write_text(before + a_file(an_item(1), OLD), encoding="utf-8")
    assert "wordpress:1" in read(opened("wordpress", path, HANDLE), SINCE, UNTIL)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "utf-8", "no-such"])
def test_a_file_is_read_in_the_encoding_that_it_names(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / NAME
    told = a_file(an_item(1, "<p>Café</p>"), OLD).replace('"UTF-8"', f'"{encoding}"')
    path.write_bytes(told.encode("utf-8" if encoding == "no-such" else encoding))
    post = read(opened("wordpress", path, HANDLE), SINCE, UNTIL)["wordpress:1"]
    assert isinstance(post, Post)
    assert post.text == "Café"


def test_a_file_that_is_broken_at_its_beginning_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(a_file(OLD).replace("<channel>", "<channel"), encoding="utf-8")
    with pytest.raises(ExportUnusable, match="is damaged") as caught:
        read(opened("wordpress", path, HANDLE), SINCE, UNTIL)
    assert caught.value.remedy
