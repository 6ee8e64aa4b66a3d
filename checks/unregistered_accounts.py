"""Profiles that the council shows as its own and that no council file lists.

Nobody watches an account that is not on the list. Read are the home page of the council's website and
the profiles of its accounts; a link that is presented as somebody else's, or that shares, logs in or
leads to a single post, is left alone. A page known by its number only and one known by its name only
may be the same, which cannot be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from socialaudit.check import Confidence, Context, Counted, Observation, Urgency, check
from socialaudit.models import WEBSITE, AccountKind
from socialaudit.ownership import presented_as_own
from socialaudit.presences import HOME_PAGE, TITLES, Listed, Standing, recognised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.presences import Presence
    from socialaudit.records import Records

LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}]+")


@dataclass
class _Shown:
    """A profile, by its first address, and where it is shown."""

    presence: Presence
    address: str
    places: list[str] = field(default_factory=list)


@check(
    id="unregistered-accounts",
    title="Every account that the council shows as its own is on the list of accounts",
    examines="links",
    needs=(),
    kinds=frozenset(),
    urgency=Urgency.MONTH,
    instruction="Put an account on the list, or say that it is not the council’s",
    joined="Put {n} accounts on the list, or say that they are not the council’s",
    fixed="account put on the list",
    why="Nobody checks an account that is not on the list. Abuse or a late question there would not show.",
    minutes=10,
    references=("The policy’s own clause on monitoring social media",),
)
def unregistered_accounts(records: Records, context: Context) -> Iterator[Observation | Counted]:
    """Always possible: a link says that the council shows a profile, not whose it is."""
    listed = _listed(records, context)
    shown = _shown(records, context)
    standing = {mark: listed.standing(one.presence) for mark, one in shown.items()}
    unsure = sum(one is Standing.UNSURE for one in standing.values())
    missed = context.home_page is not None and not (records.accounts["id"] == HOME_PAGE).any()
    if not shown and not missed:
        return
    yield Counted(None, examined=len(shown) - unsure, unknown=unsure + int(missed))
    for mark, one in shown.items():
        if standing[mark] is Standing.UNLISTED:
            platform = TITLES[one.presence.platform]
            yield Observation(
                record=None,
                subject=f"profile {mark}",
                message=f"{_where(one.places)} to “{one.presence.written}” on {platform}, "
                "which is not on the list. It may be somebody else’s.",
                confidence=Confidence.POSSIBLE,
                would_pass="The account is on the list, or set down as not the council’s.",
                evidence={"address": one.address},
            )


def _listed(records: Records, context: Context) -> Listed:
    council = context.council
    listed = Listed(council.not_ours)
    for group in council.groups or ():
        listed.add("facebook group", [group])
    read = {row.account: row for row in records.rows(records.accounts) if row.id != HOME_PAGE}
    for one in context.registered:
        told: list[Any] = [one.handle, one.base_url]
        if (row := read.get(one.id)) is not None:
            told += [row.id, row.handle, row.permalink]
        listed.add(one.platform, [text for text in told if isinstance(text, str)])
    return listed


def _shown(records: Records, context: Context) -> dict[str, _Shown]:
    """The profiles presented as the council's own, by mark, with the places that show them."""
    found: dict[str, _Shown] = {}
    for row in records.rows(records.accounts):
        if row.kind != AccountKind.COUNCIL.value:
            continue
        told = list(row.links) if isinstance(row.links, tuple) else []
        if row.account != WEBSITE and isinstance(row.description, str):
            told += [link.rstrip(".,;:!?") for link in LINK.findall(row.description)]
        name = "the website" if row.account == WEBSITE else context.titles.get(row.account, "")
        for address in told:
            presence = recognised(address)
            if presence is None or not presented_as_own(presence, "", context.council.name):
                continue
            one = found.setdefault(presence.mark, _Shown(presence, address))
            one.places += [name] if name not in one.places else []
    return found


def _where(places: list[str]) -> str:
    listed = " and ".join(filter(None, [", ".join(places[:-1]), places[-1]]))
    return f"{listed[:1].upper()}{listed[1:]} {'link' if len(places) > 1 else 'links'}"
