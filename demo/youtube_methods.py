"""The list methods of the YouTube Data API v3 as such: parameters, parts, pages, errors.

Source: discovery revision 20261104; page sizes and limits as its parameters say.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demo.server import Answer
from demo.youtube_resources import etag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demo.server import Request

_COMMON = frozenset({"alt", "key", "part", "fields", "prettyPrint", "quotaUser"})
_MOST_IDS = 50


@dataclass(frozen=True)
class Method:
    """One list method: the parts and parameters it knows, its page size by default and at most."""

    kind: str
    parts: frozenset[str]
    parameters: frozenset[str]
    size: int
    most: int


class Refused(Exception):
    """A request that YouTube answers with an error."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.answer = error(status, reason, message)


def error(status: int, reason: str, message: str) -> Answer:
    """YouTube's shape of an error."""
    parts = [{"message": message, "domain": "youtube.api", "reason": reason}]
    return Answer(
        {"error": {"code": status, "message": message, "errors": parts}},
        status=status,
    )


ERRORS: dict[str, tuple[int, str, str]] = {
    "rate_limited": (403, "quotaExceeded", "The request cannot be completed: quota exceeded."),
    "rate_limited_no_header": (429, "rateLimitExceeded", "Too many requests."),
    "server_error": (503, "backendError", "Backend Error"),
    "expired_token": (401, "authError", "Invalid Credentials"),
    "forbidden": (403, "forbidden", "The request might not be properly authorized."),
    "not_found": (404, "notFound", "The resource cannot be found."),
}
"""Faults of ``demo.server.FAULTS`` that YouTube shows as an error."""


def check_names(method: Method, request: Request) -> None:
    """Refuse a request that names no part, or a part or parameter that the method does not know."""
    parts = set(request.query.get("part", "").split(",")) - {""}
    if not parts:
        raise Refused(400, "missingRequiredParameter", "No part selected.")
    if unknown := parts - method.parts - {"id"}:
        raise Refused(400, "unknownPart", f"{sorted(unknown)}")
    if unknown := request.query.keys() - method.parameters - _COMMON:
        raise Refused(400, "badRequest", f"Unknown name {sorted(unknown)}")


def ids(request: Request) -> list[str]:
    """The ids asked for: at least one, at most 50."""
    if "id" not in request.query:
        raise Refused(400, "missingRequiredParameter", "No filter selected.")
    asked = request.query["id"].split(",")
    if len(asked) > _MOST_IDS:
        raise Refused(400, "invalidFilters", "Too many ids.")
    return asked


def page(method: Method, request: Request, items: Sequence[dict[str, Any]]) -> Answer:
    """One page of items with the parts asked for."""
    size = method.size
    if "maxResults" in request.query:
        told = request.query["maxResults"]
        size = int(told) if told.isdecimal() else 0
        if not 0 < size <= method.most:
            raise Refused(400, "invalidMaxResults", "Invalid value for maxResults.")
    if "id" in request.query:  # such lists are not paged
        size = len(items) or 1
    start = _offset(request)
    parts = set(request.query["part"].split(",")) | {"kind", "etag", "id"}
    body: dict[str, Any] = {"kind": f"youtube#{method.kind}ListResponse"}
    if "pageToken" in method.parameters:
        body["pageInfo"] = {"totalResults": len(items), "resultsPerPage": size}
        if start + size < len(items):
            body["nextPageToken"] = cursor(request, start + size)
    shown = [{k: v for k, v in item.items() if k in parts} for item in items[start : start + size]]
    if shown or method.kind != "channel":  # recorded: a channel that is not there leaves no list
        body["items"] = shown
    body["etag"] = etag(body)
    return Answer(body)


def cursor(request: Request, start: int) -> str:
    """A page token: opaque to clients, and good for this list only."""
    return base64.urlsafe_b64encode(f"{start}:{_list(request)}".encode()).decode()


def _offset(request: Request) -> int:
    token = request.query.get("pageToken")
    if token is None:
        return 0
    try:
        start, _, of = base64.urlsafe_b64decode(token.encode()).decode().partition(":")
        if of == _list(request):
            return int(start)
    except ValueError:
        pass
    raise Refused(400, "invalidPageToken", "The request specifies an invalid page token.")


def _list(request: Request) -> str:
    """Which list a cursor belongs to: the path and the filters."""
    asked = sorted((k, v) for k, v in request.query.items() if k != "pageToken")
    return hashlib.sha256(repr((request.path, asked)).encode()).hexdigest()[:8]


def _method(kind: str, parts: str, parameters: str, size: int, most: int) -> Method:
    return Method(kind, frozenset(parts.split()), frozenset(parameters.split()), size, most)


METHODS = {
    "channels": _method(
        "channel",
        "snippet contentDetails statistics status brandingSettings",
        "id forHandle forUsername mine maxResults pageToken hl",
        5,
        50,
    ),
    "playlistItems": _method(
        "playlistItem",
        "snippet contentDetails status",
        "playlistId maxResults pageToken",
        5,
        50,
    ),
    "videos": _method(
        "video",
        "snippet contentDetails status statistics liveStreamingDetails",
        "id maxResults pageToken hl",
        5,
        50,
    ),
    "captions": _method("caption", "snippet", "videoId id", 50, 50),
    "commentThreads": _method(
        "commentThread",
        "snippet replies",
        "allThreadsRelatedToChannelId videoId id moderationStatus order textFormat maxResults"
        " pageToken",
        20,
        100,
    ),
    "comments": _method(
        "comment", "snippet", "id parentId textFormat maxResults pageToken", 20, 100
    ),
}
"""The list methods by the last part of their path."""
