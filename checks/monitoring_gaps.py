"""Accounts that could not be read, in whole or in part.

Nobody knows what happens on an account that is not looked at. What a platform lets nobody read is
not a gap, since nobody can close it. Where only people can look, their last look must still hold;
a place that they looked at is no gap, and is not counted as read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialaudit.check import Context, Counted, Observation, Urgency, check
from socialaudit.models import FACTS, AccountKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from socialaudit.records import Records

CAUSES = {
    "Unauthorized": (
        "Reconnect {title} so we can check it",
        "Our permission to read the account is missing or ran out.",
    ),
    "Forbidden": (
        "Let us read {title} so we can check it",
        "The account has not given us permission to read it.",
    ),
    "NotFound": (
        "Tell us the right name of the {title} account",
        "We found no account with the name that we were given.",
    ),
    "PaymentRequired": (
        "Renew what pays for reading {title}",
        "The credit or daily allowance for reading the account is used up.",
    ),
    "ExportOutdated": (
        "Ask {title} for a new export of the account’s data",
        "The export that we were given cannot tell of these days:",
    ),
    "ExportUnusable": (
        "Give us the export of the {title} account again",
        "We could not use the export of the account’s data:",
    ),
    "": (
        "Look at {title} yourself this week",
        "{title} did not answer in a way we could use. We will try again.",
    ),
}
"""Why an account was not read, by the error that ended it: instruction and message.

Of an export, the reason and what to do about it follow the colon.
"""

PLAIN = {
    "account": "its profile",
    "settings": "its settings",
    "posts": "its posts",
    "posts.audience": "who may see its posts",
    "media": "its pictures and videos",
    "media.alt_text": "descriptions of pictures",
    "media.captions": "captions of videos",
    "comments": "its comments",
    "comments.visitor": "posts by visitors",
    "comments.state": "which comments are hidden or waiting",
}
"""Facts in words for people; the website is no account's own."""


@check(
    id="monitoring-gaps",
    title="Every account can be read in full",
    examines="accounts",
    needs=(),
    kinds=frozenset(AccountKind),
    urgency=Urgency.WEEK,
    instruction="Reconnect this account so we can check it",
    joined="Reconnect {n} accounts so we can check them",
    fixed="account looked at again",
    why="Abuse or a late question there would not show.",
    minutes=5,
    references=("Freedom of Information Act 2000, section 46 code of practice on records",),
)
def monitoring_gaps(records: Records, context: Context) -> Iterator[Observation | Counted]:
    """Certain: this run could not read it. One thing to do for each account."""
    yield from _by_hand(context)
    for account in (a for a in context.accounts if a not in context.places):
        told = account in context.coverage
        yield Counted(account, examined=int(told), unknown=int(not told))
        gaps = [gap for gap in context.coverage.get(account, ()) if not gap.permanent]
        title = context.titles.get(account, account)
        whole = [gap for gap in gaps if gap.fact == "*" and not gap.partial]
        if whole:
            instruction, message = CAUSES.get(whole[0].cause, CAUSES[""])
            message = message.format(title=title)
            if message.endswith(":"):
                message = f"{message} {whole[0].words}"
            yield Observation(
                record=None,
                account=account,
                message=f"{message} Until then, please look at the account yourself.",
                instruction=instruction.format(title=title),
                would_pass="This account can be read in full.",
                evidence=_evidence(whole),
            )
        elif parts := [gap for gap in gaps if gap.fact in PLAIN or gap.fact == "*"]:
            yield _partly(account, title, parts)


def _by_hand(context: Context) -> Iterator[Observation]:
    """Places where only people look: how long ago somebody wrote down a look."""
    today = context.now.astimezone(context.timezone).date()
    for account, place in context.places.items():
        look = place.last
        if look is not None and look.holds(today):
            continue
        said = "Nobody has written down a look at it."
        if look is not None:
            said = f"It was last looked at on {look.day.day} {look.day:%B %Y}."
        wanted = f" Look for: {place.look_for.rstrip('.')}." if place.look_for else ""
        yield Observation(
            record=None,
            account=account,
            message=f"{said} No program can read it.{wanted}",
            instruction=f"Look at {context.titles.get(account, account)}, and write it down",
            would_pass="Somebody wrote down a look at it, and that look still holds.",
            evidence={"address": place.address},
        )


def _partly(account: str, title: str, gaps: Sequence[Unread]) -> Observation:
    facts = sorted({g.fact for g in gaps if g.fact in PLAIN}, key=FACTS.index)
    missed = [PLAIN[f] for f in facts if not any(f.startswith(f"{other}.") for other in facts)]
    listed = " and ".join([", ".join(missed[:-1]), missed[-1]] if len(missed) > 1 else missed)
    urgent = not missed or any(f.startswith(("posts", "media", "comments")) for f in facts)
    late = any(gap.cause == "ExportOutdated" for gap in gaps)
    instruction = CAUSES["ExportOutdated"][0] if late else "Let us read all of {title}"
    return Observation(
        record=None,
        account=account,
        message=f"We could not read {listed or 'all of it'}. The rest was checked.",
        instruction=instruction.format(title=title),
        urgency=Urgency.WEEK if urgent else Urgency.MONTH,
        would_pass="This account can be read in full.",
        evidence=_evidence(gaps),
    )


def _evidence(gaps: Sequence[Unread]) -> dict[str, str]:
    return {gap.fact: " ".join(filter(None, (gap.reason, gap.remedy))) for gap in gaps}
