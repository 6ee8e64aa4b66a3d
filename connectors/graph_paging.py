"""The pages of Graph's lists: what a page holds, and where the next one starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from connectors.graph_values import count_of
from socialaudit.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGING = frozenset({"after", "until", "since", "offset", "page", "__paging_token", "__after_id"})


def items(edge: Any) -> list[Any]:
    """The list in an edge's answer, or in a bare list; raises ``Malformed`` where there is none."""
    found = edge.get("data") if isinstance(edge, dict) else edge
    if not isinstance(found, list):
        msg = "something else came where a list was expected"
        raise Malformed(msg)
    return found


def following(answer: Mapping[str, Any], came: int) -> tuple[dict[str, str] | None, bool]:
    """Where the next page starts, and whether Graph said that there is one.

    None at the end; empty when the link cannot be understood. Graph ends a list by leaving out
    ``next``. Answers that were kept without their links, for the token in them, may show by a
    cursor in one direction only, or by a stated total of which fewer came, that more follows.
    """
    told = answer.get("paging")
    paging = told if isinstance(told, dict) else {}
    cursors = paging.get("cursors")
    after = cursors.get("after") if isinstance(cursors, dict) else None
    link = paging.get("next")
    if after and (link or _is_cut(answer, came)):
        return {"after": str(after)}, bool(link)
    if not link:
        return None, False
    try:
        query = parse_qsl(urlsplit(str(link)).query)
    except ValueError:
        query = []
    return {name: value for name, value in query if name in _PAGING}, True


def _is_cut(answer: Mapping[str, Any], came: int) -> bool:
    """Whether a page without ``next`` looks as if the link had been taken out of it."""
    if not answer.get("data"):
        return False
    summary = answer.get("summary")
    total = count_of(summary.get("total_count")) if isinstance(summary, dict) else None
    return "before" not in answer["paging"]["cursors"] if total is None else came < total
