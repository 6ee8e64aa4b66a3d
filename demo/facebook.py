"""Imitates the Graph API for one Facebook Page of the demo town.

Built from the vendor's spec of April 2026 (Graph v25) and from recorded answers. Not settled there
and chosen here: ``since`` and ``until`` are honoured on lists of posts unless ``honours_since`` is
false; a token that may not read comments has the whole request refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from demo.facebook_nodes import PageNodes
from demo.graph import Asked, GraphError, Node, Writer, cursor, lists, parse
from demo.server import Answer

if TYPE_CHECKING:
    from datetime import datetime

    from demo.server import Request
    from demo.town import TownAccount

VERSION = "v25.0"
TOKEN = "EAADemoPageToken0123456789"  # noqa: S105 - invented, opens nothing
PERMISSIONS = frozenset(
    {"pages_read_engagement", "pages_read_user_content", "pages_manage_metadata"}
)
IDS_AT_ONCE = 50
_WINDOWED = frozenset({"published_posts", "visitor_posts"})


class FacebookSite:
    """The Page of a town as of ``now``.

    ``permissions`` are those of the token; ``person`` makes it the token of a person, which sees no
    comments; ``honours_since`` false lets lists of posts ignore the window asked for.
    """

    def __init__(
        self,
        town: TownAccount,
        now: datetime,
        token: str = TOKEN,
        *,
        permissions: frozenset[str] = PERMISSIONS,
        person: bool = False,
        honours_since: bool = True,
    ) -> None:
        self.now = now
        self._nodes = PageNodes(town)
        self._token = token
        self._permissions = permissions
        self._person = person
        self._honours_since = honours_since

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
                error = GraphError("There have been too many calls to this Page account.", 80001)
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
                words = "(#10) This endpoint requires the 'pages_read_engagement' permission"
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
            first[0] = {k: v for k, v in first[0].items() if k not in {"id", "created_time"}}
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
            unlisted=frozenset({"comments"} if self._person else ()),
        )
        asked = parse(request.query.get("fields", ""))
        there = self._nodes.as_of(self.now)
        if not steps:
            return self._several(request.query.get("ids", ""), there, writer, asked)
        node = there.get(steps[0].lower()) or there.get(steps[0])
        if node is None:
            raise _absent(steps[0])
        if "pages_read_engagement" not in self._permissions:
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
        if name in _WINDOWED and not self._honours_since:
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
        business = {"type": "pages", **use, "estimated_time_to_regain_access": wait}
        return {
            "X-App-Usage": json.dumps(use),
            "X-Business-Use-Case-Usage": json.dumps({self._nodes.page: [business]}),
            "facebook-api-version": VERSION,
        }


def _absent(one: str) -> GraphError:
    return GraphError(
        f"Unsupported get request. Object with ID '{one}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation.",
        100,
        subcode=33,
    )
