"""Accounts of staff that mix work and private life.

Only the profile is read, never a post. Its role, its disclaimer and its look are a table
(``socialaudit.profiles``): two rows of it mix, an official look with "views are my own", and a job or
an official look beside private life with nothing that keeps them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import WEBSITE, AccountKind
from socialaudit.profiles import Look, Profile, profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@check(
    id="separate-accounts",
    title="Work and private accounts of staff are kept apart",
    examines="accounts",
    needs=("account",),
    kinds=frozenset({AccountKind.STAFF}),
    urgency=Urgency.MONTH,
    instruction="Ask for work and private life to be kept apart",
    joined="Ask for work and private life to be kept apart on {n} accounts",
    fixed="work and private life kept apart",
    why="Residents take what is private for the council’s word, and staff lose their privacy.",
    minutes=15,
    references=(
        "UK GDPR, articles 5(1)(c) and 35: read as little as this needs, after an impact assessment",
        "Information Commissioner, Employment practices and data protection: monitoring workers, 2023",
    ),
    reads_text=False,
)
def separate_accounts(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible: a profile says little of what an account is for."""
    accounts = records.accounts[records.accounts["account"] != WEBSITE]
    unknown = accounts["description"].isna()
    yield Scope(accounts, unknown)
    for account in records.rows(accounts[~unknown]):
        read = profile(account, context.council)
        if mixed := _mixed(read):
            yield Observation(
                record=account.key,
                message=f"The profile of this account {mixed}.",
                confidence=Confidence.POSSIBLE,
                would_pass="Work has an account of its own, or the profile says that this one is private.",
                evidence={
                    "role": read.role or "none",
                    "own views": read.disclaimer or "not said",
                    "official look": read.official or "none",
                    "private life": "named" if read.private else "none",
                },
            )


def _mixed(read: Profile) -> str:
    if read.look is Look.MIXED:
        return "looks official, and says that its views are personal"
    if read.look is Look.WORK and read.private:
        return "looks official, and speaks of private life"
    if read.look is Look.UNCLEAR and read.private:
        return "names a role at the council beside private life, and keeps neither apart"
    return ""
