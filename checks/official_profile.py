"""What the profile of a council account should say: whose it is, contact, website, house rules.

A badge does not count: on some platforms anybody may buy one. What a platform does not let us read is
unknown: YouTube shows neither links nor a contact, Instagram and X no contact beside the text, and a
WordPress site no more than its name and tagline. A pinned post is shown by none, so house rules that
are not in the profile are a possible problem where the profile has room for them, and unknown where
it has not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from socialaudit.check import Confidence, Context, Counted, Observation, Scope, Urgency, check
from socialaudit.models import WEBSITE, AccountKind
from socialaudit.notices import ways
from socialaudit.profiles import address, house_rules, says_whose, site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from socialaudit.models import Council
    from socialaudit.records import Records

Fact = Literal["official", "contact", "website", "house rules"]
WORDS: Mapping[Fact, str] = {
    "official": "that it is the council’s own",
    "contact": "how to reach the council",
    "website": "the council’s website",
    "house rules": "the rules for comments",
}
REACHED = frozenset({"telephone", "email", "office", "post"})


SILENT = frozenset({"podcast"})
"""Platforms on which nobody can comment: rules for comments are not looked for."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``facts``: what a profile should say. ``short``: platforms whose profile has no room for rules."""

    facts: tuple[Fact, ...] = get_args(Fact)
    short: tuple[str, ...] = ("bluesky", "instagram", "wordpress", "x")


@check(
    id="official-profile",
    title="Profiles say whose they are, how to reach the council and what the rules are",
    examines="accounts",
    needs=("account",),
    kinds=frozenset({AccountKind.COUNCIL}),
    urgency=Urgency.MONTH,
    instruction="Complete the profile of this account",
    joined="Complete the profiles of {n} accounts",
    fixed="profile completed",
    why="Residents cannot tell the council’s account from a copy, or learn why a comment is removed.",
    minutes=15,
    references=(
        "The policy’s own clauses on being identified and on comments",
        "European Convention on Human Rights, article 10 (Human Rights Act 1998): comments are removed by rules that people can read",
    ),
    parameters=Parameters,
    reads_text=False,
)
def official_profile(records: Records, context: Context) -> Iterator[Observation | Scope | Counted]:
    """Always possible: the words of a profile are read, not understood."""
    accounts = records.accounts[records.accounts["account"] != WEBSITE]
    told = accounts["description"].notna()
    seen = {
        a.key: _seen(a, context.council, context.parameters) for a in records.rows(accounts[told])
    }
    missing = {key: [f for f, words in facts.items() if words == ""] for key, facts in seen.items()}
    unread = {
        key: [f for f, words in facts.items() if words is None] for key, facts in seen.items()
    }
    unsure = [key for key in seen if unread[key] and not missing[key]]
    yield Scope(accounts, ~told | accounts["key"].isin(unsure))
    for account in records.rows(accounts[accounts["key"].isin(unsure)]):
        title = context.titles.get(account.account, account.platform)
        lacking = _listed([WORDS[fact] for fact in unread[account.key]])
        yield Counted(
            account.account, 0, reason=f"{title} does not let us see whether it says {lacking}"
        )
    for key in (key for key in seen if missing[key]):
        pinned = " We cannot see a pinned post." if "house rules" in missing[key] else ""
        yield Observation(
            record=key,
            message=f"The profile does not say {_listed([WORDS[f] for f in missing[key]], 'or')}.{pinned}",
            confidence=Confidence.POSSIBLE,
            would_pass=f"The profile says {_listed([WORDS[f] for f in context.parameters.facts])}.",
            evidence={
                f: "not shown to us" if w is None else w or "not seen" for f, w in seen[key].items()
            },
        )


def _seen(account: Any, council: Council, wanted: Parameters) -> dict[Fact, str | None]:
    """The words for each fact: ``""`` where it is not said, ``None`` where that cannot be told."""
    contact = account.contact if isinstance(account.contact, str) else None
    links = account.links if isinstance(account.links, tuple) else None
    found = ways(f"{account.description} {contact or ''}", links or (), council.website)
    ways_in = (found[way] for way in found if way in REACHED)
    reached = contact or next(ways_in, "") or address(account.description)
    known = council.website or ""
    website = found.get("own website", "") or (
        "" if known else next(iter(links or ()), site(account.description))
    )
    rules = house_rules(account.description)
    facts: dict[Fact, str | None] = {
        "official": says_whose(account.description, council),
        "contact": reached or (None if contact is None else ""),
        "website": website or (None if links is None else ""),
        "house rules": rules or (None if account.platform in wanted.short else ""),
    }
    silent = account.platform in SILENT
    return {fact: facts[fact] for fact in wanted.facts if not (silent and fact == "house rules")}


def _listed(words: list[str], last: str = "and") -> str:
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
