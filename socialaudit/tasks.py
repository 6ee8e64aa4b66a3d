"""Comments that want something done, whom they are meant for, and which check lists each.

A comment may ask for information, complain and ask a question at once. It is one thing to do, so
one check lists it: the first of ``ORDER`` that takes part in the run. The law's clock comes first,
then the council's own procedure, then a question that waits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from socialaudit import disclosure, dissatisfaction
from socialaudit.questions import to_a_friend

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    import pandas as pd

    from socialaudit.records import Records
    from socialaudit.threads import Threads

ORDER: Mapping[str, Callable[[str], bool]] = {
    "information-requests": lambda text: bool(disclosure.request(text)[0]),
    "complaints": lambda text: bool(dissatisfaction.complaint(text)[0]),
}
"""Checks that take comments from those after them, and how each knows its own."""

_COUNCIL = re.compile(r"\b(?:council|clerk|cllr|councillors?|mayor)\b", re.IGNORECASE)
_HANDLES = re.compile(r"(?:\s*@[\w.]+)+")


def taken(text: str, check: str, present: Container[str]) -> bool:
    """Whether a check that comes before this one, and is present, lists a comment with this text."""
    for earlier, wants in ORDER.items():
        if earlier == check:
            return False
        if earlier in present and wants(text):
            return True
    return False


def from_others(records: Records, since: datetime) -> pd.Series[bool]:
    """Marks comments that anyone can see, by others or by who knows whom, no older than a moment."""
    comments = records.comments
    shown = comments["state"].isna() | comments["state"].isin(["published"])
    recent = comments["published_at"] >= since
    return shown & recent & ~comments["own"].fillna(value=False)


def handles(records: Records) -> dict[str, str | None]:
    """The handle of each account, by its id."""
    return dict(zip(records.accounts["account"], records.accounts["handle"], strict=True))


def to_somebody_else(text: str, handle: str | None) -> bool:
    """Whether it opens with a friend's name, or with handles of which none is the account's."""
    opening = _HANDLES.match(text)
    if opening and handle:
        return handle.lstrip("@").lower() not in opening[0].lower()
    return to_a_friend(text)


def names_the_council(comment: Any) -> bool:
    """Whether a comment (a row) stands on the council's own page, or names the council."""
    return comment.kind == "visitor post" or bool(_COUNCIL.search(comment.text))


def is_open(comment: Any, threads: Threads, handle: str | None) -> bool:
    """Whether a comment (a row) is meant for the council, and the council has not answered it.

    An answer is whatever the account said after it in the thread or under the post; thanks from
    the person who wrote it end the wait too.
    """
    return not (
        threads.answered(comment)
        or threads.settled(comment)
        or to_somebody_else(comment.text, handle)
        or (threads.to_a_resident(comment) and not names_the_council(comment))
    )


def received(comment: Any, zone: ZoneInfo) -> date:
    """The day on which a comment (a row) was written, where the council is."""
    day: date = comment.published_at.astimezone(zone).date()
    return day


def spoken(day: date) -> str:
    """A day for people: ``Monday 30 November``."""
    return f"{day:%A} {day.day} {day:%B}"
