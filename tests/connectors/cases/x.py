"""X under contract, read with an app's bearer token and full-archive access."""

from __future__ import annotations

from connectors.x import X
from demo.x import XSite
from demo.x_posts import account_id
from tests.connectors.case import NOW, SINCE, UNTIL, Case, a_town

TOKEN = "AAAAAAAAAAAAAAAAAAAAAplanted%2Bbearer%3Dtoken"
HANDLE = "LittleSnoringTC"


def case() -> Case:
    town = a_town("x", handle=HANDLE, posts=130, comments=520)
    replies = [c for p in town.posts_as_of(NOW) for c in p.comments_as_of(NOW)]
    return Case(
        name="x",
        connector=X,
        town=town,
        site=lambda town, now: XSite(town, now, TOKEN),
        secrets={"token": TOKEN},
        first="/2/users/by/username/",
        paged=f"/2/users/{account_id(HANDLE)}/tweets",
        part="/2/tweets/search/",
        fact="comments",
        comment_texts=frozenset(f"@{HANDLE} {c.text}" for c in replies if SINCE <= c.at < UNTIL),
    )
