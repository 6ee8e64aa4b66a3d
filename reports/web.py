"""The web report: one self-contained page with evidence, filters, trend and every policy part.

It loads nothing: style and script stand in the page, and the content security policy lets those
two in by their digests and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from reports import changes, rendering, since_weekly, subject, view, words
from reports import items as things
from reports.archive import INDEX
from reports.articles import account_choices, article, part_choices
from reports.clauses import clause_rows, numbering
from reports.earlier import earlier
from reports.evidence import when
from reports.gaps import Gap, checked_in_full, facts, gaps
from reports.quoting import clean, cut, shown
from reports.signposts import Signposts
from reports.trend import trend
from reports.wording import (
    capital,
    cited,
    clock,
    count,
    full_day,
    joined,
    number,
    past_day,
    weekday,
)
from socialaudit.check import Urgency
from socialaudit.finding import ReadStatus, RunKind, Status
from socialaudit.policy import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.articles import Article
    from reports.audit import Audit
    from reports.clauses import Row
    from reports.earlier import Before
    from reports.items import Item
    from reports.trend import Trend
    from socialaudit.finding import Coverage, Finding

LISTED = 100
_STATE_PHRASES = {
    State.NEEDS_ACTION: ("needs action", "need action"),
    State.NOT_CHECKED: ("is not checked", "are not checked"),
    State.SIGNED_STATEMENTS: ("relies on signed statements", "rely on signed statements"),
    State.NO_PROBLEM_FOUND: ("has no problem found", "have no problem found"),
    State.NOTHING_TO_CHECK: ("has nothing to check", "have nothing to check"),
}
_RESULTS = {
    ReadStatus.READ: ("okk", "Checked"),
    ReadStatus.PARTLY: ("gap", "Partly checked"),
    ReadStatus.NOT_READ: ("gap", "Not checked"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A row of the table of accounts."""

    name: str
    key: str
    result: str
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Every word of the web report."""

    title: str
    council: str
    heading: str
    intro: str
    figures: tuple[tuple[str, str, str], ...]
    gap_title: str
    gaps: tuple[Gap, ...]
    accounts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    showing: str
    articles: tuple[Article, ...]
    trend: Trend | None
    policy_lead: str
    policy_caption: str
    numbering: str
    rows: tuple[Row, ...]
    checked: tuple[Checked, ...]
    covered: str
    since_weekly: tuple[str, tuple[str, ...]]
    fixed_title: str
    fixed: tuple[tuple[str, str], ...]
    settled: str
    words: tuple[str, ...]
    answered: tuple[tuple[str, str], ...]
    earlier: tuple[Before, ...]
    index: str
    about: tuple[str, ...]
    footer: str


def render(audit: Audit) -> str:
    """The web report of one run as an HTML document."""
    style, script = rendering.inline("web.css"), rendering.inline("web.js")
    return rendering.html(
        "web.html",
        page=page(audit),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_digest=rendering.digest(style),
        script_digest=rendering.digest(script),
    )


def page(audit: Audit) -> Page:
    """The view model of the web report."""
    numbered = things.gather(audit)
    signposts = Signposts(audit.hosts)
    missed = [c.account for c in audit.not_read]
    rows = clause_rows(audit, numbered)
    heading = capital(subject.heading(audit).removeprefix("Social media check: "))
    return Page(
        title=f"{heading}: social media report, {shown(audit.council.name)}",
        council=shown(audit.council.name),
        heading=heading,
        intro=_intro(audit),
        figures=_figures(audit),
        gap_title=_gap_title(audit, missed),
        gaps=_gaps(audit, numbered),
        accounts=tuple(account_choices(audit, numbered)),
        parts=tuple(part_choices(audit, numbered)),
        showing=_showing(audit),
        articles=tuple(article(audit, i, signposts) for i in numbered),
        trend=trend(audit),
        policy_lead=_policy_lead(rows),
        policy_caption=f"Every part of the {audit.policy.title}, adopted {audit.policy.adopted:%B %Y}",
        numbering=numbering(audit),
        rows=rows,
        checked=tuple(_checked(audit, c) for c in audit.coverage),
        covered=checked_in_full(audit),
        since_weekly=(since_weekly.title(audit), since_weekly.lines(audit)),
        fixed_title=changes.fixed_title(audit) or f"Fixed since {changes.before(audit)}: none",
        fixed=tuple(_fixed(audit)),
        settled=changes.settled(audit),
        words=words.to_look_at(audit),
        answered=tuple(_answered(audit)),
        earlier=tuple(earlier(audit, signposts)),
        index=INDEX if audit.beside else "",
        about=tuple(_about(audit)),
        footer=_footer(audit),
    )


def _showing(audit: Audit) -> str:
    """How many things are listed; of none, how much that tells."""
    total = len(audit.to_do)
    if total:
        return f"Showing {'all ' if total > 1 else ''}{things.things(total)} to do."
    if audit.coverage and len(audit.not_read) == len(audit.coverage):
        return "No account was checked, so we do not know."
    if audit.not_read or audit.partly_read:
        return "Nothing in what we could check. Problems elsewhere will not show."
    return "Nothing to do."


def _intro(audit: Audit) -> str:
    kind = {
        RunKind.WEEKLY: "Weekly report",
        RunKind.INCIDENT: "Extra check",
        RunKind.FIRST: "First check",
    }
    asked = ""
    if audit.run.kind is RunKind.INCIDENT:
        who = shown(audit.run.asked_by, 60) or "somebody at the council"
        asked = f"Asked for by {who}. Reason given: {shown(audit.run.reason) or 'none'}"
    start, end = audit.run.started_at, audit.run.finished_at or audit.run.started_at
    hours = dict.fromkeys(clock(audit.local(moment)) for moment in (start, end))
    checked = f"Checked on {weekday(audit.local(start).date())}, {' to '.join(hours)}"
    return joined(kind[audit.run.kind], asked, checked, "For council staff only")


def _figures(audit: Audit) -> tuple[tuple[str, str, str], ...]:
    """The figures at the top: key for colour, number, words."""
    missed = len(audit.not_read)
    return (
        *(
            (u.value, number(sum(f.urgency is u for f in audit.to_do)), f"to do {subject.WHEN[u]}")
            for u in Urgency
        ),
        ("fixed", number(len(changes.fixed_here(audit))), "fixed since the last weekly report"),
        ("gap", number(missed), f"{'account' if missed == 1 else 'accounts'} not checked"),
    )


def _gaps(audit: Audit, numbered: Sequence[Item]) -> tuple[Gap, ...]:
    """What could not be checked; a single account that the title names is not named again."""
    found = gaps(audit, numbered)
    if len(found) == 1 and audit.not_read:
        return (Gap("", capital(found[0].text)),)
    return found


def _gap_title(audit: Audit, missed: Sequence[str]) -> str:
    if len(missed) == 1:
        return f"{audit.label(missed[0], whole=True)} was not checked"
    if missed:
        return f"{count(len(missed), 'account')} were not checked"
    return "What we could not check"


def _policy_lead(rows: Sequence[Row]) -> str:
    counts = {state: sum(r.state is state for r in rows) for state in State}
    said = [count(n, *_STATE_PHRASES[state]) for state, n in counts.items() if n]
    return joined(f"The policy has {count(len(rows), 'part')}", *said)


def _checked(audit: Audit, coverage: Coverage) -> Checked:
    key, result = _RESULTS[coverage.status]
    if (look := audit.look(coverage.account)) is not None:
        seen = f"{weekday(look.day)}, by {shown(look.by, 80)}. Holds until {weekday(look.until)}."
        return Checked(audit.label(coverage.account, whole=True), key, "Seen by people", seen)
    amounts = ", ".join(
        count(n, word) for n, word in ((coverage.posts, "post"), (coverage.comments, "comment"))
    )
    missing = facts(u for u in coverage.unread if u.fact != "*")
    last = f"Last checked {when(audit, coverage.read_at)}" if coverage.read_at else "Never checked"
    return Checked(
        name=audit.label(coverage.account, whole=True),
        key=key,
        result=result,
        details=joined(
            "" if coverage.status is ReadStatus.NOT_READ else amounts,
            f"We could not see {missing}" if missing else "",
            last,
        ),
    )


def _fixed(audit: Audit) -> Iterable[tuple[str, str]]:
    """What was fixed, and where in the policy."""
    cites = {c.id: c.cite for c in audit.policy.clauses}
    for finding in changes.fixed_here(audit)[:LISTED]:
        parts = cited(cites[c] for c in finding.clauses if c in cites)
        quiet = f"{parts}, ref {finding.ref}" if parts else f"ref {finding.ref}"
        yield changes.fixed_line(audit, [finding]), f"({quiet})"


def _answered(audit: Audit) -> Iterable[tuple[str, str]]:
    """What is not on the list: what it is, and why."""
    for finding in audit.findings[: LISTED * 10]:
        if finding.to_do or finding.status is Status.FIXED:
            continue
        place, title = things.where(audit, finding)
        what = f"{place}{f', ‘{title}’' if title else ''}" if place else "The council"
        yield f"{finding.ref}: {what}", _answer(audit, finding)


def _answer(audit: Audit, finding: Finding) -> str:
    decision = finding.decision
    if decision is None:
        return joined(
            "Excused" if finding.excused else finding.status.value, shown(finding.excused)
        )
    word = "Marked as our mistake" if finding.status is Status.MISTAKE else "Left"
    return joined(f"{word} until {past_day(decision.until, audit.day)}", shown(decision.reason))


def _about(audit: Audit) -> Iterable[str]:
    yield "Checks are automatic and can make mistakes. A person decides what to do."
    if audit.replies_to:
        yield "To answer, choose the link at an item. What is decided stands in the next report."
    else:
        yield "To tell us about a mistake, reply to the email with the item number."
    yield from view.stated_limits(audit)
    yield "We do not keep names, photos or profile links of people who comment."
    if audit.legal_hold:
        yield "A legal hold is on: until it ends, we keep the words of every comment."
    else:
        yield (
            f"We keep the words of a comment for {count(audit.records_days, 'day')}. Where a thing "
            f"to do rests on them, we keep them for {count(audit.evidence_days, 'day')}."
        )
    yield "You can print this page. All the evidence will print."


def _footer(audit: Audit) -> str:
    return joined(
        f"Report {clean(audit.run.id)}",
        f"Digest {audit.digest}" if audit.digest else "",
        f"{cut(audit.policy.title)}, adopted {audit.policy.adopted:%B %Y}",
        f"Next report due on {full_day(audit.next_due)}",
    )
