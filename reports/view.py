"""The view model of the email: every word that its templates show, computed once.

Strings are clean (see ``quoting``) and not escaped. Lists are in reading order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import changes, since_weekly, subject, words
from reports import items as things
from reports.clauses import NO_PROBLEM, group_rows, numbering
from reports.entries import DETAILS, Band, Detail, Entry, bands, told
from reports.gaps import checked_in_full, gaps, unchecked
from reports.quoting import shown
from reports.signposts import Piece, Signposts
from reports.wording import (
    cited,
    clock,
    count,
    full_day,
    joined,
    listed,
    number,
    sentence,
    weekday,
)
from socialaudit.check import Urgency
from socialaudit.finding import RunKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.audit import Audit
    from reports.clauses import Row
    from reports.gaps import Gap

CAUTION = (
    f"‘{NO_PROBLEM}’ means our checks found nothing wrong. It does not prove that nothing is wrong."
)
SUMMARY_WORDS = 80
SUMMARY_ITEMS = 5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line of the summary; ``key`` is gap for what was not checked."""

    label: str
    pieces: tuple[Piece, ...]
    key: str = ""

    @property
    def text(self) -> str:
        """The line in words, without its links."""
        return "".join(piece.text for piece in self.pieces)


def _line(label: str, text: str, key: str = "") -> Labelled:
    return Labelled(label, (Piece(text),), key)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One email."""

    subject: str
    preview: str
    council: str
    heading: str
    lead: str
    tone: str
    summary: tuple[Entry, ...]
    summary_more: str
    lines: tuple[Labelled, ...]
    online: Piece | None
    before: Piece | None
    bands: tuple[Band, ...]
    gaps_title: str
    gaps_key: str
    gaps: tuple[Gap, ...]
    covered: str
    fixed_title: str
    fixed: tuple[str, ...]
    settled: str
    words: tuple[str, ...]
    caution: str
    rows: tuple[Row, ...]
    numbering: str
    about_link: Piece | None
    about: tuple[str, ...]
    checked: str


def view(audit: Audit, detail: Detail = DETAILS[0]) -> View:
    """The email of one run. A week with nothing to do and nothing missed is told in few lines."""
    numbered = things.gather(audit)
    signposts = Signposts(audit.hosts)
    online = signposts.to("Open the full report online", audit.page)
    to_do = tuple(bands(audit, numbered, signposts, detail))
    lines = tuple(_lines(audit, signposts))
    listed_first = to_do[0].entries if to_do else ()
    shown_first = _summary_length(listed_first, lines)
    more = len(listed_first) - shown_first
    missed = gaps(audit, numbered)
    quiet = not (numbered or audit.not_read or audit.partly_read)
    rows = () if quiet else group_rows(audit, told(numbered, detail))
    fixed = since_weekly.lines(audit) or changes.fixed_lines(audit, titles=not detail.short)
    return View(
        subject=subject.subject(audit),
        preview=subject.preview(audit, numbered),
        council=shown(audit.council.name),
        heading=subject.heading(audit),
        lead=subject.lead(audit),
        tone=_tone(audit, to_do),
        summary=listed_first[:shown_first],
        summary_more=f"and {count(more, 'more thing')} below" if more else "",
        lines=lines,
        online=online,
        before=signposts.to("The report before this one", audit.page_before),
        bands=to_do,
        gaps_title="What we could not check" if missed else "What we checked",
        gaps_key="gap" if missed else "plain",
        gaps=missed,
        covered=checked_in_full(audit),
        fixed_title=since_weekly.title(audit) or changes.fixed_title(audit),
        fixed=fixed,
        settled=changes.settled(audit),
        words=words.to_look_at(audit),
        caution=CAUTION if any(f.strong == NO_PROBLEM for r in rows for f in r.stands) else "",
        rows=rows,
        numbering=numbering(audit),
        about_link=None if quiet else signposts.to("full report", audit.page),
        about=() if quiet else tuple(_about(audit)),
        checked=checked(audit),
    )


def _tone(audit: Audit, to_do: Sequence[Band]) -> str:
    if to_do:
        return to_do[0].key
    return "gap" if audit.not_read or audit.partly_read else "fixed"


def _lines(audit: Audit, signposts: Signposts) -> Iterable[Labelled]:
    if audit.run.kind is RunKind.INCIDENT:
        yield from _incident_lines(audit)
    counts = {u: sum(f.urgency is u for f in audit.to_do) for u in Urgency}
    later = [(u, n) for u, n in counts.items() if n][1:]
    if later:
        (first, n), *rest = later
        phrases = [f"{things.things(n)} {subject.WHEN[first]}"]
        phrases += [f"{number(m)} {subject.WHEN[u]}" for u, m in rest]
        yield _line("Later", sentence(listed(phrases)))
    names = unchecked(audit)
    if names:
        yield _line(
            "Not checked", f"{listed(names)}. Problems there will not show in this report.", "gap"
        )
    partly = [audit.label(c.account, whole=True) for c, _ in audit.partly_read]
    if partly:
        yield _line("Only partly checked", sentence(listed(partly)), "gap")
    if audit.run.kind is not RunKind.INCIDENT:
        label = "In total" if audit.first else "Since last week"
        yield Labelled(label, changes.since_last_week(audit, signposts))


def _incident_lines(audit: Audit) -> Iterable[Labelled]:
    asked = audit.local(audit.run.started_at)
    who = shown(audit.run.asked_by, 60) or "somebody at the council"
    reason = shown(audit.run.reason, 120)
    because = f" Reason given: {sentence(reason)}" if reason else ""
    yield _line("Asked for by", f"{who}, at {clock(asked)}.{because}")
    ids = audit.run.accounts or tuple(c.account for c in audit.coverage)
    first, last = audit.first_day, audit.last_day
    yield _line(
        "Looked at",
        f"{audit.labels(ids)}: everything from {weekday(first)} to {weekday(last)}.",
    )
    others = [c.account for c in audit.coverage if c.account not in ids]
    if others:
        names = audit.labels(tuple(others), whole=True)
        yield _line("Not part of this check", f"{names}. This was not a full check.", "gap")


def _summary_length(entries: Sequence[Entry], lines: Sequence[Labelled]) -> int:
    """How many entries the summary can name within its limit of words."""
    words = sum(len(f"{line.label} {line.text}".split()) for line in lines) + 12
    shown_entries = 0
    for entry in entries[:SUMMARY_ITEMS]:
        words += len(f"{entry.summary} {entry.accounts}".split())
        if words > SUMMARY_WORDS:
            break
        shown_entries += 1
    return shown_entries


def _about(audit: Audit) -> Iterable[str]:
    if audit.run.kind is RunKind.INCIDENT:
        yield "This is an extra check. It does not change the last weekly report."
    if audit.replies_to:
        yield (
            "To answer, choose the link at an item, or reply with its number. Say if it is a "
            "mistake, can wait until a date, or is done. Give the reason."
        )
    else:
        yield "If something here is wrong, reply with the item number and we will look at it."
    yield "Checks are automatic and can make mistakes."
    yield from stated_limits(audit)
    yield (
        "We leave out the names and words of people who comment. "
        "Please do not send this report outside the council."
    )


def stated_limits(audit: Audit) -> tuple[str, ...]:
    """What we take the policy to mean by a late answer, where it asks for answers."""
    rules = audit.policy.parameters.get("unanswered-comments")
    hours = getattr(rules, "hours", None)
    asked = [c.cite for c in audit.policy.clauses if "unanswered-comments" in c.checks]
    if not isinstance(hours, int) or not asked:
        return ()
    late = f"we count a question as late after {count(hours, 'hour')}"
    return (f"Under the policy, {cited(asked)}, {late}.",)


def checked(audit: Audit) -> str:
    """When the check was made and when the next report is due."""
    start = audit.local(audit.run.started_at)
    end = audit.local(audit.run.finished_at or audit.run.started_at)
    weekly = audit.run.kind is RunKind.WEEKLY
    hours = f"{clock(start)} to {clock(end)}" if clock(start) != clock(end) else clock(start)
    return joined(
        f"Checked on {full_day(start.date())}, {hours}",
        "Sent every Monday morning" if weekly else "",
        f"The next {'' if weekly else 'weekly '}report is due on {weekday(audit.next_due)}",
        "If it does not arrive, tell your support contact",
    )
