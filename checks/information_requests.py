"""Comments that ask for information which the council has on record: tasks with a clock, no faults.

A request in a comment counts under the Freedom of Information Act if it gives a real name; the
account it came from will do as the address (section 8, and the Commissioner's guidance). For
information about the environment no name is needed. Twenty working days follow the day of receipt;
somebody who asks for their own data waits a month at most, once the council knows who they are.
What the council has replied to is not listed: whether that was an answer, the council knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.disclosure import GATE, OWN_DATA, request
from socialaudit.dissatisfaction import complaint
from socialaudit.models import AccountKind
from socialaudit.tasks import from_others, handles, is_open, received, spoken
from socialaudit.threads import Threads
from socialaudit.working_days import a_month_after, after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

_NUMBER = re.compile(r"\d(?:\s?\d){3,}")


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``working_days``: the law's clock. ``soon_days``: with this many left, a request is for today.

    ``days``: older comments are not listed.
    """

    working_days: Annotated[int, Ge(1)] = 20
    soon_days: Annotated[int, Ge(0)] = 3
    days: Annotated[int, Ge(1)] = 60


@check(
    id="information-requests",
    title="Requests for information in comments are answered in time (tasks, not faults)",
    examines="comments",
    needs=("comments",),
    whole=True,
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Deal with a request for information",
    joined="Deal with {n} requests for information",
    fixed="request for information answered",
    why="Anybody may ask what the council has on record, in a comment too.",
    minutes=30,
    references=(
        "Freedom of Information Act 2000, sections 1, 8, 10 and 16",
        "Environmental Information Regulations 2004, regulation 5",
        "UK GDPR, articles 12(3) and 15, for somebody’s own data",
    ),
    parameters=Parameters,
)
def information_requests(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible: whether it is a request, and asks for what is on record, a person says."""
    comments = records.comments
    read = from_others(records, context.now - timedelta(days=context.parameters.days))
    unknown = comments["text"].isna() | comments["own"].isna()
    yield Scope.of(comments, read, unknown)
    asking = comments[read & ~unknown & records.candidates(comments["text"], GATE)]
    said = ((row, *request(row.text)) for row in records.rows(asking))
    found = [(row, about, words) for row, about, words in said if about]
    threads = Threads.of(records) if found else None
    ours = handles(records)
    for comment, about, words in found:
        if threads and is_open(comment, threads, ours.get(comment.account)):
            yield _observation(comment, about, words, context)


def _observation(comment: Any, about: str, words: str, context: Context) -> Observation:
    wanted: Parameters = context.parameters
    day = received(comment, context.timezone)
    today = context.now.astimezone(context.timezone).date()
    own = about == OWN_DATA
    last = a_month_after(day) if own else after(day, wanted.working_days)
    ends = f"the law’s last day {'was' if last < today else 'is'} {spoken(last)}"
    sought = "a request for somebody’s own data" if own else "a request for information"
    too = " It reads like a complaint too." if complaint(comment.text)[0] else ""
    given = "Once you know who asks" if own else "If it gives a real name"
    return Observation(
        record=comment.key,
        message=f"This may be {sought}: a task, not a fault. {given}, {ends}.{too}",
        confidence=Confidence.POSSIBLE,
        urgency=Urgency.TODAY if (last - today).days <= wanted.soon_days else None,
        due=datetime.combine(last, time(), context.timezone),
        would_pass=f"The council answers by {spoken(last)}.",
        evidence={"asks for": about, "words": _NUMBER.sub("…", words), "answer": "none seen"},
    )
