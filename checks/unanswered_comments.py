"""Questions to the council that have waited too long for an answer.

Only what reads like a question and is meant for the council counts: not rhetoric, not plans among
friends, not what one resident asks another. It counts as answered once the account has said
something in the thread or under the post after it, or once the person who asked says thanks.
What asks for information on record, or complains, is left to the checks of that, where the policy
has them (``socialaudit.tasks``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind
from socialaudit.questions import GATE, question
from socialaudit.tasks import from_others, handles, names_the_council, taken, to_somebody_else
from socialaudit.threads import Threads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``hours``: how long a question may wait. ``days``: older ones are not listed.

    ``residents_answer``: what reads like an answer from another resident will do, unless the council
    is named or it stands on the council's own page.
    """

    hours: Annotated[int, Ge(1)] = 24
    days: Annotated[int, Ge(1)] = 60
    residents_answer: bool = True


@check(
    id="unanswered-comments",
    title="Questions to the council are answered in good time",
    examines="comments",
    needs=("comments",),
    whole=True,
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.TODAY,
    instruction="Answer a comment",
    joined="Answer {n} comments",
    fixed="late comment answered",
    why="Residents are waiting for an answer, and others read the silence too.",
    minutes=5,
    references=("Freedom of Information Act 2000, section 16, duty to advise and assist",),
    parameters=Parameters,
)
def unanswered_comments(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible: whether it needs an answer is for a person to say."""
    wanted: Parameters = context.parameters
    comments = records.comments
    read = from_others(records, context.now - timedelta(days=wanted.days))
    unknown = comments["text"].isna() | comments["own"].isna()
    yield Scope.of(comments, read, unknown)
    late = comments["published_at"] < context.now - timedelta(hours=wanted.hours)
    told = read & late & ~unknown
    asking = comments[told & records.candidates(comments["text"], GATE)]
    threads = Threads.of(records)
    ours = handles(records)
    for comment in records.rows(asking):
        asked = question(comment.text)
        if not asked or threads.answered(comment) or threads.settled(comment):
            continue
        if to_somebody_else(comment.text, ours.get(comment.account)):
            continue
        if taken(comment.text, "unanswered-comments", context.checks):
            continue
        helped = wanted.residents_answer and threads.helped(comment)
        if not names_the_council(comment) and (helped or threads.to_a_resident(comment)):
            continue
        days = (context.now - comment.published_at).days
        waited = f"{days} days" if days > 1 else f"more than {wanted.hours} hours"
        yield Observation(
            record=comment.key,
            message=f"This comment asks a question. It has waited for {waited}.",
            confidence=Confidence.POSSIBLE,
            would_pass=f"The account replies within {wanted.hours} hours.",
            evidence={"question": asked, "answer": "none seen from this account"},
        )
