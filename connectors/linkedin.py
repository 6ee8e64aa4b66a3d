"""LinkedIn pages of organisations, by its REST API (versioned, Rest.li 2.0).

Documentation: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/

Credentials: TOKEN, an access token of an administrator of the page (role ADMINISTRATOR or
CONTENT_ADMIN), with ``r_organization_social`` (posts; in newer apps ``r_organization_social_feed``
for comments) and ``rw_organization_admin`` (the profile, and how many people may act for the page).
The app needs LinkedIn's Community Management API as its only product, which LinkedIn reviews. A token
lasts 60 days. VERSION, only when LinkedIn has stopped serving the month that we ask for: another one,
such as 202609. The handle is the name in the page's address, or its number.

Price and limits: none. Calls of an app and of a person in a day are limited (numbers unpublished, no
header tells them; counted anew at midnight UTC). A week takes some five, and one for each post with
comments and each comment with replies.

**Cannot see**: comments that were hidden or deleted · whether a video has captions, unless LinkedIn
comes to say so · where others mention the page · earlier versions of a post · documents' accessibility
· personal profiles · messages.

How it is tested: no live page was read, and there is no public specification. An imitation on this
machine answers as Microsoft's pages say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from connectors import Usage
from connectors.linkedin_http import REFUSED, RestLi
from connectors.linkedin_posts import changed_at
from connectors.linkedin_pull import Pull
from connectors.linkedin_values import list_of
from connectors.linkedin_wire import handle_of, page, roles
from socialaudit.errors import Malformed, NotFound, Unauthorized
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.linkedin_values import Raw
    from socialaudit.models import Known, Reading

OLD_PAGES = 10
"""Pages of nothing but older posts, out of order, after which a list is given up."""
LIMITS = (
    Unread("comments.state", "LinkedIn does not show comments that are hidden", permanent=True),
    Unread("comments.visitor", "LinkedIn does not show who mentions a page", permanent=True),
)


class LinkedIn:
    """One organisation's page.

    Of a week with P posts, V videos, Q posts that were changed since it began (those among them),
    c_i comments under post i and r_ij replies under comment j of it, ``read`` makes::

        2 + max(1, ceil(Q/100)) + ceil(P/50) + ceil(V/50) + sum(ceil(c_i/100)) + sum(ceil(r_ij/100))

    (P and V counted for each page of posts). ``reread`` makes one for each 50 posts whose comments
    are counted and no more where nothing changed; for posts that did, or that are things to do, as
    above from the third term on, by 50 posts; the thread of each post with a known comment; and one
    for the page when ``read`` did not come first.

    Posts come in the order of their last change, which is never before they were published: after
    the first that was last changed before the window, none can be of the window.
    """

    name: ClassVar[str] = "linkedin"
    title: ClassVar[str] = "LinkedIn"
    secrets: ClassVar[tuple[str, ...]] = ("TOKEN", "VERSION")
    hosts: ClassVar[tuple[str, ...]] = ("linkedin.com", "lnkd.in")

    def __init__(self, access: Access) -> None:
        if not access.secrets.get("token"):
            raise Unauthorized(
                "There is no access token for this LinkedIn page",
                "Let an administrator of the page make one and set it as the credential's TOKEN.",
            )
        self.usage = Usage(unit="calls")
        self._access = access
        self._api = RestLi(access, self.usage)
        self._page: Raw = {}

    def close(self) -> None:
        """Close connections."""
        self._api.close()

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """Everything published in [since, until): see ``connectors.Connector``."""
        self._find()
        yield page(self._access, self._page)
        yield from LIMITS
        yield from self._roles()
        pull = self._pull(since, until)
        came = False
        try:
            for some in self._recent(since):
                came = True
                yield from pull.posts(some)
        except REFUSED as fault:
            for fact in ("posts", "media", "comments"):
                yield Unread(fact, fault.message, fault.remedy, partial=came)
        yield from pull.shortfall()

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The known records as they are now: see ``connectors.Connector``."""
        if not known:
            return
        if not self._page:
            self._find()
        yield from self._pull().reread(known)

    @property
    def _urn(self) -> str:
        return f"urn:li:organization:{self._page['id']}"

    def _pull(self, since: datetime | None = None, until: datetime | None = None) -> Pull:
        return Pull(access=self._access, api=self._api, page=self._urn, since=since, until=until)

    def _find(self) -> None:
        """The page, by its number or by its name. Raises ``NotFound``."""
        handle = handle_of(self._access.handle)
        if handle.isdigit():
            raw = self._api.read(f"organizations/{handle}")
        else:
            answer = self._api.read("organizations", {"q": "vanityName", "vanityName": handle})
            found = [one for one in list_of(answer.get("elements")) if isinstance(one, dict)]
            if not found:
                told = f"LinkedIn knows no page called {handle}"
                raise NotFound(told, "Copy the name from the page's address, after /company/.")
            raw = found[0]
        number = str(raw.get("id") or str(raw.get("$URN")).rpartition(":")[2])
        if not number.isdigit():
            raise Malformed(f"LinkedIn's answer for {handle} is not about a page")
        self._page = {**raw, "id": number}

    def _roles(self) -> Iterator[Reading]:
        """Who may act for the page, as settings: a number of people for each role."""
        asked = {"q": "organization", "organization": self._urn, "state": "APPROVED"}
        try:
            entries = [one for some in self._api.pages("organizationAcls", asked) for one in some]
        except REFUSED as fault:
            yield Unread("settings", fault.message, fault.remedy)
            return
        yield from roles(self._access.account, self._page["id"], entries)

    def _recent(self, since: datetime) -> Iterator[list[Any]]:
        """Pages of posts, as far as they may hold something of the window."""
        asked = {"q": "author", "author": self._urn, "sortBy": "LAST_MODIFIED"}
        old = 0
        for some in self._api.pages("posts", asked):
            yield some
            times = [moment for raw in some if (moment := changed_at(raw))]
            ordered = times == sorted(times, reverse=True)
            old = old + 1 if times and max(times) < since else 0
            if times and ((ordered and times[-1] < since) or old == OLD_PAGES):
                return


CONNECTOR = LinkedIn
