"""What a text check says of each row of a spreadsheet: offline, without a council or a store.

Each row stands alone, on an account of its own: a published post, or a comment by somebody else,
five days old and unanswered. The account says nothing of itself, and nobody described the picture of
the post. The check runs with its own defaults, or
those that it has for a trial.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import checks
from reports.spreadsheet import harmless
from socialaudit import engine, records, sheet
from socialaudit.check import Context
from socialaudit.document import shown, suggestion
from socialaudit.errors import UsageError
from socialaudit.models import (
    Account,
    AccountKind,
    Audience,
    Comment,
    CommentKind,
    CommentState,
    Council,
    Media,
    MediaKind,
    Post,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from socialaudit.check import Check, Observation
    from socialaudit.finding import Outcome

COLUMNS = ("row", "outcome", "confidence", "score", "reason")
KINDS = {"posts": "post", "comments": "comment"}
"""What a text check may examine, and the kind of record that a row becomes."""
VISITOR = "visitor post"
"""What a row becomes for a check that needs visitors' posts."""
MAX_BYTES = 50_000_000
TOGETHER = 250
"""Rows judged in one go: enough for speed, few enough for the engine's look at each account."""
AGE = timedelta(days=5)
"""Old enough to be late, young enough to be looked at."""
ZONE = "Europe/London"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a check says of one row; ``row`` is its number in the spreadsheet."""

    row: int
    outcome: Outcome
    confidence: str = ""
    score: float | None = None
    reason: str = ""


def attempt(check: str, path: Path, column: str, kind: str | None, now: datetime) -> list[Trial]:
    """What a check says of every row; ``kind`` is post or comment, ``None`` for the check's own.

    Raises ``UsageError`` for an unknown check, one that does not read text, a file that cannot be
    read and a column that is not there.
    """
    found = _text_check(check)
    rows = sheet.read(path, (column,), None, most=MAX_BYTES)
    visitors = "comments.visitor" in found.needs
    chosen = kind or (VISITOR if visitors else KINDS[found.examines])
    return [
        trial
        for start in range(0, len(rows), TOGETHER)
        for trial in _trials(
            found,
            [_record(chosen, row, column, now) for row in rows[start : start + TOGETHER]],
            now,
        )
    ]


def table(trials: list[Trial]) -> str:
    """The answers as CSV; no cell is one that a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in trials:
        score = "" if one.score is None else f"{one.score:.3f}"
        cells = (one.outcome.value, one.confidence, score, one.reason)
        writer.writerow([one.row, *map(harmless, cells)])
    return out.getvalue()


def _text_check(name: str) -> Check:
    known = checks.load()
    readers = {id_: c for id_, c in known.items() if c.reads_text and c.examines in KINDS}
    if name in readers:
        return readers[name]
    if name in known:
        raise UsageError(f"{name} does not read text; these do: {', '.join(readers)}")
    raise UsageError(f"there is no check {shown(name)}{suggestion(name, readers)}")


def _context(check: Check, accounts: list[str], now: datetime) -> Context:
    kind = min(check.kinds, key=list(AccountKind).index)
    return Context(
        now=now,
        since=now - timedelta(days=7),
        until=now,
        timezone=ZoneInfo(ZONE),
        council=Council("trial", "Trial", ZONE),
        accounts=dict.fromkeys(accounts, kind),
        titles=dict.fromkeys(accounts, "Trial"),
        coverage=dict.fromkeys(accounts, ()),
    )


def _record(kind: str, row: sheet.Row, column: str, now: datetime) -> Post | Comment:
    """A row as a record; its account is its number."""
    account, text = str(row.number), row.cells.get(column, "")
    key, at = f"trial:{account}", now.astimezone(UTC) - AGE
    if kind == "post":
        return Post(
            key=key,
            account=account,
            id=account,
            published_at=at,
            text=text,
            links=(),
            audience=Audience.PUBLIC,
            comment_count=0,
        )
    return Comment(
        key=key,
        account=account,
        id=account,
        kind=CommentKind.VISITOR_POST if kind == VISITOR else CommentKind.COMMENT,
        post=None if kind == VISITOR else f"{key}-post",
        author=f"author-{account}",
        own=False,
        text=text,
        published_at=at,
        state=CommentState.PUBLISHED,
        reply_count=0,
    )


def _surroundings(post: Post) -> Iterator[Account | Media]:
    """The profile of a post's account, and its picture."""
    yield Account(
        key=f"{post.key}-account",
        account=post.account,
        id=f"{post.id}-account",
        platform="trial",
        kind=AccountKind.COUNCIL,
        handle="",
        name="",
        description="",
        links=(),
        contact="",
    )
    yield Media(
        key=f"{post.key}-picture",
        account=post.account,
        id=f"{post.id}-picture",
        post=post.key,
        kind=MediaKind.IMAGE,
        published_at=post.published_at,
        alt_text="",
        automatic_alt_text="",
    )


def _trials(check: Check, read: list[Post | Comment], now: datetime) -> Iterator[Trial]:
    context = _context(check, [record.account for record in read], now)
    around = [one for post in read if isinstance(post, Post) for one in _surroundings(post)]
    chosen = {check.id: check.trial(now.date())} if check.trial else {}
    judged = engine.assess([check], records.from_records([*read, *around]), context, chosen, {})
    said: dict[str | None, list[Observation]] = {}
    for observed in judged.observed:
        said.setdefault(observed.account, []).append(observed.observation)
    for assessed in judged.assessments:
        mine = said.get(assessed.account, [])
        yield Trial(
            row=int(assessed.account or 0),
            outcome=assessed.outcome,
            confidence=min((one.confidence.value for one in mine), default=""),
            score=max((one.score for one in mine if one.score is not None), default=None),
            reason=" ".join(map(_reason, mine)) or assessed.reason,
        )


def _reason(said: Observation) -> str:
    """What was seen, on what evidence, and why it may stay."""
    seen = "; ".join(f"{name}: {value}" for name, value in said.evidence.items() if value)
    allowed = f" Excused: {said.excused}" if said.excused else ""
    return f"{said.message}{f' ({seen})' if seen else ''}{allowed}"
