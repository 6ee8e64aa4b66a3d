"""What the checks of house style read: the council's own words to everybody, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from socialaudit.check import Context
    from socialaudit.records import Records

LIMIT = 20_000
"""Characters read of one post."""
DAYS = 28
"""So long is advice on a post worth following; later it is for the next one."""

_QUOTES = str.maketrans("“”", "''")


def own_words(records: Records) -> pd.DataFrame:
    """Own posts, without replies to one person; ``words`` is title and text, at most ``LIMIT``."""
    return records.once("style", lambda: _own_words(records))


def _own_words(records: Records) -> pd.DataFrame:
    posts = records.own_posts()
    posts = posts[posts["kind"].ne("reply").fillna(value=True)]
    joined = posts["title"].fillna("") + "\n" + posts["text"].fillna("")
    return posts.assign(words=joined.str.strip().str.slice(0, LIMIT))


def too_old(post: Any, context: Context, days: int) -> str:
    """The reason why nobody need change a post any more; empty while somebody should."""
    if context.now - post.published_at <= timedelta(days=days):
        return ""
    return f"It is more than {days} days old. Think of it in the next post."


def clipped(text: str, most: int = 40) -> str:
    """The start of a text in one line, for “quoting” in a message; cut between words if it can be."""
    line = " ".join(text[: 2 * most].translate(_QUOTES).split())
    if len(line) <= most:
        return line
    return f"{line[:most].rsplit(' ', 1)[0]}…"
