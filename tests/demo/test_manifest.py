import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

import checks
from demo.manifest import Planted, load
from demo.town import PLATFORMS, TownComment, TownPost
from demo.town import load as town
from demo.world import POLICY as POLICY_FILE
from socialaudit import policy
from socialaudit.settings import packaged

POLICY = policy.load(packaged("policies") / POLICY_FILE, checks.load())
RUNS = {"first": load().first, "weekly": load().weekly}
CHECKS = {
    "account-privacy",
    "alternative-formats",
    "audio-transcript",
    "commercial-promotion",
    "complaints",
    "emoji-use",
    "held-comments",
    "image-description",
    "image-description-quality",
    "information-requests",
    "notice-alternative",
    "offensive-comments",
    "official-profile",
    "party-political",
    "personal-data-in-comments",
    "plain-english",
    "plain-letters",
    "post-audience",
    "readable-hashtags",
    "removed-without-record",
    "respectful-tone",
    "third-party-publishing",
    "unanswered-comments",
    "video-captions",
    "words-in-pictures",
}
OF_THE_COUNCIL = {"policy-review", "signed-statements"}
STRONG = re.compile(
    r"(?i)\b(?:w[a@4]nk\w*|f[u*][c*u]\w*|f u c k|f\*\*\w*|fu\*\*\w*|c\*nts?|idiots?|morons?|bastards?"
    r"|bitch|arse|t[o0]ssers?|p\*icks?|knobheads?|bugger|gypsies|foreigners)(?!\w)"
)


def listed(check: str, run: str = "") -> set[tuple[str, str]]:
    """Records of a check: those open in a run, or else all that the manifest speaks of."""
    manifest = load()
    chosen = [p for p in manifest.problem if not run or p.open_at(run)]
    chosen += [] if run else manifest.near_miss
    return {(p.platform, p.record[1]) for p in chosen if p.check == check}


def test_every_check_has_problems_and_near_misses() -> None:
    assert {p.check for p in load().problem} == CHECKS | OF_THE_COUNCIL
    assert {p.check for p in load().near_miss} == CHECKS | {"signed-statements"}


def test_no_record_is_listed_twice_for_one_check() -> None:
    rows = Counter(
        (p.check, p.platform, p.record, p.statement) for p in (*load().problem, *load().near_miss)
    )
    assert [row for row, times in rows.items() if times > 1] == []


@pytest.mark.parametrize("planted", [*load().problem, *load().near_miss], ids=lambda p: p.record[1])
def test_every_reference_exists(planted: Planted) -> None:
    if not planted.platform:
        clauses = {clause.id: clause for clause in POLICY.clauses}
        assert planted.check in clauses[planted.clause].checks
        assert planted.statement <= len(clauses[planted.clause].statements)
        return
    account = town(planted.platform)
    if planted.setting:
        assert planted.setting in account.settings
    if planted.post:
        post = next(p for p in account.post if p.id == planted.post)
        assert not planted.media or planted.media in {m.id for m in post.media}
        assert not planted.comment or planted.comment in {c.id for c in post.comment}


def test_what_was_fixed_is_what_only_the_first_run_sees() -> None:
    for planted in load().problem:
        assert planted.seen in {"first", "weekly", "both"}
        assert planted.fixed == (planted.seen == "first")
    assert [p for p in load().near_miss if p.seen or p.fixed] == []


def test_the_last_week_is_a_believable_one() -> None:
    problems = [p for p in load().problem if p.platform]
    today = {"offensive-comments", "unanswered-comments"}
    new = [p for p in problems if p.seen == "weekly"]
    assert 25 <= sum(p.open_at("weekly") for p in problems) <= 60
    assert 6 <= len(new) <= 14
    assert 4 <= sum(p.fixed for p in problems) <= 6
    assert sum(p.check in today for p in new) <= 5


@pytest.mark.parametrize("run", RUNS)
def test_every_picture_without_a_description_is_listed(run: str) -> None:
    found = {
        (platform, medium.id)
        for platform in PLATFORMS
        for post in town(platform).posts_as_of(RUNS[run])
        for medium in post.media
        if medium.kind == "image" and post.kind != "repost" and not medium.alt_as_of(RUNS[run])
    }
    assert listed("image-description", run) == found


@pytest.mark.parametrize("run", RUNS)
def test_every_video_that_needs_subtitles_is_listed(run: str) -> None:
    now = RUNS[run]
    found = {
        (platform, medium.id)
        for platform in ("facebook", "youtube")
        for post in town(platform).posts_as_of(now)
        for medium in post.media
        if medium.kind == "video"
        and medium.captions_as_of(now) != "standard"
        and post.at >= datetime(2020, 9, 23, tzinfo=UTC)
        and medium.live in {"never", "recorded"}
        and not (medium.live == "recorded" and now - post.at <= timedelta(days=14))
    }
    assert listed("video-captions", run) == found


def test_no_recording_turns_fourteen_days_old_between_the_two_runs() -> None:
    for post in town("youtube").post:
        if any(medium.live == "recorded" for medium in post.media):
            ages = [(now - post.at).days for now in RUNS.values()]
            assert max(ages) <= 14 or min(ages) > 14


def waits(post: TownPost, asked: TownComment | None, now: datetime) -> bool:
    """Whether what was asked is public, has waited a day, and the council has not answered it."""
    at = asked.at if asked else post.at
    thread = (asked.reply_to or asked.id) if asked else ""
    answers = [
        c
        for c in post.comments_as_of(now)
        if c.by == "council" and c.at > at and (not asked or c.reply_to == thread)
    ]
    public = asked is None or asked.state_as_of(now) == "published"
    return public and at <= now - timedelta(days=1) and not answers


@pytest.mark.parametrize("run", RUNS)
def test_every_question_that_waits_is_listed(run: str) -> None:
    now, found = RUNS[run], set()
    for platform in PLATFORMS:
        for post in town(platform).posts_as_of(now):
            if post.by != "council" and "?" in post.text and waits(post, None, now):
                found.add((platform, post.id))
            found |= {
                (platform, c.id)
                for c in post.comments_as_of(now)
                if c.by != "council" and "?" in c.text and waits(post, c, now)
            }
    near_misses = listed("unanswered-comments") - listed("unanswered-comments", run)
    without_a_mark = {("facebook", "streetlights-late")}
    assert found - near_misses == listed("unanswered-comments", run) - without_a_mark


@pytest.mark.parametrize("run", RUNS)
def test_every_comment_held_for_days_is_listed(run: str) -> None:
    now = RUNS[run]
    found = {
        ("youtube", comment.id)
        for post in town("youtube").posts_as_of(now)
        for comment in post.comments_as_of(now)
        if comment.state_as_of(now) == "held" and comment.at < now - timedelta(days=3)
    }
    assert listed("held-comments", run) == found


@pytest.mark.parametrize("run", RUNS)
def test_every_strong_word_is_listed(run: str) -> None:
    now, public = RUNS[run], set()
    for platform in PLATFORMS:
        for post in town(platform).posts_as_of(now):
            public |= {
                (platform, c.id)
                for c in post.comments_as_of(now)
                if STRONG.search(c.text) and c.state_as_of(now) == "published"
            }
    quoted = {("facebook", "dog-fouling-quote")}
    assert public - quoted == listed("offensive-comments", run)


def test_every_insult_out_of_sight_is_a_near_miss() -> None:
    insults = {
        (platform, comment.id)
        for platform in PLATFORMS
        for post in town(platform).post
        for comment in post.comment
        if STRONG.search(comment.text)
    }
    assert insults <= listed("offensive-comments")


@pytest.mark.parametrize("run", RUNS)
def test_every_post_with_a_small_audience_is_listed(run: str) -> None:
    found = {
        (platform, post.id)
        for platform in PLATFORMS
        for post in town(platform).posts_as_of(RUNS[run])
        if post.audience != "public" and post.scheduled_for is None
    }
    assert listed("post-audience", run) == found
