"""Imitates the Graph API for one Instagram account of a demo town.

Built from the vendor's spec of April 2026 (Graph v25) and its reference pages; no recorded answer of
a whole account was to be had. Not settled there and chosen here: ``since`` and ``until`` are honoured
on the list of posts unless ``honours_since`` is false; hidden comments are listed with ``hidden``;
comments that wait for approval are not; a token that may not read comments has the whole request
refused; an edge asked for more than its 50 gives 50.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from demo.graph_site import GraphSite
from demo.instagram_nodes import InstagramNodes

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount

TOKEN = "EAADemoInstagramToken0123456789"  # noqa: S105 - invented, opens nothing
PERMISSIONS = frozenset({"instagram_basic", "instagram_manage_comments"})


class InstagramSite(GraphSite):
    """The account of a town as of ``now``, connected to a Page.

    ``permissions`` are those of the token; ``person`` makes it the token of a person instead of the
    Page, who has another Page too; ``honours_since`` false lets the list of posts ignore the window.
    """

    usage = "instagram"
    throttled = 80002
    basic = "instagram_basic"
    windowed = frozenset({"media"})
    caps = {"comments": 50, "replies": 50}  # noqa: RUF012 - never changed; the base class says so

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
            InstagramNodes(town, person=person),
            now,
            token,
            permissions=permissions,
            honours_since=honours_since,
        )
