"""The queue of posts that wait for a moderator of a Discourse board."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from connectors.transport import MAX_PAGES
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Gone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from connectors.discourse_http import Board
    from connectors.discourse_threads import Reader
    from socialaudit.models import Comment, Known, Reading

_QUEUED = "ReviewableQueuedPost"


def waiting(
    board: Board, reader: Reader, mine: Callable[[dict[str, Any]], bool]
) -> Iterator[Comment]:
    """Posts that wait and are meant for this account.

    Raises ``Forbidden`` or ``NotFound`` where the key is no moderator's.
    """
    for raw in _queue(board):
        if raw.get("type") == _QUEUED and mine(raw):
            topic = raw.get("topic_id")
            with suppress(Malformed):
                yield reader.writer.held(raw, reader.ours.get(topic) if topic else None)


def again(board: Board, reader: Reader, known: Sequence[Known]) -> Iterator[Reading]:
    """Those of the known that still wait; of the others, that they are gone from the queue."""
    wanted = {one.id for one in known}
    try:
        found = {c.id: c for c in waiting(board, reader, lambda _: True)}
    except (Forbidden, NotFound):
        return
    yield from (found[native] for native in wanted & found.keys())
    yield from (Gone("comment", native) for native in wanted - found.keys())


def _queue(board: Board) -> Iterator[dict[str, Any]]:
    seen: set[object] = set()
    for _ in range(MAX_PAGES):
        told = board.get("review", query=[("status", "pending"), ("offset", len(seen))])
        raw = told.get("reviewables")
        page = [r for r in raw if isinstance(r, dict)] if isinstance(raw, list) else []
        fresh = [r for r in page if r.get("id") not in seen]
        yield from fresh
        seen.update(r.get("id") for r in fresh)
        meta = told.get("meta")
        total = meta.get("total_rows_reviewables") if isinstance(meta, dict) else None
        if not fresh or (isinstance(total, int) and len(seen) >= total):
            return
