"""Which fields the Facebook connector asks Graph for, node by node (field expansion)."""

from __future__ import annotations

COMMENT = (
    "id",
    "parent{id}",
    "from{id}",
    "message",
    "created_time",
    "is_hidden",
    "can_hide",
    "is_private",
    "comment_count",
    "permalink_url",
)
THREAD = {"filter": "stream", "order": "chronological", "live_filter": "no_filter"}
"""All levels of a thread, oldest first; on a live video also what Facebook thinks poor."""

_MODIFIERS = "".join(f".{name}({value})" for name, value in THREAD.items())
COMMENTS = f"comments{_MODIFIERS}.limit(100).summary(true){{{','.join(COMMENT)}}}"
COMMENT_COUNT = f"comments{_MODIFIERS}.limit(0).summary(true)"
"""Counts exactly what ``COMMENTS`` lists. With a summary asked for, ``comments`` is never left out."""

CAPTION = ("create_time", "is_auto_generated", "is_default", "locale", "locale_name")
ATTACHMENT = ("media_type", "type", "title", "description", "url", "unshimmed_url", "target")
_INNER = ",".join(ATTACHMENT)
ATTACHMENTS = f"attachments{{{_INNER},subattachments.limit(100){{{_INNER}}}}}"

PAGE = (
    "id",
    "name",
    "username",
    "about",
    "description",
    "link",
    "website",
    "emails",
    "phone",
    "single_line_address",
    "is_verified",
    "verification_status",
    "is_published",
    "is_permanently_closed",
    "impressum",
    "privacy_info_url",
)
SETTING = ("setting", "value")
SETTINGS = f"settings.limit(100){{{','.join(SETTING)}}}"

POST = (
    "id",
    "message",
    "story",
    "created_time",
    "permalink_url",
    "status_type",
    "is_published",
    "is_hidden",
    "is_expired",
    "privacy",
    "feed_targeting",
    "targeting",
    "timeline_visibility",
    "scheduled_publish_time",
    "parent_id",
    ATTACHMENTS,
    COMMENTS,
)
VISITOR_POST = ("id", "from{id}", "message", "created_time", "is_hidden", "permalink_url", COMMENTS)
PHOTO = ("id", "alt_text", "alt_text_custom", "name", "page_story_id")
VIDEO = ("id", "length", "live_status", "title", "post_id", f"captions{{{','.join(CAPTION)}}}")
REEL = (*VIDEO, "description", "created_time", "permalink_url", "published", "privacy", COMMENTS)
ANSWERED = (*COMMENT, COMMENTS)
