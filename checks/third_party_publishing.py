"""What others write or publish in the council's name, so that somebody sees that it keeps the rules.

Three things: posts passed on from other accounts, posts that say that an agency, a guest or a
program made them, and accounts run by a supplier whose profile does not say for whom. Posts of
public bodies and of the council's named partners are set aside. Whether suppliers have agreed to
the rules is a signed statement, and what they post themselves goes through every other check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from annotated_types import MinLen

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind
from socialaudit.third_parties import GATE, public_body, source, written_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

SEEN = {
    "passed on": "This post passes on what another account wrote.",
    "guest": "This post says that a guest wrote or made it.",
    "agency": "This post says that a supplier published it.",
    "program": "This post says that a program published it.",
    "draft": "This post reads like a draft that somebody else prepared.",
}
Name = Annotated[str, MinLen(2)]


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``partners``: handles and names whose posts may be passed on. ``public_bodies``: likewise."""

    partners: tuple[Name, ...] = ()
    public_bodies: bool = True


@check(
    id="third-party-publishing",
    title="What others publish for the council keeps the rules",
    examines="posts",
    needs=("posts",),
    also=("account",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.MONTH,
    instruction="Look at what somebody else published for the council",
    joined="Look at {n} things that others published for the council",
    fixed="post by somebody else changed or removed",
    why="Residents take what appears on a council account as the council’s own word.",
    minutes=5,
    references=(
        "Code of Recommended Practice on Local Authority Publicity 2011, on hosted material",
        "Defamation Act 2013, section 1, and Online Safety Act 2023, sections 179 and 181, for what is passed on",
    ),
    parameters=Parameters,
)
def third_party_publishing(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible, but for a post that the platform itself calls a repost."""
    posts = records.published_posts()
    yield Scope(posts, posts["text"].isna())
    shared = posts["kind"] == "repost"
    for post in records.rows(posts[shared | records.candidates(records.texts(posts), GATE)]):
        text = records.text(post)
        sign, words = written_elsewhere(text)
        if post.kind == "repost":
            sign = "passed on"
        if sign is None or not text:
            continue
        by = source(text, post.links if isinstance(post.links, tuple) else ())
        yield Observation(
            record=post.key,
            message=SEEN[sign],
            confidence=Confidence.CERTAIN if post.kind == "repost" else Confidence.POSSIBLE,
            excused=_allowed(by, context.parameters) if sign == "passed on" else "",
            would_pass="The council wrote it, or it comes from a public body or a named partner.",
            evidence={"sign": sign, "words": words, "from": by},
        )
    yield from _suppliers(records, context)


def _allowed(by: str, wanted: Parameters) -> str:
    if by and by.lower() in {name.lower().lstrip("@") for name in wanted.partners}:
        return "It comes from a partner that the policy names."
    if wanted.public_bodies and public_body(by):
        return "It comes from a public body."
    return ""


def _suppliers(records: Records, context: Context) -> Iterator[Observation | Scope]:
    ours = records.accounts[records.accounts["kind"] == AccountKind.SUPPLIER.value]
    unknown = ours["name"].isna() | ours["description"].isna()
    yield Scope(ours, unknown)
    for profile in records.rows(ours[~unknown]):
        if not _names(f"{profile.name} {profile.description}", context.council.name):
            yield Observation(
                record=profile.key,
                message="A supplier runs this account, and its profile does not name the council.",
                instruction="Say on a supplier’s account for whom it publishes",
                would_pass="Its name or description has the name of the council.",
                evidence={"profile": f"{profile.name}: {profile.description}"},
            )


def _names(profile: str, council: str) -> bool:
    """Whether a profile has the council's name, or its place beside the word council."""
    place: Any = re.sub(r"(?i)\b(?:town|parish|city|community|council|the|of)\b", " ", council)
    told = profile.lower()
    return council.lower() in told or (
        "council" in told and " ".join(place.split()).lower() in told
    )
