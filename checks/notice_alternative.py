"""Important notices that name no other way than social media.

What makes a post a notice, and what counts as another way, are named rules (``socialaudit.notices``)
from which the policy chooses. A notice is also fine if the council's website feed has a similar
entry within some days. Both sides are evidence, and the answer is always *possible*: a notice may
have been put up where nobody can see it from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, get_args

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.dates import dates
from socialaudit.models import AccountKind
from socialaudit.notices import GATE, Subject, Way, alike, subject, ways

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``important``: subjects of notices. ``alternatives``: ways that will do.

    ``days``: how far from the post the website's entry may be. ``soon_days``: a notice for a date this near is for today. ``emergency_days``: how long an emergency lasts that gives no date.
    """

    important: tuple[Subject, ...] = get_args(Subject)
    alternatives: tuple[Way, ...] = get_args(Way)
    days: Annotated[int, Ge(0)] = 7
    soon_days: Annotated[int, Ge(0)] = 2
    emergency_days: Annotated[int, Ge(1)] = 7


@check(
    id="notice-alternative",
    title="Important notices are not only on social media",
    examines="posts",
    needs=("posts",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Put a notice in more places",
    joined="Put {n} notices in more places",
    fixed="notice also put elsewhere",
    why="People who do not use social media miss a notice that is only there.",
    minutes=20,
    references=(
        "Equality Act 2010, sections 29 and 149",
        "Local Government Act 1972, schedule 12, for notices of meetings",
    ),
    parameters=Parameters,
)
def notice_alternative(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """For today when it is an emergency or the date is near."""
    posts = records.own_posts()
    posts = posts[posts["kind"] != "reply"]
    yield Scope(posts, posts["text"].isna())
    texts = posts["title"].fillna("") + "\n" + posts["text"].fillna("")
    feed = records.posts[records.posts["kind"] == "notice"]
    days = timedelta(days=context.parameters.days)
    entries = [(entry.published_at, entry.key, _text(entry)) for entry in records.rows(feed)]
    for post in records.rows(posts[records.candidates(texts, GATE)]):
        text, on = _text(post), post.published_at.astimezone(context.timezone).date()
        about, words = subject(text, on)
        if about is None or about not in context.parameters.important:
            continue
        links = post.links if isinstance(post.links, tuple) else ()
        found = ways(text, links, context.council.website)
        if any(way in context.parameters.alternatives for way in found):
            continue
        near = {key: said for at, key, said in entries if abs(at - post.published_at) <= days}
        if alike(text, near):
            continue
        looked = f"none of {len(near)} near that date is like it" if entries else "not read"
        evidence = {"notice of": about, "words": words, "other ways": ", ".join(found) or "none"}
        # An emergency begins on the day of its notice; only a later day can say when it ends.
        ahead = [d for d in dates(text, on) if d > on or (d == on and about != "emergency")]
        lasts = timedelta(days=context.parameters.emergency_days)
        if about == "emergency" and not ahead and context.now - post.published_at > lasts:
            ahead = [on]
        yield _observation(post.key, about, ahead, context, {**evidence, "website": looked})


def _text(row: Any) -> str:
    return "\n".join(part for part in (row.title, row.text) if isinstance(part, str))


def _observation(
    record: str, about: Subject, ahead: list[date], context: Context, evidence: Mapping[str, str]
) -> Observation:
    today = context.now.astimezone(context.timezone).date()
    soon = timedelta(days=context.parameters.soon_days)
    coming = [day for day in ahead if day >= today]
    urgent = about == "emergency" or any(day - today <= soon for day in coming)
    first = coming[0] if coming else None
    dated = f" It is about {first:%A} {first.day} {first:%B}." if first else ""
    unread = " We could not look at the website." if evidence["website"] == "not read" else ""
    return Observation(
        record=record,
        message=f"We found this notice only on social media.{dated}{unread}",
        confidence=Confidence.POSSIBLE,
        urgency=Urgency.TODAY if urgent and not _over(ahead, coming) else None,
        due=datetime.combine(first, time(), context.timezone) if first else None,
        excused="Its date has passed." if _over(ahead, coming) else "",
        would_pass="It names another way to learn of it, or the website carries it too.",
        evidence=evidence,
    )


def _over(ahead: list[date], coming: list[date]) -> bool:
    return bool(ahead) and not coming
