"""YouTube as the town sees it: the Data API v3 on loopback, in the shapes of its discovery document.

Serves channels, playlist items, videos, captions, comment threads and comments of one channel, and
the token endpoint of Google's sign-in. Answers hold only the parts asked for; what only an owner may
see is told to the owner only. Source: discovery revision 20261104, and recorded answers where they
say more (lower-case ``asr``, an empty channel's uploads are a playlist not found).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demo import youtube_resources as resources
from demo.server import Answer
from demo.youtube_comments import threads
from demo.youtube_methods import ERRORS, METHODS, Refused, check_names, cursor, error, ids, page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from demo.server import Request
    from demo.town import TownAccount

_STATUSES = {"published": "published", "heldForReview": "held", "likelySpam": "spam"}
_HOSTILE = "https://evil.example/youtube/v3/next"


class YouTubeSite:
    """Serves ``town`` as of ``now``, which may be moved.

    ``key`` reads what is public; ``token``, or the one that the token endpoint gives for
    ``refresh_token``, reads as the owner. Without ``force_ssl`` the owner's token lacks that
    permission.
    """

    client = ("demo-client", "demo-client-secret")

    def __init__(
        self,
        town: TownAccount,
        now: datetime,
        token: str = "ya29.demo-youtube-token",  # noqa: S107 - a demo's
        *,
        key: str = "AIzaDemoYouTubeKey",
        refresh_token: str = "1//demo-refresh-token",  # noqa: S107 - a demo's
        force_ssl: bool = True,
    ) -> None:
        self.town = town
        self.now = now
        self.token = token
        self.key = key
        self.refresh_token = refresh_token
        self.force_ssl = force_ssl

    def answer(self, request: Request) -> Answer:
        """The answer when all is well."""
        try:
            if request.path == "/token":
                return self._grant(request)
            name = request.path.removeprefix("/youtube/v3/")
            if name not in METHODS or request.method != "GET":
                return error(404, "notFound", "Not Found")
            owner = self._is_owner(request)
            check_names(METHODS[name], request)
            return page(METHODS[name], request, self._find(name)(request, owner=owner))
        except Refused as refused:
            return refused.answer

    def fault(self, name: str, request: Request) -> Answer:
        """YouTube's own shape of a fault."""
        if name in ERRORS:
            return error(*ERRORS[name])
        answer = self.answer(request)
        if answer.status == 200 and isinstance(answer.body.get("items"), list):  # noqa: PLR2004
            if name == "malformed" and answer.body["items"]:
                answer.body["items"][0] = {"kind": answer.body["items"][0]["kind"], "id": None}
            elif name == "repeated_cursor":
                answer.body["nextPageToken"] = request.query.get("pageToken") or cursor(request, 1)
            elif name == "hostile_next":
                answer.body["nextPageToken"] = _HOSTILE
        return answer

    def _grant(self, request: Request) -> Answer:
        """The token endpoint (RFC 6749, section 6)."""
        form, (client_id, client_secret) = request.form, self.client
        if (form.get("client_id"), form.get("client_secret")) != (client_id, client_secret):
            said = {"error": "invalid_client", "error_description": "Unauthorized"}
            return Answer(said, status=401)
        if form.get("refresh_token") != self.refresh_token:
            said = {"error": "invalid_grant", "error_description": "Token has been revoked."}
            return Answer(said, status=400)
        scope = "https://www.googleapis.com/auth/youtube.force-ssl"
        grant = {"access_token": self.token, "expires_in": 3599, "token_type": "Bearer"}
        return Answer(grant | {"scope": scope})

    def _is_owner(self, request: Request) -> bool:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme:
            if token != self.token:
                raise Refused(401, "authError", "Invalid Credentials")
            return True
        key = request.headers.get("x-goog-api-key") or request.query.get("key")
        if key is None:
            raise Refused(403, "forbidden", "The request is missing a valid API key.")
        if key != self.key:
            raise Refused(400, "badRequest", "API key not valid. Please pass a valid API key.")
        return False

    def _need_force_ssl(self, *, owner: bool) -> None:
        if not owner:
            raise Refused(403, "forbidden", "The request is not properly authorized.")
        if not self.force_ssl:
            raise Refused(
                403,
                "insufficientPermissions",
                "Request had insufficient authentication scopes.",
            )

    def _find(self, name: str) -> Callable[..., list[dict[str, Any]]]:
        return {
            "channels": self._channels,
            "playlistItems": self._playlist_items,
            "videos": self._videos,
            "captions": self._captions,
            "commentThreads": self._comment_threads,
            "comments": self._comments,
        }[name]

    def _channels(self, request: Request, *, owner: bool) -> list[dict[str, Any]]:
        asked = request.query
        channel = resources.channel(self.town, self.now, owner=owner)
        names = {
            "id": channel["id"],
            "forHandle": channel["snippet"]["customUrl"],
            "forUsername": self.town.handle,
        }
        if "mine" in asked:
            return [channel] if owner else []
        name = next((n for n in names if n in asked), None)
        if name is None:
            raise Refused(400, "missingRequiredParameter", "No filter selected.")
        values = {v.lower().lstrip("@") for v in asked[name].split(",")}
        return [channel] if names[name].lower().lstrip("@") in values else []

    def _playlist_items(self, request: Request, *, owner: bool) -> list[dict[str, Any]]:
        entries = resources.playlist_items(self.town, self.now, owner=owner)
        playlist = request.query.get("playlistId")
        if playlist != resources.uploads_id(self.town) or not entries:
            raise Refused(404, "playlistNotFound", "The playlist cannot be found.")
        return entries

    def _videos(self, request: Request, *, owner: bool) -> list[dict[str, Any]]:
        wanted = ids(request)
        videos = resources.videos(self.town, self.now, owner=owner, unlisted=True)
        there = {video["id"]: video for video in videos}
        return [there[i] for i in dict.fromkeys(wanted) if i in there]

    def _captions(self, request: Request, *, owner: bool) -> list[dict[str, Any]]:
        self._need_force_ssl(owner=owner)
        tracks = resources.captions(self.town, self.now, request.query.get("videoId", ""))
        if tracks is None:
            raise Refused(404, "videoNotFound", "The video cannot be found.")
        return tracks

    def _comment_threads(self, request: Request, *, owner: bool) -> list[dict[str, Any]]:
        asked = request.query
        plain = asked.get("textFormat") == "plainText"
        if "id" in asked:
            if "moderationStatus" in asked:
                raise Refused(400, "operationNotSupported", "moderationStatus with id")
            told = self._threads("published", owner=owner, plain=plain, told=False)
            wanted = set(ids(request))
            return [thread for thread in told if thread["id"] in wanted]
        status = asked.get("moderationStatus", "published")
        if status not in _STATUSES:
            raise Refused(400, "invalidValue", "Invalid moderationStatus")
        if status != "published":
            self._need_force_ssl(owner=owner)
        found = self._threads(_STATUSES[status], owner=owner, plain=plain, told=owner)
        if asked.get("allThreadsRelatedToChannelId") == resources.channel_id(self.town):
            return found
        if "videoId" not in asked:
            raise Refused(404, "channelNotFound", "The channel cannot be found.")
        self._check_video(asked["videoId"], owner=owner)
        return [t for t in found if t["snippet"]["videoId"] == asked["videoId"]]

    def _check_video(self, video: str, *, owner: bool) -> None:
        videos = resources.videos(self.town, self.now, owner=owner, unlisted=True)
        found = next((v for v in videos if v["id"] == video), None)
        if found is None:
            raise Refused(404, "videoNotFound", "The video cannot be found.")
        if "commentCount" not in found["statistics"]:
            raise Refused(403, "commentsDisabled", "The video has disabled comments.")

    def _comments(self, request: Request, *, owner: bool) -> list[dict[str, Any]]:
        plain = request.query.get("textFormat") == "plainText"
        comments = [
            comment
            for thread in self._threads(
                "published", owner=owner, plain=plain, told=False, most=None
            )
            for comment in (
                thread["snippet"]["topLevelComment"],
                *thread.get("replies", {}).get("comments", ()),
            )
        ]
        if "id" in request.query:
            wanted = set(ids(request))
            return [c for c in comments if c["id"] in wanted]
        parent = request.query.get("parentId")
        replies = [c for c in comments if c["snippet"].get("parentId") == parent]
        if parent is None or not any(c["id"] == parent for c in comments):
            raise Refused(404, "commentNotFound", "The comment cannot be found.")
        return replies

    def _threads(
        self, state: str, *, owner: bool, plain: bool, told: bool, most: int | None = 5
    ) -> list[dict[str, Any]]:
        return threads(self.town, self.now, state, owner=owner, plain=plain, told=told, most=most)
