"""Posts in the time before an election that name parties, show members, or announce something new.

The time runs from the day of the notice of election to the close of poll, as the policy file's
table of elections says. Posts outside it are not looked at. Without an election to
come in the table, nothing can *pass*, and the reason says what to put in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from socialaudit.check import Confidence, Context, Counted, Observation, Scope, Urgency, check
from socialaudit.elections import Election, Name
from socialaudit.models import AccountKind
from socialaudit.politics import campaigning, parties, party_account
from socialaudit.publicity import neutral, pictured, signs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from socialaudit.records import Records

NO_TABLE = "We do not know when the next election is. Tell your support contact its dates."
ALL_OVER = "The elections that we know of are over. Tell your support contact the next dates."
SEEN = {
    "campaigning": "campaigns",
    "party": "names a party",
    "candidate": "names a candidate",
    "member speaks": "gives the words or deeds of a member",
    "member pictured": "shows a member",
    "new plan": "announces something new",
    "record": "praises what the council did",
    "view": "takes a side in public debate",
}
ALLOWED = frozenset({"party", "candidate", "new plan", "view", "record"})
"""What neutral news of an election may have."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``elections``: the table. ``parties``: names of local parties beside the national ones."""

    elections: tuple[Election, ...] = ()
    parties: tuple[Name, ...] = ()


def _soon(day: date) -> Parameters:
    """An election that lies around a day, to try texts on."""
    some = timedelta(days=30)
    return Parameters(elections=(Election(name="an election", notice=day - some, poll=day + some),))


@check(
    id="pre-election",
    title="Posts are neutral before an election",
    examines="posts",
    needs=("posts",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.TODAY,
    instruction="Look at a post published before an election",
    joined="Look at {n} posts published before an election",
    fixed="post changed or removed before the election",
    why="Before an election, council publicity must not help one candidate or party over another.",
    minutes=10,
    references=(
        "Local Government Act 1986, section 2",
        "Code of Recommended Practice on Local Authority Publicity 2011, paragraphs 33 to 35",
    ),
    parameters=Parameters,
    trial=_soon,
)
def pre_election(records: Records, context: Context) -> Iterator[Observation | Scope | Counted]:
    """For today until the poll has closed; set aside after that."""
    wanted: Parameters = context.parameters
    posts = records.published_posts()
    outside = posts["published_at"].notna()
    pictures = records.own_media("image", "video", "animation")
    told = pictures[pictures["alt_text"].notna()].groupby("post")["alt_text"].agg("\n".join)
    for election in wanted.elections:
        opens, closes = election.window(context.timezone)
        inside = posts["published_at"].between(opens, closes)
        outside &= ~inside
        yield Scope(posts[inside], posts[inside]["text"].isna())
        for post in records.rows(posts[inside]):
            text = records.text(post)
            seen = _seen(text, post.links, told.get(post.key, ""), election, context)
            if seen:
                plain = seen.keys() <= ALLOWED and neutral(text)
                yield _observation(post.key, seen, election, context, plain=plain)
    if all(election.window(context.timezone)[1] < context.now for election in wanted.elections):
        reason = ALL_OVER if wanted.elections else NO_TABLE
        for account, number in posts[outside].groupby("account").size().items():
            yield Counted(str(account), examined=0, unknown=int(number), reason=reason)


def _seen(
    text: str, links: Any, described: str, election: Election, context: Context
) -> dict[str, str]:
    """What a post has that is left aside before an election, with the words for each."""
    more = context.parameters.parties
    sign, campaign = campaigning(text, more)
    named = ", ".join(parties(text, more).values())
    named = named or party_account(text, links if isinstance(links, tuple) else ())
    shown = pictured(described, election.candidates)
    found: dict[str, str] = {"campaigning": campaign} if sign else {}
    found |= {"party": named} if named else {}
    found |= dict(signs(text, election.candidates).items())
    return found | ({"member pictured": shown} if shown else {})


def _observation(
    record: str, seen: dict[str, str], election: Election, context: Context, *, plain: bool
) -> Observation:
    what = " and ".join([SEEN[sign] for sign in seen][:2])
    day = f"{election.poll.day} {election.poll:%B %Y}"
    over = context.now > election.window(context.timezone)[1]
    return Observation(
        record=record,
        message=f"This post {what}. The poll for {election.name} is on {day}.",
        confidence=Confidence.POSSIBLE,
        urgency=Urgency.MONTH if over else None,
        excused="The poll has closed." if over else "It is neutral election news." if plain else "",
        would_pass="It is routine news or says how to vote, and names no party or member.",
        evidence={"time before": election.name, "notice": f"{election.notice:%d %B %Y}", **seen},
    )
