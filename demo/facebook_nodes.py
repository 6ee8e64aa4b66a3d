"""The demo town's Facebook Page as Graph nodes, as of a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from demo.facebook_media import AUDIENCE, READS_PEOPLE, WWW, attachment, photo, video, wire_time
from demo.graph import Node
from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount, TownComment, TownMedia, TownPost

_PAGE = frozenset(
    [
        "about",
        "category",
        "description",
        "emails",
        "fan_count",
        "followers_count",
        "hours",
        "id",
        "impressum",
        "is_permanently_closed",
        "is_published",
        "is_verified",
        "link",
        "name",
        "phone",
        "privacy_info_url",
        "single_line_address",
        "username",
        "verification_status",
        "website",
    ]
)
_POST = frozenset(
    [
        "attachments",
        "created_time",
        "feed_targeting",
        "from",
        "id",
        "is_expired",
        "is_hidden",
        "is_published",
        "message",
        "parent_id",
        "permalink_url",
        "privacy",
        "scheduled_publish_time",
        "status_type",
        "story",
        "targeting",
        "timeline_visibility",
        "updated_time",
    ]
)
_COMMENT = frozenset(
    [
        "can_comment",
        "can_hide",
        "can_remove",
        "comment_count",
        "created_time",
        "from",
        "id",
        "is_hidden",
        "is_private",
        "like_count",
        "message",
        "parent",
        "permalink_url",
    ]
)


class PageNodes:
    """Every node of a Page by id, and the Page itself by its name too."""

    def __init__(self, town: TownAccount) -> None:
        self.town = town
        self.home = number("facebook", town.handle)

    def as_of(self, now: datetime) -> dict[str, Node]:
        """The nodes there are at that moment."""
        nodes: dict[str, Node] = {}
        edges: dict[str, list[Node]] = {
            "published_posts": [],
            "visitor_posts": [],
            "video_reels": [],
        }
        for post in self.town.posts_as_of(now):
            comments = [self._comment(post, c, now) for c in post.comments_as_of(now)]
            nodes |= {one.fields["id"]: one for one in comments}
            if post.kind == "reel":
                node = video(self.home, post, post.media[0], now, comments)
                edges["video_reels"].append(node)
            else:
                media = [self._medium(post, m, now) for m in post.media]
                nodes |= {one.fields["id"]: one for one in media}
                node = self._post(post, now, comments)
                if post.by != "council":
                    edges["visitor_posts"].append(node)
                elif node.fields["is_published"]:
                    edges["published_posts"].append(node)
            nodes[str(node.fields["id"])] = node
        page = self._page(edges)
        return nodes | {self.home: page, self.town.handle.lower(): page}

    def post_id(self, post: TownPost) -> str:
        """The native id of a post."""
        if post.kind == "reel":
            return number("facebook", post.media[0].id)
        return f"{self.home}_{number('facebook', post.id)}"

    def _page(self, edges: dict[str, list[Node]]) -> Node:
        town = self.town
        settings = [
            Node(
                type="PageSettings",
                fields={"setting": name, "value": value},
                known=frozenset({"setting", "value"}),
                default=("setting", "value"),
                nullable=frozenset({"value"}),
            )
            for name, value in town.settings.items()
        ]
        fields = {
            "id": self.home,
            "name": town.name,
            "username": town.handle,
            "about": town.description or None,
            "website": town.website or None,
            "link": f"{WWW}/{town.handle}",
            "is_published": True,
            "is_verified": False,
            "verification_status": "not_verified",
            "category": "Government organisation",
        }
        return Node(
            type="Page",
            fields=fields,
            known=_PAGE,
            default=("name", "id"),
            edges={
                "settings": lambda: settings,
                **{name: _listed(nodes) for name, nodes in edges.items()},
            },
            needs={
                "settings": "pages_manage_metadata",
                "visitor_posts": "pages_read_user_content",
            },
        )

    def _post(self, post: TownPost, now: datetime, comments: list[Node]) -> Node:
        native = self.post_id(post)
        waiting = post.scheduled_for is not None and post.scheduled_for > now
        published = not waiting and (
            post.audience != "unpublished" or post.scheduled_for is not None
        )
        early = post.edited_at is not None and post.edited_at > now
        value, words = AUDIENCE.get(post.audience, ("EVERYONE", "Public"))
        own = post.by == "council"
        privacy = {"allow": "", "deny": "", "friends": "", "networks": ""}
        fields = {
            "id": native,
            "message": (post.text_before_edit if early else post.text) or None,
            "story": f"{self.town.name} shared a post." if post.kind == "repost" else None,
            "created_time": wire_time(post.at),
            "updated_time": wire_time(max([post.at, *(c.at for c in post.comments_as_of(now))])),
            "permalink_url": f"{WWW}/{self.town.handle}/posts/{native.split('_')[1]}",
            "status_type": _status(post),
            "is_published": published,
            "is_hidden": False,
            "is_expired": False,
            "privacy": {**privacy, "description": words, "value": value} if own else {"value": ""},
            "timeline_visibility": "normal",
            "scheduled_publish_time": post.scheduled_for.timestamp()
            if waiting and post.scheduled_for
            else None,
            "parent_id": self._shared(post) if post.kind == "repost" else None,
            "from": self._person(post.by),
            "attachments": self._attachments(post),
        }
        return Node(
            type="PagePost",
            fields=fields,
            known=_POST,
            default=("created_time", "message", "story", "id"),
            edges={"comments": _listed(comments)},
            needs=READS_PEOPLE,
            time=post.at.timestamp(),
        )

    def _medium(self, post: TownPost, medium: TownMedia, now: datetime) -> Node:
        if medium.kind == "image":
            return photo(self.town.handle, self.post_id(post), post, medium, now)
        return video(self.home, post, medium, now)

    def _attachments(self, post: TownPost) -> dict[str, Any] | None:
        parts = [attachment(self.town.handle, medium) for medium in post.media]
        if len(parts) > 1:
            target = {
                "id": number("facebook", post.id, "album"),
                "url": f"{WWW}/media/set/{post.id}",
            }
            kind = {"media_type": "album", "type": "album", "title": "Photos", "url": target["url"]}
            return {"data": [{**kind, "target": target, "subattachments": {"data": parts}}]}
        if not parts and post.kind == "repost":
            other, shared = self._shared(post).split("_")
            url = f"{WWW}/{other}/posts/{shared}"
            parts = [{"media_type": "link", "type": "share", "url": url, "unshimmed_url": url}]
        if not parts and post.links:
            shim = f"https://l.facebook.com/l.php?u={quote(post.links[0], safe='')}&h=AT0"
            link = {"media_type": "link", "type": "share", "title": post.title or post.links[0]}
            parts = [{**link, "url": shim, "unshimmed_url": post.links[0], "target": {"url": shim}}]
        return {"data": parts} if parts else None

    def _comment(self, post: TownPost, comment: TownComment, now: datetime) -> Node:
        under = number("facebook", post.media[0].id if post.kind == "reel" else post.id)
        answers = [
            c for c in post.comments_as_of(now) if c.reply_to == comment.id and c.id != comment.id
        ]
        above = comment.reply_to
        native = f"{under}_{number('facebook', comment.id)}"
        fields = {
            "id": native,
            "parent": {"id": f"{under}_{number('facebook', above)}"} if above else None,
            "from": self._person(comment.by),
            "message": comment.text,
            "created_time": wire_time(comment.at),
            "is_hidden": comment.state_as_of(now) != "published",
            "can_hide": comment.by != "council",
            "can_remove": True,
            "is_private": False,
            "comment_count": len(answers),
            "like_count": 0,
            "permalink_url": f"{WWW}/{under}?comment_id={native.split('_')[1]}",
        }
        return Node(
            type="Comment",
            fields=fields,
            known=_COMMENT,
            default=("created_time", "from", "message", "id"),
            edges={"comments": lambda: [self._comment(post, c, now) for c in answers]},
            needs=READS_PEOPLE,
            time=comment.at.timestamp(),
        )

    def _person(self, name: str) -> dict[str, str]:
        if name == "council":
            return {"name": self.town.name, "id": self.home}
        return {"name": name, "id": number("facebook", "person", name, digits=16)}

    def _shared(self, post: TownPost) -> str:
        return f"{number('facebook', 'another page')}_{number('facebook', post.id, 'shared')}"


def _listed(nodes: list[Node]) -> Any:
    return lambda: nodes


def _status(post: TownPost) -> str:
    if post.kind == "repost" or (post.links and not post.media):
        return "shared_story"
    if not post.media:
        return "mobile_status_update"
    return "added_photos" if post.media[0].kind == "image" else "added_video"
