"""The things to do as an email shows them: where, why, how, links, by when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from reports import items as things
from reports.answering import answer
from reports.places import Guide
from reports.signposts import Piece
from reports.subject import WHEN
from reports.wording import count, joined, weekday
from socialaudit.check import Urgency

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reports.answering import Answer
    from reports.audit import Audit
    from reports.items import Item
    from reports.signposts import Signposts

SHORT = 3
"""References of an item where space is short."""
DUE_DAYS = {Urgency.TODAY: 0, Urgency.WEEK: 4, Urgency.MONTH: 25}
"""Days from the Monday of the report to the dates that the urgencies mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """How much is said of the things to do.

    ``full`` are the urgencies told in full, ``steps`` those with their steps and ``why`` those
    with their reasons. ``places`` is how many places of a joined item are named, and ``today``
    the same for things to do today; up to ``references`` others are linked by their reference
    where nothing else would name them. ``most`` is how many items are listed, if today's are no
    more. ``short`` leaves out what can be guessed.
    """

    full: frozenset[Urgency]
    steps: frozenset[Urgency]
    why: frozenset[Urgency]
    places: int = 6
    today: int = 6
    references: int = 30
    most: int = things.MOST
    short: bool = True


_NONE = frozenset[Urgency]()
_TODAY = frozenset({Urgency.TODAY})
_SOON = frozenset({Urgency.TODAY, Urgency.WEEK})
_ALL = frozenset(Urgency)
DETAILS = (
    Detail(full=_SOON, steps=_ALL, why=_ALL, short=False),
    Detail(full=_SOON, steps=_ALL, why=_ALL),
    Detail(full=_TODAY, steps=_ALL, why=_ALL),
    Detail(full=_TODAY, steps=_ALL, why=_TODAY),
    Detail(full=_TODAY, steps=_SOON, why=_TODAY),
    Detail(full=_TODAY, steps=_SOON, why=_TODAY, places=3),
    Detail(full=_TODAY, steps=_SOON, why=_TODAY, places=2, today=4),
    Detail(full=_TODAY, steps=_SOON, why=_TODAY, places=1, today=3),
    Detail(full=_TODAY, steps=_TODAY, why=_TODAY),
    Detail(full=_TODAY, steps=_TODAY, why=_TODAY, places=3),
    Detail(full=_TODAY, steps=_TODAY, why=_TODAY, places=1),
    Detail(full=_TODAY, steps=_TODAY, why=_TODAY, places=1, today=2),
    Detail(full=_TODAY, steps=_TODAY, why=_TODAY, places=1, today=2, most=9),
    Detail(full=_TODAY, steps=_TODAY, why=_TODAY, places=1, today=2, most=7),
    Detail(full=_TODAY, steps=_TODAY, why=_TODAY, places=1, today=1, references=1, most=7),
    Detail(full=_NONE, steps=_TODAY, why=_TODAY, places=1, today=1),
    Detail(full=_NONE, steps=_NONE, why=_NONE, places=1, today=1),
    Detail(full=_NONE, steps=_NONE, why=_NONE, places=1, today=1, references=0),
)
"""From all there is to say to the least, for a report that would grow over its limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A thing to do as shown. ``full`` has why and steps; else both are in ``brief``.

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
    buttons: tuple[Piece, ...]
    opens: tuple[Piece, ...]
    brief: str
    size: int
    note: str
    references: tuple[str, ...]
    answer: Answer | None

    @property
    def where_text(self) -> str:
        """Where it is, without links. Places that have lines of their own are not named twice."""
        lines = [p for p in self.where if p.address]
        named = [p for p in self.where if p.quoted]
        if named and len(lines) > 1 and all(p.address for p in named):
            kind = self.where[0].text.removesuffix("under ").rstrip(" ,")
            whole = len(lines) == self.size
            return kind if whole else f"{kind}. These are {len(lines)} of them:"
        return "".join(_told(p) for p in self.where)


def _told(piece: Piece) -> str:
    words = f"‘{piece.text}’" if piece.quoted and piece.address else piece.text
    return f"{words} {piece.mark}".rstrip() if piece.mark else words


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


def told(numbered: Sequence[Item], detail: Detail) -> Sequence[Item]:
    """The items that an email lists: the first of them, and all of today's."""
    today = sum(i.urgency is Urgency.TODAY for i in numbered)
    return numbered[: max(detail.most, today)]


def bands(
    audit: Audit, numbered: Sequence[Item], signposts: Signposts, detail: Detail
) -> Iterable[Band]:
    """What is over the limit is left to the full report; things to do today never are."""
    kept = told(numbered, detail)
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
                entries=tuple(
                    _entry(audit, i, signposts, detail, due, _as_before(i, kept, detail))
                    for i in listed_here
                ),
                more=f"{count(left_out, 'more thing')} {when} {_elsewhere(audit)}."
                if left_out
                else "",
            )


def _elsewhere(audit: Audit) -> str:
    return "in the full report" if audit.page else "on the list that your support contact has"


def _as_before(item: Item, numbered: Sequence[Item], detail: Detail) -> tuple[str, ...]:
    """A step that leads to an item before with the same steps to take, where words are saved."""
    for before in numbered[: item.number - 1]:
        same = before.check == item.check and set(item.accounts) <= set(before.accounts)
        if detail.short and same and before.urgency in detail.steps:
            return (f"Do as for item {before.number}.",)
    return ()


def _entry(
    audit: Audit,
    item: Item,
    signposts: Signposts,
    detail: Detail,
    due: date,
    as_before: tuple[str, ...],
) -> Entry:
    today = item.urgency is Urgency.TODAY
    full = item.urgency in detail.full
    guide = Guide(audit, signposts, short=detail.short, references=detail.references)
    buttons = tuple(guide.buttons(item, detail.today)) if today else ()
    told = len(buttons) if detail.short and len(item.findings) > 1 else 0
    most = detail.today if today else detail.places
    where = tuple(guide.beside(item, told) if told else guide.where(item, most, linked=not today))
    if told == len(item.findings):
        where = ()
    steps = as_before or things.steps(audit, item) if item.urgency in detail.steps else ()
    reasoned = item.urgency in detail.why or not any(p.address for p in (*where, *buttons))
    why = things.why(item, short=detail.short) if reasoned else things.doubt(item)
    return Entry(
        heading=f"{item.number}. {item.heading}",
        summary=item.heading,
        accounts=_accounts(audit, item),
        full=full,
        where=where,
        why=why,
        steps=steps if full else (),
        brief="" if full else joined(why, *steps),
        size=len(item.findings),
        buttons=buttons,
        opens=(*buttons, *_opens([p for p in where if p.address])),
        note=things.note(audit, item, due),
        references=things.references(item, SHORT if detail.short else things.REFERENCES),
        answer=answer(audit, item, signposts),
    )


def _accounts(audit: Audit, item: Item) -> str:
    """The accounts that its heading does not name."""
    named = (a for a in item.accounts if a and audit.label(a, whole=True) not in item.heading)
    return audit.labels(tuple(named))


def _opens(links: Sequence[Piece]) -> tuple[Piece, ...]:
    """Links in running text as the text part names them."""
    if len(links) == 1:
        return (Piece("Open it", links[0].address),)
    return tuple(
        replace(link, text=f"Open {f'‘{link.text}’' if link.quoted else link.text}")
        for link in links
    )
