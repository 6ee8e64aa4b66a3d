"""Forums that run on Discourse, through their own JSON.

Documentation: https://docs.discourse.org/
Credentials: none on a public board. A board that shows nothing to strangers, and the queue of posts
that wait for a moderator, need a key: an administrator of the board makes one under Admin, API keys,
of the kind "single user" for a moderator with the scope to read. ``KEY`` is the key, ``USER`` the name
of that user. The account's ``handle`` is an address: of the council's user
(``https://forum.example.org/u/council``), its category (``…/c/council/5``), a topic (``…/t/bins/12``)
or the whole board. For the last three, write the council's users behind it:
``https://forum.example.org/c/council/5#council,clerk``.
Price and limits: none. 200 requests a minute and 50 in 10 seconds without a key, 60 a minute with
one; the board says when to come back. A week costs two requests and one for each topic in which
something happened, and one more for each further 20 new posts in it.

**Cannot see**: without a moderator's key, posts that wait for a decision, and the words of hidden
ones; whispers and private messages; what was deleted; the board's settings. Seen on loopback alone:
the imitation is shaped from Discourse's own API documents and source, not from a real board.

What the council's user writes in topics of its own after the first post, and what others write
there, are comments; so is whatever answers it elsewhere. In a category or board, what others begin
is a visitor's post.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from connectors import Usage, discourse_review, discourse_topics, discourse_wire
from connectors.discourse_http import Board
from connectors.discourse_place import place_of
from connectors.discourse_threads import Reader
from connectors.discourse_topics import Doubt
from connectors.discourse_wire import Writer
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Gone, Known, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from socialaudit.models import Reading

SETTINGS = Unread("settings", "a board shows its settings to its administrators", permanent=True)
QUEUE = Unread(
    "comments.state",
    "a board shows posts that wait for a moderator to its moderators",
    "Connect the account with a moderator's key.",
    permanent=True,
)
TOPICS = "discourse:topics"
"""Where the cache keeps in which topic each post stands."""
_KEPT_TOPICS = 400


class Discourse:
    """Reads one user, category, topic or board.

    Requests of a week: 1 for the account, 1 for each page of topics in which something happened, 1
    for each such topic, and 1 for each further 20 posts in it that are not older. For a user 1 for
    each page of its answers, when it wrote something; with a key 1 for each page of the queue. A
    topic costs its own requests alone. A reread adds 1 for each topic that was not read, and 1
    for each post of which the topic is not known.
    """

    name: ClassVar[str] = "discourse"
    title: ClassVar[str] = "Discourse"
    secrets: ClassVar[tuple[str, ...]] = ("KEY", "USER")
    hosts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, access: Access) -> None:
        """Keep the access; nothing is sent."""
        self.usage = Usage()
        self._access = access
        self._place = place_of(access)
        self._board = Board(access.base_url or self._place.home, access, self.usage)
        writer = Writer(access, self._place.home, self._place.users)
        self._reader = Reader(self._board, writer, only_own=self._place.of == "u")
        self._listed: set[int] | None = None
        self._doubt = Doubt()

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The account, and what was written in [since, until)."""
        self._doubt, self._listed = Doubt(), None
        yield SETTINGS
        if not self._reader.writer.council:
            yield _nameless()
        yield from self._account_and_topics(since, until)
        yield from self._doubt.unread()
        if self._board.has_key:
            yield from self._waiting(since, until)
        else:
            yield QUEUE
        self._remember()

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """What is known as it is now, with the council's own answers in its topic; or ``Gone``.

        After ``read`` no topic is probed for comments: it read every topic that anything came to.
        """
        doubt = Doubt()
        by_topic: dict[int, list[Known]] = {}
        for one in known:
            if one.id.startswith("review-"):
                continue
            of = one.post if one.kind == "media" else one.id
            number = self._topic_of(of or one.id)
            if number is None:
                yield from () if one.comment_count is not None else (Gone(one.kind, one.id),)
            elif one.comment_count is None or self._listed is None:
                by_topic.setdefault(number, []).append(one)
        for number, asked in by_topic.items():
            yield from self._reader.again(number, asked, doubt)
        yield from doubt.unread()
        waiting = [one for one in known if one.id.startswith("review-")]
        if waiting and self._board.has_key:
            yield from discourse_review.again(self._board, self._reader, waiting)

    def close(self) -> None:
        """Close connections."""
        self._board.close()

    def _account_and_topics(self, since: datetime, until: datetime) -> Iterator[Reading]:
        place = self._place.address
        if self._place.of == "t":
            thread = discourse_topics.opened(self._board, int(self._place.path[-1]))
            told = {"title": thread.topic.title}
            yield discourse_wire.account(told, self._access, place, user=False)
            yield from self._reader.told(thread, since, until, self._doubt)
            return
        told = self._introduction()
        yield discourse_wire.account(told, self._access, place, user=self._place.of == "u")
        found: set[int] = set()
        for number, _ in discourse_topics.listed(self._board, self._list(), since, self._doubt):
            found.add(number)
            yield from self._reader.read(number, since, until, self._doubt)
        self._listed = found
        last = told.get("last_posted_at")
        if self._place.of == "u" and (last is None or discourse_topics.is_since(last, since)):
            user = str(self._place.path[0])
            try:
                for number in discourse_topics.answered(self._board, user, since):
                    if number not in found:
                        found.add(number)
                        yield from self._reader.read(number, since, until, self._doubt)
            except (Forbidden, NotFound) as fault:
                yield Unread("posts", f"answers elsewhere: {fault.message}", partial=True)

    def _introduction(self) -> dict[str, Any]:
        """What the user, category or board says of itself; nothing where it need not."""
        if self._place.of == "u":
            told = self._board.get("u", self._place.path[0]).get("user")
            if not isinstance(told, dict):
                raise Malformed("the board's answer holds no user")
            return told
        name = "category" if self._place.of == "c" else "about"
        try:
            path = ("c", self._place.path[-1], "show") if self._place.of == "c" else ("about",)
            found = self._board.get(*path).get(name)
        except NotFound:
            found = None
        return found if isinstance(found, dict) else {"title": self._place.home}

    def _list(self) -> tuple[object, ...]:
        if self._place.of == "u":
            return ("topics", "created-by", self._place.path[0])
        return ("c", *self._place.path) if self._place.of == "c" else ("latest",)

    def _waiting(self, since: datetime, until: datetime) -> Iterator[Reading]:
        try:
            for one in discourse_review.waiting(self._board, self._reader, self._mine):
                if since <= one.published_at < until:
                    yield one
        except (Forbidden, NotFound) as fault:
            remedy = "Make the key for a moderator, with the scope to read the queue."
            yield Unread("comments.state", fault.message, remedy)

    def _mine(self, raw: dict[str, Any]) -> bool:
        """Whether something in the queue is meant for what this account is."""
        if self._place.of == "":
            return True
        if self._place.of == "c":
            return str(raw.get("category_id")) == str(self._place.path[-1])
        if self._place.of == "t":
            return str(raw.get("topic_id")) == str(self._place.path[-1])
        return raw.get("topic_id") in self._reader.ours

    def _topic_of(self, post: str) -> int | None:
        """The topic of a post, ``None`` where the board says that there is no such post."""
        found = self._reader.topics.get(post) or self._remembered().get(post)
        if isinstance(found, int):
            return found
        try:
            told = self._board.get("posts", post).get("topic_id")
        except (NotFound, Forbidden):
            return None
        return told if isinstance(told, int) else None

    def _remembered(self) -> dict[str, int]:
        with suppress(ValueError):
            told = json.loads(self._access.cache.get(TOPICS, "{}"))
            return told if isinstance(told, dict) else {}
        return {}

    def _remember(self) -> None:
        kept = {**self._remembered(), **self._reader.topics}
        newest = dict(list(kept.items())[-_KEPT_TOPICS:])
        if newest:
            self._access.cache[TOPICS] = json.dumps(newest)


def _nameless() -> Unread:
    return Unread(
        "posts",
        "the council file does not say under which name the council writes here",
        "Write the user's name behind the address in the council file, after a #.",
        partial=True,
    )


CONNECTOR = Discourse
