"""Posts of staff in a personal capacity that seem to speak for the council.

What an account is for comes from its profile, by a table (``socialaudit.profiles``): an account with
an official look and no disclaimer is a work account, which may speak for the council, and is not
read. Of all others only posts that name the council are. A disclaimer in the profile does not undo
"on behalf of the council" in a post; one in the post does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import WEBSITE, AccountKind
from socialaudit.profiles import Look, disclaimer, profile
from socialaudit.speaking import gate, mentions, speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@check(
    id="speaking-for-council",
    title="Staff do not speak for the council on personal accounts",
    examines="posts",
    needs=("account", "posts"),
    kinds=frozenset({AccountKind.STAFF}),
    urgency=Urgency.WEEK,
    instruction="Talk to a colleague about a post",
    joined="Talk to colleagues about {n} posts",
    fixed="personal post put right",
    why="Residents take it for the council’s word, though nobody decided it.",
    minutes=15,
    references=(
        "UK GDPR, articles 5(1)(c) and 35: read as little as this needs, after an impact assessment",
        "Information Commissioner, Employment practices and data protection: monitoring workers, 2023",
    ),
    private=True,
)
def speaking_for_council(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible: a person decides in whose name somebody speaks."""
    accounts = records.accounts[records.accounts["account"] != WEBSITE]
    told = accounts[accounts["description"].notna()]
    looks = {a.account: profile(a, context.council).look for a in records.rows(told)}
    work = [account for account, look in looks.items() if look is Look.WORK]
    posts = records.own_posts()
    posts = posts[~posts["account"].isin(work)]
    untold = accounts.loc[accounts["description"].isna(), "account"]
    named = posts[posts["text"].isna() | records.candidates(posts["text"], gate(context.council))]
    unknown = named["text"].isna() | named["account"].isin(untold)
    yield Scope(named, unknown)
    for post in records.rows(named[~unknown]):
        about, words = speaks(post.text)
        if not about or not mentions(post.text, context.council):
            continue
        yield Observation(
            record=post.key,
            message="This post seems to speak for the council from a personal account.",
            confidence=Confidence.POSSIBLE,
            excused="It says that it is a personal view." if disclaimer(post.text) else "",
            would_pass="It says that it is a personal view, or stands on a work account.",
            evidence={
                "speaks": f"{about}: {words}",
                "account": looks.get(post.account, "profile not read"),
            },
        )
