"""Comments of a comment system as our records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connectors.hypertext import Page
from connectors.transport import pseudonym, scrub
from socialaudit.errors import Malformed
from socialaudit.models import Account, Comment, CommentKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from connectors import Access
    from socialaudit.models import CommentState


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes records of one account; ``council`` are its own names, in small letters."""

    access: Access
    council: frozenset[str]

    def account(self, name: str, where: str) -> Account:
        """The page or site whose comments are read."""
        return Account(
            key=f"comments:{self.access.handle}",
            account=self.access.account,
            id=self.access.handle,
            platform="comments",
            kind=self.access.kind,
            handle=self.access.handle,
            name=name,
            permalink=where or None,
            published=True,
        )

    def comment(
        self,
        *,
        native: str,
        at: datetime,
        thread: str,
        html: str,
        names: Sequence[object],
        by: object,
        parent: object,
        state: CommentState,
        permalink: str | None,
        payload: dict[str, Any],
        edited_at: datetime | None = None,
    ) -> Comment:
        """A comment in a thread. Raises ``Malformed`` for one without an id.

        Without a name for the council, who wrote it is unknown.
        """
        if not native:
            raise Malformed("a comment without an id")
        told = {n.strip().casefold() for n in names if isinstance(n, str) and n.strip()}
        return Comment(
            key=self.key(native),
            account=self.access.account,
            id=native,
            kind=CommentKind.REPLY if parent else CommentKind.COMMENT,
            post=self.key(f"thread-{thread}") if thread else None,
            parent=self.key(str(parent)) if parent else None,
            author=pseudonym(self.access.salt, "comments", by),
            own=bool(told & self.council) if self.council else None,
            text=Page(html, "").text,
            published_at=at,
            edited_at=edited_at,
            state=state,
            permalink=permalink,
            payload=scrub(payload),
        )

    def key(self, native: str) -> str:
        """A key of this account: other systems of the council may call theirs the same."""
        return f"comments:{self.access.account}/{native}"

    def thread(self, post: str | None) -> str:
        """The thread that the key's native part (``Known.post``) names."""
        return (post or "").removeprefix(f"{self.access.account}/").removeprefix("thread-")
