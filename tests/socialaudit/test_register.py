from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.models import CommentKind
from socialaudit.register import MAX_LINK, a_link, names, names_of
from tests.records import a_comment

if TYPE_CHECKING:
    from socialaudit.models import Comment

ENCODED = urlsafe_b64encode(b"comment:10_30").decode().rstrip("=")
COMMENT = a_comment(
    id="10_30", permalink="https://www.facebook.com/testham/posts/pfbid02?comment_id=30"
)
REPLY = a_comment(
    id="10_31",
    kind=CommentKind.REPLY,
    permalink="https://www.facebook.com/10?comment_id=30&reply_comment_id=31",
)
LINKEDIN = (
    "https://www.linkedin.com/feed/update/urn:li:activity:7/?commentUrn=urn%3Ali%3Acomment%3A"
)
THREAD = "linkedin:urn:li:comment:(urn:li:activity:7,30)"
ON_X = a_comment(account="x", key="x:99", id="99", permalink="https://x.com/i/status/99")
ON_YOUTUBE = a_comment(
    account="youtube",
    key="youtube:UgAb.9_z",
    id="UgAb.9_z",
    permalink="https://www.youtube.com/watch?v=film&lc=UgAb.9_z",
)


@pytest.mark.parametrize(
    ("link", "comment"),
    [
        ("https://www.facebook.com/testham/posts/pfbid02?comment_id=30", COMMENT),
        ("http://m.facebook.com/testham/posts/pfbid02/?comment_id=30&ref=share#top", COMMENT),
        (
            f"https://www.facebook.com/photo/?fbid=7&comment_id={ENCODED}&__cft__[0]=AZX&__tn__=R-R",
            COMMENT,
        ),
        ("https://www.facebook.com/permalink.php?story_fbid=5&id=1&comment_id=30", COMMENT),
        ("https://www.facebook.com/10?comment_id=30&reply_comment_id=31", REPLY),
        ("https://twitter.com/somebody/status/99?s=20", ON_X),
        ("https://mobile.x.com/somebody/status/99/", ON_X),
        ("https://youtube.com/watch?lc=UgAb.9_z&v=film&feature=share", ON_YOUTUBE),
    ],
)
def test_a_link_is_the_comments_however_it_was_copied(link: str, comment: Comment) -> None:
    assert names(link) & names_of(comment.key, comment.permalink)


@pytest.mark.parametrize(
    ("link", "comment"),
    [
        ("https://www.facebook.com/testham/posts/pfbid02", COMMENT),
        ("https://www.facebook.com/testham/posts/pfbid02?comment_id=31", COMMENT),
        ("https://www.facebook.com/10?comment_id=30", REPLY),
        ("https://www.facebook.com/10?comment_id=30&reply_comment_id=31", COMMENT),
        ("https://x.com/somebody/status/30", COMMENT),
        ("https://forum.testham.example/posts/30", COMMENT),
        ("https://www.youtube.com/watch?v=film", ON_YOUTUBE),
        ("https://www.facebook.com/testham/posts/1?comment_id=Y29tbWVudDo%FF", COMMENT),
        ("", COMMENT),
        ("https://[", COMMENT),
    ],
)
def test_a_link_to_something_else_is_not_the_comments(link: str, comment: Comment) -> None:
    assert not names(link) & names_of(comment.key, comment.permalink)


def test_a_comment_without_an_address_is_known_by_its_id() -> None:
    bare = names_of("facebook:10_30", None)
    assert names("https://www.facebook.com/testham/posts/pfbid02?comment_id=30") & bare
    assert not names("https://www.facebook.com/") & bare


@pytest.mark.parametrize(
    ("link", "key", "same"),
    [
        (f"{LINKEDIN}%28activity%3A7%2C30%29&dashCommentUrn=x", THREAD, True),
        (f"{LINKEDIN}%28activity%3A7%2C31%29", THREAD, False),
        (
            f"{LINKEDIN}%28activity%3A7%2C9%29&replyUrn=urn%3Ali%3Acomment%3A%28a%2C30%29",
            THREAD,
            True,
        ),
        ("https://www.linkedin.com/feed/update/urn:li:activity:7/", THREAD, False),
        ("https://www.instagram.com/p/C1/c/30/?hl=en", "instagram:30", True),
        ("https://www.instagram.com/p/C1/c/9/r/30/", "instagram:30", True),
        ("https://www.instagram.com/p/C1/", "instagram:30", False),
    ],
)
def test_comments_of_other_platforms_are_known_by_their_number(
    link: str,
    key: str,
    same: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert bool(names(link) & names_of(key)) is same


def test_on_another_site_every_part_of_an_address_counts() -> None:
    assert not names("https://forum.testham.example/?t=1") & names(
        "https://forum.testham.example/?t=2"
    )


@given(st.text(max_size=200))
def test_any_text_is_read_as_a_link_without_a_fault(text: str) -> None:
    assert all(isinstance(name, str) for name in names(text) | names(f"https://x.com/{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a comment on the lights",
        "facebook.com/10",
        "javascript:alert(1)",
        "https://localhost/",
        "https://www.facebook.com/a b",
        "https://www.facebook.com/\u202e",
        "https://[::1",
        "https://x.com:port/",
        "https://www.facebook.com/" + "x" * MAX_LINK,
    ],
)
def test_what_nobody_can_follow_is_no_link(text: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        a_link(text)


def test_an_address_copied_whole_is_a_link() -> None:
    assert a_link(str(COMMENT.permalink)) == COMMENT.permalink
