"""X's fields and expansions by both generations of names, and what a request asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demo.x_problems import Refused, invalid

if TYPE_CHECKING:
    from demo.server import Request

POST_FIELDS = {
    *[
        "article",
        "attachments",
        "author_id",
        "conversation_id",
        "created_at",
        "edit_controls",
        "entities",
    ],
    *["edit_history_tweet_ids", "in_reply_to_user_id", "lang", "media_metadata", "note_tweet"],
    *[
        "paid_partnership",
        "possibly_sensitive",
        "public_metrics",
        "referenced_tweets",
        "reply_settings",
    ],
    *["id", "text", "withheld"],
}
MOVED = {"author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "referenced_tweets"}
USER_FIELDS = {
    *[
        "created_at",
        "description",
        "entities",
        "id",
        "is_identity_verified",
        "location",
        "name",
        "parody",
    ],
    *[
        "pinned_tweet_id",
        "profile_banner_url",
        "profile_image_url",
        "protected",
        "public_metrics",
        "url",
    ],
    *["username", "verified", "verified_type", "withheld", "receives_your_dm"],
}
MEDIA_FIELDS = {
    *[
        "alt_text",
        "duration_ms",
        "height",
        "media_key",
        "preview_image_url",
        "public_metrics",
        "type",
        "url",
    ],
    *["variants", "width"],
}
EXPANSIONS = {
    "attachments.media_keys",
    "author_id",
    "edit_history_tweet_ids",
    "in_reply_to_user_id",
    "referenced_tweets.id",
}
NEW_NAMES = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "referenced_tweets.id": "referenced_posts",
    "pinned_tweet_id": "pinned_post_id",
    "note_tweet": "note_post",
    "retweet_count": "repost_count",
    "tweet_count": "post_count",
    "tweets": "posts",
}


@dataclass(frozen=True)
class Names:
    """The names of one ``generation``, ``tweet`` or ``post``; answers are built with the old ones."""

    generation: str

    @property
    def post_fields(self) -> str:
        """The parameter that asks for fields of posts."""
        return f"{self.generation}.fields"

    def asked(self, request: Request, name: str) -> set[str]:
        """What a request asks for in one parameter, in the old names."""
        old = {new: old for old, new in NEW_NAMES.items() if old != "referenced_tweets"}
        asked = {f for f in request.query.get(name, "").split(",") if f}
        return {old.get(f, f) for f in asked} if self.generation == "post" else asked

    def check(self, request: Request, allowed: set[str]) -> None:
        """Raise ``Refused`` for a parameter, field or expansion that there is not."""
        posts, expansions, users = POST_FIELDS, EXPANSIONS, USER_FIELDS
        if self.generation == "post":
            posts = {NEW_NAMES.get(f, f) for f in POST_FIELDS - MOVED}
            expansions = {NEW_NAMES.get(e, e) for e in EXPANSIONS}
            users = USER_FIELDS - {"pinned_tweet_id"}
        known = {
            self.post_fields: posts,
            "expansions": expansions,
            "user.fields": users,
            "media.fields": MEDIA_FIELDS,
        }
        for name, value in request.query.items():
            if name not in allowed:
                message = f"The query parameter [{name}] is not one of {sorted(allowed)}"
                raise Refused(invalid(name, value, message))
            odd = {v for v in value.split(",") if v} - known[name] if name in known else set()
            if odd:
                raise Refused(
                    invalid(name, value, f"{sorted(odd)} is not one of {sorted(known[name])}")
                )


def renamed(value: Any) -> Any:
    """An answer in the new names."""
    if isinstance(value, dict):
        return {NEW_NAMES.get(k, k): renamed(v) for k, v in value.items()}
    return [renamed(v) for v in value] if isinstance(value, list) else value
