"""Who said what to whom on X: conversations, as far as answers tell, and how to search for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.x_answer import ID, reference, versions

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
        self._signed: dict[str, bool] = {}
        self._implied: dict[str, bool] = {}
        self._newest: dict[str, str] = {}

    def learn(self, answer: Answer, owner: str, *, by_owner: bool = False) -> None:
        """Take in an answer; ``by_owner`` when its items are the account's, even if unsigned."""
        items = {str(i.get("id")) for i in answer.items if isinstance(i, dict)}
        for native, raw in answer.posts.items():
            if raw.get("author_id") or (by_owner and native in items):
                self._signed[native] = str(raw.get("author_id") or owner) == owner
            *older, newest = versions(raw)
            self._newest.update(dict.fromkeys(older, newest))
            answered, to = reference(raw, "replied_to"), raw.get("in_reply_to_user_id")
            if answered and to:
                self._implied[answered] = str(to) == owner

    def _is_ours(self, native: str) -> bool | None:
        return self._signed.get(native, self._implied.get(native))

    def answers_others(self, raw: Raw) -> bool:
        """Whether a post answers somebody else, and does not only continue the account's own."""
        answered = reference(raw, "replied_to")
        return answered is not None and not self._is_ours(answered)

    def has_comment(self, raw: Raw) -> bool:
        """Whether a search result counts: no repost, and none of the account's own but answers."""
        if reference(raw, "retweeted", "reposted"):
            return False
        return not self._is_ours(str(raw.get("id"))) or self.answers_others(raw)

    def place(self, raw: Raw) -> tuple[str | None, str | None]:
        """Keys of the account's post that a reply stands under, and of the comment it answers.

        The first is None for a mention and under another's post, the second for what stands
        directly under the post. Where nothing is known of the first post of a conversation, it is
        taken for the account's: most replies to it are.
        """
        answered = reference(raw, "replied_to")
        first = str(raw.get("conversation_id") or answered or raw.get("id"))
        answered = self._newest.get(answered, answered) if answered else None
        first = self._newest.get(first, first)
        outside = self._is_ours(first) is False or first == str(raw.get("id"))
        root = None if outside else f"x:{first}"
        if answered is None or (answered == first and not outside):
            return root, None
        return root, comment_key(answered, own=self._is_ours(answered))


def comment_key(native: str, *, own: bool | None) -> str:
    """The key of a comment: an answer of the account's own is a post too, with a key of its own."""
    return f"x:{native}:answer" if own else f"x:{native}"


def queries(conversations: Iterable[str], author: str = "") -> Iterator[str]:
    """Searches for all replies in these conversations, or those by one author, as few as can be."""
    form = f"from:{author} ({{}})" if author else "{}"
    terms: list[str] = []
    for conversation in conversations:
        if not ID.fullmatch(conversation):
            continue
        term = f"conversation_id:{conversation}"
        if terms and len(form.format(" OR ".join([*terms, term]))) > QUERY_LENGTH:
            yield form.format(" OR ".join(terms))
            terms = []
        terms.append(term)
    if terms:
        yield form.format(" OR ".join(terms))
