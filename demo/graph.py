"""Graph's own way of answering: field expansion, edges, cursors and errors, for any nodes.

A site builds ``Node``s; ``answer`` writes exactly the fields asked for, as Graph does: empty fields
and empty edges are left out, unknown names are refused, a nested edge is paged like any other.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LIMIT = 100
"""The longest page; more is an error."""
_NAME = re.compile(r"\w+")
_MODIFIER = re.compile(r"\.(\w+)\(([^()]*)\)")


class GraphError(Exception):
    """An error in Graph's shape: ``status``, ``code`` and the words."""

    def __init__(self, message: str, code: int, *, status: int = 400, subcode: int = 0) -> None:
        super().__init__(message)
        kind = "GraphMethodException" if subcode == 33 else "OAuthException"  # noqa: PLR2004 - Graph's own number
        self.status = status
        self.body: dict[str, Any] = {
            "error": {"message": message, "type": kind, "code": code, "fbtrace_id": "AdEm0trace1d"}
        }
        if subcode:
            self.body["error"]["error_subcode"] = subcode


@dataclass(frozen=True)
class Asked:
    """One name of a field list, with its modifiers and what is asked inside it."""

    name: str
    modifiers: Mapping[str, str] = field(default_factory=dict)
    inner: tuple[Asked, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Node:
    """A node: ``fields`` it has, ``edges`` by name, ``known`` the names its type has at all.

    ``time`` (Unix seconds) is what ``since`` and ``until`` look at.
    """

    type: str
    fields: Mapping[str, Any]
    known: frozenset[str]
    default: tuple[str, ...]
    edges: Mapping[str, Callable[[], list[Node]]] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    """Permission that an edge needs."""
    nullable: frozenset[str] = frozenset()
    """Fields that are written as null rather than left out."""
    time: float = 0.0
    linked: Mapping[str, Node] = field(default_factory=dict)
    """Nodes that stand in a field, each by its name."""


@dataclass(frozen=True)
class Writer:
    """Writes nodes for one request; ``link`` begins the addresses of next pages."""

    link: str
    token: str
    permissions: frozenset[str]
    unlisted: frozenset[str] = frozenset()
    """Edges that come empty, though counted: what a person's token sees of comments."""
    caps: Mapping[str, int] = field(default_factory=dict)
    """Edges of which a page never holds more."""

    def node(self, node: Node, asked: tuple[Asked, ...]) -> dict[str, Any]:
        """The node with the fields asked for, or the few that Graph gives unasked."""
        told: dict[str, Any] = {}
        for one in asked or tuple(Asked(name) for name in node.default):
            if one.name in node.edges:
                edge = self.edge(node, one.name, one.modifiers, one.inner, nested=True)
                if edge is not None:
                    told[one.name] = edge
            elif one.name in node.linked:
                told[one.name] = self.node(node.linked[one.name], one.inner)
            elif one.name not in node.known:
                raise GraphError(
                    f"(#100) Tried accessing nonexisting field ({one.name}) "
                    f"on node type ({node.type})",
                    100,
                )
            elif node.fields.get(one.name) is not None or one.name in node.nullable:
                told[one.name] = _chosen(node.fields[one.name], one.inner)
        return told | ({"id": node.fields["id"]} if "id" in node.fields else {})

    def edge(
        self,
        node: Node,
        name: str,
        modifiers: Mapping[str, str],
        inner: tuple[Asked, ...],
        *,
        nested: bool = False,
    ) -> dict[str, Any] | None:
        """One page of an edge; None for an empty one nested without a summary."""
        permission = node.needs.get(name, "")
        if permission and permission not in self.permissions:
            raise GraphError(f"(#10) This endpoint requires the '{permission}' permission", 10)
        there = node.edges[name]()
        if name == "comments" and modifiers.get("filter", "toplevel") != "stream":
            there = [one for one in there if one.fields.get("parent") is None]
        total = len(there)
        there = _within([] if name in self.unlisted else there, modifiers)
        limit = int(modifiers.get("limit", 25))
        if limit > LIMIT:
            raise GraphError(f"(#100) Param limit must be at most {LIMIT}", 100)
        limit = min(limit, self.caps.get(name, limit))
        start = _offset(modifiers.get("after"))
        page = there[start : start + limit]
        summary = modifiers.get("summary") in {"true", "1"}
        if nested and not page and not summary:
            return None
        answer: dict[str, Any] = {"data": [self.node(one, inner) for one in page]}
        if page:
            answer["paging"] = self._paging(node, name, modifiers, start, len(page), len(there))
        if summary:
            order = modifiers.get("order", "ranked")
            answer["summary"] = {"order": order, "total_count": total, "can_comment": True}
        return answer

    def _paging(
        self, node: Node, name: str, modifiers: Mapping[str, str], start: int, came: int, there: int
    ) -> dict[str, Any]:
        paging: dict[str, Any] = {
            "cursors": {"before": cursor(start), "after": cursor(start + came)}
        }
        if start + came < there:
            query = {**modifiers, "access_token": self.token, "after": cursor(start + came)}
            paging["next"] = f"{self.link}/{node.fields['id']}/{name}?{urlencode(query)}"
        return paging


def cursor(offset: int) -> str:
    """An opaque place in a list."""
    return base64.urlsafe_b64encode(f"QVFIUm{offset:06}".encode()).decode()


def parse(fields: str) -> tuple[Asked, ...]:
    """A field list: ``id,comments.limit(5){message,from{id}}``. Raises ``GraphError``."""
    asked, rest = _parse(fields)
    if rest:
        raise GraphError(f"Syntax error before: {rest[:20]}", 2500)
    return asked


def _parse(text: str) -> tuple[tuple[Asked, ...], str]:
    asked: list[Asked] = []
    while text and not text.startswith("}"):
        name = _NAME.match(text.lstrip(","))
        if name is None:
            raise GraphError(f"Syntax error before: {text[:20]}", 2500)
        text = text.lstrip(",")[name.end() :]
        modifiers: dict[str, str] = {}
        while modifier := _MODIFIER.match(text):
            modifiers[modifier[1]] = modifier[2]
            text = text[modifier.end() :]
        inner: tuple[Asked, ...] = ()
        if text.startswith("{"):
            inner, text = _parse(text[1:])
            text = text[1:]
        asked.append(Asked(name[0], modifiers, inner))
    return tuple(asked), text


def _chosen(value: Any, inner: tuple[Asked, ...]) -> Any:
    """The part of a value that was asked for."""
    if not inner:
        return value
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        return {"data": [_chosen(one, inner) for one in value["data"]]}
    if not isinstance(value, dict):
        return value
    return {one.name: _chosen(value[one.name], one.inner) for one in inner if one.name in value}


def _within(there: list[Node], modifiers: Mapping[str, str]) -> list[Node]:
    since, until = modifiers.get("since"), modifiers.get("until")
    return [
        one
        for one in there
        if (since is None or one.time >= float(since))
        and (until is None or one.time < float(until))
    ]


def _offset(after: str | None) -> int:
    if after is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(after).removeprefix(b"QVFIUm"))
    except ValueError as fault:
        raise GraphError("(#100) Invalid parameter: after", 100) from fault


def lists(answer: Any) -> Iterator[list[Any]]:
    """Every ``data`` list in an answer, outermost first."""
    if isinstance(answer, dict):
        if isinstance(answer.get("data"), list):
            yield answer["data"]
        for value in answer.values():
            yield from lists(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from lists(value)
