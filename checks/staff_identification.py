"""Accounts of staff that speak of the council's business and do not say that their owner is staff.

The profile is read first: where it names a job at the council nothing else is. Of the posts only
those that name the council are looked at, and only until one does so without saying it either. The
thing to do is about the profile; no post of a person's own is kept or quoted for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import WEBSITE, AccountKind
from socialaudit.profiles import Look, declares, profile
from socialaudit.speaking import gate, mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@check(
    id="staff-identification",
    title="Staff who speak of the council’s business say that they are staff",
    examines="accounts",
    needs=("account", "posts"),
    kinds=frozenset({AccountKind.STAFF}),
    urgency=Urgency.MONTH,
    instruction="Ask for a profile that names the role",
    joined="Ask for {n} profiles that name the role",
    fixed="role named in a profile",
    why="Residents cannot weigh what is said about the council without knowing who says it.",
    minutes=10,
    references=(
        "UK GDPR, articles 5(1)(c) and 35: read as little as this needs, after an impact assessment",
        "Information Commissioner, Employment practices and data protection: monitoring workers, 2023",
    ),
    reads_text=False,
)
def staff_identification(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible: it may not be about the council's business."""
    accounts = records.accounts[records.accounts["account"] != WEBSITE]
    silent = [
        account.account
        for account in records.rows(accounts[accounts["description"].notna()])
        if profile(account, context.council).look is Look.UNDECLARED
    ]
    posts = records.own_posts()
    posts = posts[posts["account"].isin(silent)]
    named = posts[records.candidates(posts["text"], gate(context.council))]
    speaking = {
        post.account
        for post in records.rows(named)
        if mentions(post.text, context.council) and not declares(post.text)
    }
    untold = set(posts.loc[posts["text"].isna(), "account"]) - speaking
    yield Scope(accounts, accounts["description"].isna() | accounts["account"].isin(untold))
    for account in records.rows(accounts[accounts["account"].isin(speaking)]):
        yield Observation(
            record=account.key,
            message="This account speaks of the council. Its profile does not say that its owner works there.",
            confidence=Confidence.POSSIBLE,
            would_pass="The profile, or the post itself, says that its owner works for the council.",
            evidence={"profile": "names no role at a council", "posts": "name the council"},
        )
