"""Assess: judge what a run read, carry findings over, and close the run. Reads no platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import checks
from flows import recording
from socialaudit import engine, records
from socialaudit.check import Context, Registered
from socialaudit.discretion import discreet, private_records
from socialaudit.finding import RunKind, Subject
from socialaudit.ledger import Ledger, Reread
from socialaudit.looking import Place, newest
from socialaudit.models import (
    WEBSITE,
    Comment,
    CommentKind,
    Media,
    MediaKind,
    Post,
    PostKind,
    Setting,
    Unread,
)
from socialaudit.personal.reading import hidden
from socialaudit.store import evidence, findings, runs, words
from socialaudit.store.body import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import Connection

    from flows.plan import Plan
    from socialaudit.engine import Judged
    from socialaudit.finding import Coverage, Finding, Run
    from socialaudit.looking import Look
    from socialaudit.models import Record
    from socialaudit.store import Store

NOTICE_DAYS = 60
"""Days that a notice on the council's website counts as the other place for a post."""
COMMENT_DAYS = 60
"""Days that a comment counts as part of what its author does again and again."""
HEADLINE = 60
_PREFIXES_OF_COUNCIL = {"signed-statements": "STF"}
_LABELS = {
    PostKind.VIDEO: "video",
    PostKind.REEL: "reel",
    PostKind.REPLY: "reply",
    MediaKind.IMAGE: "picture",
    MediaKind.ANIMATION: "moving picture",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "recording",
    CommentKind.VISITOR_POST: "visitor’s post",
    CommentKind.MENTION: "mention",
    CommentKind.REPLY: "reply",
}


def assess(plan: Plan, store: Store) -> None:
    """Judge a run and close it, once: a run that is closed stays as it is."""
    with store.begin() as tx:
        run = runs.read(tx, plan.run.id)
        if run is None or run.finished_at is not None:
            return
        recording.keep(tx, run.council, plan.said)
        read = evidence.read(tx, run)
        context, unread = _context(tx, plan, run)
        judged = _judge(tx, plan, read, context, unread)
        reread = Reread(frozenset(record.key for record in read), evidence.gone(tx, run.id))
        stood = _ledger(tx, plan, run, read, context, judged).carry(judged, reread)
        runs.save_assessments(tx, run.id, judged.assessments)
        findings.save(tx, run.id, run.council, stood)
        runs.close(tx, run, plan.moment())


def judge(tx: Connection, plan: Plan) -> Judged:
    """What the policy says now of the stored evidence of a run; changes nothing."""
    context, unread = _context(tx, plan, plan.run)
    return _judge(tx, plan, evidence.read(tx, plan.run), context, unread)


def _judge(
    tx: Connection,
    plan: Plan,
    read: Iterable[Record],
    context: Context,
    unread: Mapping[str, tuple[Unread, ...]],
) -> Judged:
    everything = records.from_records([*read, *_notices(tx, plan)])
    known = checks.load()
    asked = plan.run.kind is RunKind.INCIDENT
    cited = [known[id_] for id_ in plan.policy.checks if known[id_].kinds or not asked]
    judged = engine.assess(cited, everything, context, plan.policy.parameters, unread)
    return discreet(judged, known, private_records(known, judged.observed))


def _notices(tx: Connection, plan: Plan) -> Iterable[Record]:
    """What the council's website said lately, this run's reading included."""
    until = plan.run.window.until + timedelta(days=1)
    return evidence.between(
        tx, plan.run.council, WEBSITE, until - timedelta(days=NOTICE_DAYS), until
    )


def _earlier(tx: Connection, run: Run, accounts: Iterable[str]) -> tuple[Comment, ...]:
    """The comments of the last weeks, as last known."""
    since = run.window.until - timedelta(days=COMMENT_DAYS)
    return tuple(
        one
        for account in accounts
        for one in evidence.between(tx, run.council, account, since, run.started_at, ("comment",))
        if isinstance(one, Comment)
    )


def _unread(covered: Mapping[str, Coverage]) -> dict[str, tuple[Unread, ...]]:
    """What could not be read, by account; a website feed that could not be read is missed by all."""
    feed = covered.get(WEBSITE)
    lost = [u for u in feed.unread if not u.partial] if feed else []
    website = tuple(Unread("website", u.reason, u.remedy) for u in lost[:1])
    return {a: (*c.unread, *website) for a, c in covered.items() if a != WEBSITE}


def _context(tx: Connection, plan: Plan, run: Run) -> tuple[Context, dict[str, tuple[Unread, ...]]]:
    """What the checks may know, and what could not be read, by account."""
    covered = runs.covered(tx, run.id)
    unread = _unread(covered)
    context = Context(
        now=run.started_at,
        since=run.window.since,
        until=run.window.until,
        timezone=plan.zone,
        council=plan.council.council,
        accounts={a: c.kind for a, c in covered.items() if a != WEBSITE},
        titles={a: c.title for a, c in covered.items()},
        coverage={a: tuple(u for u in facts if not u.permanent) for a, facts in unread.items()},
        review_due=plan.policy.review_due,
        signatures=plan.policy.signatures(words.statements(tx, run.council)),
        earlier=_earlier(tx, run, covered),
        register=words.entries(tx, run.council),
        vanished=evidence.vanished(tx, run),
        registered=tuple(
            Registered(a.id, a.platform, a.handle, a.base_url) for a in plan.council.accounts
        ),
        home_page=plan.council.home_page,
        places=_places(plan, words.looks(tx, run.council), covered),
    )
    return context, unread


def _places(plan: Plan, looks: Iterable[Look], covered: Collection[str]) -> dict[str, Place]:
    """The accounts of this run at which only people look, with their last look."""
    last = newest(looks)
    return {
        a.id: Place(address=a.handle, look_for=a.look_for or "", last=last.get(a.id))
        for a in plan.council.accounts
        if a.by_hand and a.id in covered
    }


def _ledger(
    tx: Connection,
    plan: Plan,
    run: Run,
    read: Iterable[Record],
    context: Context,
    judged: Judged,
) -> Ledger:
    before = findings.after(tx, run.council)
    private = private_records(checks.load(), judged.observed, before.values())
    whole = run.kind is RunKind.WEEKLY
    prefixes = {a.id: a.ref for a in plan.council.accounts}
    return Ledger(
        policy=plan.policy,
        checks=checks.load(),
        before=before,
        baseline=stood_at_baseline(tx, run) if whole else before,
        subjects=_Subjects(tx, run, read, private),
        reference=lambda mark, account, check: findings.reference(
            tx, run.council, _prefix(prefixes, account, check), mark
        ),
        today=run.started_at.astimezone(plan.zone).date(),
        decisions=words.newest_decisions(tx, run.council),
        scope=None if whole else frozenset(context.accounts),
    )


def _prefix(prefixes: Mapping[str, str], account: str | None, check: str) -> str:
    """How a reference starts: by the account, or by what about the council it is."""
    return prefixes.get(account or "") or _PREFIXES_OF_COUNCIL.get(check, "POL")


def baseline_of(tx: Connection, run: Run) -> Run | None:
    """The run that a run's sums are compared with: the last weekly one before it.

    Where there is none, a look back that was made on an earlier day: one made just before the
    first weekly run is part of it.
    """
    closed = [r for r in runs.of_council(tx, run.council) if r.id != run.id]
    weekly = [r for r in closed if r.kind is RunKind.WEEKLY]
    if run.kind is RunKind.WEEKLY:
        weekly = [r for r in weekly if r.window.until < run.window.until]
    day = run.started_at.date()
    first = [r for r in closed if r.kind is RunKind.FIRST and r.started_at.date() < day]
    return next(reversed(weekly or first), None)


def stood_at_baseline(tx: Connection, run: Run) -> dict[str, Finding]:
    """What stood after the run that a run's sums are compared with."""
    baseline = baseline_of(tx, run)
    return findings.after(tx, run.council, baseline.id) if baseline else {}


@dataclass
class _Subjects:
    """Describes records by key: from this run, or as last kept."""

    tx: Connection
    run: Run
    read: Iterable[Record]
    private: frozenset[str]

    def __post_init__(self) -> None:
        self._records = {record.key: record for record in self.read}
        self._captures = evidence.captures(self.tx, self.run)

    def __call__(self, key: str) -> Subject | None:
        record = self._record(key)
        if record is None:
            return None
        sha256, captured_at = self._captures.get(key, (None, None))
        post = record if isinstance(record, Post) else self._post_of(record)
        return Subject(
            key=key,
            kind=evidence.kind_of(record),
            id=key.split(":", 1)[1] if isinstance(record, Setting) else record.id,
            label=_label(record),
            permalink=getattr(record, "permalink", None) or (post.permalink if post else None),
            published_at=getattr(record, "published_at", None),
            headline=headline(post) if post and post.key not in self.private else None,
            headline_at=post.published_at if post else None,
            sha256=sha256,
            captured_at=captured_at,
            words_sha256=words_digest(record),
        )

    def _record(self, key: str) -> Record | None:
        if key not in self._records:
            self._records.update(evidence.newest(self.tx, self.run.council, [key]))
        return self._records.get(key)

    def _post_of(self, record: Record) -> Post | None:
        key = record.post if isinstance(record, Media | Comment) else None
        post = self._record(key) if key else None
        return post if isinstance(post, Post) else None


def words_digest(record: Record) -> str:
    """The digest of what people wrote in a record, or set: not of its likes or its address."""
    names = ("title", "text", "name", "description", "alt_text", "value")
    return digest({name: getattr(record, name, None) for name in names})


def headline(post: Post) -> str:
    """The title of one of the council's own posts, or its first words, without private details."""
    text = " ".join(hidden(post.title or post.text or "").split())
    if len(text) <= HEADLINE:
        return text
    return text[: HEADLINE + 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"


def _label(record: Record) -> str:
    if isinstance(record, Setting):
        return f"setting “{record.name.replace('_', ' ').capitalize()}”"
    return _LABELS.get(record.kind, evidence.kind_of(record))
