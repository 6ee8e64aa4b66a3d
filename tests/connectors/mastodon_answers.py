"""A server of recorded answers by path, and a reader of it."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from connectors import Access
from connectors.mastodon import Mastodon
from connectors.transport import Unlimited
from demo.server import Answer, LoopbackServer
from socialaudit.errors import PlatformError
from socialaudit.models import AccountKind, Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from demo.server import Request
    from socialaudit.models import Reading

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = datetime(2026, 9, 8, tzinfo=UTC)
LATER = UNTIL + timedelta(days=7)
ME = "109300"
ACCOUNT = {
    "id": ME,
    "username": "council",
    "acct": "council",
    "display_name": "Little Snoring Town Council",
    "note": "<p>The town council. <a href='https://www.example.gov.uk'>Website</a></p>",
    "url": "https://mastodon.example/@council",
    "created_at": "2020-01-01T00:00:00.000Z",
    "statuses_count": 500,
    "locked": False,
    "bot": False,
    "fields": [{"name": "Email", "value": "clerk@example.gov.uk", "verified_at": None}],
}


def a_status(native: str = "1", text: str = "<p>Hello</p>", **changes: Any) -> dict[str, Any]:
    """A status of the account, of 3 September 2026, as Mastodon 4.5 has it."""
    return {
        "id": native,
        "created_at": "2026-09-03T10:00:00.000Z",
        "content": text,
        "visibility": "public",
        "spoiler_text": "",
        "url": f"https://mastodon.example/@council/{native}",
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "replies_count": 0,
        "edited_at": None,
        "reblog": None,
        "account": ACCOUNT,
        "media_attachments": [],
        "mentions": [],
        **changes,
    }


OLD = a_status("0", "<p>Old</p>", created_at="2026-08-01T10:00:00.000Z")


def a_reply(native: str, to: str, text: str = "<p>When?</p>", **changes: Any) -> dict[str, Any]:
    """A status by a resident."""
    author = {"id": "77", "username": "annexample", "acct": "annexample@far.example"}
    told: dict[str, Any] = {
        "account": author,
        "in_reply_to_id": to,
        "in_reply_to_account_id": ME,
        "url": f"https://far.example/@annexample/{native}",
        "created_at": "2026-09-03T12:00:00.000Z",
    }
    return a_status(native, text, **(told | changes))


@dataclass
class Recorded:
    """Answers by the end of a path; a list is given page by page, the last one for ever."""

    answers: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.answers = {
            "/accounts/lookup": ACCOUNT,
            "/statuses": [a_status(), OLD],
            "/instance/rules": [],
            **self.answers,
        }

    def answer(self, request: Request) -> Answer:
        ending = max((p for p in self.answers if request.path.endswith(p)), key=len, default="")
        found = self.answers.get(ending, Answer({"error": "Record not found"}, 404))
        if callable(found):
            found = found(request)
        return found if isinstance(found, Answer) else Answer(json.dumps(found))

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


@dataclass
class Told:
    """What a connector gave, until it ended or raised, and what it asked for."""

    readings: list[Any] = field(default_factory=list)
    error: PlatformError | None = None
    asked: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)

    def of(self, kind: type[Any]) -> list[Any]:
        return [r for r in self.readings if isinstance(r, kind)]

    def unread(self) -> list[tuple[str, str]]:
        return [(u.fact, u.reason) for u in self.of(Unread) if not u.permanent]


def told(
    answers: dict[str, Any] | None = None,
    ask: Callable[[Mastodon], Iterable[Reading]] | None = None,
    at: LoopbackServer | None = None,
    **access: Any,
) -> Told:
    """What a reader gets from a server of these answers, or from one that runs already."""
    found = Told()
    with nullcontext(at) if at else LoopbackServer(Recorded(answers or {})) as server:
        before = len(server.log)
        given = replace(an_access(server.url), **access)
        reader = Mastodon(given)
        try:
            asking = ask(reader) if ask else reader.read(SINCE, UNTIL)
            found.readings += asking
        except PlatformError as fault:
            found.error = fault
        finally:
            reader.close()
        found.asked = [r.path.removeprefix("/api/v1") for r in server.log[before:]]
        found.headers = [r.headers.get("authorization", "") for r in server.log]
    return found


def an_access(
    base: str | None, handle: str = "@council@mastodon.example", **secrets: str
) -> Access:
    """An access without limits."""
    return Access(
        account="mastodon",
        handle=handle,
        kind=AccountKind.COUNCIL,
        limiter=Unlimited(),
        base_url=base,
        secrets=secrets,
        salt=b"salt",
    )
