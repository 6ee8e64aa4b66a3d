"""Edits, as a wiki's lists tell them.

Reads both forms of answer: that in which a flag is a key (``"minor": ""``) and pages are a table by
number, and that (``formatversion=2``) in which a flag is true or false and pages are a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectors.transport import scrub, utc
from socialaudit.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One edit, as a list of changes tells it. ``parent`` is 0 for the edit that made the page."""

    page: int
    space: int
    title: str
    revision: int
    parent: int
    at: datetime
    user: str | None
    minor: bool = False
    bot: bool = False
    undoes: bool = False
    redirect: bool = False
    payload: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def talks(self) -> bool:
        """Whether it was made on a talk page."""
        return self.space > 0 and self.space % 2 == 1


def flag(raw: Mapping[str, Any], name: str) -> bool:
    """A flag in either form."""
    return name in raw and raw[name] is not False


def items(told: object) -> list[Any]:
    """A list in either form."""
    if isinstance(told, dict):
        return list(told.values())
    return told if isinstance(told, list) else []


def change(raw: Any, page: Mapping[str, Any]) -> Change | None:
    """One edit out of a list; ``None`` for what is no edit. Raises ``Malformed``.

    ``page`` is the page whose history was listed, where the items do not name it.
    """
    if not isinstance(raw, dict):
        raise Malformed("an edit that is no record")
    if raw.get("type", "edit") not in {"edit", "new"}:
        return None
    told = {**{k: page[k] for k in ("pageid", "ns", "title") if k in page}, **raw}
    try:
        number, revision = int(told["pageid"]), int(told["revid"])
        space, parent = int(told.get("ns", 0)), told.get("old_revid", told.get("parentid"))
    except (KeyError, TypeError, ValueError):
        raise Malformed("an edit that does not say of what") from None
    user, tags = told.get("user"), told.get("tags")
    return Change(
        page=number,
        space=space,
        title=str(told.get("title") or ""),
        revision=revision,
        parent=int(parent or 0) if str(parent or 0).isdigit() else 0,
        at=utc(told.get("timestamp")),
        user=user if isinstance(user, str) and user and not flag(told, "userhidden") else None,
        minor=flag(told, "minor"),
        bot=flag(told, "bot"),
        undoes=bool({"mw-undo", "mw-rollback", "mw-manual-revert"} & texts(tags)),
        redirect=flag(told, "redirect"),
        payload=_payload(told),
    )


def _payload(told: Mapping[str, Any]) -> dict[str, Any]:
    """An edit without its writer and their words on it, which name people."""
    kept = (
        "type", "ns", "title", "pageid", "revid", "old_revid", "parentid", "timestamp", "minor",
        "bot", "new", "size", "oldlen", "newlen", "tags", "patrolled", "unpatrolled",
        "texthidden", "commenthidden", "userhidden", "sha1hidden", "suppressed",
    )  # fmt: skip
    payload: dict[str, Any] = scrub({name: told[name] for name in kept if name in told})
    return payload


def texts(told: object) -> set[str]:
    """The texts in a list; none where it is no list."""
    return {one for one in told if isinstance(one, str)} if isinstance(told, list) else set()


def folded(name: str) -> str:
    """A name as wikis compare them: without case, and with spaces for underscores."""
    return re.sub(r"[\s_]+", " ", name).strip().lower()
