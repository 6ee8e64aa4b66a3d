from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectors import Access
from connectors.podcast import CONNECTOR, KEPT, Podcast
from connectors.transport import Unlimited
from demo.server import Answer, LoopbackServer
from socialaudit.errors import Malformed, PlatformError
from socialaudit.models import (
    Account,
    AccountKind,
    Audience,
    Captions,
    Known,
    Live,
    Media,
    MediaKind,
    Post,
    PostKind,
    Unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping

    from demo.server import Request
    from socialaudit.models import Reading

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = datetime(2026, 9, 8, tzinfo=UTC)
LATER = UNTIL + timedelta(days=7)
SPACE = "https://podcastindex.org/namespace/1.0"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Mayor>Good morning, Little Snoring.\n"
SRT = "1\n00:00:00,000 --> 00:00:02,000\nGood morning\n"
ITEM = """<item><title>The Mayor at the bus stop</title><link>https://pod.example.org/7</link>
<guid isPermaLink="false">ep-7</guid><pubDate>Thu, 03 Sep 2026 10:00:00 +0000</pubDate>
<description>&lt;p&gt;Who talks to &lt;a href="https://www.example.gov.uk/bus"&gt;whom&lt;/a&gt;.&lt;/p&gt;</description>
<itunes:duration>00:20:30</itunes:duration>
<enclosure url="https://cdn.example.org/7.mp3" type="audio/mpeg" length="9"/>{}</item>"""
OLD = """<item><title>Old</title><guid>old-1</guid>
<pubDate>Sat, 01 Aug 2026 10:00:00 +0000</pubDate></item>"""


def rss(*items: str, head: str = "", space: str = SPACE, declared: str = "") -> str:
    owner = "<itunes:owner><itunes:email>clerk@example.gov.uk</itunes:email></itunes:owner>"
    return f"""{declared}<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
xmlns:pc="{space}" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Snoring aloud</title>
<link>https://pod.example.org</link><description>The town council, spoken</description>{owner}{head}
{"".join(items)}</channel></rss>"""


def naming(*files: tuple[str, str]) -> str:
    tags = (f'<pc:transcript url="{path}" type="{kind}"/>' for path, kind in files)
    return ITEM.format("".join(tags))


@dataclass
class Host:
    """A host of fixed files by path, which knows what an ``ETag`` is for."""

    files: dict[str, Answer]

    def answer(self, request: Request) -> Answer:
        found = self.files.get(request.path, Answer("", 404))
        tag = found.headers.get("ETag")
        if tag and request.headers.get("if-none-match") == tag:
            return Answer("", 304, {"ETag": tag})
        return found

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


@dataclass
class Told:
    readings: list[Any] = field(default_factory=list)
    error: PlatformError | None = None
    log: list[Request] = field(default_factory=list)

    def of(self, kind: type[Any]) -> list[Any]:
        return [r for r in self.readings if isinstance(r, kind)]

    def one(self, kind: type[Any]) -> Any:
        (found,) = self.of(kind)
        return found

    @property
    def unread(self) -> list[tuple[str, str]]:
        return [(u.fact, u.reason) for u in self.of(Unread) if not u.permanent]

    @property
    def paths(self) -> list[str]:
        return [r.path for r in self.log]


def the_week(podcast: Podcast) -> Iterable[Reading]:
    return podcast.read(SINCE, UNTIL)


def the_week_after(podcast: Podcast) -> Iterable[Reading]:
    return podcast.read(UNTIL, LATER)


def read(
    feed: str | bytes | Answer,
    *asks: Callable[[Podcast], Iterable[Reading]],
    cache: MutableMapping[str, str] | None = None,
    **files: str | Answer,
) -> Told:
    """Ask a connector of its own for each of ``asks``; files are named by their path."""
    answers = {f"/{k}": f if isinstance(f, Answer) else Answer(f) for k, f in files.items()}
    answers["/feed.xml"] = feed if isinstance(feed, Answer) else Answer(feed)
    told = Told()
    kept = {} if cache is None else cache
    with LoopbackServer(Host(answers)) as server:
        for ask in asks or (the_week,):
            podcast = Podcast(
                Access(
                    account="podcast",
                    handle=f"{server.url}/feed.xml",
                    kind=AccountKind.COUNCIL,
                    limiter=Unlimited(),
                    cache=kept,
                )
            )
            before = len(server.log)
            try:
                told.readings = list(ask(podcast))
            except PlatformError as fault:
                told.error = fault
            finally:
                podcast.close()
            told.log = server.log[before:]
    return told


def tagged(*items: str) -> Answer:
    return Answer(rss(*items), headers={"ETag": '"1"'})


def test_the_module_names_its_connector() -> None:
    assert CONNECTOR is Podcast


def test_an_episode_is_a_post_with_its_recording() -> None:
    told = read(rss(naming(), OLD))
    post, recording = told.one(Post), told.one(Media)
    assert (post.key, post.kind, post.audience) == (
        "podcast:ep-7",
        PostKind.POST,
        Audience.PUBLIC,
    )
    assert (post.title, post.text) == ("The Mayor at the bus stop", "Who talks to whom.")
    assert post.links == ("https://www.example.gov.uk/bus",)
    assert (recording.key, recording.post) == ("podcast:ep-7#recording", post.key)
    assert (recording.kind, recording.duration) == (MediaKind.AUDIO, 1230.0)
    assert (recording.live, recording.captions) == (Live.NEVER, Captions.NONE)
    assert told.unread == []


def test_the_podcast_introduces_itself() -> None:
    account = read(rss(OLD)).one(Account)
    assert (account.platform, account.name) == ("podcast", "Snoring aloud")
    assert account.description == "The town council, spoken"
    assert account.contact == "clerk@example.gov.uk"
    assert account.links == ("https://pod.example.org",)


def test_what_no_feed_can_show_is_said() -> None:
    lasting = {u.fact for u in read(rss(OLD)).of(Unread) if u.permanent}
    assert lasting == {"comments", "settings"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/vtt", VTT),
        ("application/x-subrip", SRT),
        ("application/json", '{"version": "1.0.0", "segments": [{"body": "Good morning"}]}'),
        ("text/html", f"<html><p>{'And so we said. ' * 20}</p></html>"),
        ("text/plain", "Mayor: Good morning."),
    ],
)
def test_a_transcript_of_each_kind_counts(kind: str, body: str) -> None:
    told = read(rss(naming(("/t", kind)), OLD), t=body)
    assert told.one(Media).captions is Captions.STANDARD
    assert told.unread == []


@pytest.mark.parametrize("body", ["", "WEBVTT\n\n", "<!DOCTYPE html><title>Sorry</title>"])
def test_a_transcript_that_is_empty_or_a_page_in_its_place_does_not_count(body: str) -> None:
    assert read(rss(naming(("/t", "text/vtt")), OLD), t=body).one(Media).captions is Captions.NONE


@pytest.mark.parametrize("status", [404, 410])
def test_a_transcript_that_is_not_there_does_not_count(status: int) -> None:
    told = read(rss(naming(("/t", "text/vtt")), OLD), t=Answer("", status))
    assert (told.one(Media).captions, told.unread) == (Captions.NONE, [])


@pytest.mark.parametrize(
    "answer", [Answer("", 500), Answer("", 403), Answer("", 429), Answer(b"%PDF-1.7")]
)
def test_a_transcript_that_could_not_be_read_is_unknown(answer: Answer) -> None:
    told = read(rss(naming(("/t", "text/vtt")), OLD), t=answer)
    assert told.one(Media).captions is None
    assert told.unread == [("media.captions", "recordings whose transcript could not be read: 1")]


def test_a_transcript_inside_a_network_is_never_asked_for() -> None:
    told = read(rss(naming(("https://10.0.0.1/t.vtt", "text/vtt")), OLD))
    assert (told.one(Media).captions, told.paths) == (None, ["/feed.xml"])


def test_all_of_several_transcripts_are_looked_at_until_one_is_good() -> None:
    item = naming(("/a", "text/vtt"), ("/b", "application/x-subrip"), ("/c", "text/vtt"))
    told = read(rss(item, OLD), a="", b=SRT, c=VTT)
    assert told.one(Media).captions is Captions.STANDARD
    assert told.paths == ["/feed.xml", "/a", "/b"]


def test_no_more_transcripts_of_an_episode_are_asked_for_than_there_are_formats() -> None:
    told = read(rss(naming(*((f"/{n}", "text/vtt") for n in range(50))), OLD))
    assert len(told.log) == 6


def test_one_bad_and_one_unknown_transcript_are_unknown() -> None:
    item = naming(("/a", "text/vtt"), ("/b", "text/vtt"))
    told = read(rss(item, OLD), a="", b=Answer("", 500))
    assert told.one(Media).captions is None


def test_a_transcript_that_says_that_a_machine_made_it_is_automatic() -> None:
    note = "NOTE This transcript was automatically generated.\n\n"
    told = read(rss(naming(("/t", "text/vtt")), OLD), t=VTT.replace("00:00.0", f"{note}00:00.0", 1))
    assert told.one(Media).captions is Captions.AUTOMATIC


@pytest.mark.parametrize(
    "space",
    [
        SPACE,
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
    ],
)
def test_the_namespace_may_be_any_that_podcasts_use(space: str) -> None:
    told = read(rss(naming(("/t", "text/vtt")), OLD, space=space), t=VTT)
    assert told.one(Media).captions is Captions.STANDARD


def test_a_film_may_hold_captions_that_no_feed_names() -> None:
    film = naming().replace("7.mp3", "7.mp4").replace("audio/mpeg", "video/mp4")
    told = read(rss(film, OLD))
    assert (told.one(Post).kind, told.one(Media).kind) == (PostKind.VIDEO, MediaKind.VIDEO)
    assert (told.one(Media).captions, told.unread) == (None, [])


@pytest.mark.parametrize("kind", ["", "application/octet-stream"])
def test_a_recording_without_a_type_is_known_by_its_name(kind: str) -> None:
    told = read(rss(naming().replace("audio/mpeg", kind), OLD))
    assert told.one(Media).kind is MediaKind.AUDIO


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("75", 75.0), ("1:15", 75.0), ("01:01:15", 3675.0), ("", None), ("0", None), ("long", None)],
)
def test_a_length_may_be_written_in_each_way_that_is_used(
    written: str, seconds: float | None
) -> None:
    told = read(rss(naming().replace("00:20:30", written), OLD))
    assert told.one(Media).duration == seconds


def test_an_entry_without_a_recording_is_a_post_alone() -> None:
    told = read(rss(OLD.replace("Aug", "Sep"), OLD))
    assert (len(told.of(Post)), told.of(Media)) == (1, [])


def test_an_id_that_is_no_address_is_no_link() -> None:
    bare = naming().replace("<link>https://pod.example.org/7</link>", "")
    told = read(rss(bare.replace(' isPermaLink="false"', ""), OLD))
    assert (told.one(Post).id, told.one(Post).permalink) == ("ep-7", None)
    assert told.one(Media).permalink == "https://cdn.example.org/7.mp3"


def test_a_feed_whose_xml_is_broken_leaves_its_transcripts_unknown() -> None:
    told = read(rss(naming(("/t", "text/vtt")), OLD).replace("<rss ", "<rss bad=&x; "), t=VTT)
    assert told.one(Media).captions is None
    assert ("media.captions", "recordings whose transcript could not be read: 1") in told.unread


def test_a_feed_with_entities_of_its_own_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    assert isinstance(read(rss(naming(), declared=bomb)).error, Malformed)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16"])
def test_a_feed_and_a_transcript_may_be_in_any_encoding(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    feed = rss(naming(("/t", "text/vtt")).replace("Mayor", "Café"), OLD, declared=declared)
    words = VTT.replace("Mayor", "Café").encode(encoding)
    told = read(feed.encode(encoding), t=Answer(words, content_type="text/vtt"))
    assert told.one(Post).title == "The Café at the bus stop"
    assert told.one(Media).captions is Captions.STANDARD


def test_a_new_podcast_that_holds_one_episode_is_read_whole() -> None:
    assert read(rss(naming())).unread == []


def test_an_unchanged_feed_costs_one_small_request() -> None:
    told = read(tagged(naming(), OLD), the_week, the_week_after)
    assert [(r.path, r.headers.get("if-none-match")) for r in told.log] == [("/feed.xml", '"1"')]
    assert told.of(Post) == []
    assert told.unread == []


def test_the_podcast_introduces_itself_from_what_was_kept_as_it_did() -> None:
    first = read(tagged(naming(), OLD))
    cache: dict[str, str] = {}
    again = read(tagged(naming(), OLD), the_week, the_week_after, cache=cache)
    told, before = again.one(Account), first.one(Account)
    assert replace(told, key="", id="", handle="") == replace(before, key="", id="", handle="")
    assert cache[KEPT].isprintable()
    assert "Mayor" not in cache[KEPT]


def test_an_unchanged_feed_is_read_again_for_an_episode_of_the_week() -> None:
    told = read(tagged(naming(), OLD), the_week, the_week)
    assert [r.headers.get("if-none-match") for r in told.log] == [None]
    assert len(told.of(Post)) == 1


def test_an_unchanged_feed_is_read_again_for_a_thing_to_do() -> None:
    def week_with_a_thing_to_do(podcast: Podcast) -> list[Reading]:
        known = Known("media", "ep-7#recording", post="ep-7")
        return [*podcast.read(UNTIL, LATER), *podcast.reread([known])]

    item = naming(("/t", "text/vtt"))
    cache: dict[str, str] = {}
    told = read(tagged(item, OLD), the_week, week_with_a_thing_to_do, cache=cache, t="")
    assert told.paths == ["/feed.xml", "/feed.xml", "/t"]
    assert told.one(Media).captions is Captions.NONE


def test_an_episode_known_only_for_its_comments_costs_no_request() -> None:
    def probed(podcast: Podcast) -> list[Reading]:
        return [
            *podcast.read(UNTIL, LATER),
            *podcast.reread([Known("post", "ep-7", comment_count=0)]),
        ]

    assert len(read(tagged(naming(), OLD), the_week, probed).log) == 1


def test_a_transcript_once_seen_to_be_good_is_not_asked_for_again() -> None:
    item = naming(("/t", "text/vtt"))
    told = read(rss(item, OLD), the_week, the_week, t=VTT)
    assert (told.paths, told.one(Media).captions) == (["/feed.xml"], Captions.STANDARD)


def test_a_feed_that_changed_is_read_although_an_earlier_one_was_kept() -> None:
    cache: dict[str, str] = {}
    read(tagged(OLD), cache=cache)
    cache[KEPT] = cache[KEPT].replace('\\"1\\"', '\\"0\\"')
    assert len(read(tagged(naming(), OLD), cache=cache).of(Post)) == 1


@pytest.mark.parametrize("kept", ["", "null", "[]", "{}", '{"address": 1}', "\0"])
def test_what_was_kept_and_cannot_be_understood_is_passed_over(kept: str) -> None:
    assert len(read(tagged(naming(), OLD), cache={KEPT: kept}).of(Post)) == 1


def test_a_damaged_feed_is_never_taken_for_unchanged() -> None:
    cache: dict[str, str] = {}
    read(tagged(naming().replace("Thu, 03 Sep 2026 10:00:00 +0000", "soon"), OLD), cache=cache)
    assert KEPT not in cache


def test_episodes_that_share_an_id_are_all_read() -> None:
    items = [naming().replace("org/7<", f"org/{n}<") for n in range(3)]
    told = read(rss(*items, OLD))
    assert len({p.key for p in told.of(Post)}) == 3
    assert len({m.key for m in told.of(Media)}) == 3


def test_a_removed_episode_is_not_called_gone_and_asked_for_once() -> None:
    def both(podcast: Podcast) -> list[Reading]:
        return [*podcast.read(SINCE, UNTIL), *podcast.reread([Known("post", "gone")])]

    told = read(rss(naming()), both)
    assert (len(told.log), len(told.of(Post))) == (1, 1)
