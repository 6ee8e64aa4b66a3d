"""A feed with everything that the Podcasting 2.0 namespace's own example holds, as it holds it.

The structure is that of ``example.xml`` and of the descriptions of ``liveItem`` and ``transcript`` in
Podcastindex-org/podcast-namespace; the words are ours.
"""

from __future__ import annotations

from typing import Any

import pytest

from demo.server import Answer
from socialaudit.models import Account, Captions, Media, Post
from tests.connectors.test_podcast import VTT, read

GITHUB = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
INDEX = "https://podcastindex.org/namespace/1.0"
LIVE = """<podcast:liveItem status="{}" start="2026-09-03T19:00:00.000+0100" end="2026-09-03T21:00:00Z">
<title>Full council, live</title><description>Watch with us</description>
<link>https://pod.example.org/live</link><guid isPermaLink="true">https://pod.example.org/live</guid>
<author>A. Clerk (clerk@example.gov.uk)</author><podcast:person role="host">A. Mayor</podcast:person>
<podcast:transcript url="/live.vtt" type="text/vtt"/>
<podcast:alternateEnclosure type="audio/mpeg" length="312" default="true">
<podcast:source uri="https://pod.example.org/live.mp3"/></podcast:alternateEnclosure>
<enclosure url="https://pod.example.org/live?format=.mp3" type="audio/mpeg" length="312"/>
<podcast:contentLink href="https://www.youtube.com/watch?v=1">Watch on YouTube</podcast:contentLink>
</podcast:liveItem>"""
EPISODE = """<item><title>Episode 3: the future</title>
<description>&lt;p&gt;What comes next for the town.&lt;/p&gt;</description>
<link>https://pod.example.org/ep3</link><guid isPermaLink="true">https://pod.example.org/ep3</guid>
<pubDate>Thu, 03 Sep 2026 04:30:38 GMT</pubDate><author>A. Clerk (clerk@example.gov.uk)</author>
<itunes:image>https://pod.example.org/ep3.jpg</itunes:image><itunes:explicit>no</itunes:explicit>
<podcast:images srcset="https://pod.example.org/3-big.jpg 1500w,
   https://pod.example.org/3.jpg 600w"/>
<podcast:season name="Aloud">1</podcast:season><podcast:episode>3</podcast:episode>
<podcast:chapters url="https://pod.example.org/ep3.json" type="application/json"/>
<podcast:soundbite startTime="33.833" duration="60.0"/>{transcripts}
<podcast:person name="A. Mayor" href="https://www.example.gov.uk/mayor" img="/mayor.jpg"/>
<enclosure url="https://cdn.example.org/3.mp3" length="76606111" type="audio/mpeg"/>
<podcast:alternateEnclosure type="audio/x-m4a" length="1540076" bitrate="80" title="Low">https://cdn.example.org/3.m4a</podcast:alternateEnclosure>
<podcast:alternateEnclosure type="video/mp4" length="7924786" bitrate="511" height="720">
<podcast:source uri="https://cdn.example.org/3.mp4" contentType="video/mp4"/></podcast:alternateEnclosure>
</item>"""
CHANNEL = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:podcast="{space}" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" version="2.0">
<channel><title>Snoring aloud</title><description>The town council, spoken</description>
<link>https://pod.example.org</link><docs>http://blogs.law.harvard.edu/tech/rss</docs>
<language>en-GB</language><pubDate>Fri, 04 Sep 2026 04:30:38 GMT</pubDate>
<managingEditor>clerk@example.gov.uk (A. Clerk)</managingEditor>
<image><url>https://pod.example.org/a.jpg</url><title>A picture</title><link>https://pod.example.org/pic</link></image>
<podcast:locked owner="clerk@example.gov.uk">yes</podcast:locked>
<podcast:location name="Little Snoring" geo="geo:52.8,0.9" osmid="R1"/>
<itunes:image>https://pod.example.org/a.jpg</itunes:image><itunes:category text="Government"/>
<podcast:category>News</podcast:category>
<podcast:contact type="abuse" method="email">abuse@example.org</podcast:contact>
<podcast:social platform="mastodon" href="https://social.example/">@snoring@social.example</podcast:social>
<podcast:previousUrl>https://old.example.org/feed.xml</podcast:previousUrl>
<podcast:id platform="apple" id="23" url="https://podcasts.apple.com/gb/show/id23"/>
<podcast:trailer pubdate="Thu, 01 Apr 2021 08:00:00 EST" url="https://cdn.example.org/t.mp3" length="9" type="audio/mp3">Hello</podcast:trailer>
<podcast:value type="lightning" method="keysend" suggested="0.00000005000">
<podcast:valueRecipient name="council" type="node" address="03" split="99"/></podcast:value>
{body}</channel></rss>"""
TRANSCRIPT_FILES: dict[str, Any] = {
    "3.vtt": Answer(VTT, content_type="text/vtt"),
    "live.vtt": Answer(VTT),
}
TRANSCRIPTS = (
    '<podcast:transcript url="/3.json" type="application/json" language="en"/>'
    '<podcast:transcript url="/3.vtt" type="text/vtt" rel="captions" language="en"/>'
)


@pytest.mark.parametrize("space", [GITHUB, INDEX])
@pytest.mark.parametrize("status", ["pending", "live", "ended"])
@pytest.mark.parametrize("order", ["{live}{episode}", "{episode}{live}", "{live}{live}{episode}{live}"])  # fmt: skip
def test_everything_that_the_namespace_has_leaves_the_episode_as_it_is(
    space: str, status: str, order: str
) -> None:
    episode = EPISODE.format(transcripts=TRANSCRIPTS)
    body = order.format(live=LIVE.format(status), episode=episode)
    told = read(
        CHANNEL.format(space=space, body=body),
        cache={},
        **TRANSCRIPT_FILES,
    )
    assert told.error is None
    assert told.unread == []
    account, post, medium = told.one(Account), told.one(Post), told.one(Media)
    assert (account.name, account.description) == ("Snoring aloud", "The town council, spoken")
    assert account.permalink == "https://pod.example.org"
    assert (post.title, post.text) == ("Episode 3: the future", "What comes next for the town.")
    assert post.permalink == "https://pod.example.org/ep3"
    assert medium.captions is Captions.STANDARD
    assert "/live.vtt" not in told.paths


def test_an_episode_without_a_transcript_does_not_get_that_of_a_broadcast() -> None:
    body = LIVE.format("live") + EPISODE.format(transcripts="")
    told = read(CHANNEL.format(space=INDEX, body=body), cache={}, **TRANSCRIPT_FILES)
    assert told.one(Media).captions is Captions.NONE
    assert told.paths == ["/feed.xml"]


@pytest.mark.parametrize("odd", ['<podcast:liveItem status="live"/>', "<podcast:liveItem>"])
def test_a_broadcast_that_is_empty_or_never_closed_loses_no_episode(odd: str) -> None:
    body = odd + EPISODE.format(transcripts="")
    assert read(CHANNEL.format(space=INDEX, body=body)).one(Post).title.startswith("Episode 3")


@pytest.mark.timeout(60)  # it takes a second where each is looked at once, hours where not
def test_a_feed_of_broadcasts_alone_is_read_to_its_end() -> None:
    read(CHANNEL.format(space=INDEX, body="<podcast:liveItem>" * 60_000))
