"""Posts that read as campaigning for or against a party or a candidate.

Plain news may name a party or an elected member, and so may neutral news of an election:
how to register, where to vote, who was nominated, who won. What speaks for or against somebody,
asks for votes, carries an imprint or shares a party's own account is *possible*, and a person
decides. Accounts of staff are left out: what a person thinks of politics is nobody's business here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge, MinLen

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind
from socialaudit.politics import campaigning, gate, parties, party_account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

Name = Annotated[str, MinLen(2)]
SEEN = {
    "imprint": "This post carries the imprint of election material.",
    "votes": "This post may ask people to vote for or against somebody.",
    "candidate": "This post may speak for a candidate.",
    "canvassing": "This post may be about canvassing.",
    "sides": "This post may take sides for or against a party.",
    "account": "This post leads to the account or website of a party.",
}


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``parties``: names of local parties to know beside the national ones.

    ``accounts``: accounts that campaign, as written after ``@``. ``alike``: a text that links to
    the accounts of this many parties treats them alike.
    """

    parties: tuple[Name, ...] = ()
    accounts: tuple[Name, ...] = ()
    alike: Annotated[int, Ge(2)] = 3


@check(
    id="party-political",
    title="Posts do not campaign for or against a party",
    examines="posts",
    needs=("posts",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Look at a post that may be party political",
    joined="Look at {n} posts that may be party political",
    fixed="party political post changed or removed",
    why="A council must not publish anything that seems meant to affect support for a party.",
    minutes=10,
    references=(
        "Local Government Act 1986, sections 2 and 6",
        "Code of Recommended Practice on Local Authority Publicity 2011",
        "Elections Act 2022, part 6, for imprints",
    ),
    parameters=Parameters,
)
def party_political(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Own posts, and what the account reshares: the council publishes both."""
    wanted: Parameters = context.parameters
    posts = records.published_posts()
    yield Scope(posts, posts["text"].isna())
    wide = gate((*wanted.parties, *wanted.accounts))
    for post in records.rows(posts[records.candidates(records.texts(posts), wide)]):
        text = records.text(post)
        links = post.links if isinstance(post.links, tuple) else ()
        sign, words = campaigning(text, wanted.parties)
        account = party_account(text, links, wanted.accounts)
        if not sign and not account:
            continue
        named = parties(text, wanted.parties)
        even = sign is None and len(named) >= wanted.alike
        yield Observation(
            record=post.key,
            message=SEEN[sign or "account"],
            confidence=Confidence.POSSIBLE,
            excused="It names several parties alike." if even else "",
            would_pass="It tells neutral news and speaks for or against nobody.",
            evidence={"sign": sign or "party account", "words": words or account},
        )
