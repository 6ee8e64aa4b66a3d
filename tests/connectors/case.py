"""What the contract tests need to know of one platform.

Each platform has ``tests/connectors/cases/<name>.py`` with ``def case() -> Case``;
``tests/connectors/test_every_connector.py`` finds them by ``connectors.NAMES`` and runs every
contract test on each. Nothing else has to be registered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from connectors import Access
from connectors.transport import Unlimited
from demo.server import FAULTS
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from socialaudit.models import AccountKind, Comment, Post

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from connectors import Connector, Limiter
    from demo.server import Site

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
UNTIL = datetime(2026, 9, 6, 23, 0, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One platform under contract.

    ``town`` holds more than one page of posts and of comments in [SINCE, UNTIL), and at least one
    of each before and after it; every text in it is unique. ``site`` serves a town as of a moment,
    expecting ``secrets``. ``post_texts`` and ``comment_texts`` are what reading the window must
    give: by default what the town says, for a platform that lists everything.

    Paths are fragments of request paths, as in ``demo.server.Fault``. ``first`` is the request
    without which nothing can be read; ``paged`` a list that has a second page in the town; ``part``
    a request whose refusal costs the fact ``fact`` and no more (empty where there is none).
    ``faults`` are those of ``demo.server.FAULTS`` that this platform can show at all. ``comments``
    is false for a platform that shows none, ``counts`` for one that tells no number of them, and
    ``posts`` for one that shows comments alone: these are then what its lists hold.
    """

    name: str
    connector: type[Connector]
    town: TownAccount
    site: Callable[[TownAccount, datetime], Site]
    secrets: Mapping[str, str]
    first: str
    paged: str
    part: str = ""
    fact: str = ""
    post_texts: frozenset[str] = frozenset()
    comment_texts: frozenset[str] = frozenset()
    faults: frozenset[str] = field(default=frozenset(FAULTS))
    comments: bool = True
    counts: bool = True
    posts: bool = True

    @property
    def listed(self) -> type[Post | Comment]:
        """What the list that ``paged`` names holds."""
        return Post if self.posts else Comment

    @property
    def listed_fact(self) -> str:
        """The fact that the list is about."""
        return "posts" if self.posts else "comments"

    def expected(self) -> set[str]:
        """Texts of what is listed, that reading the window must give."""
        return self.expected_posts() if self.posts else self.expected_comments()

    def access(self, base_url: str, limiter: Limiter | None = None) -> Access:
        """The access to a server of ours, with the secrets it expects."""
        return Access(
            account=self.name,
            handle=self.town.handle,
            kind=AccountKind.COUNCIL,
            limiter=limiter or Unlimited(),
            base_url=base_url,
            secrets=self.secrets,
            salt=b"salt of the tests",
        )

    def expected_posts(self) -> set[str]:
        """Texts of the posts that reading the window must give."""
        if not self.posts:
            return set()
        return set(self.post_texts) or {
            p.text for p in self.town.posts_as_of(NOW) if SINCE <= p.at < UNTIL
        }

    def expected_comments(self) -> set[str]:
        """Texts of the comments that reading the window must give."""
        return set(self.comment_texts) or {
            c.text
            for p in self.town.posts_as_of(NOW)
            for c in p.comments_as_of(NOW)
            if SINCE <= c.at < UNTIL
        }


def a_town(
    platform: str, *, handle: str, posts: int, comments: int, media_kind: str = "image"
) -> TownAccount:
    """A town of one platform: ``posts`` in the window, ``comments`` under the newest of them.

    Beside them one post, with one comment, a day before the window and one after it.
    """
    step = (UNTIL - SINCE) / (posts + comments + 2)
    busy = TownPost(
        id="busy",
        at=SINCE + posts * step,
        title="Busy",
        text="Bin collections change next week",
        kind="video" if media_kind == "video" else "post",
        media=(TownMedia(id="busy-medium", kind=media_kind, captions="standard", alt="A bin"),),
        comment=tuple(
            TownComment(
                id=f"c{n}",
                at=SINCE + (posts + 1 + n) * step,
                by=f"Person {n % 7}",
                text=f"Comment {n}",
            )
            for n in range(comments)
        ),
    )
    quiet = [
        _a_quiet_post(f"p{n}", SINCE + n * step, f"Notice {n}", media_kind)
        for n in range(posts - 1)
    ]
    outside = [
        _a_quiet_post("before", SINCE - timedelta(days=1), "Before the window", media_kind, 1),
        _a_quiet_post("after", UNTIL + timedelta(hours=1), "After the window", media_kind, 1),
    ]
    return TownAccount(
        platform=platform,
        handle=handle,
        name="Little Snoring Town Council",
        description="The town council",
        website="https://www.example.gov.uk",
        created_at=datetime(2015, 1, 1, tzinfo=UTC),
        post=(busy, *quiet, *outside),
    )


def _a_quiet_post(
    local: str, at: datetime, text: str, media_kind: str, comments: int = 0
) -> TownPost:
    return TownPost(
        id=local,
        at=at,
        title=text,
        text=text,
        kind="video" if media_kind == "video" else "post",
        media=(TownMedia(id=f"{local}-medium", kind=media_kind, alt="A street"),),
        comment=tuple(
            TownComment(
                id=f"{local}-c{n}",
                at=at + timedelta(minutes=1 + n),
                by="Ann Example",
                text=f"{text}, comment {n}",
            )
            for n in range(comments)
        ),
    )
