"""Imitates LinkedIn's REST API for one page of a demo town.

There is no public specification: shapes are those of the examples on Microsoft's pages for the
Community Management API (organizations, organization-access-control-by-role, posts-api, videos-api,
social-metadata-api, comments-api, error-handling). Not settled there and chosen here: a list links to
its next page until its end; a picture without a description has no ``altText``; hidden comments are
not listed; a video tells nothing of captions.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from demo.linkedin_items import Items
from demo.server import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from demo.server import Request
    from demo.town import TownAccount

TOKEN = "AQVDemoLinkedInToken0123456789"  # noqa: S105 - invented, opens nothing
ACTIVE = "202609"
PERMISSIONS = frozenset(
    {"r_organization_social", "r_organization_social_feed", "rw_organization_admin"}
)
LONGEST = 100
_FAULTS: dict[str, tuple[int, dict[str, Any]]] = {
    "rate_limited": (
        429,
        {
            "serviceErrorCode": 101,
            "code": "TOO_MANY_REQUESTS",
            "message": "Resource level throttle APPLICATION DAY limit for calls to this resource is reached.",
        },
    ),
    "rate_limited_no_header": (429, {"serviceErrorCode": 101, "message": "Too many requests"}),
    "server_error": (500, {"message": "Internal Server Error"}),
    "expired_token": (
        401,
        {
            "serviceErrorCode": 65602,
            "code": "EXPIRED_ACCESS_TOKEN",
            "message": "The token used in the request has expired",
        },
    ),
    "forbidden": (
        403,
        {"serviceErrorCode": 100, "message": "Not enough permissions to access: GET /resource"},
    ),
    "not_found": (404, {"code": "NOT_FOUND", "message": "Could not find entity"}),
}
_NEEDS = {
    "organizationAcls": "rw_organization_admin",
    "posts": "r_organization_social",
    "videos": "r_organization_social",
    "socialMetadata": "r_organization_social_feed",
    "socialActions": "r_organization_social_feed",
}


class LinkedInError(Exception):
    """An error in LinkedIn's shape."""

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {**more, "message": message, "status": status}


class LinkedInSite:
    """The page of a town as of ``now``. ``permissions`` are those of the token."""

    def __init__(
        self,
        town: TownAccount,
        now: datetime,
        token: str = TOKEN,
        *,
        permissions: frozenset[str] = PERMISSIONS,
    ) -> None:
        self.now = now
        self._items = Items(town)
        self._token = token
        self._permissions = permissions

    def answer(self, request: Request) -> Answer:
        """What LinkedIn answers."""
        try:
            self._admit(request)
            return Answer(self._read(request))
        except LinkedInError as fault:
            return Answer(fault.body, fault.status)

    def fault(self, name: str, request: Request) -> Answer:
        """LinkedIn's own shape of a fault."""
        if name in _FAULTS:
            status, body = _FAULTS[name]
            return Answer({**body, "status": status}, status)
        good = self.answer(request)
        body = json.loads(good.encoded())
        some = body.get("elements")
        if name == "malformed" and some:
            some[0] = {k: v for k, v in some[0].items() if k not in {"id", "publishedAt"}}
        links = body.get("paging", {}).get("links")
        if name == "repeated_cursor" and links is not None:
            again = {"rel": "next", "href": f"{request.path}?start=0&count=100"}
            body["paging"]["links"] = [{**again, "type": "application/json"}]
        for link in links or ():
            if name == "hostile_next" and link["rel"] == "next":
                link["href"] = f"https://evil.example.net{link['href']}"
        return Answer(body, good.status)

    def _admit(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {self._token}":
            said = {"serviceErrorCode": 65600, "code": "INVALID_ACCESS_TOKEN"}
            raise LinkedInError(401, "Invalid access token", **said)
        version = request.headers.get("linkedin-version", "")
        if not version:
            raise LinkedInError(400, "A version must be present.", code="VERSION_MISSING")
        if version != ACTIVE:
            words = f"Requested version {version}01 is not active"
            raise LinkedInError(426, words, code="NONEXISTENT_VERSION")
        if request.headers.get("x-restli-protocol-version") != "2.0.0":
            raise LinkedInError(400, "Invalid query parameters passed to request")
        if request.method != "GET":
            raise LinkedInError(405, "Method not allowed")

    def _read(self, request: Request) -> dict[str, Any]:
        root, _, rest = request.path.removeprefix("/rest/").partition("/")
        permission = _NEEDS.get(root, "")
        if permission and permission not in self._permissions:
            words = f"Not enough permissions to access: GET /{root}"
            raise LinkedInError(403, words, serviceErrorCode=100)
        if root == "organizations":
            return self._organization(rest, request.query)
        if root == "organizationAcls":
            return self._listed(self._items.roles(), request)
        if root == "socialActions" and rest.endswith("/comments"):
            return self._comments(unquote(rest.removesuffix("/comments")), request)
        there: Mapping[str, dict[str, Any]] = {
            "posts": self._items.posts(self.now),
            "videos": self._items.videos(self.now),
            "socialMetadata": self._items.talks(self.now),
        }.get(root, {})
        if "ids" in request.query:
            return _batch(_list(request.query["ids"]), there)
        if root == "posts" and request.query.get("q") == "author":
            return self._authored(there, request)
        raise LinkedInError(404, "No virtual resource found", code="RESOURCE_NOT_FOUND")

    def _organization(self, rest: str, query: Mapping[str, str]) -> dict[str, Any]:
        page = self._items.organization()
        if rest == str(page["id"]):
            return page
        if not rest and query.get("q") == "vanityName":
            known = query.get("vanityName", "").lower() == str(page["vanityName"]).lower()
            paging = {"start": 0, "count": 10, "links": []}
            return {"paging": paging, "elements": [page] if known else []}
        raise LinkedInError(404, "Could not find entity", code="NOT_FOUND")

    def _authored(self, there: Mapping[str, Any], request: Request) -> dict[str, Any]:
        if request.query.get("author") != self._items.page:
            raise LinkedInError(403, "Unpermitted author", serviceErrorCode=100)
        order = "createdAt" if request.query.get("sortBy") == "CREATED" else "lastModifiedAt"
        return self._listed(sorted(there.values(), key=lambda p: -int(p[order])), request)

    def _comments(self, urn: str, request: Request) -> dict[str, Any]:
        threads = self._items.comments(self.now)
        if urn not in threads:
            raise LinkedInError(404, "Could not find entity", code="NOT_FOUND")
        return self._listed(threads[urn], request)

    def _listed(self, there: list[dict[str, Any]], request: Request) -> dict[str, Any]:
        start, count = (int(request.query.get(n, d)) for n, d in (("start", 0), ("count", 10)))
        if count > LONGEST:
            raise LinkedInError(400, f"Count {count} is larger than the maximum {LONGEST}")
        links = []
        for rel, first in (("prev", start - count), ("next", start + count)):
            if 0 <= first < len(there):
                query = urlencode({**request.query, "start": first, "count": count})
                href = f"{request.path}?{query}"
                links.append({"type": "application/json", "rel": rel, "href": href})
        paging = {"start": start, "count": count, "links": links}
        return {"paging": paging, "elements": there[start : start + count]}


def _list(written: str) -> list[str]:
    inner = re.fullmatch(r"List\((.*)\)", written, re.DOTALL)
    if inner is None:
        raise LinkedInError(400, "Invalid query parameters passed to request")
    return inner[1].split(",") if inner[1] else []


def _batch(ids: Iterable[str], there: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    wanted = list(ids)
    absent = {"status": 404, "code": "NOT_FOUND", "message": "Could not find entity"}
    return {
        "results": {one: there[one] for one in wanted if one in there},
        "statuses": {one: 200 if one in there else 404 for one in wanted},
        "errors": {one: absent for one in wanted if one not in there},
    }
