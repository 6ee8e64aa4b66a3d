"""Imitates the Graph API for one Facebook Page of the demo town.

Built from the vendor's spec of April 2026 (Graph v25) and from recorded answers. Not settled there
and chosen here: ``since`` and ``until`` are honoured on lists of posts unless ``honours_since`` is
false; a token that may not read comments has the whole request refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from demo.facebook_nodes import PageNodes
from demo.graph_site import GraphSite

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount

TOKEN = "EAADemoPageToken0123456789"  # noqa: S105 - invented, opens nothing
PERMISSIONS = frozenset(
    {"pages_read_engagement", "pages_read_user_content", "pages_manage_metadata"}
)


class FacebookSite(GraphSite):
    """The Page of a town as of ``now``.

    ``permissions`` are those of the token; ``person`` makes it the token of a person, which sees no
    comments; ``honours_since`` false lets lists of posts ignore the window asked for.
    """

    usage = "pages"
    throttled = 80001
    basic = "pages_read_engagement"
    windowed = frozenset({"published_posts", "visitor_posts"})

    def __init__(
        self,
        town: TownAccount,
        now: datetime,
        token: str = TOKEN,
        *,
        permissions: frozenset[str] = PERMISSIONS,
        person: bool = False,
        honours_since: bool = True,
    ) -> None:
        super().__init__(
            PageNodes(town),
            now,
            token,
            permissions=permissions,
            honours_since=honours_since,
            unlisted=frozenset({"comments"} if person else ()),
        )
