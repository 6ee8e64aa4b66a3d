"""What every site of the Graph API does: tokens, nodes, edges, batches by id, usage headers, faults."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from demo.graph import Asked, GraphError, Node, Writer, cursor, lists, parse
from demo.server import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from demo.server import Request

VERSION = "v25.0"
IDS_AT_ONCE = 50


class Nodes(Protocol):
    """What a site shows as of a moment."""

    home: str
    """The id of the account."""

    def as_of(self, now: datetime) -> dict[str, Node]:
        """Every node by id, and the account by its names too."""


class GraphSite:
    """Graph's answers about one account as of ``now``.

    ``permissions`` are those of the token; ``honours_since`` false lets the lists in ``windowed``
    ignore the window asked for; ``unlisted`` are edges that come empty, though counted.
    """

    usage: ClassVar[str]
    """The sort of use that the limits count: ``pages``."""
    throttled: ClassVar[int]
    """The code of an account that was asked too often."""
    basic: ClassVar[str]
    """The permission without which nothing is shown."""
    windowed: ClassVar[frozenset[str]]
    caps: ClassVar[Mapping[str, int]] = {}
    """Edges of which a page never holds more."""

    def __init__(
        self,
        nodes: Nodes,
        now: datetime,
        token: str,
        *,
        permissions: frozenset[str],
        honours_since: bool = True,
        unlisted: frozenset[str] = frozenset(),
    ) -> None:
        self.now = now
        self._nodes = nodes
        self._token = token
        self._permissions = permissions
        self._honours_since = honours_since
        self._unlisted = unlisted

    def answer(self, request: Request) -> Answer:
        """What Graph answers."""
        try:
            self._admit(request)
            return Answer(self._read(request), headers=self._headers())
        except GraphError as fault:
            return Answer(fault.body, fault.status, self._headers())

    def fault(self, name: str, request: Request) -> Answer:
        """Graph's own shape of a fault."""
        match name:
            case "rate_limited":
                error = GraphError(
                    "There have been too many calls to this account.", self.throttled
                )
                return Answer(error.body, 400, self._headers(call_count=100, wait=12))
            case "rate_limited_no_header":
                error = GraphError("(#32) Page request limit reached", 32)
            case "server_error":
                error = GraphError("An unexpected error has occurred.", 2, status=500)
                error.body["error"]["is_transient"] = True
            case "expired_token":
                words = "Error validating access token: Session has expired on Sunday, 06-Sep-26."
                error = GraphError(words, 190, subcode=463)
            case "forbidden":
                words = f"(#10) This endpoint requires the '{self.basic}' permission"
                error = GraphError(words, 10, status=403)
            case "not_found":
                error = _absent(request.path.split("/")[2] if request.path.count("/") > 1 else "")
            case _:
                return self._spoilt(name, request)
        return Answer(error.body, error.status, self._headers())

    def _spoilt(self, name: str, request: Request) -> Answer:
        """A good answer with one thing wrong in its outermost list."""
        good = self.answer(request)
        body = json.loads(good.encoded())
        first = next(lists(body), None)
        if name == "malformed" and first:
            first[0] = {
                k: v for k, v in first[0].items() if k not in {"id", "created_time", "timestamp"}
            }
        if name in {"repeated_cursor", "hostile_next"} and isinstance(body.get("data"), list):
            paging = body.setdefault("paging", {})
            if name == "repeated_cursor":
                paging["cursors"] = {"before": cursor(0), "after": cursor(0)}
                paging["next"] = f"https://graph.facebook.com/{request.path}?after={cursor(0)}"
            elif "next" in paging:
                paging["next"] = paging["next"].replace("graph.facebook.com", "evil.example.net")
        return Answer(body, good.status, good.headers)

    def _admit(self, request: Request) -> None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        given = given or request.query.get("access_token", "")
        if not given:
            raise GraphError("An access token is required to request this resource.", 104)
        if given != self._token:
            raise GraphError("Invalid OAuth access token - Cannot parse access token", 190)
        if request.method != "GET":
            raise GraphError("Unsupported post request.", 100, subcode=33)

    def _read(self, request: Request) -> dict[str, Any]:
        steps = [step for step in request.path.split("/") if step]
        if steps and steps[0] == VERSION:
            steps = steps[1:]
        writer = Writer(
            link=f"https://graph.facebook.com/{VERSION}",
            token=self._token,
            permissions=self._permissions,
            unlisted=self._unlisted,
            caps=self.caps,
        )
        asked = parse(request.query.get("fields", ""))
        there = self._nodes.as_of(self.now)
        if not steps:
            return self._several(request.query.get("ids", ""), there, writer, asked)
        node = there.get(steps[0].lower()) or there.get(steps[0])
        if node is None:
            raise _absent(steps[0])
        if self.basic not in self._permissions:
            words = "(#100) Object does not exist, cannot be loaded due to missing permission or "
            raise GraphError(words + "reviewable feature, or does not support this operation", 100)
        if len(steps) == 1:
            return writer.node(node, asked)
        return self._edge(node, steps[1], request, writer, asked)

    def _edge(
        self, node: Node, name: str, request: Request, writer: Writer, asked: tuple[Asked, ...]
    ) -> dict[str, Any]:
        if name not in node.edges:
            raise GraphError(f"(#100) Tried accessing nonexisting field ({name})", 100)
        asks = {k: v for k, v in request.query.items() if k != "access_token"}
        if name in self.windowed and not self._honours_since:
            asks = {k: v for k, v in asks.items() if k not in {"since", "until"}}
        return writer.edge(node, name, asks, asked) or {"data": []}

    def _several(
        self, ids: str, there: dict[str, Node], writer: Writer, asked: tuple[Asked, ...]
    ) -> dict[str, Any]:
        wanted = ids.split(",") if ids else []
        if len(wanted) > IDS_AT_ONCE:
            raise GraphError(f"(#100) Too many IDs. Maximum: 50. Provided: {len(wanted)}.", 100)
        missing = [one for one in wanted if one not in there]
        if missing:
            raise _absent(missing[0])
        return {one: writer.node(there[one], asked) for one in wanted}

    def _headers(self, call_count: int = 4, wait: int = 0) -> dict[str, str]:
        use = {"call_count": call_count, "total_cputime": 2, "total_time": 3}
        business = {"type": self.usage, **use, "estimated_time_to_regain_access": wait}
        return {
            "X-App-Usage": json.dumps(use),
            "X-Business-Use-Case-Usage": json.dumps({self._nodes.home: [business]}),
            "facebook-api-version": VERSION,
        }


def _absent(one: str) -> GraphError:
    return GraphError(
        f"Unsupported get request. Object with ID '{one}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation.",
        100,
        subcode=33,
    )
