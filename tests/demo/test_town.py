import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from demo.town import PLATFORMS, TownComment, TownPost, load, number

SINCE = datetime(2026, 9, 20, 23, tzinfo=UTC)
UNTIL = datetime(2026, 11, 16, tzinfo=UTC)
FAR_IN_THE_PAST = {"mayor-2019"}


def posts() -> Iterator[TownPost]:
    for platform in PLATFORMS:
        yield from load(platform).post


def comments() -> Iterator[TownComment]:
    for post in posts():
        yield from post.comment


def texts() -> Iterator[str]:
    for platform in PLATFORMS:
        account = load(platform)
        yield account.description
        for post in account.post:
            yield from (post.title, post.text, post.text_before_edit, post.by)
            yield from (text for c in post.comment for text in (c.text, c.by))
            yield from (medium.alt for medium in post.media)


def test_the_town_is_as_lively_as_a_small_town() -> None:
    media = [medium for post in posts() for medium in post.media]
    assert len(list(posts())) >= 80
    assert sum(medium.kind == "video" for medium in media) >= 15
    assert sum(medium.kind == "image" for medium in media) >= 60
    assert len(list(comments())) >= 500


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_id_is_used_once(platform: str) -> None:
    account = load(platform)
    ids = [post.id for post in account.post]
    ids += [medium.id for post in account.post for medium in post.media]
    ids += [comment.id for post in account.post for comment in post.comment]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("platform", sorted(set(PLATFORMS) - {"podcast"}))
def test_every_week_has_something(platform: str) -> None:
    weeks = {(post.at - SINCE).days // 7 for post in load(platform).post if post.at >= SINCE}
    assert weeks >= set(range(8))


def test_every_time_is_aware_and_within_the_eight_weeks() -> None:
    for post in posts():
        moments = [post.at] if post.id not in FAR_IN_THE_PAST else []
        moments += [at for at in (post.edited_at, post.removed_at) if at]
        moments += [at for m in post.media for at in (m.alt_at, m.captions_at) if at]
        moments += [
            at for c in post.comment for at in (c.at, c.hidden_at, c.removed_at) if at is not None
        ]
        assert [at for at in moments if not SINCE <= at < UNTIL] == []
        assert [c.id for c in post.comment if c.at < post.at] == []


def test_an_answer_follows_what_it_answers() -> None:
    for post in posts():
        by_id = {comment.id: comment for comment in post.comment}
        answers = [comment for comment in post.comment if comment.reply_to]
        assert [a.id for a in answers if by_id[a.reply_to].at >= a.at] == []
        assert [a.id for a in answers if by_id[a.reply_to].reply_to] == []


def test_nothing_is_moderated_or_put_right_before_it_is_there() -> None:
    for post in posts():
        for comment in post.comment:
            for at in (comment.hidden_at, comment.removed_at):
                assert at is None or at > comment.at
        for medium in post.media:
            for at in (medium.alt_at, medium.captions_at):
                assert at is None or at > post.at


def test_no_telephone_number_could_be_anybodys() -> None:
    reserved = re.compile(r"01632 ?960 ?\d{3}|07700 ?900 ?\d{3}|020 ?7946 ?0\d{3}")
    found = [n for text in texts() for n in re.findall(r"(?<!\d)(?:\+44|0)\d[\d ]{7,}\d", text)]
    assert found
    assert [n for n in found if not reserved.fullmatch(n)] == []


def test_no_address_could_be_anybodys() -> None:
    hosts = [
        host for text in texts() for host in re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", text)
    ]
    for post in posts():
        hosts += [urlsplit(link).hostname or "" for link in post.links]
    hosts += [h for text in texts() for h in re.findall(r"(?:https?|ldap)://([^/\s\"'}]+)", text)]
    assert hosts
    assert [host for host in hosts if not f".{host}".endswith(".example.org")] == []


@pytest.mark.parametrize(
    "shape",
    [
        r"<script>",
        r"onerror=",
        r"^=cmd\|",
        r"^\+SUM",
        r"^@SUM",
        r"^-2\+3",
        r"[\x00\x07\x1b]",
        "[\u202a-\u202e]",
        "[\u200b\ufeff]",
        r"(?s)^.{5000}$",
        r"\r\nBcc:",
        r"javascript:",
        r"\{\{ 7\*7 \}\}",
        r"DROP TABLE",
        r"\$\{jndi:",
        "\u0337",
    ],
)
def test_hostile_text_is_among_the_comments(shape: str) -> None:
    assert any(re.search(shape, text) for text in texts())


def test_hostile_text_is_among_the_names_of_commenters_and_visitors() -> None:
    names = {comment.by for comment in comments()} | {post.by for post in posts()}
    for shape in (
        r"<script>",
        r"<img ",
        r"^=HYPERLINK",
        r"\r\n",
        r"^@SUM",
        "\u202e",
        r"DROP TABLE",
    ):
        assert any(re.search(shape, name) for name in names)


@pytest.mark.parametrize(
    "name",
    [
        "Scunthorpe",
        "Penistone",
        "Cockermouth",
        "Lightwater",
        "Clitheroe",
        "Sussex",
        "Essex",
        "Twatt",
        "Dyke Road",
        "Cock Lane",
        "Shitterton",
        "Titty Hill",
        "Dickens",
        "Cockburn",
        "Hancock",
    ],
)
def test_names_that_trip_word_lists_are_in_the_town(name: str) -> None:
    people = (text for c in comments() for text in (c.by, c.text))
    assert any(name in text for text in (*people, *(post.text for post in posts())))


def test_some_posts_are_long() -> None:
    assert any(len(post.text) > 2000 for post in load("facebook").post)
    assert any(len(post.text) > 280 for post in load("x").post)


def test_the_two_sides_of_a_correction_can_both_be_seen() -> None:
    post = next(p for p in load("facebook").post if p.id == "market-picture")
    before, after = datetime(2026, 11, 9, 6, tzinfo=UTC), datetime(2026, 11, 16, 6, tzinfo=UTC)
    assert post.media[0].alt_as_of(before) == ""
    assert post.media[0].alt_as_of(after).startswith("Sunlit market stalls")


def test_a_hidden_comment_was_visible_first() -> None:
    comment = next(c for c in comments() if c.id == "road-safety-q-abuse")
    assert comment.state_as_of(datetime(2026, 11, 9, 6, tzinfo=UTC)) == "published"
    assert comment.state_as_of(datetime(2026, 11, 16, 6, tzinfo=UTC)) == "hidden"


def test_what_is_yet_to_come_and_what_is_gone_are_not_there() -> None:
    account = load("youtube")
    now = datetime(2026, 10, 20, 12, tzinfo=UTC)
    ids = [post.id for post in account.posts_as_of(now)]
    assert ids[0] == "flood-drone"
    drone = next(post for post in account.post if post.id == "flood-drone")
    assert "drown" not in " ".join(c.text for c in drone.comments_as_of(now))


def test_native_looking_numbers_are_stable_and_distinct() -> None:
    assert number("x", "morning") == number("x", "morning")
    assert number("x", "morning") != number("x", "flood-x1")
    assert len(number("x", "morning", digits=19)) == 19
