"""Findings → numbered things to do: joined where they are of one kind, in the order to do them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.quoting import shown
from reports.wording import (
    capital,
    cited,
    count,
    duration,
    full_day,
    joined,
    month_day,
    number,
    past_day,
    weekday,
)
from socialaudit.check import Confidence, Urgency
from socialaudit.finding import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from datetime import date

    from reports.audit import Audit
    from socialaudit.check import Metadata
    from socialaudit.finding import Finding

MOST = 12
"""Items in an email."""
HEADING = 110
TITLE = 50
REFERENCES = 6
MESSAGES = 3
_URGENCIES = tuple(Urgency)
_PARAGRAPH = re.compile(r", paragraph \d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to do: a finding, or several of one check and urgency.

    ``number`` is its place in this report; the references never change.
    """

    number: int
    check: Metadata
    findings: tuple[Finding, ...]

    @property
    def urgency(self) -> Urgency:
        """When to do it."""
        return self.findings[0].urgency

    @property
    def accounts(self) -> tuple[str | None, ...]:
        """The accounts that it is about, each once."""
        return tuple(dict.fromkeys(f.account for f in self.findings))

    @property
    def heading(self) -> str:
        """An instruction with a verb."""
        own = _own_instruction(self.check, self.findings[0])
        if not own or any(_own_instruction(self.check, f) != own for f in self.findings):
            return self.kind
        n = len(self.findings)
        return own if n == 1 else f"{own} (in {number(n)} places)"

    @property
    def kind(self) -> str:
        """The instruction in the check's own words: nothing that a platform wrote is in it."""
        if len(self.findings) == 1:
            return self.check.instruction
        return self.check.joined.format(n=len(self.findings))


def gather(audit: Audit) -> tuple[Item, ...]:
    """The things to do in order. Over ``MOST``, one kind is joined across accounts too.

    What has an instruction of its own is joined with its like alone, as long as there is room.
    """

    def own(finding: Finding) -> str:
        return _own_instruction(audit.check(finding.check), finding)

    keys: tuple[Callable[[Finding], Hashable], ...] = (
        lambda f: (f.urgency, f.check, f.account, own(f)),
        lambda f: (f.urgency, f.check, f.account),
        lambda f: (f.urgency, f.check),
    )
    grouped = (_grouped(audit.to_do, key) for key in keys)
    groups = next((g for g in grouped if len(g) <= MOST), _grouped(audit.to_do, keys[-1]))
    places = {c.account: n for n, c in enumerate(audit.coverage)}

    def order(group: tuple[Finding, ...]) -> tuple[object, ...]:
        return (
            _URGENCIES.index(group[0].urgency),
            min(f.due for f in group),
            places.get(group[0].account or "", len(places)),
            group[0].check,
            reference_order(group[0].ref),
        )

    return tuple(
        Item(number=n, check=audit.check(group[0].check), findings=group)
        for n, group in enumerate(sorted(groups, key=order), start=1)
    )


def _own_instruction(check: Metadata, finding: Finding) -> str:
    """What a finding says is to be done, where that is not what its check always says."""
    own = shown(finding.instruction, HEADING)
    return "" if finding.instruction == check.instruction else own


def reference_order(ref: str) -> tuple[str, int]:
    """FB-9 before FB-112."""
    start, _, digits = ref.rpartition("-")
    return (start, int(digits)) if re.fullmatch("[0-9]{1,18}", digits) else (ref, 0)


def _grouped(
    findings: Iterable[Finding], key: Callable[[Finding], Hashable]
) -> list[tuple[Finding, ...]]:
    groups: dict[Hashable, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.due, reference_order(f.ref))):
        groups.setdefault(key(finding), []).append(finding)
    return [tuple(group) for group in groups.values()]


def why(item: Item, *, short: bool = False) -> str:
    """What was seen, whom it harms, and how sure we are; one of the first two when ``short``."""
    seen = _seen(item)
    return joined(*seen, "" if short and seen else item.check.why, doubt(item))


def doubt(item: Item) -> str:
    """How sure we are, where we are not."""
    possible = sum(f.confidence is Confidence.POSSIBLE for f in item.findings)
    about = f" about {possible} of them" if possible < len(item.findings) else ""
    return f"We may be wrong{about}: you decide." if possible else ""


def _seen(item: Item) -> tuple[str, ...]:
    """The message of one; of several only where no title tells them apart."""
    messages = tuple(dict.fromkeys(m for f in item.findings if (m := shown(f.message))))
    if len(item.findings) == 1:
        return messages
    titled = any(f.subject is not None and f.subject.headline for f in item.findings)
    return messages if not titled and len(messages) <= MESSAGES else ()


def steps(audit: Audit, item: Item) -> tuple[str, ...]:
    """How to fix it, on the platform that it is on; on several, what is common or each."""
    platforms = {
        account.platform: audit.label(id_, whole=True)
        for id_ in item.accounts
        if (account := audit.account(id_)) is not None
    }
    each = {name: item.check.steps(platform) for platform, name in platforms.items()}
    if len(set(each.values())) == 1:
        return next(iter(each.values()))
    if not each or "" in item.check.how:
        return item.check.steps("")
    return tuple(f"{name}: {joined(*how)}" for name, how in each.items() if how)


def verified(audit: Audit, item: Item) -> str:
    """When the steps that are shown were last held against the platform's own help pages."""
    covered = {c.platform: c.account for id_ in item.accounts if (c := audit.account(id_))}
    own = [(platform, id_) for platform, id_ in covered.items() if platform in item.check.how]
    if len(covered) != 1 or not own:
        return ""
    ((platform, id_),) = own
    name, day = audit.label(id_, whole=True), item.check.verified.get(platform)
    if day is None:
        return f"We could not compare these steps with the help pages of {name}."
    return f"We last compared these steps with the help pages of {name} on {full_day(day)}."


def standing(item: Item, now: date) -> str:
    """``New``, ``Open since 18 October``, ``2 new, 1 open since 18 October``."""
    counts = {s: [f for f in item.findings if f.status is s] for s in Status if s.to_do}
    present = {s: found for s, found in counts.items() if found}
    phrases = []
    for status, found in present.items():
        since = past_day(min(f.first_seen for f in found), now)
        phrase = {
            Status.NEW: "new",
            Status.OPEN: f"open since {since}",
            Status.RETURNED: f"back again, first seen on {since}",
            Status.NOT_RECHECKED: f"open since {since} and not checked again",
        }[status]
        phrases.append(phrase if len(present) == 1 else f"{len(found)} {phrase}")
    return capital(", ".join(phrases))


def note(audit: Audit, item: Item, band_due: date) -> str:
    """The quiet line without its references: standing, a nearer date, minutes, policy parts."""
    first = min(f.due for f in item.findings)
    deadline = ""
    if first < audit.day:
        deadline = f"Was due on {weekday(first)}"
    elif first < band_due:
        deadline = f"Due by {weekday(first)}"
    clauses = {clause for f in item.findings for clause in f.clauses}
    cites = cited(_PARAGRAPH.sub("", c.cite) for c in audit.policy.clauses if c.id in clauses)
    return joined(
        standing(item, audit.day),
        deadline,
        duration(item.check.minutes * len(item.findings)),
        f"Policy {cites}" if cites else "",
    )


def references(item: Item, most: int = REFERENCES) -> tuple[str, ...]:
    """How to name it for good, in up to ``most`` words that may stand on lines of their own.

    ``("Ref FB-112.",)``, ``("Refs FB-112", "and FB-113.")``
    """
    refs = [f.ref for f in item.findings]
    if len(refs) == 1:
        return (f"Ref {refs[0]}.",)
    if len(refs) > most:
        refs = [*refs[: most - 1], f"{number(len(refs) - most + 1)} more"]
    first, *between, last = refs
    comma = "," if between else ""
    return (
        f"Refs {first}{comma}",
        *(f"{ref}{',' if ref is not between[-1] else ''}" for ref in between),
        f"and {last}.",
    )


def where(audit: Audit, finding: Finding, longest: int = TITLE) -> tuple[str, str]:
    """A place in words, and the council's own title to go with it (``""`` for none).

    ``("Facebook post of Friday 13 November", "Bin collections over Christmas")``
    """
    subject = finding.subject
    name = audit.label(finding.account)
    if subject is None:
        return (f"{name} account" if finding.account else "", "")
    place = f"{name} {shown(subject.label)}"
    when = subject.published_at or subject.headline_at
    if when is not None:
        day = audit.local(when).date()
        year = "" if day.year == audit.day.year else f" {day.year}"
        place = f"{place} of {weekday(day)}{year}"
    return place, shown(subject.headline, longest)


def under(finding: Finding) -> str:
    """The word between a place and its title."""
    return "under " if finding.subject is not None and finding.subject.kind == "comment" else ""


def short_day(audit: Audit, finding: Finding) -> str:
    """``13 November``: when the place was published; ``""`` if that is not known."""
    subject = finding.subject
    when = subject and (subject.published_at or subject.headline_at)
    return month_day(audit.local(when).date()) if when else ""


def things(n: int) -> str:
    """``1 thing``, ``3 things``."""
    return count(n, "thing")
