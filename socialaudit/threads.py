"""Who answered whom: the threads that comments form, and when the account spoke in them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from socialaudit.questions import SETTLED_GATE, answers, settles

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from socialaudit.records import Records


class Threads:
    """The threads of all comments of one run.

    An account speaks in a thread by a comment of its own in it, by a comment of its own directly
    under the same post, or by a post of its own that replies to a comment.
    """

    def __init__(self, records: Records) -> None:
        comments, own = records.comments, records.comments["own"].fillna(value=False)
        below = comments[comments["parent"].notna()]
        self._parents = _pairs(below, "key", "parent")
        self._spoke: dict[str, datetime] = {}
        self._listen(records, below)
        above = comments[comments["key"].isin(below["parent"]) & comments["author"].notna()]
        self._authors = _pairs(above, "key", "author")
        self._own = set(above.loc[own[above.index], "key"])
        self._replies: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
        for reply in records.rows(below[~own[below.index]], "parent", "author", "text"):
            self._replies[reply.parent].append((reply.author, reply.text))
        self._thanks: dict[tuple[str, str], list[tuple[datetime, str]]] = defaultdict(list)
        thanks = records.candidates(comments["text"], SETTLED_GATE) & comments["author"].notna()
        for said in records.rows(comments[thanks], "key", "author", "published_at", "text"):
            self._thanks[self.root(said.key), said.author].append((said.published_at, said.text))

    @classmethod
    def of(cls, records: Records) -> Threads:
        """The threads of these records, for all checks that read them."""
        return records.once("threads", lambda: cls(records))

    def _listen(self, records: Records, below: pd.DataFrame) -> None:
        """When the account last spoke: in each thread that has more than one comment, and under each post."""
        comments, posts = records.comments, records.posts
        hung = set(below["parent"])
        own = comments["own"].fillna(value=False)
        for said in records.rows(comments[own], "key", "post", "published_at"):
            if said.key in self._parents or said.key in hung:
                self._speak(self.root(said.key), said.published_at)
            if said.key not in self._parents and isinstance(said.post, str):
                self._speak(said.post, said.published_at)
        replies = posts[posts["reply_to"].notna()]
        answered = comments[comments["id"].isin(replies["reply_to"])]
        keys = {(c.account, c.id): c.key for c in records.rows(answered, "account", "id", "key")}
        for reply in records.rows(replies, "account", "reply_to", "published_at"):
            if key := keys.get((reply.account, reply.reply_to)):
                self._speak(self.root(key), reply.published_at)

    def _speak(self, place: str, at: datetime) -> None:
        self._spoke[place] = max(at, self._spoke.get(place, at))

    def root(self, key: str) -> str:
        """The key that a thread hangs on: its first comment, as far as parents are known."""
        seen = set()
        while key in self._parents and key not in seen:
            seen.add(key)
            key = self._parents[key]
        return key

    def answered(self, comment: Any) -> bool:
        """Whether the account spoke where this comment (a row) stands, after it was written."""
        places = [self.root(comment.key)]
        if isinstance(comment.post, str):
            places.append(comment.post)
        spoken = (self._spoke[place] for place in places if place in self._spoke)
        return any(said_at > comment.published_at for said_at in spoken)

    def to_a_resident(self, comment: Any) -> bool:
        """Whether it replies to a comment that somebody else, not the account, wrote."""
        above = self._parents.get(comment.key, "")
        return (
            above in self._authors
            and above not in self._own
            and self._authors[above] != comment.author
        )

    def settled(self, comment: Any) -> bool:
        """Whether the person who wrote it said thanks in the same thread later."""
        if not isinstance(comment.author, str):
            return False
        later = self._thanks.get((self.root(comment.key), comment.author), ())
        return any(at > comment.published_at and settles(text) for at, text in later)

    def helped(self, comment: Any) -> bool:
        """Whether another resident replied to it with what may be an answer."""
        return any(
            isinstance(text, str) and str(author) != str(comment.author) and answers(text)
            for author, text in self._replies.get(comment.key, ())
        )


def _pairs(comments: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    return dict(zip(comments[key].tolist(), comments[value].tolist(), strict=True))
