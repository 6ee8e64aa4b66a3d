"""WordPress itself: written to through its own interfaces, then audited by a council file alone."""

from __future__ import annotations

import json
import os
import signal
import struct
import time
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from connectors import Access, transport
from connectors.transport import Unlimited
from connectors.wordpress import WordPress
from flows import plan as plans
from flows import stages
from socialaudit.models import AccountKind, Comment, CommentState, Gone, Known, Post, Unread
from tests.servers.started import free_ports, started

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytestmark = pytest.mark.servers
NOW = datetime.now(UTC)
UNTIL = plans.monday(NOW, ZoneInfo("Europe/London"))
SINCE = UNTIL - timedelta(days=7)
WRITTEN = UNTIL - timedelta(days=4)
"""When everything was written: later than the policy lets a comment wait."""
CLOSED = """<?php
add_filter('rest_authentication_errors', fn($found) => $found ?: (is_user_logged_in() ? $found
  : new WP_Error('rest_login_required', 'Only for signed-in users.', ['status' => 401])));
"""
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:04.000\nGood morning, everybody.\n"
COUNCIL = """[council]
id = "anytown"
name = "Anytown Town Council"
timezone = "Europe/London"
website = "https://www.example.gov.uk"
policy = "{policy}"
[report]
recipients = ["clerk@example.gov.uk"]
[[account]]
id = "news"
platform = "wordpress"
handle = "{url}"
base_url = "{url}"
{more}
"""


@dataclass
class Site:
    """A running WordPress, and the numbers of what was written there, by a name of ours."""

    told: dict[str, Any]
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return str(self.told["url"])

    @property
    def folder(self) -> Path:
        return Path(self.told["folder"])

    def secrets(self) -> dict[str, str]:
        return {"user": self.told["user"], "password": self.told["password"]}

    def send(self, method: str, path: str, **named: Any) -> dict[str, Any]:
        """Write through the REST API as the administrator."""
        pair = (self.told["user"], self.told["password"])
        address = f"{self.url}/wp-json/wp/v2/{path}"
        done = httpx.request(method, address, auth=pair, timeout=30, **named)
        assert done.is_success, done.text
        found: dict[str, Any] = done.json()
        return found

    def write(self, name: str, kind: str, at: datetime = WRITTEN, **fields: Any) -> str:
        """Write a post or comment, dated in the last whole week; a post as a draft at first."""
        given = {"date_gmt": at.strftime("%Y-%m-%dT%H:%M:%S"), **fields}
        first = {**given, "status": "draft"} if kind == "posts" else given
        number = str(self.send("POST", kind, json=first)["id"])
        if first != given:
            self.send("POST", f"{kind}/{number}", json=given)
        self.numbers[name] = number
        return number

    def upload(self, name: str, content: bytes, kind: str, alt: str = "") -> dict[str, Any]:
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": kind}
        kept = self.send("POST", "media", content=content, headers=headers)
        return self.send("POST", f"media/{kept['id']}", json={"alt_text": alt}) if alt else kept


def a_picture() -> bytes:
    """A grey PNG of 300 by 200."""

    def chunk(name: bytes, content: bytes) -> bytes:
        summed = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + summed

    rows = b"".join(b"\0" + b"\x80" * 300 for _ in range(200))
    head = struct.pack(">IIBBBBB", 300, 200, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with started("wordpress", tmp_path_factory.mktemp("wordpress")) as told:
        found = Site(told)
        publish(found)
        talk(found)
        yield found


def publish(site: Site) -> None:
    """Posts with pictures, films and audiences of every sort."""
    picture = site.upload("road.png", a_picture(), "image/png", alt="A road that is closed")
    bare = site.upload("poster.png", a_picture(), "image/png")
    film = site.upload("film.mp4", b"\0\0\0\x18ftypmp42", "video/mp4")["source_url"]
    track = site.upload("film.vtt", CAPTIONS, "text/vtt")["source_url"]
    source = picture["source_url"]
    said = f'<track src="{track}" kind="captions" srclang="en" label="English">'
    lost = f'<track src="{track}.gone.vtt" kind="captions" srclang="en">'
    bodies = {
        "bare": f'<p>Mill Lane is closed on Monday.</p><img class="wp-image-1" src="{source}">',
        "described": f'<p>The road.</p><img src="{source}" alt="Mill Lane with a barrier across it">',
        "silent": f'<p>A film.</p><figure class="wp-block-video"><video controls src="{film}"></video></figure>',
        "captioned": f'<p>A film.</p><figure><video controls src="{film}">{said}</video></figure>',
        "lost": f'<p>A film.</p><figure><video controls src="{film}">{lost}</video></figure>',
        "tube": "<p>The meeting.</p><iframe src='https://www.youtube.com/embed/abc'></iframe>",
    }
    for name, body in bodies.items():
        site.write(name, "posts", title=name, content=body, status="publish")
    site.write(
        "above",
        "posts",
        title="Fete",
        content="<p>The fete.</p>",
        status="publish",
        featured_media=bare["id"],
    )
    site.write("private", "posts", title="Plans", content="<p>Plans.</p>", status="private")
    site.write(
        "locked",
        "posts",
        title="Minutes",
        content="<p>No.</p>",
        status="publish",
        password="opensesame",
    )
    site.write("draft", "posts", title="Later", content="<p>Later.</p>", status="draft")
    later = NOW + timedelta(days=9)
    site.write(
        "scheduled", "posts", title="Soon", content="<p>Soon.</p>", status="future", at=later
    )


def talk(site: Site) -> None:
    """Comments in every state, and an answer by the council."""

    def say(name: str, text: str, by: str, **more: Any) -> str:
        who = {"author_name": by, "author_email": f"{name}@example.com"}
        return site.write(
            name, "comments", post=site.numbers["bare"], content=text, **{**who, **more}
        )

    say("asked", "When will Mill Lane be open again, please?", "Ann Example", status="approve")
    answered = say("answered", "Who do I ring about the bins?", "Bob Example", status="approve")
    site.write(
        "answer",
        "comments",
        post=site.numbers["bare"],
        at=WRITTEN + timedelta(hours=1),
        parent=answered,
        content="Please ring the office.",
        status="approve",
    )
    say("held", "I would like to speak at the meeting.", "Cat Example", status="hold")
    say("spam", "Cheap watches here for everybody.", "Dan Example", status="spam")
    trashed = say("trashed", "This council is useless.", "Eve Example", status="approve")
    site.send("DELETE", f"comments/{trashed}")


@dataclass
class Audit:
    """What an audit said."""

    results: dict[str, Any]
    seconds: float

    def found(self, check: str) -> set[str]:
        """The numbers of the posts and comments that a check found something in."""
        records = [f["record"] for f in self.results["findings"] if f["check"] == check]
        return {record["id"].partition("#")[0] for record in records if record}

    def account(self) -> dict[str, Any]:
        (found,) = self.results["accounts"]
        return dict(found)


@pytest.fixture
def audited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Audits a site in a store of its own, with a council file and the environment alone."""

    def audited(url: str, secrets: Mapping[str, str] | None = None) -> Audit:
        monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'audit.db'}")
        for name, value in (secrets or {}).items():
            monkeypatch.setenv(f"ANYTOWN_WORDPRESS_{name.upper()}", value)
        policy = Path(__file__).parents[2] / "policies" / "cromer-2016.toml"
        more = 'credentials = "anytown-wordpress"' if secrets is not None else ""
        path = tmp_path / "anytown.toml"
        path.write_text(COUNCIL.format(policy=policy, url=url, more=more), "utf-8")
        begun = time.monotonic()
        plan = plans.weekly(path, NOW, fixed=True)
        stages.run(plan, stages.Plain(), str(tmp_path / "report"))
        results = json.loads((tmp_path / "report" / "results.json").read_text("utf-8"))
        return Audit(results, time.monotonic() - begun)

    return audited


def named(site: Site, *names: str) -> set[str]:
    return {site.numbers[name] for name in names}


def test_an_administrators_password_shows_everything_that_is_wrong(
    site: Site, audited: Any
) -> None:
    audit = audited(site.url, site.secrets())
    assert audit.account()["status"] == "read"
    assert audit.found("image-description") == named(site, "bare", "above")
    assert audit.found("video-captions") == named(site, "silent", "lost")
    assert audit.found("post-audience") == named(site, "private", "locked")
    assert audit.found("held-comments") == named(site, "held")
    assert audit.found("unanswered-comments") == named(site, "asked")
    assert audit.found("removed-without-record") == named(site, "trashed")


def test_without_a_password_the_public_site_is_audited(site: Site, audited: Any) -> None:
    audit = audited(site.url)
    assert audit.account()["status"] == "read"
    assert audit.account()["requests"] <= 10
    assert audit.found("image-description") == named(site, "bare", "above")
    assert audit.found("video-captions") == named(site, "silent", "lost")
    assert audit.found("post-audience") == named(site, "locked")
    assert audit.found("unanswered-comments") == named(site, "asked")
    held = [a for a in audit.results["assessments"] if a["check"] == "held-comments"]
    assert [a["outcome"] for a in held] == ["not assessed"]


def test_a_wrong_password_is_said_and_nothing_is_read(site: Site, audited: Any) -> None:
    audit = audited(site.url, {**site.secrets(), "password": "abcd efgh ijkl mnop qrst uvwx"})
    assert audit.account()["status"] == "not read"
    assert "application password" in " ".join(audit.account()["reasons"])
    assert {f["check"] for f in audit.results["findings"] if f["account"]} == {"monitoring-gaps"}


def test_a_revoked_password_is_said_and_nothing_is_read(site: Site, audited: Any) -> None:
    made = site.send("POST", "users/me/application-passwords", json={"name": "for a while"})
    assert readings(site, {**site.secrets(), "password": made["password"]})
    site.send("DELETE", f"users/me/application-passwords/{made['uuid']}")
    audit = audited(site.url, {**site.secrets(), "password": made["password"]})
    assert audit.account()["status"] == "not read"
    assert "application password" in " ".join(audit.account()["reasons"])


def test_the_password_of_the_dashboard_is_no_application_password(site: Site, audited: Any) -> None:
    audit = audited(site.url, {**site.secrets(), "password": site.told["login"]})
    assert audit.account()["status"] == "not read"


@pytest.fixture
def closed(site: Site) -> Iterator[Site]:
    """The site while its REST API is for signed-in users only."""
    plugin = site.folder / "www" / "wp-content" / "mu-plugins" / "closed.php"
    plugin.write_text(CLOSED, "utf-8")
    yield site
    plugin.unlink()


def test_a_site_whose_api_is_closed_is_read_through_its_feeds(closed: Site, audited: Any) -> None:
    audit = audited(closed.url)
    assert audit.account()["posts"] == 8
    assert audit.found("image-description") == named(closed, "bare")
    said = {c.id: c.state for c in readings(closed) if isinstance(c, Comment)}
    assert said == dict.fromkeys(
        named(closed, "asked", "answered", "answer"), CommentState.PUBLISHED
    )


def test_a_password_opens_an_api_that_is_closed(closed: Site, audited: Any) -> None:
    audit = audited(closed.url, closed.secrets())
    assert audit.found("held-comments") == named(closed, "held")


def test_a_wrong_password_at_a_closed_api_is_not_read_through_the_feeds(
    closed: Site, audited: Any
) -> None:
    audit = audited(closed.url, {**closed.secrets(), "password": "abcd efgh"})
    assert (audit.account()["status"], audit.account()["posts"]) == ("not read", 0)


def test_what_is_deleted_is_gone_and_what_is_approved_is_published(site: Site) -> None:
    under = site.numbers["described"]
    who: dict[str, Any] = {"author_name": "Flo Example", "author_email": "flo@example.com"}
    first = site.write("first", "comments", post=under, content="One.", status="hold", **who)
    second = site.write("second", "comments", post=under, content="Two.", status="approve", **who)
    site.send("DELETE", f"comments/{second}", params={"force": "true"})
    site.send("POST", f"comments/{first}", json={"status": "approved"})
    known = [Known("comment", first, under), Known("comment", second, under)]
    for secrets in ({}, site.secrets()):
        told = [r for r in again(site, known, secrets) if not isinstance(r, Unread)]
        assert [(r.id, r.state) for r in told if isinstance(r, Comment)] == [
            (first, CommentState.PUBLISHED)
        ]
        assert [r for r in told if isinstance(r, Gone)] == [Gone("comment", second)]
    site.send("DELETE", f"comments/{first}", params={"force": "true"})


def test_nobodys_name_address_or_password_is_kept(site: Site) -> None:
    told = readings(site, site.secrets())
    kept = repr(told) + json.dumps([r.payload for r in told if hasattr(r, "payload")])
    secret = ("@example.com", "Ann Example", "opensesame", site.told["password"], "gravatar")
    assert [word for word in secret if word in kept] == []
    assert {p.id for p in told if isinstance(p, Post)} >= named(site, "private", "draft")


def test_a_server_that_hangs_is_reported_soon(
    site: Site, audited: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT", (1.0, 1.0))
    group = int((site.folder / "php.pid").read_text())
    os.killpg(group, signal.SIGSTOP)
    try:
        audit = audited(site.url)
    finally:
        os.killpg(group, signal.SIGCONT)
    assert audit.account()["status"] == "not read"
    assert audit.seconds < 30


def test_a_server_that_is_not_there_is_reported_soon(audited: Any) -> None:
    (port,) = free_ports(1)
    audit = audited(f"http://127.0.0.1:{port}")
    assert audit.account()["status"] == "not read"
    assert audit.seconds < 30


def readings(site: Site, secrets: Mapping[str, str] | None = None) -> list[Any]:
    connector = connected(site, secrets or {})
    told = list(connector.read(SINCE, UNTIL))
    connector.close()
    return told


def again(site: Site, known: list[Known], secrets: Mapping[str, str]) -> list[Any]:
    connector = connected(site, secrets)
    told = list(connector.reread(known))
    connector.close()
    return told


def connected(site: Site, secrets: Mapping[str, str]) -> WordPress:
    return WordPress(
        Access(
            account="news",
            handle=site.url,
            kind=AccountKind.COUNCIL,
            limiter=Unlimited(),
            base_url=site.url,
            secrets=secrets,
            salt=b"salt of the tests",
        )
    )
