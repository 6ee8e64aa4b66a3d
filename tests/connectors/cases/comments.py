"""A site's comments on Disqus under contract: it shows comments and no posts."""

from __future__ import annotations

from connectors.comments import Comments
from demo.disqus import KEY, TOKEN, DisqusSite
from tests.connectors.case import Case, a_town


def case() -> Case:
    return Case(
        name="comments",
        connector=Comments,
        town=a_town("disqus", handle="disqus:snoring#The Council", posts=3, comments=145),
        site=DisqusSite,
        secrets={"key": KEY, "token": TOKEN},
        first="/posts/list",
        paged="/posts/list",
        posts=False,
    )
