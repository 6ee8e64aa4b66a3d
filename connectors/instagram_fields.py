"""Which fields the Instagram connector asks Graph for, node by node (field expansion)."""

from __future__ import annotations

AT_ONCE = 50
"""Comments, replies or media on a page; Instagram gives no more of the first."""

REPLY = ("id", "text", "timestamp", "hidden", "username", "from{id,username}", "parent_id")
REPLIES = f"replies.limit({AT_ONCE}){{{','.join(REPLY)}}}"
COMMENT = (*REPLY, REPLIES)
COMMENTS = f"comments.limit({AT_ONCE}){{{','.join(COMMENT)}}}"

CHILD = ("id", "media_type", "alt_text")
"""Of a picture in an album; it has no link, caption or comments of its own."""
STORY = ("id", "caption", "media_type", "media_product_type", "permalink", "timestamp")
MEDIA = (
    *STORY,
    "alt_text",
    "is_comment_enabled",
    "comments_count",
    f"children{{{','.join(CHILD)}}}",
    COMMENTS,
)
TAG = ("id", "caption", "permalink", "timestamp", "username")

USER = ("id", "username", "name", "biography", "website")
EDGES = (
    f"stories.limit({AT_ONCE}){{{','.join(STORY)}}}",
    f"tags.limit({AT_ONCE}){{{','.join(TAG)}}}",
)
"""What is read in one answer with the profile: a day's stories, and others' posts that tag it.

The last needs one permission more.
"""
