"""Read the council's home page for the profiles that it shows as its own. Nothing here knows Prefect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors import Usage, home_page
from flows.limits import BUCKETS
from socialaudit.errors import PlatformError
from socialaudit.models import WEBSITE, Account, AccountKind, Unread
from socialaudit.ownership import presented_as_own
from socialaudit.presences import HOME_PAGE, recognised

if TYPE_CHECKING:
    from collections.abc import Iterable

FACT = "website.profiles"


@dataclass(frozen=True, slots=True)
class Page:
    """What came of a home page: its record, or why there is none; and the requests it took."""

    record: Account | None
    unread: Unread | None
    requests: int


def read(address: str, council: str) -> Page:
    """The profiles that a page links to as those of a council of this name.

    A page that cannot be read is told and never ends a run: what was read before stays.
    """
    usage = Usage()
    try:
        links = home_page.read(address, BUCKETS["feed"], usage)
    except PlatformError as fault:
        told = Unread(FACT, fault.message, fault.remedy, partial=True, cause=type(fault).__name__)
        return Page(None, told, usage.requests)
    return Page(_record(address, links, council), None, usage.requests)


def _record(address: str, links: Iterable[tuple[str, str]], council: str) -> Account:
    own = [
        link
        for link, label in links
        if (found := recognised(link)) is not None and presented_as_own(found, label, council)
    ]
    return Account(
        key=f"feed:{HOME_PAGE}",
        account=WEBSITE,
        id=HOME_PAGE,
        platform="feed",
        kind=AccountKind.COUNCIL,
        handle=address,
        permalink=address,
        links=tuple(dict.fromkeys(own)),
        published=True,
        payload={"links": [[link, label] for link, label in links if link in set(own)]},
    )
