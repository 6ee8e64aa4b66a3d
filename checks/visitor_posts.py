"""Posts by visitors on the council's own page that wait for the council.

Each is listed once, for the first of these: it may be offensive, it may accuse somebody by name, it
waits for the council's decision, it asks, reports a problem or requests something and had no answer
(``socialaudit.visits``), or it advertises. What another check of the same policy lists is left to
that: offensive words to offensive-comments, held posts to held-comments, questions to
unanswered-comments. Thanks, praise and news need no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from annotated_types import Ge

from socialaudit.accusations import GATE, accusation
from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.judge import ratings
from socialaudit.models import AccountKind
from socialaudit.threads import Threads
from socialaudit.visits import gate, wants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

Reason = Literal["offensive", "accusation", "held", "question", "problem", "request", "advert"]

ELSEWHERE: dict[Reason, str] = {
    "offensive": "offensive-comments",
    "held": "held-comments",
    "question": "unanswered-comments",
}
"""The checks that list such a post, where a policy has them."""
SEEN: dict[Reason, tuple[str, Urgency, str]] = {
    "offensive": ("It may be offensive.", Urgency.TODAY, "Nobody can see it any more."),
    "accusation": (
        "It may accuse somebody whom it names.",
        Urgency.TODAY,
        "Nobody can see it any more, or you decide that it may stay.",
    ),
    "held": ("It waits for your decision.", Urgency.WEEK, "It is published or removed."),
    "question": ("It asks a question.", Urgency.TODAY, "The account replies to it."),
    "problem": ("It reports a problem.", Urgency.TODAY, "The account replies to it."),
    "request": ("It asks for something.", Urgency.TODAY, "The account replies to it."),
    "advert": (
        "It may be an advert.",
        Urgency.WEEK,
        "It is removed, or you decide that it may stay.",
    ),
}
WAITING = ("question", "problem", "request")


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``hours``: how long a post may wait for an answer. ``days``: older ones are not listed.

    ``reasons``: why a visitor's post is listed.
    """

    hours: Annotated[int, Ge(1)] = 24
    days: Annotated[int, Ge(1)] = 60
    reasons: tuple[Reason, ...] = get_args(Reason)


@check(
    id="visitor-posts",
    title="Visitors’ posts on our page are dealt with",
    examines="comments",
    needs=("comments.visitor",),
    whole=True,
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.TODAY,
    instruction="Deal with a visitor’s post",
    joined="Deal with {n} visitors’ posts",
    fixed="visitor’s post dealt with",
    why="Residents think that the council has read it. What stays on our page looks like ours.",
    minutes=5,
    references=(
        "Freedom of Information Act 2000, section 16, duty to advise and assist",
        "Defamation Act 2013, section 5, and the Equality Act 2010, for what others post",
    ),
    parameters=Parameters,
)
def visitor_posts(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Possible, but for a held post: the platform states that it is held."""
    visits = records.comments[records.comments["kind"].isin(["visitor post"])]
    visits = visits[~visits["own"].fillna(value=False)]
    recent = visits["published_at"] >= context.now - timedelta(days=context.parameters.days)
    open_ = visits["state"].isna() | visits["state"].isin(["published", "held"])
    visits = visits[recent & open_]
    yield Scope(visits, visits["text"].isna())
    listed = {why for why, other in ELSEWHERE.items() if other in context.checks}
    wanted = set(context.parameters.reasons) - listed
    rude, threads = ratings(records), Threads.of(records)
    worth = records.candidates(visits["text"], (*GATE, *gate()))
    worth |= visits["state"].isin(["held"]) | visits["key"].isin(list(rude))
    late = context.now - timedelta(hours=context.parameters.hours)
    for visit in records.rows(visits[worth & visits["text"].notna()]):
        answered = visit.published_at >= late or threads.answered(visit) or threads.settled(visit)
        found = _reasons(visit, offensive=visit.key in rude, answered=answered)
        first = next((reason for reason in SEEN if reason in found), None)
        if first and first in wanted and listed.isdisjoint(found):
            yield _observation(visit, first, context)


def _reasons(visit: Any, *, offensive: bool, answered: bool) -> set[Reason]:
    if isinstance(visit.state, str) and visit.state == "held":
        return {"held"}
    found: set[Reason] = {"offensive"} if offensive else set()
    if accusation(visit.text):
        found.add("accusation")
    return found | {want for want in wants(visit.text) if not (answered and want in WAITING)}


def _observation(visit: Any, first: Reason, context: Context) -> Observation:
    message, urgency, would_pass = SEEN[first]
    days = (context.now - visit.published_at).days
    waited = f" It has stood on our page for {days} days." if days > 1 else ""
    return Observation(
        record=visit.key,
        message=f"A visitor posted this on our page. {message}{waited}",
        confidence=Confidence.CERTAIN if first == "held" else Confidence.POSSIBLE,
        urgency=urgency,
        would_pass=would_pass,
        evidence={"reason": first},
    )
