"""Whose account it is: the node of an Instagram account, by its number or its name.

A name cannot be asked for. The token leads to it: a Page's token to the account that is connected to
the Page, a person's to those of all their Pages, and one of Instagram's own log-in to its account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connectors import instagram_fields as ask
from connectors.instagram_wire import handle_of
from socialaudit.errors import Malformed, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors.graph import Graph
    from connectors.graph_values import Raw

LINK = "instagram_business_account"


def home(graph: Graph, handle: str, fields: Sequence[str], *, direct: bool) -> Raw:
    """The account's node with the fields asked for. ``direct``: a token of Instagram's own log-in.

    Costs one request; two by name with the token of a person, and by the number of a Page.
    """
    name = handle_of(handle)
    if name.isdigit():
        return _by_number(graph, name, fields)
    if direct:
        return _named([graph.read("me", ("user_id", *fields))], name)
    nested = (f"{LINK}{{{','.join(fields)}}}",)
    try:
        found = [graph.read("me", nested).get(LINK)]
    except Malformed as fault:
        if LINK not in fault.message and "node type" not in fault.message:
            raise
        found = list(_of_pages(graph, nested))
    return _named(found, name)


def _by_number(graph: Graph, number: str, fields: Sequence[str]) -> Raw:
    raw = graph.read(number, fields)
    if {"biography", "stories"} & graph.unknown:  # the number of a Page, whose fields are others
        graph.unknown.clear()
        raw = graph.read(number, (f"{LINK}{{{','.join(fields)}}}",)).get(LINK) or {}
        if not raw:
            raise NotFound(f"No Instagram account is connected to Page {number}", _CONNECT)
    return {**raw, "id": str(raw.get("id") or number)}


def _of_pages(graph: Graph, nested: Sequence[str]) -> Iterator[Any]:
    for page in graph.pages("me/accounts", nested, {"limit": ask.AT_ONCE}):
        yield from (one.get(LINK) for one in page if isinstance(one, dict))


def _named(found: Sequence[Any], name: str) -> Raw:
    told = [raw for raw in found if isinstance(raw, dict) and raw.get("id")]
    for raw in told:
        if str(raw.get("username") or name).lower() == name:
            return raw
    others = ", ".join(f"@{raw['username']}" for raw in told) or "no Instagram account"
    raise NotFound(f"The token leads to {others}, not to @{name}", _CONNECT)


_CONNECT = "Check the name, and connect the account to the Page that the token is for."
