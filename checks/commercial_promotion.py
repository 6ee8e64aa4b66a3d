"""Posts that sell for somebody, recommend a business, or serve a person's own gain or campaign.

What a council may rightly sell or collect for is allowed by named rules from which the policy
chooses: its own services and lettings, events, charity, and trade in the town as a whole. No such
rule excuses a person's own venture. Whose gain it is, a person decides: the answer is *possible*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, get_args

from annotated_types import MinLen

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind
from socialaudit.promotion import GATE, STRONG, Reason, reasons, selling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

ALLOWED: dict[Reason, str] = {
    "own services": "It is about what the council itself offers.",
    "events": "It is about an event.",
    "charity": "It is for a charity.",
    "local trade": "It speaks for all the town’s businesses.",
}
SEEN = {
    "own venture": "This post may promote somebody’s own business.",
    "own collection": "This post may ask for money or support for somebody’s own cause.",
    "referral": "This post has a referral or discount code.",
    "paid": "This post says that it is paid for.",
}


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``allowed``: why a council may sell. ``own``: names of further venues and services of its own."""

    allowed: tuple[Reason, ...] = get_args(Reason)
    own: tuple[Annotated[str, MinLen(2)], ...] = ()


@check(
    id="commercial-promotion",
    title="Posts do not promote private gain",
    examines="posts",
    needs=("posts",),
    kinds=frozenset(AccountKind),
    urgency=Urgency.MONTH,
    instruction="Look at a post that may promote a business or private gain",
    joined="Look at {n} posts that may promote a business or private gain",
    fixed="promotion changed or removed",
    why="Residents must be able to trust that nobody gains from what the council posts.",
    minutes=5,
    references=(
        "Local Government Act 1972, section 117, officers’ interests",
        "Localism Act 2011, sections 28 to 31, members’ interests",
        "CAP Code, section 2, recognition of marketing",
    ),
    parameters=Parameters,
)
def commercial_promotion(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Accounts of staff too: the policy is about sites where people are identified as staff."""
    wanted: Parameters = context.parameters
    posts = records.own_posts()
    yield Scope(posts, posts["text"].isna())
    for post in records.rows(posts[records.candidates(records.texts(posts), GATE)]):
        text = records.text(post)
        found = selling(text, post.links if isinstance(post.links, tuple) else ())
        if not found:
            continue
        strong = next((sign for sign in found if sign in STRONG), None)
        yield Observation(
            record=post.key,
            message=SEEN.get(strong or "", "This post may advertise a business."),
            confidence=Confidence.POSSIBLE,
            excused="" if strong else _allowed(text, wanted),
            would_pass="It is about the council’s own services, an event, a charity or all businesses.",
            evidence=dict(found.items()),
        )


def _allowed(text: str, wanted: Parameters) -> str:
    why = reasons(text)
    if any(name.lower() in text.lower() for name in wanted.own):
        why = {"own services": "", **why}
    return next((ALLOWED[reason] for reason in why if reason in wanted.allowed), "")
