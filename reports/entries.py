"""The things to do as an email shows them: where, why, how, links, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from reports import items as things
from reports.quoting import shown
from reports.signposts import Piece
from reports.subject import WHEN
from reports.wording import count, joined, number, weekday
from socialaudit.check import Urgency

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reports.audit import Audit
    from reports.items import Item
    from reports.signposts import Signposts
    from socialaudit.finding import Finding

PLACES = 6
BUTTON_TITLE = 45
DUE_DAYS = {Urgency.TODAY: 0, Urgency.WEEK: 4, Urgency.MONTH: 25}
"""Days from the Monday of the report to the dates that the urgencies mean."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is said of each item: which urgencies in full, which with steps, places shown."""

    full: frozenset[Urgency]
    steps: frozenset[Urgency]
    places: int = PLACES


DETAILS = (
    Detail(frozenset({Urgency.TODAY, Urgency.WEEK}), frozenset(Urgency)),
    Detail(frozenset({Urgency.TODAY}), frozenset(Urgency), 4),
    Detail(frozenset({Urgency.TODAY}), frozenset({Urgency.TODAY, Urgency.WEEK}), 3),
    Detail(frozenset({Urgency.TODAY}), frozenset({Urgency.TODAY}), 2),
    Detail(frozenset(), frozenset({Urgency.TODAY}), 2),
    Detail(frozenset(), frozenset(), 2),
)
"""From all there is to say to the least, for a report that grows over its limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A thing to do as shown. ``full`` has where, why and steps; else all is in ``brief``.

    ``buttons`` are for things to do today. ``where`` holds links otherwise. ``opens`` are all
    links with the words that the text part puts before them.
    """

    heading: str
    summary: str
    accounts: str
    full: bool
    where: tuple[Piece, ...]
    why: str
    steps: tuple[str, ...]
    brief: str
    buttons: tuple[Piece, ...]
    opens: tuple[Piece, ...]
    note: str
    references: tuple[str, ...]

    @property
    def where_text(self) -> str:
        """Where it is, without links."""
        return "".join(f"‘{p.text}’" if p.address and p.quoted else p.text for p in self.where)


@dataclass(frozen=True, slots=True)
class Band:
    """The things to do of one urgency. ``key`` is today, week or month."""

    key: str
    title: str
    due: str
    entries: tuple[Entry, ...]
    more: str = ""


def due_day(day: date, urgency: Urgency) -> date:
    """The date that an urgency means in a report of that day."""
    if urgency is Urgency.TODAY:
        return day
    monday = day - timedelta(days=day.weekday())
    return max(day, monday + timedelta(days=DUE_DAYS[urgency]))


def bands(
    audit: Audit, numbered: Sequence[Item], signposts: Signposts, detail: Detail
) -> Iterable[Band]:
    """What is over the limit is left to the full report; things to do today never are."""
    today = sum(i.urgency is Urgency.TODAY for i in numbered)
    kept = numbered[: max(things.MOST, today)]
    for urgency, when in WHEN.items():
        mine = [i for i in numbered if i.urgency is urgency]
        listed_here = [i for i in kept if i.urgency is urgency]
        due = due_day(audit.day, urgency)
        left_out = sum(len(i.findings) for i in mine) - sum(len(i.findings) for i in listed_here)
        if mine:
            yield Band(
                key=urgency.value,
                title=f"Do {when}",
                due=weekday(due) if urgency is Urgency.TODAY else f"by {weekday(due)}",
                entries=tuple(_entry(audit, i, signposts, detail, due) for i in listed_here),
                more=f"{count(left_out, 'more thing')} {when} {_elsewhere(audit)}."
                if left_out
                else "",
            )


def _elsewhere(audit: Audit) -> str:
    return "in the full report" if audit.page else "on the list that your support contact has"


def _entry(audit: Audit, item: Item, signposts: Signposts, detail: Detail, due: date) -> Entry:
    today = item.urgency is Urgency.TODAY
    places = item.findings[: detail.places]
    left_out = len(item.findings) - len(places)
    buttons = tuple(b for f in places if (b := button(audit, f, signposts))) if today else ()
    where = tuple(place_pieces(audit, places, left_out, None if today else signposts))
    opens = buttons or tuple(p for p in where if p.address)
    steps = things.steps(audit, item) if item.urgency in detail.steps else ()
    full = item.urgency in detail.full
    why = things.why(item)
    return Entry(
        heading=f"{item.number}. {item.heading}",
        summary=item.heading,
        accounts=audit.labels(tuple(a for a in item.accounts if a), whole=False),
        full=full,
        where=where,
        why=why,
        steps=steps if full else (),
        brief="" if full else joined(why, *steps),
        buttons=buttons,
        opens=_opens(opens, today=today),
        note=things.note(audit, item, due),
        references=things.references(item),
    )


def _opens(links: Sequence[Piece], *, today: bool) -> tuple[Piece, ...]:
    """The links as the text part names them."""
    if today:
        return tuple(links)
    if len(links) == 1:
        return (Piece("Open it", links[0].address),)
    return tuple(Piece(f"Open ‘{link.text}’", link.address) for link in links)


def button(audit: Audit, finding: Finding, signposts: Signposts) -> Piece | None:
    """A link to where something is to be done, in words that say where it goes."""
    if finding.subject is None:
        return None
    title = shown(finding.subject.headline, BUTTON_TITLE)
    label = shown(finding.subject.label)
    day = things.short_day(audit, finding)
    if title and things.under(finding):
        words = f"Open the {label} under ‘{title}’"
    elif title:
        words = f"Open the {label} ‘{title}’"
    else:
        words = f"Open the {label}{f' of {day}' if day else ''}"
    return signposts.to(words, finding.subject.permalink, finding.ref)


def place_pieces(
    audit: Audit, places: Sequence[Finding], left_out: int, signposts: Signposts | None
) -> Iterable[Piece]:
    """Where one or several findings are; linked when there are signposts."""
    if len(places) == 1 and not left_out:
        yield from _one_place(audit, places[0], signposts)
        return
    yield Piece(_several(audit, places, left_out))
    for n, finding in enumerate(places):
        if n:
            yield Piece(" and " if n == len(places) - 1 and not left_out else ", ")
        yield from _one_of_several(audit, finding, signposts)
    if left_out:
        yield Piece(f" and {number(left_out)} more {_elsewhere(audit)}")


def _one_place(audit: Audit, finding: Finding, signposts: Signposts | None) -> Iterable[Piece]:
    place, title = things.where(audit, finding)
    if title:
        yield Piece(f"{place}, {things.under(finding)}")
        yield _linked(finding, title, signposts, quoted=True)
    elif place:
        yield _linked(finding, place, signposts)


def _several(audit: Audit, places: Sequence[Finding], left_out: int) -> str:
    """``2 Facebook comments, under ``: what all of them are."""
    labels = {shown(f.subject.label) if f.subject else "" for f in places}
    accounts = {f.account for f in places}
    name = f"{audit.label(places[0].account)} " if len(accounts) == 1 else ""
    label = labels.pop() if len(labels) == 1 else ""
    under = {things.under(f) for f in places if f.subject and shown(f.subject.headline)}
    number_of = count(len(places) + left_out, f"{name}{label or 'place'}")
    return f"{number_of}, {under.pop() if len(under) == 1 else ''}"


def _one_of_several(audit: Audit, finding: Finding, signposts: Signposts | None) -> Iterable[Piece]:
    place, title = things.where(audit, finding)
    yield _linked(finding, title or place or finding.ref, signposts, quoted=bool(title))
    day = things.short_day(audit, finding)
    if title and day:
        yield Piece(f" ({day})")


def _linked(
    finding: Finding, words: str, signposts: Signposts | None, *, quoted: bool = False
) -> Piece:
    """Words with a link, where there is one to make; a title without one stands in quotes."""
    address = finding.subject.permalink if finding.subject is not None else None
    link = signposts.to(words, address, finding.ref) if signposts is not None else None
    if link is not None:
        return Piece(link.text, link.address, quoted=quoted)
    return Piece(f"‘{words}’" if quoted else words)
