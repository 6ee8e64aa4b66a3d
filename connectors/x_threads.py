"""Who said what to whom on X: conversations, as far as answers tell, and how to search for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from connectors.x_answer import reference, versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from connectors.x_answer import Answer, Raw

QUERY_LENGTH = 512
"""Longest search query for a self-serve app."""


class Threads:
    """Which posts are the account's own and which are not.

    A reply tells only whom it answers and where its conversation began, so each answer read adds
    to what is known of the others.
    """

    def __init__(self) -> None:
        self._ours: set[str] = set()
        self._theirs: set[str] = set()
        self._newest: dict[str, str] = {}

    def learn(self, answer: Answer, owner: str, *, by_owner: bool = False) -> None:
        """Take in an answer; ``by_owner`` when its items are the account's, even if unsigned."""
        unsigned = {str(i.get("id")) for i in answer.items if isinstance(i, dict)}
        for native, raw in answer.posts.items():
            author = str(raw.get("author_id") or (owner if native in unsigned and by_owner else ""))
            self._note(native, author, owner)
            *older, newest = versions(raw)
            self._newest.update(dict.fromkeys(older, newest))
            answered = reference(raw, "replied_to")
            if answered:
                self._note(answered, str(raw.get("in_reply_to_user_id") or ""), owner)

    def _note(self, native: str, author: str, owner: str) -> None:
        if author:
            (self._ours if author == owner else self._theirs).add(native)

    def answers_others(self, raw: Raw) -> bool:
        """Whether a post answers somebody else, and does not only continue the account's own."""
        answered = reference(raw, "replied_to")
        return answered is not None and answered not in self._ours

    def has_comment(self, raw: Raw) -> bool:
        """Whether a search result counts: no repost, and none of the account's own but answers."""
        if reference(raw, "retweeted", "reposted"):
            return False
        return str(raw.get("id")) not in self._ours or self.answers_others(raw)

    def place(self, raw: Raw) -> tuple[str | None, str | None]:
        """Ids of the account's post that a reply stands under, and of the comment it answers.

        The first is None for a mention and under another's post, the second for what stands
        directly under the post. Where nothing is known of the first post of a conversation, it is
        taken for the account's: most replies to it are.
        """
        answered = reference(raw, "replied_to")
        first = str(raw.get("conversation_id") or answered or raw.get("id"))
        answered = self._newest.get(answered, answered) if answered else None
        first = self._newest.get(first, first)
        if first in self._theirs or first == str(raw.get("id")):
            return None, answered
        return first, answered if answered != first else None


def queries(conversations: Iterable[str], author: str = "") -> Iterator[str]:
    """Searches for all replies in these conversations, or those by one author, as few as can be."""
    form = f"from:{author} ({{}})" if author else "{}"
    terms: list[str] = []
    for conversation in conversations:
        if not re.fullmatch(r"[0-9]{1,19}", conversation):
            continue
        term = f"conversation_id:{conversation}"
        if terms and len(form.format(" OR ".join([*terms, term]))) > QUERY_LENGTH:
            yield form.format(" OR ".join(terms))
            terms = []
        terms.append(term)
    if terms:
        yield form.format(" OR ".join(terms))
