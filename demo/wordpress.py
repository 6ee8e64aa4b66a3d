"""A WordPress site on loopback: its REST API, its feeds, and the files of subtitles that it names.

Sources: WordPress 6.1 and 7.1 on this machine, and the schemas that they give of themselves
(``OPTIONS /wp-json/wp/v2/posts``). Pages of at most 100, ``X-WP-Total`` and ``X-WP-TotalPages``,
``rest_post_invalid_page_number`` behind the last; ``_fields``, ``include``, ``after`` and ``before``
as there. A wrong password makes an anonymous reader, as it does there.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from demo.server import Answer
from demo.town import number
from demo.website import WebsiteSite, post_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demo.server import Request
    from demo.town import TownAccount, TownComment, TownMedia, TownPost

USER, PASSWORD = "clerk", "abcd EFGH 1234 ijkl MNOP 5678"
_ROOT = "/wp-json/"
_STATES = {"published": "approved", "held": "hold", "hidden": "trash", "spam": "spam"}
_ASKED = {"approve": "approved"}
_FAULTS = {
    "server_error": (500, "internal_server_error", "There has been a critical error."),
    "expired_token": (401, "rest_not_logged_in", "You are not currently logged in."),
    "forbidden": (403, "rest_forbidden", "Sorry, you are not allowed to do that."),
    "not_found": (404, "rest_no_route", "No route was found matching the URL and request method."),
}
_CLERK = 1
_PAST_THE_END = "The page number requested is larger than the number of pages available."


class WordPressSite:
    """A site as of ``now``. ``user`` and ``password`` sign in an administrator.

    A site that is ``closed`` shows its API to nobody else; one that is ``plain`` has no readable
    addresses.
    """

    def __init__(
        self,
        town: TownAccount,
        now: datetime,
        *,
        user: str = USER,
        password: str = PASSWORD,
        closed: bool = False,
        plain: bool = False,
    ) -> None:
        self.town = town
        self.now = now
        self.closed = closed
        self.plain = plain
        pair = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._basic = f"Basic {pair}"

    def answer(self, request: Request) -> Answer:
        """What the site answers when all is well."""
        path = request.query.get("rest_route") if request.path == "/" else None
        if path is None and request.path.startswith(_ROOT) and not self.plain:
            path = request.path.removeprefix(_ROOT.rstrip("/"))
        if path is not None:
            return self._rest(path, request)
        if request.path == "/":
            return self._front(request)
        if request.path.startswith("/wp-content/uploads/"):
            return self._file(request.path)
        if request.path.startswith("/comments/feed"):
            return _page(404)
        return WebsiteSite(self.town, self.now).answer(request)

    def fault(self, name: str, request: Request) -> Answer:
        """What such a site does when it fails."""
        if name in _FAULTS:
            status, code, message = _FAULTS[name]
            return _error(status, code, message)
        if name.startswith("rate_limited"):
            answer = _page(429)  # WordPress has no limits of its own: a host's firewall has
            return replace(answer, headers={"Retry-After": "900"} if name == "rate_limited" else {})
        if name == "repeated_cursor":
            first = replace(request, query={**request.query, "page": "1"})
            return replace(self.answer(first), headers={"X-WP-TotalPages": "30"})
        answer = self.answer(request)
        if name == "malformed" and isinstance(answer.body, list):
            gone = {"date", "date_gmt"}
            odd = {k: v for k, v in answer.body[0].items() if k not in gone}
            return replace(answer, body=[odd, *answer.body[1:]])
        link = '<http://127.0.0.2:9/wp-json/wp/v2/posts?page=2>; rel="next"'
        return replace(answer, headers={**answer.headers, "Link": link})

    def _rest(self, path: str, request: Request) -> Answer:
        signed_in = request.headers.get("authorization") == self._basic
        if self.closed and not signed_in:
            return _error(401, "rest_login_required", "The REST API is for signed-in users.")
        part, _, native = path.removeprefix("/wp/v2/").partition("/")
        objects = {
            "/": self._index(request),
            "/wp/v2/users/me": _me(),
            "/wp/v2/settings": self._settings(),
        }
        told = objects.get(path)
        if told is not None:
            may = signed_in or path == "/"
            return Answer(_only(told, request.query)) if may else _error(*_FAULTS["expired_token"])
        if part == "users":
            return self._list([{"id": _CLERK, "name": "Clerk", "slug": USER}], request, "id")
        if part == "comments" and "status" in request.query and not signed_in:
            return _error(401, "rest_forbidden_param", "Query parameter not permitted: status")
        if part in {"posts", "comments"}:
            listed = self._posts if part == "posts" else self._comments
            items = listed(request, signed_in=signed_in)
            return self._some(items, native, request, part.removesuffix("s"))
        return _error(*_FAULTS["not_found"])

    def _some(
        self, items: list[dict[str, Any]], native: str, request: Request, kind: str
    ) -> Answer:
        if not native:
            return self._list(items, request, "post" if kind == "comment" else "id")
        found = next((item for item in items if str(item["id"]) == native), None)
        if found is None:
            return _error(404, f"rest_{kind}_invalid_id", f"Invalid {kind} ID.")
        return Answer(_only(found, request.query))

    def _list(self, items: list[dict[str, Any]], request: Request, kind: str) -> Answer:
        """A page of a list, the newest first."""
        query = request.query
        chosen = [item for item in items if _is_asked(item, query)]
        size, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
        if not 1 <= size <= 100:  # noqa: PLR2004 - as WordPress has it
            return _error(400, "rest_invalid_param", "Invalid parameter(s): per_page")
        pages = -(-len(chosen) // size)
        if page > max(pages, 1):
            if kind == "id":
                return _error(400, "rest_post_invalid_page_number", _PAST_THE_END)
            return Answer([], headers=_totals(len(chosen), pages))
        shown = chosen[(page - 1) * size : page * size]
        return Answer([_only(i, query) for i in shown], headers=_totals(len(chosen), pages))

    def _posts(self, request: Request, *, signed_in: bool) -> list[dict[str, Any]]:
        wanted = request.query.get(
            "status", "publish" if not request.path[-1:].isdigit() else "any"
        )
        found = []
        for post in self.town.posts_as_of(self.now):
            status = {"private": "private", "unpublished": "draft"}.get(post.audience, "publish")
            if status != "publish" and not signed_in:
                continue
            if wanted == "any" or status in wanted.split(","):
                found.append(self._post(post, status, _host(request)))
        return found

    def _post(self, post: TownPost, status: str, host: str) -> dict[str, Any]:
        native = int(post_number(post))
        html = "".join(f"<p>{escape(line)}</p>\n" for line in post.text.split("\n") if line)
        html += "".join(self._figure(medium, host) for medium in post.media)
        return {
            "id": native,
            **_times("date", post.at),
            **_times("modified", post.edited_at or post.at),
            "status": status,
            "type": "post",
            "link": f"{self.town.website}/{native}/",
            "title": {"rendered": escape(post.title or post.text[:60], quote=False)},
            "content": {"rendered": html, "protected": False},
            "author": _CLERK,
            "featured_media": 0,
            "comment_status": "closed" if post.comments_off else "open",
            "_links": {"self": [{"href": f"{host}{_ROOT}wp/v2/posts/{native}"}]},
        }

    def _comments(self, request: Request, *, signed_in: bool) -> list[dict[str, Any]]:
        asked = request.query.get("status", "all" if signed_in else "approve")
        wanted = {"approved", "hold"} if asked == "all" else {_ASKED.get(asked, asked)}
        if signed_in and request.path[-1:].isdigit():
            wanted = set(_STATES.values())
        found = [
            self._comment(post, comment)
            for post in self.town.posts_as_of(self.now)
            for comment in post.comments_as_of(self.now)
            if _STATES[comment.state_as_of(self.now)] in wanted
        ]
        return sorted(found, key=lambda item: str(item["date_gmt"]), reverse=True)

    def _comment(self, post: TownPost, comment: TownComment) -> dict[str, Any]:
        native, ours = comment_number(post, comment.id), comment.by == "council"
        parent = comment_number(post, comment.reply_to) if comment.reply_to else 0
        return {
            "id": native,
            "post": int(post_number(post)),
            "parent": parent,
            "author": _CLERK if ours else 0,
            "author_name": "Clerk" if ours else comment.by,
            "author_url": "",
            **_times("date", comment.at),
            "content": {"rendered": f"<p>{escape(comment.text)}</p>\n"},
            "link": f"{self.town.website}/{post_number(post)}/#comment-{native}",
            "status": _STATES[comment.state_as_of(self.now)],
            "type": "comment",
            "author_avatar_urls": {"24": f"https://secure.gravatar.com/avatar/{native}?s=24"},
        }

    def _figure(self, medium: TownMedia, host: str) -> str:
        place = f"{host}/wp-content/uploads/{medium.id}"
        if medium.kind == "video":
            said = medium.captions_as_of(self.now) != "none"
            track = f'<track src="{place}.vtt" kind="captions" srclang="en"/>' if said else ""
            return f'<figure class="wp-block-video"><video controls src="{place}.mp4">{track}</video></figure>\n'
        alt = escape(medium.alt_as_of(self.now))
        return f'<figure class="wp-block-image"><img src="{place}.jpg" alt="{alt}" width="1024"/></figure>\n'

    def _file(self, path: str) -> Answer:
        name = path.rpartition("/")[2]
        films = [m for post in self.town.posts_as_of(self.now) for m in post.media]
        told = [m.captions_as_of(self.now) for m in films if name == f"{m.id}.vtt"]
        if not told or told[0] == "none":
            return _page(404)
        note = "NOTE Captions automatically generated.\n\n" if told[0] == "automatic" else ""
        body = f"WEBVTT\n\n{note}00:00.000 --> 00:04.000\nGood morning, everybody.\n"
        return Answer(body, content_type="text/vtt")

    def _index(self, request: Request) -> dict[str, Any]:
        return {
            "name": self.town.name,
            "description": self.town.description,
            "url": _host(request),
            "home": self.town.website,
            "gmt_offset": 0,
            "timezone_string": "Europe/London",
            "namespaces": ["oembed/1.0", "wp/v2", "wp-site-health/v1"],
        }

    def _settings(self) -> dict[str, Any]:
        given = {"default_comment_status": "open", "default_ping_status": "open"}
        return {
            "title": self.town.name,
            "email": "clerk@example.gov.uk",
            **given,
            **self.town.settings,
        }

    def _front(self, request: Request) -> Answer:
        root = f"{_host(request)}{'/?rest_route=/' if self.plain else _ROOT}"
        body = f"<!DOCTYPE html><html lang=en-GB><title>{escape(self.town.name)}</title></html>"
        link = {"Link": f'<{root}>; rel="https://api.w.org/"'}
        return Answer(body, headers=link, content_type="text/html; charset=UTF-8")


def comment_number(post: TownPost, local: str) -> int:
    """The number that WordPress gave to a comment."""
    return int(number("wordpress", post.id, local, digits=6))


def _me() -> dict[str, Any]:
    rights = ("edit_posts", "edit_others_posts", "read_private_posts", "moderate_comments")
    told = dict.fromkeys((*rights, "manage_options", "list_users"), True)
    return {"id": _CLERK, "name": "Clerk", "slug": USER, "capabilities": told}


def _is_asked(item: dict[str, Any], query: Mapping[str, str]) -> bool:
    at = datetime.fromisoformat(item["date_gmt"]).replace(tzinfo=UTC) if "date" in item else None
    if at and "after" in query and at <= datetime.fromisoformat(query["after"]):
        return False
    if at and "before" in query and at >= datetime.fromisoformat(query["before"]):
        return False
    names = {"include": "id", "post": "post", "parent": "parent"}
    return all(
        str(item[name]) in query[asked].split(",")
        for asked, name in names.items()
        if asked in query
    )


def _only(item: dict[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
    fields = query.get("_fields")
    return {k: v for k, v in item.items() if fields is None or k in fields.split(",")}


def _times(name: str, at: datetime) -> dict[str, str]:
    written = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return {name: written, f"{name}_gmt": written}


def _totals(total: int, pages: int) -> dict[str, str]:
    return {"X-WP-Total": str(total), "X-WP-TotalPages": str(pages)}


def _host(request: Request) -> str:
    return f"http://{request.headers.get('host', '127.0.0.1')}"


def _error(status: int, code: str, message: str) -> Answer:
    return Answer({"code": code, "message": message, "data": {"status": status}}, status)


def _page(status: int) -> Answer:
    body = "<!DOCTYPE html><html lang=en-GB><title>Sorry</title><h1>Sorry</h1></html>"
    return Answer(body, status, content_type="text/html; charset=UTF-8")
