"""A demo town's LinkedIn page as LinkedIn's own items, as of a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount, TownComment, TownMedia, TownPost

_VISIBILITY = {"public": "PUBLIC", "followers": "LOGGED_IN", "private": "CONNECTIONS"}
_SHOWN = frozenset({"published"})


class Items:
    """What LinkedIn would tell of a town's page; ``page`` is its URN.

    The town's settings are its roles, and how many people have each.
    """

    def __init__(self, town: TownAccount) -> None:
        self.town = town
        self.number = int(number("linkedin", town.handle, digits=8))
        self.page = f"urn:li:organization:{self.number}"

    def organization(self) -> dict[str, Any]:
        """The page, as an administrator sees it."""
        town = self.town
        language = {"country": "GB", "language": "en"}
        told: dict[str, Any] = {
            "id": self.number,
            "$URN": self.page,
            "vanityName": town.handle.lower(),
            "localizedName": town.name,
            "name": {"localized": {"en_GB": town.name}, "preferredLocale": language},
            "primaryOrganizationType": "NONE",
            "organizationType": "GOVERNMENT_AGENCY",
            "locations": [],
            "versionTag": "1",
        }
        if town.description:
            told["localizedDescription"] = town.description
        if town.website:
            told["localizedWebsite"] = town.website
        return told

    def roles(self) -> list[dict[str, Any]]:
        """One entry for each person who may act for the page."""
        return [
            {
                "organization": self.page,
                "roleAssignee": f"urn:li:person:{number('linkedin', role, str(n), digits=10)}",
                "role": role,
                "state": "APPROVED",
            }
            for role, people in self.town.settings.items()
            for n in range(people)
        ]

    def posts(self, now: datetime) -> dict[str, dict[str, Any]]:
        """The page's own posts by URN."""
        return {
            self.urn(post): self._post(post, now)
            for post in self.town.posts_as_of(now)
            if post.by == "council"
        }

    def videos(self, now: datetime) -> dict[str, dict[str, Any]]:
        """The videos of these posts by URN."""
        return {
            media_urn(medium): {
                "id": media_urn(medium),
                "owner": self.page,
                "duration": medium.seconds * 1000,
                "aspectRatioWidth": 1280,
                "aspectRatioHeight": 720,
                "status": "AVAILABLE",
            }
            for post in self.town.posts_as_of(now)
            for medium in post.media
            if medium.kind == "video"
        }

    def talks(self, now: datetime) -> dict[str, dict[str, Any]]:
        """What is said under each post, summed up, by its URN."""
        return {
            self.urn(post): {
                "entity": self.thread(post),
                "reactionSummaries": {},
                "commentsState": "CLOSED" if post.comments_off else "OPEN",
                "commentSummary": {
                    "count": len(shown(post, now)),
                    "topLevelCount": len([c for c in shown(post, now) if not c.reply_to]),
                },
            }
            for post in self.town.posts_as_of(now)
        }

    def comments(self, now: datetime) -> dict[str, list[dict[str, Any]]]:
        """Each thread by the URN of its post or comment, oldest first."""
        threads: dict[str, list[dict[str, Any]]] = {}
        for post in self.town.posts_as_of(now):
            there = shown(post, now)
            threads[self.urn(post)] = [
                self._comment(post, c, there) for c in there if not c.reply_to
            ]
            for one in there:
                threads[self._urn_of(post, one.id)] = [
                    self._comment(post, c, there) for c in there if c.reply_to == one.id
                ]
        return threads

    def urn(self, post: TownPost) -> str:
        """The URN of a post: those with a video are ``ugcPost``, as LinkedIn makes them."""
        sort = "ugcPost" if any(m.kind == "video" for m in post.media) else "share"
        return f"urn:li:{sort}:{number('linkedin', post.id, digits=19)}"

    def thread(self, post: TownPost) -> str:
        """The URN under which comments stand: another one than the post's."""
        return f"urn:li:activity:{number('linkedin', post.id, 'activity', digits=19)}"

    def _post(self, post: TownPost, now: datetime) -> dict[str, Any]:
        early = post.edited_at is not None and post.edited_at > now
        edited = post.edited_at is not None and not early
        waiting = post.scheduled_for is not None and post.scheduled_for > now
        told: dict[str, Any] = {
            "id": self.urn(post),
            "author": self.page,
            "commentary": little(post.text_before_edit if early else post.text),
            "createdAt": millis(post.at),
            "lastModifiedAt": millis(post.edited_at if edited and post.edited_at else post.at),
            "visibility": _VISIBILITY.get(post.audience, "PUBLIC"),
            "lifecycleState": "DRAFT" if waiting else "PUBLISHED",
            "lifecycleStateInfo": {"isEditedByAuthor": edited},
            "isReshareDisabledByAuthor": False,
            "distribution": {"feedDistribution": "MAIN_FEED", "thirdPartyDistributionChannels": []},
        }
        if not waiting:
            told["publishedAt"] = millis(post.at)
        if post.kind == "repost":
            other = f"urn:li:share:{number('linkedin', post.id, 'shared', digits=19)}"
            told["reshareContext"] = {"parent": other, "root": other}
        content = _content(post, now)
        return {**told, "content": content} if content else told

    def _comment(
        self, post: TownPost, comment: TownComment, there: list[TownComment]
    ) -> dict[str, Any]:
        who = self._person(comment.by)
        stamp = {"actor": who, "time": millis(comment.at)}
        answers = len([c for c in there if c.reply_to == comment.id])
        told: dict[str, Any] = {
            "id": number("linkedin", comment.id, digits=19),
            "commentUrn": self._urn_of(post, comment.id),
            "actor": who,
            "object": self.thread(post),
            "message": {"attributes": [], "text": comment.text},
            "created": stamp,
            "lastModified": stamp,
        }
        if comment.reply_to:
            told["parentComment"] = self._urn_of(post, comment.reply_to)
        if answers:
            told["commentsSummary"] = {
                "aggregatedTotalComments": answers,
                "totalFirstLevelComments": answers,
            }
        return told

    def _urn_of(self, post: TownPost, comment: str) -> str:
        return f"urn:li:comment:({self.thread(post)},{number('linkedin', comment, digits=19)})"

    def _person(self, by: str) -> str:
        if by == "council":
            return self.page
        return f"urn:li:person:{number('linkedin', 'person', by, digits=10)}"


def shown(post: TownPost, now: datetime) -> list[TownComment]:
    """The comments of a post that LinkedIn lists."""
    return [c for c in post.comments_as_of(now) if c.state_as_of(now) in _SHOWN]


def media_urn(medium: TownMedia) -> str:
    """The URN of a picture or video."""
    sort = "video" if medium.kind == "video" else "image"
    return f"urn:li:{sort}:D4D10{number('linkedin', medium.id, digits=12)}"


def millis(moment: datetime) -> int:
    """A time as LinkedIn writes it."""
    return int(moment.timestamp() * 1000)


def little(text: str) -> str:
    """A text in LinkedIn's own notation ("little text"): its marks escaped."""
    return "".join(f"\\{c}" if c in "\\|{}@[]()<>#*_~" else c for c in text)


def _content(post: TownPost, now: datetime) -> dict[str, Any]:
    parts = [
        {"id": media_urn(m)} | ({"altText": m.alt_as_of(now)} if m.alt_as_of(now) else {})
        for m in post.media
    ]
    if len(parts) > 1:
        return {"multiImage": {"images": parts}}
    if parts:
        return {"media": parts[0]}
    if post.links:
        return {"article": {"source": post.links[0], "title": post.title or post.links[0]}}
    return {}
