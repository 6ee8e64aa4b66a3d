"""Posts that not everybody can see.

A post that is scheduled or still a draft is not out yet and is left alone. On Mastodon a post that is
not listed can be seen by all who come to the profile, but is found by nobody; replies are often so. Who may *reply* is the
council's choice: ``replies`` can name the platforms' words for limits that a policy does not want.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialaudit.check import Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

SEEN_BY = {
    "unlisted": "people who have the link",
    "followers": "followers, friends or members",
    "private": "the account itself",
}
QUIET = ("mastodon:",)
"""Keys of platforms on which everybody can see an unlisted post who comes to the profile or thread."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``replies``: values of who may reply that count as a problem ("mentionedUsers"); none."""

    replies: tuple[str, ...] = ()


@check(
    id="post-audience",
    title="Everybody can see what the council posts",
    examines="posts",
    needs=("posts.audience",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Make this post public, or delete it",
    joined="Make {n} posts public, or delete them",
    fixed="post made public",
    why="Residents miss a post that not everybody can see.",
    minutes=5,
    references=("Equality Act 2010, section 149",),
    parameters=Parameters,
    reads_text=False,
)
def post_audience(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Certain: the platform states who may see a post."""
    posts = records.own_posts()
    unknown = posts["audience"].isna()
    yield Scope(posts, unknown)
    quiet = posts["key"].str.startswith(QUIET) & posts["audience"].isin(["unlisted"])
    for post in records.rows(posts[quiet & ~posts["kind"].isin(["reply"])]):
        yield Observation(
            record=post.key,
            message="This post is kept out of searches, hashtags and public timelines.",
            would_pass="The post is public.",
            evidence={"audience": post.audience},
        )
    closed = posts["audience"].isin(list(SEEN_BY)) & ~quiet
    for post in records.rows(posts[closed]):
        yield Observation(
            record=post.key,
            message=f"Only {SEEN_BY[post.audience]} can see this post.",
            would_pass="Everybody may see the post.",
            evidence={"audience": post.audience},
        )
    limited = posts["replies_from"].isin(list(context.parameters.replies))
    for post in records.rows(posts[limited & ~closed & ~unknown]):
        yield Observation(
            record=post.key,
            message="Not everybody may reply to this post.",
            instruction="Let everybody reply to this post",
            would_pass="Everybody may reply to the post.",
            evidence={"replies": post.replies_from},
        )
