"""Talking to an imitated YouTube: the town's, or one that says what it is told to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from connectors import Access
from connectors.transport import Unlimited
from connectors.youtube import YouTube
from demo.server import Answer, LoopbackServer
from socialaudit.errors import PlatformError
from socialaudit.models import AccountKind, Comment, Gone, Media, Post, Setting, Unread
from tests.connectors.case import SINCE, UNTIL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from connectors import Limiter, Usage
    from demo.server import Fault, Request, Site
    from socialaudit.models import Known

KEY = {"key": "AIzaDemoYouTubeKey"}
TOKEN = {"token": "ya29.demo-youtube-token"}
CHANNEL = "UC0123456789012345678901"
IN_WINDOW = "2026-09-02T10:00:00Z"
BEFORE = "2026-08-01T10:00:00Z"
AT = datetime(2026, 9, 2, 10, tzinfo=UTC)


class Scripted:
    """Answers each list method with what it is given, whatever is asked of it."""

    def __init__(self, **answers: Any) -> None:
        self.answers = {"channels": {"items": [a_channel()]}, **answers}

    def answer(self, request: Request) -> Answer:
        """The answer for the last part of the path; none given is a list with nothing in it."""
        given = self.answers.get(request.path.rpartition("/")[2], a_list())
        said = given(request) if callable(given) else given
        return said if isinstance(said, Answer) else Answer(said)

    def fault(self, name: str, request: Request) -> Answer:
        """No faults but those it is given."""
        raise NotImplementedError(name, request)


@dataclass
class Talk:
    """What was said on both sides."""

    readings: list[Any] = field(default_factory=list)
    error: PlatformError | None = None
    log: list[Request] = field(default_factory=list)
    usage: Usage | None = None

    def of(self, kind: type[Any]) -> list[Any]:
        """The readings of one kind."""
        return [r for r in self.readings if isinstance(r, kind)]

    @property
    def posts(self) -> list[Post]:
        """The posts."""
        return self.of(Post)

    @property
    def media(self) -> list[Media]:
        """The media."""
        return self.of(Media)

    @property
    def comments(self) -> list[Comment]:
        """The comments."""
        return self.of(Comment)

    @property
    def settings(self) -> dict[str, str]:
        """The settings by name."""
        return {s.name: s.value for s in self.of(Setting)}

    @property
    def unread(self) -> dict[str, Unread]:
        """What could not be read, by fact."""
        return {u.fact: u for u in self.of(Unread)}

    @property
    def gone(self) -> list[Gone]:
        """What is gone."""
        return self.of(Gone)

    @property
    def asked(self) -> Counter[str]:
        """How often each method was asked."""
        return Counter(r.path.rpartition("/")[2] for r in self.log)


def talk(
    site: Site,
    *faults: Fault,
    secrets: Mapping[str, str] = TOKEN,
    handle: str = CHANNEL,
    known: Sequence[Known] | None = None,
    both: bool = False,
    cache: dict[str, str] | None = None,
    limiter: Limiter | None = None,
) -> Talk:
    """Read the window, or what is known, or ``both``; keep what was read before an error."""
    said = Talk()
    with LoopbackServer(site) as server:
        server.faults.extend(faults)
        said.log = server.log
        access = Access(
            account="youtube",
            handle=handle,
            kind=AccountKind.COUNCIL,
            limiter=limiter or Unlimited(),
            base_url=server.url,
            secrets=secrets,
            salt=b"salt",
            cache={} if cache is None else cache,
        )
        connector = YouTube(access)
        said.usage = connector.usage
        try:
            if known is None or both:
                said.readings.extend(connector.read(SINCE, UNTIL))
            if known is not None:
                said.readings.extend(connector.reread(known))
        except PlatformError as fault:
            said.error = fault
        finally:
            connector.close()
    return said


def a_list(*items: Any, **more: Any) -> dict[str, Any]:
    """A list answer."""
    return {"kind": "youtube#list", "items": list(items), **more}


def a_channel(**parts: Any) -> dict[str, Any]:
    """A channel, with the parts given in place of the usual ones."""
    return {
        "id": CHANNEL,
        "snippet": {"title": "Council", "description": "", "publishedAt": BEFORE},
        "contentDetails": {"relatedPlaylists": {"uploads": "UU0123456789012345678901"}},
        **parts,
    }


def an_entry(video: str, at: str | None = IN_WINDOW) -> dict[str, Any]:
    """An entry of the uploads."""
    told = {} if at is None else {"videoPublishedAt": at}
    return {"id": f"entry-{video}", "contentDetails": {"videoId": video, **told}}


def a_video(video: str, at: str = IN_WINDOW, **parts: Any) -> dict[str, Any]:
    """A video, with the parts given beside its snippet."""
    snippet = {"title": f"Title {video}", "description": f"Text {video}", "publishedAt": at}
    return {"id": video, **parts, "snippet": {**snippet, **parts.get("snippet", {})}}


def a_track(kind: str, **told: Any) -> dict[str, Any]:
    """A caption track."""
    snippet = {"trackKind": kind, "language": "en", "status": "serving", "isDraft": False}
    return {"id": f"track-{kind}", "snippet": {**snippet, **told}}


def a_comment(name: str, at: str = IN_WINDOW, **told: Any) -> dict[str, Any]:
    """A comment resource."""
    author = {"authorDisplayName": "@Ann", "authorChannelId": {"value": "UCann"}}
    snippet = {"textDisplay": f"Text {name}", "publishedAt": at, "updatedAt": at, **author}
    return {"id": name, "snippet": {**snippet, **told}}


def a_thread(name: str, at: str = IN_WINDOW, *replies: Any, total: int = 0) -> dict[str, Any]:
    """A thread under the video ``v1`` with the replies shown with it."""
    snippet = {"videoId": "v1", "topLevelComment": a_comment(name, at), "totalReplyCount": total}
    shown = {"replies": {"comments": list(replies)}} if replies else {}
    return {"id": name, "snippet": snippet, **shown}
