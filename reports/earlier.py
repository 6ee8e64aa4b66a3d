"""The reports before this one, as the web report lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.quoting import shown
from reports.signposts import Piece
from reports.wording import count, full_day, joined, listed, number
from socialaudit.finding import RunKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.audit import Audit, Earlier
    from reports.signposts import Signposts

NAMES = {RunKind.WEEKLY: "Week", RunKind.INCIDENT: "Extra check", RunKind.FIRST: "First check"}


@dataclass(frozen=True, slots=True)
class Before:
    """A row of the table; ``page`` has the title, linked where there is a page."""

    page: Piece
    to_do: str
    fixed: str
    note: str


def earlier(audit: Audit, signposts: Signposts) -> Iterable[Before]:
    """One row for each earlier report, in the order given."""
    for one in audit.earlier:
        title = f"{NAMES[one.kind]} to {full_day(one.last_day)}"
        address = audit.address_of(one.run)
        yield Before(
            page=(signposts.ours(title, address, one.run) if address else None) or Piece(title),
            to_do=number(one.to_do),
            fixed=number(one.fixed),
            note=_whole(one),
        )


def _whole(one: Earlier) -> str:
    """How much a run could look at, and who asked for it."""
    missed = f"{listed(one.not_checked)} not checked" if one.not_checked else ""
    whole = f"{count(one.accounts, 'account')} checked"
    asked = f"Asked for by {shown(one.asked_by, 60)}" if one.asked_by else ""
    return joined(missed or whole, asked)
