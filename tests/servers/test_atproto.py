"""A whole AT Protocol network: a council's week on Bluesky, made and read through its own interfaces."""

from __future__ import annotations

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import psycopg
import pytest

from connectors import Access, transport
from connectors.bluesky import Bluesky
from connectors.transport import Unlimited
from flows import plan as plans
from flows import stages
from socialaudit.errors import RateLimited, Unauthorized, Unreachable
from socialaudit.models import (
    AccountKind,
    Captions,
    Comment,
    CommentState,
    Gone,
    Known,
    Media,
    Post,
)
from tests.servers.started import started

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.servers
POLICY = Path(__file__).parents[2] / "policies" / "cromer-2016.toml"
TODAY = datetime.now(ZoneInfo("Europe/London"))
MONDAY = (TODAY - timedelta(days=TODAY.weekday())).replace(
    hour=6, minute=0, second=0, microsecond=0
)
"""This week's: the check is of the week before, in which everything says it was written."""
WINDOW = (MONDAY - timedelta(days=7, hours=6), MONDAY - timedelta(hours=6))
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
WORDS = b"WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nGood morning from the town hall.\n"
POST, GATE = "app.bsky.feed.post", "app.bsky.feed.threadgate"
Wire = dict[str, Any]


@dataclass
class Person:
    """Somebody with an account on the network, who writes records."""

    pds: str
    name: str
    session: Wire = field(default_factory=dict)

    def join(self) -> Person:
        words = {"handle": f"{self.name}.test", "email": f"{self.name}@example.org"}
        self.session = self.post("com.atproto.server.createAccount", words | {"password": "pass"})
        return self

    def post(self, method: str, body: Any, kind: str = "application/json") -> Wire:
        token = self.session.get("accessJwt")
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
        content = json.dumps(body).encode() if isinstance(body, dict) else body
        answer = httpx.post(f"{self.pds}/xrpc/{method}", content=content, headers=headers)
        answer.raise_for_status()
        told: Wire = answer.json() if answer.content else {}
        return told

    def file(self, content: bytes, kind: str) -> Wire:
        found: Wire = self.post("com.atproto.repo.uploadBlob", content, kind)["blob"]
        return found

    def record(self, collection: str, record: Wire, name: str = "") -> Wire:
        whole = {"$type": collection, "createdAt": at(2), **record}
        told = {"repo": self.session["did"], "collection": collection, "record": whole}
        method = f"com.atproto.repo.{'putRecord' if name else 'createRecord'}"
        return self.post(method, told | ({"rkey": name} if name else {}))

    def say(self, text: str, hours: float = 0, embed: Wire | None = None, to: Any = ()) -> Wire:
        """A post ``hours`` after the first of the week; ``to``: the first post and the one answered."""
        extra: Wire = {"embed": embed} if embed else {}
        if to:
            root, parent = ({k: one[k] for k in ("uri", "cid")} for one in to)
            extra["reply"] = {"root": root, "parent": parent}
        return self.record(POST, {"text": text, "createdAt": at(2, hours), **extra})


def at(days: float, hours: float = 0) -> str:
    moment = WINDOW[0] + timedelta(days=days, hours=hours)
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def pictures(kind: str, file: Wire, *alt: str) -> Wire:
    items = [
        {"image": file, "alt": words, "aspectRatio": {"width": 1, "height": 1}} for words in alt
    ]
    if kind == "images":
        return {"$type": "app.bsky.embed.images", "images": items}
    return {
        "$type": "app.bsky.embed.gallery",
        "items": [{"$type": "app.bsky.embed.gallery#image", **item} for item in items],
    }


def film(council: Person, captions: bytes = b"") -> Wire:
    video = council.file(b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 99, "video/mp4")
    embed: Wire = {"$type": "app.bsky.embed.video", "video": video}
    if captions:
        embed["captions"] = [{"lang": "en", "file": council.file(captions, "text/vtt")}]
    return embed


@dataclass
class Network:
    """A running network, the council on it, and what was written, by name."""

    told: dict[str, str]
    folder: Path
    council: Person
    written: dict[str, str]

    def bluesky(self, base: str = "", **secrets: str) -> Bluesky:
        return Bluesky(
            Access(
                account="bluesky",
                handle="council.test",
                kind=AccountKind.COUNCIL,
                limiter=Unlimited(),
                base_url=base or self.told["appview"],
                secrets=secrets,
                salt=b"salt",
            )
        )

    def read(self, base: str = "", **secrets: str) -> list[Any]:
        bluesky = self.bluesky(base, **secrets)
        try:
            return list(bluesky.read(*WINDOW))
        finally:
            bluesky.close()

    def audit(self, name: str, monkeypatch: pytest.MonkeyPatch, *lines: str) -> dict[str, Any]:
        """What a weekly check says; ``lines`` are added to the account in the council file."""
        folder = self.folder / name
        folder.mkdir()
        monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{folder}/store.db")
        monkeypatch.setenv("SOCIALAUDIT_SECRETS_DIR", str(folder))
        council = folder / "council.toml"
        council.write_text(
            "\n".join(
                [
                    '[council]\nid = "snoring"\nname = "Little Snoring Town Council"',
                    f'timezone = "Europe/London"\npolicy = "{POLICY}"',
                    '[report]\nrecipients = ["clerk@example.gov.uk"]',
                    '[[account]]\nid = "bluesky"\nplatform = "bluesky"\nhandle = "@council.test"',
                    *(lines or [f'base_url = "{self.told["appview"]}"']),
                ]
            ),
            "utf-8",
        )
        stages.run(
            plans.weekly(council, MONDAY, fixed=True), stages.Plain(), str(folder / "report")
        )
        found: dict[str, Any] = json.loads((folder / "report" / "results.json").read_text("utf-8"))
        return found

    def seen(self, results: dict[str, Any], *checks: str) -> set[tuple[str, str]]:
        """Each finding of some checks, and the name of the post that it is about."""
        names = {native: name for name, native in self.written.items()}
        return {
            (f["check"], names.get(f["record"]["id"].partition("/media/")[0], "?"))
            for f in results["findings"]
            if f["record"] and f["check"] in checks
        }


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    folder = tmp_path_factory.mktemp("atproto")
    folder.chmod(0o755)
    for parent in folder.parents[:2]:
        parent.chmod(parent.stat().st_mode | 0o011)
    with started("atproto", folder / "server", ports=5) as told:
        people = [Person(told["pds"], name).join() for name in ("council", "ann", "ben")]
        running = Network(told, folder, people[0], {})
        write(running, *people)
        yield running


def write(network: Network, council: Person, ann: Person, ben: Person) -> None:
    """A week on Bluesky: what a council and two residents post, hide, label and take down."""
    words = {"displayName": "Little Snoring Town Council", "description": "The town council"}
    council.record("app.bsky.actor.profile", words, "self")
    picture = council.file(PNG, "image/png")
    posts = {
        "bare": council.say("The library is open.", 1, pictures("images", picture, "")),
        "told": council.say("The new bin.", 2, pictures("images", picture, "A red bin")),
        "gallery": council.say(
            "The fair.", 3, pictures("gallery", picture, "A stall", "", "A ride", "A tea room", "A dog")
        ),
        "captioned": council.say("Our mayor speaks.", 4, film(council, WORDS)),
        "empty captions": council.say("The band plays.", 5, film(council, b"WEBVTT\n\n")),
        "silent": council.say("Our clerk speaks.", 6, film(council)),
        "closed": council.say("No answers here, please.", 7),
        "deleted": council.say("This was a mistake.", 8),
    }  # fmt: skip
    told = posts["told"]
    posts["question"] = ann.say("When will it be emptied?", 9, to=(told, told))
    posts["settled"] = ben.say("Is it for glass?", 10, to=(posts["bare"], posts["bare"]))
    posts["answer"] = council.say("Yes, it is.", 11, to=(posts["bare"], posts["settled"]))
    posts["hidden"] = ben.say("Buy my watches.", 12, to=(told, told))
    named = {"$type": "app.bsky.richtext.facet#mention", "did": council.session["did"]}
    facet = {"index": {"byteStart": 0, "byteEnd": 13}, "features": [named]}
    asks = {"text": "@council.test who mends the lamp?", "createdAt": at(2, 13)}
    posts["mention"] = ann.record(POST, asks | {"facets": [facet]})
    gate = {"post": told["uri"], "hiddenReplies": [posts["hidden"]["uri"]]}
    council.record(GATE, gate, told["uri"].rpartition("/")[2])
    gate = {"post": posts["closed"]["uri"], "allow": []}
    council.record(GATE, gate, posts["closed"]["uri"].rpartition("/")[2])
    network.written |= {name: str(post["uri"]) for name, post in posts.items()}
    wait_for(network, 9)
    own = {"repo": council.session["did"], "collection": POST}
    council.post(
        "com.atproto.repo.deleteRecord",
        own | {"rkey": posts["deleted"]["uri"].rpartition("/")[2]},
    )
    wait_for(network, 8)


def wait_for(network: Network, posts: int) -> None:
    """Until the AppView has seen that many posts of the council, and all that was written with them."""
    address = f"{network.told['appview']}/xrpc/app.bsky.feed.getAuthorFeed"
    asked = {"actor": network.council.session["did"], "limit": "100"}
    for _ in range(100):
        answer = httpx.get(address, params=asked)
        if answer.status_code == httpx.codes.OK and len(answer.json()["feed"]) == posts:
            return
        time.sleep(0.1)
    raise AssertionError(answer.text)


def test_a_council_file_is_enough_to_audit_a_week(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = network.audit("weekly", monkeypatch)
    (account,) = found["accounts"]
    assert account["status"] == "read"
    assert (account["posts"], account["comments"]) == (8, 4)
    assert account["requests"] == 1 + 1 + 2 + 2
    assert network.seen(
        found, "image-description", "video-captions", "unanswered-comments", "held-comments"
    ) == {
        ("image-description", "bare"),
        ("image-description", "gallery"),
        ("video-captions", "empty captions"),
        ("video-captions", "silent"),
        ("unanswered-comments", "question"),
    }


def test_what_was_written_is_read_as_it_is(network: Network) -> None:
    read = network.read()
    names = {native: name for name, native in network.written.items()}
    comments = {names[c.id]: c for c in read if isinstance(c, Comment)}
    media: dict[str, list[Media]] = {}
    for medium in (m for m in read if isinstance(m, Media)):
        media.setdefault(names[medium.id.partition("/media/")[0]], []).append(medium)
    posts = {names[p.id]: p for p in read if isinstance(p, Post)}
    assert [m.alt_text for m in media["gallery"]] == [
        "A stall",
        "",
        "A ride",
        "A tea room",
        "A dog",
    ]
    assert {
        name: media[name][0].captions for name in ("captioned", "empty captions", "silent")
    } == {
        "captioned": Captions.STANDARD,
        "empty captions": Captions.NONE,
        "silent": Captions.NONE,
    }
    assert media["captioned"][0].caption_languages == ("en",)
    assert (posts["closed"].replies_from, posts["told"].replies_from) == ("nobody", "everyone")
    assert {name: c.state for name, c in comments.items()} == {
        "question": CommentState.PUBLISHED,
        "settled": CommentState.PUBLISHED,
        "answer": CommentState.PUBLISHED,
        "hidden": CommentState.HIDDEN,
    }
    assert comments["answer"].own
    assert comments["answer"].parent == comments["settled"].key


def test_a_deleted_post_is_gone_and_the_others_are_not(network: Network) -> None:
    bluesky = network.bluesky()
    known = [Known("post", network.written[name]) for name in ("deleted", "told")]
    known.append(Known("comment", network.written["hidden"], network.written["told"]))
    read = list(bluesky.reread(known))
    bluesky.close()
    assert [r for r in read if isinstance(r, Gone)] == [Gone("post", network.written["deleted"])]
    assert [p.id for p in read if isinstance(p, Post)] == [network.written["told"]]
    assert [c.state for c in read if isinstance(c, Comment)] == [CommentState.HIDDEN]


def test_what_the_moderation_service_labels_as_spam_is_spam(network: Network) -> None:
    labelled = network.written["settled"]
    with psycopg.connect(network.told["database"], autocommit=True) as database:
        row = (network.told["labeler"], labelled, "", "spam", False, at(2, 14))
        database.execute(
            "INSERT INTO appview.label (src, uri, cid, val, neg, cts) VALUES (%s, %s, %s, %s, %s, %s)",
            row,
        )
        read = network.read()
        database.execute("DELETE FROM appview.label WHERE uri = %s", (labelled,))
    states = {c.id: c.state for c in read if isinstance(c, Comment)}
    assert states[labelled] is CommentState.SPAM


def test_with_an_app_password_mentions_are_read(network: Network) -> None:
    name = {"name": "audit", "privileged": False}
    made = network.council.post("com.atproto.server.createAppPassword", name)
    read = network.read(network.told["pds"], password=made["password"])
    comments = {c.id for c in read if isinstance(c, Comment)}
    assert network.written["mention"] in comments
    assert len(comments) == len([c for c in read if isinstance(c, Comment)])
    assert {m.captions for m in read if isinstance(m, Media)} >= {Captions.STANDARD, Captions.NONE}


def test_a_wrong_password_is_told_as_such(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNORING_PASSWORD", "wrong-password")
    lines = ('credentials = "snoring"', f'base_url = "{network.told["pds"]}"')
    (account,) = network.audit("wrong", monkeypatch, *lines)["accounts"]
    assert account["status"] == "not read"
    assert "Invalid identifier or password" in str(account["reasons"])
    with pytest.raises(Unauthorized):
        network.read(network.told["pds"], password="wrong-password")


def test_a_limit_is_told_with_its_end(network: Network) -> None:
    signing_in = {"identifier": "nobody.test", "password": "wrong-password"}
    address = f"{network.told['pds']}/xrpc/com.atproto.server.createSession"
    with ThreadPoolExecutor(
        10
    ) as together:  # each wrong password is held up for a third of a second
        list(together.map(lambda _: httpx.post(address, json=signing_in), range(30)))
    with pytest.raises(RateLimited) as limited:
        network.read(network.told["pds"], **signing_in)
    assert limited.value.retry_at is not None
    assert limited.value.retry_at - datetime.now(UTC) <= timedelta(minutes=5)


def test_a_network_that_stops_answering_is_given_up(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sum(transport.TIMEOUT) < 30
    monkeypatch.setattr(transport, "TIMEOUT", (1.0, 1.0))
    group = int((network.folder / "server" / "network.pid").read_text())
    os.killpg(group, signal.SIGSTOP)
    try:
        with pytest.raises(Unreachable, match="did not answer in time"):
            network.read()
    finally:
        os.killpg(group, signal.SIGCONT)
