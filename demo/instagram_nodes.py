"""A demo town's Instagram account as Graph nodes, as of a moment."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from demo.facebook_media import wire_time
from demo.graph import Node
from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount, TownComment, TownMedia, TownPost

WWW = "https://www.instagram.com"
STORY_LIFE = timedelta(hours=24)
_COMMENTS = {"comments": "instagram_manage_comments"}
_USER = frozenset(
    [
        "biography",
        "followers_count",
        "follows_count",
        "has_profile_pic",
        "id",
        "ig_id",
        "is_published",
        "media_count",
        "name",
        "profile_picture_url",
        "username",
        "website",
    ]
)
_MEDIA = frozenset(
    [
        "alt_text",
        "caption",
        "comments_count",
        "id",
        "ig_id",
        "is_comment_enabled",
        "is_shared_to_feed",
        "like_count",
        "media_product_type",
        "media_type",
        "media_url",
        "owner",
        "permalink",
        "shortcode",
        "thumbnail_url",
        "timestamp",
        "username",
    ]
)
_CHILD = frozenset({"alt_text", "id", "media_type", "media_url", "thumbnail_url", "timestamp"})
_COMMENT = frozenset(
    ["from", "hidden", "id", "like_count", "media", "parent_id", "text", "timestamp", "username"]
)
_TYPES = {"video": "VIDEO", "image": "IMAGE", "animation": "VIDEO"}


class InstagramNodes:
    """Every node of an account by id, and what leads to it: the Page or person of the token."""

    def __init__(self, town: TownAccount, *, person: bool = False) -> None:
        self.town = town
        self.home = number("instagram", town.handle, digits=17)
        self.person = person

    def as_of(self, now: datetime) -> dict[str, Node]:
        """The nodes there are at that moment."""
        nodes: dict[str, Node] = {}
        edges: dict[str, list[Node]] = {"media": [], "stories": [], "tags": []}
        for post in self.town.posts_as_of(now):
            node = self._media(post, now, nodes)
            if post.by != "council":
                edges["tags"].append(node)
            elif post.kind != "story":
                edges["media"].append(node)
            elif now - post.at < STORY_LIFE:
                edges["stories"].append(node)
            nodes[str(node.fields["id"])] = node
        user = self._user(edges)
        return nodes | {self.home: user} | self._owners(user)

    def post_id(self, post: TownPost) -> str:
        """The native id of a post."""
        return number("instagram", post.id, digits=17)

    def _user(self, edges: dict[str, list[Node]]) -> Node:
        town = self.town
        fields = {
            "id": self.home,
            "ig_id": int(number("instagram", town.handle, "old", digits=10)),
            "username": town.handle.lower(),
            "name": town.name,
            "biography": town.description or None,
            "website": town.website or None,
            "media_count": len(edges["media"]),
            "followers_count": 210,
            "follows_count": 12,
        }
        return Node(
            type="IGUser",
            fields=fields,
            known=_USER,
            default=("id",),
            edges={name: _listed(nodes) for name, nodes in edges.items()},
            needs={"tags": "instagram_manage_comments"},
        )

    def _owners(self, user: Node) -> dict[str, Node]:
        """The Page that the account is connected to; ``me`` is the Page, or a person with two."""
        page = Node(
            type="Page",
            fields={"id": number("instagram", "page"), "name": self.town.name},
            known=frozenset({"id", "name", "username", "website"}),
            default=("name", "id"),
            linked={"instagram_business_account": user},
        )
        if not self.person:
            return {"me": page, str(page.fields["id"]): page}
        other = Node(
            type="Page",
            fields={"id": number("instagram", "other page"), "name": "Village hall"},
            known=frozenset({"id", "name", "instagram_business_account"}),
            default=("name", "id"),
        )
        person = Node(
            type="User",
            fields={"id": number("instagram", "person"), "name": "Sam Example"},
            known=frozenset({"id", "name"}),
            default=("name", "id"),
            edges={"accounts": lambda: [other, page]},
        )
        return {"me": person, str(page.fields["id"]): page}

    def _media(self, post: TownPost, now: datetime, nodes: dict[str, Node]) -> Node:
        """A post; its comments go into ``nodes`` too."""
        there = [c for c in post.comments_as_of(now) if c.state in {"published", "hidden"}]
        album = post.media if len(post.media) != 1 else ()
        children = [self._child(m, post, now) for m in album]
        comments = {c.id: self._comment(post, c, there, now) for c in there}
        top = [comments[c.id] for c in there if not c.reply_to]
        nodes |= {str(one.fields["id"]): one for one in comments.values()}
        return Node(
            type="IGMedia",
            fields={**self._told(post, now), "comments_count": len(there)},
            known=_MEDIA,
            default=("id",),
            edges={"comments": _listed(top[::-1]), "children": _listed(children)},
            needs=_COMMENTS,
            time=post.at.timestamp(),
        )

    def _told(self, post: TownPost, now: datetime) -> dict[str, Any]:
        early = post.edited_at is not None and post.edited_at > now
        single = post.media[0] if len(post.media) == 1 else None
        short = number("instagram", post.id, digits=11)
        return {
            "id": self.post_id(post),
            "caption": (post.text_before_edit if early else post.text) or None,
            "media_type": _TYPES.get(single.kind, "IMAGE") if single else "CAROUSEL_ALBUM",
            "media_product_type": {"reel": "REELS", "story": "STORY"}.get(post.kind, "FEED"),
            "permalink": f"{WWW}/{'reel' if post.kind == 'reel' else 'p'}/{short}/",
            "shortcode": short,
            "timestamp": wire_time(post.at),
            "alt_text": _alt(single, now) if single and post.kind == "post" else None,
            "is_comment_enabled": not post.comments_off,
            "username": self._name(post.by),
        }

    def _child(self, medium: TownMedia, post: TownPost, now: datetime) -> Node:
        fields = {
            "id": number("instagram", medium.id, digits=17),
            "media_type": _TYPES.get(medium.kind, "IMAGE"),
            "alt_text": _alt(medium, now),
            "timestamp": wire_time(post.at),
        }
        return Node(type="IGMedia", fields=fields, known=_CHILD, default=("id",))

    def _comment(
        self, post: TownPost, comment: TownComment, there: list[TownComment], now: datetime
    ) -> Node:
        answers = [c for c in there if c.reply_to == comment.id]
        name = self._name(comment.by)
        above = comment.reply_to
        fields = {
            "id": number("instagram", comment.id, digits=17),
            "text": comment.text,
            "timestamp": wire_time(comment.at),
            "hidden": comment.state_as_of(now) != "published",
            "like_count": 0,
            "username": name,
            "from": {"id": number("instagram", "person", name, digits=16), "username": name},
            "media": {"id": self.post_id(post)},
            "parent_id": number("instagram", above, digits=17) if above else None,
        }
        return Node(
            type="IGComment",
            fields=fields,
            known=_COMMENT,
            default=("timestamp", "text", "id"),
            edges={"replies": lambda: [self._comment(post, c, there, now) for c in answers]},
            time=comment.at.timestamp(),
        )

    def _name(self, by: str) -> str:
        return self.town.handle.lower() if by == "council" else by.lower().replace(" ", ".")


def _alt(medium: TownMedia, now: datetime) -> str | None:
    return (medium.alt_as_of(now) or None) if medium.kind == "image" else None


def _listed(nodes: list[Node]) -> Any:
    return lambda: nodes
