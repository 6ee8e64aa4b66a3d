"""Comments that are hidden or gone, and of which the moderation register says nothing.

A removal that nobody wrote down cannot be explained to the person, to the police, or to anybody who
asks for records. Whose hand it was is not told: Facebook hides by its own filters too, and what is
gone may have been deleted by its author. So it is always *possible*. Only what is on the list is
looked up again, so a comment that nothing was wrong with can vanish unseen. What went together with
its post, and what an account could not have deleted (on X), is no matter for the register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialaudit.check import Confidence, Context, Counted, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind, CommentKind
from socialaudit.register import Action, names, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.models import Comment
    from socialaudit.records import Records
    from socialaudit.register import Vanished

KINDS = frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER})
CANNOT_DELETE = frozenset({"bluesky", "mastodon", "x"})
"""Platforms on which an account cannot delete what others wrote; on X and Bluesky it can hide it."""
WRITTEN = "The register has a line with its link, the rule and a name."
FORGOTTEN = "What is gone was kept too long ago to say whose it was."


@check(
    id="removed-without-record",
    title="What is hidden or deleted is written down",
    examines="comments",
    needs=("comments",),
    kinds=KINDS,
    urgency=Urgency.MONTH,
    instruction="Write down why a comment was hidden or deleted",
    joined="Write down why {n} comments were hidden or deleted",
    fixed="hidden or deleted comment written down",
    why="Without it, the council cannot explain to the writer, or to the police, what it did.",
    minutes=3,
    references=(
        "Freedom of Information Act 2000, section 46 code of practice on records",
        "European Convention on Human Rights, article 10 (Human Rights Act 1998)",
    ),
    reads_text=False,
)
def removed_without_record(
    records: Records, context: Context
) -> Iterator[Observation | Scope | Counted]:
    """Possible: the platform says that it is hidden or gone, and not who did it."""
    recorded = {n for e in context.register if e.action is not Action.LOOKED for n in names(e.link)}
    comments = records.comments
    others = ~comments["own"].fillna(value=False) & ~comments["kind"].isin(["mention"])
    yield Scope.of(comments, others, comments["state"].isna())
    for row in records.rows(comments[others & comments["state"].isin(["hidden"])]):
        if not recorded & names_of(row.key, row.permalink):
            yield Observation(
                record=row.key,
                message="This comment is hidden, and the register does not say who hid it or why.",
                confidence=Confidence.POSSIBLE,
                would_pass=WRITTEN,
                evidence={"state": "hidden"},
            )
    yield from _of_vanished(context, recorded)


def _of_vanished(context: Context, recorded: set[str]) -> Iterator[Observation | Counted]:
    keys = {gone.key for gone in context.vanished}
    for gone in context.vanished:
        if gone.kind != "comment" or context.accounts.get(gone.account) not in KINDS:
            continue
        if gone.comment is None:
            yield Counted(gone.account, examined=0, unknown=1, reason=FORGOTTEN)
        elif not gone.comment.own and gone.comment.kind is not CommentKind.MENTION:
            yield Counted(gone.account, examined=1)
            if not _explained(gone.comment, keys, recorded):
                yield _gone(gone, context)


def _explained(comment: Comment, keys: set[str], recorded: set[str]) -> bool:
    """Whether it is written down, went with what it stood under, or was not the council's to delete."""
    above = {key for key in (comment.post, comment.parent) if key}
    known = names_of(comment.key, comment.permalink).union(*map(names_of, above))
    return (
        bool(known & recorded)
        or bool(above & keys)
        or comment.key.partition(":")[0] in CANNOT_DELETE
    )


def _gone(gone: Vanished, context: Context) -> Observation:
    seen = gone.last_seen.astimezone(context.timezone).date() if gone.last_seen else None
    return Observation(
        record=gone.key,
        account=gone.account,
        message="This comment is gone, and the register does not say why. "
        "Its author may have deleted it.",
        confidence=Confidence.POSSIBLE,
        would_pass=WRITTEN,
        evidence={"last seen": f"{seen.day} {seen:%B %Y}" if seen else "not known"},
    )
