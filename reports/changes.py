"""What changed since the weekly report before, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import items as things
from reports.audit import movement
from reports.quoting import shown
from reports.signposts import Piece
from reports.wording import capital, count, joined, lower, number, past_day
from socialaudit.finding import RunKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.audit import Audit, Movement
    from reports.signposts import Signposts
    from socialaudit.finding import Finding

FIXED = 12
"""Lines of what was fixed in an email."""


def since_last_week(audit: Audit, signposts: Signposts) -> tuple[Piece, ...]:
    """The change since last week: ``4 fixed, 7 new. 10 to do in total, up from 7``, as sentences.

    What can be read in the archive is linked: what was fixed, the list, and the list before.
    """
    total, moved = len(audit.to_do), movement(audit)

    def linked(words: str, page: str | None, place: str) -> Piece:
        return (signposts.to(words, f"{page}#{place}") if page else None) or Piece(words)

    if audit.first:
        return (Piece(joined(f"{number(total)} to do", "This is the first report")),)
    if not total and not moved.last_week:
        found = "found " if audit.not_read or audit.partly_read else ""
        return (Piece(f"Nothing to do then, nothing {found}now."),)
    before = len(moved.last_week)
    change = "the same as last week"
    if total != before:
        change = f"{'up' if total > before else 'down'} from {number(before)}"
    return (
        linked(f"{number(len(moved.fixed))} fixed", audit.page if moved.fixed else None, "fixed"),
        Piece(f", {', '.join(_beside_fixed(moved))}. "),
        linked(f"{number(total)} to do in total", audit.page, "todo"),
        Piece(", "),
        linked(change, audit.page_before, "todo"),
        Piece("."),
    )


def _beside_fixed(moved: Movement) -> Iterator[str]:
    yield f"{number(len(moved.new))} new"
    if moved.returned:
        yield f"{number(len(moved.returned))} back again"
    if moved.answered:
        yield f"{number(len(moved.answered))} answered by you"


def fixed_title(audit: Audit) -> str:
    """Heading over what was fixed, with its number; ``""`` when nothing was."""
    n = len(fixed_here(audit))
    return f"Fixed since {before(audit)}: {number(n)}" if n else ""


def before(audit: Audit) -> str:
    """What a report's changes are held against, in words."""
    return "the last weekly report" if audit.run.kind is RunKind.INCIDENT else "last week"


def fixed_here(audit: Audit) -> tuple[Finding, ...]:
    """What was to do in the weekly report before and is fixed."""
    if not audit.weekly:
        return audit.fixed
    refs = movement(audit).fixed
    return tuple(f for f in audit.fixed if f.ref in refs)


def fixed_lines(audit: Audit, *, titles: bool = True) -> tuple[str, ...]:
    """What was fixed, one line for each check and account; with titles where it is one place."""
    groups: dict[tuple[str | None, str], list[Finding]] = {}
    for finding in fixed_here(audit):
        groups.setdefault((finding.account, finding.check), []).append(finding)
    lines = [fixed_line(audit, found, titles=titles) for found in groups.values()]
    if len(lines) > FIXED:
        lines = [*lines[: FIXED - 1], f"and {len(lines) - FIXED + 1} more kinds of problem"]
    return tuple(lines)


def fixed_line(audit: Audit, found: Sequence[Finding], *, titles: bool = True) -> str:
    """What was done to one or several of one check and account."""
    done = lower(audit.check(found[0].check).fixed).rstrip(".")
    name = f"{audit.label(found[0].account)}: " if found[0].account else ""
    if len(found) > 1:
        label = shown(found[0].subject.label) if found[0].subject else ""
        line = f"{name}{done} ({count(len(found), label or 'time')})"
    else:
        title = things.where(audit, found[0])[1] if titles else ""
        line = f"{name}{done}{f' ({things.under(found[0])}‘{title}’)' if title else ''}"
    return line if name else capital(line)


def settled(audit: Audit) -> str:
    """What is not on the list because somebody answered or it is excused, in one line."""
    left = [f for f in audit.findings if f.status is Status.LEFT]
    mistakes = sum(f.status is Status.MISTAKE for f in audit.findings)
    excused = sum(bool(f.excused) and f.status.to_do for f in audit.findings)
    back = sorted(f.decision.until for f in left if f.decision is not None)
    return joined(
        f"{count(len(left), 'thing')} left as you decided" if left else "",
        f"The next one comes back on {past_day(back[0], audit.day)}" if back else "",
        f"{count(mistakes, 'thing')} marked as our mistake" if mistakes else "",
        f"{count(excused, 'thing')} seen that the law or the policy excuses" if excused else "",
    )
