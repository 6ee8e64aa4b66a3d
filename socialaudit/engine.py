"""(checks, records, coverage) → assessments and observations: a pure function.

The first of these that applies is the outcome, per check and account: *fail* (something was
observed), *not assessed* (a needed fact is missing, or a record is unknown), *pass* (at least one
record examined), *not applicable*.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from socialaudit.check import Counted, Observation, Scope
from socialaudit.finding import UNSAID, Assessment, Outcome
from socialaudit.models import WEBSITE, covers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from socialaudit.check import Check, Context
    from socialaudit.models import Unread
    from socialaudit.records import Records


@dataclass(frozen=True, slots=True)
class Observed:
    """An observation, the check that made it and the account it belongs to."""

    check: str
    account: str | None
    observation: Observation


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks said.

    ``unknown`` holds (check, record key) of rows they could not tell; ``blocked`` holds (check,
    account) where a needed fact is missing, so that nothing there was looked at.
    """

    assessments: tuple[Assessment, ...]
    observed: tuple[Observed, ...]
    unknown: frozenset[tuple[str, str]] = frozenset()
    blocked: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class _Tally:
    examined: Counter[str | None] = field(default_factory=Counter)
    unknown: Counter[str | None] = field(default_factory=Counter)
    unknown_keys: set[tuple[str, str]] = field(default_factory=set)
    reasons: dict[str | None, str] = field(default_factory=dict)
    observed: list[Observed] = field(default_factory=list)


def assess(
    checks: Iterable[Check],
    records: Records,
    context: Context,
    parameters: Mapping[str, Any],
    unread: Mapping[str, Iterable[Unread]],
) -> Judged:
    """Run every check on every account of the kinds it looks at.

    ``unread`` holds the facts that could not be read, by account; ``parameters`` the policy's
    parameters by check id. A fact read in part lets a check look at what there is, and is not
    assessed where that shows nothing; a check on the whole is not run there at all. Raises what
    a check raises: a broken check fails the run rather than pass for a judgement.
    """
    owners = {
        key: account
        for table in records.frames().values()
        for key, account in zip(table["key"].tolist(), table["account"].tolist(), strict=True)
    }
    assessments: list[Assessment] = []
    observed: list[Observed] = []
    unknown: set[tuple[str, str]] = set()
    blocked: set[tuple[str, str]] = set()
    chosen = tuple(checks)
    ids = frozenset(check.id for check in chosen)
    for check in chosen:
        subjects = _subjects(check, context)
        lacking = {a: _lacking(check, unread.get(a, ())) for a in subjects if a}
        shut = {a for a, facts in lacking.items() if any(_shuts(check, f) for f in facts)}
        own = parameters.get(check.id, check.parameters())
        mine = replace(context, parameters=own, checks=ids)
        readable = records.of([a for a in lacking if a not in shut] + [WEBSITE])
        tally = _run(check, readable, mine, owners)
        assessments += [_assessment(check, a, tally, lacking.get(a or "", [])) for a in subjects]
        observed += tally.observed
        unknown |= tally.unknown_keys
        blocked |= {(check.id, a) for a in shut}
    return Judged(tuple(assessments), tuple(observed), frozenset(unknown), frozenset(blocked))


def _subjects(check: Check, context: Context) -> list[str | None]:
    if not check.kinds:
        return [None]
    return [account for account, kind in context.accounts.items() if kind in check.kinds]


def _lacking(check: Check, unread: Iterable[Unread]) -> list[Unread]:
    wanted = (*check.needs, *check.also)
    return [f for f in unread if any(covers(f.fact, fact) for fact in wanted)]


def _shuts(check: Check, lost: Unread) -> bool:
    """Whether an account that lacks a fact is not looked at."""
    needed = any(covers(lost.fact, need) for need in check.needs)
    return needed and (check.whole or not lost.partial)


def _run(check: Check, readable: Records, context: Context, owners: Mapping[str, str]) -> _Tally:
    tally = _Tally()
    for said in check.judge(readable, context):
        if isinstance(said, Scope):
            _count(check, said, tally)
        elif isinstance(said, Counted):
            tally.examined[said.account] += said.examined
            tally.unknown[said.account] += said.unknown
            tally.reasons.setdefault(said.account, said.reason)
        else:
            told = said.record is None or said.account is not None
            account = said.account if told else owners[str(said.record)]
            tally.observed.append(Observed(check.id, account, said))
    return tally


def _count(check: Check, scope: Scope, tally: _Tally) -> None:
    accounts, keys = scope.rows["account"], scope.rows["key"]
    if scope.unknown is None:
        tally.examined.update(_counted(accounts))
        return
    doubtful = scope.unknown.fillna(value=True).astype(bool)
    tally.examined.update(_counted(accounts[~doubtful]))
    tally.unknown.update(_counted(accounts[doubtful]))
    tally.unknown_keys.update((check.id, key) for key in keys[doubtful])


def _counted(accounts: pd.Series[str]) -> dict[str, int]:
    return {str(account): int(n) for account, n in accounts.value_counts().items()}


def _assessment(
    check: Check, account: str | None, tally: _Tally, lacking: list[Unread]
) -> Assessment:
    said = [o.observation for o in tally.observed if o.account == account]
    examined, unknown = tally.examined[account], tally.unknown[account]
    excused = sum(1 for o in said if o.excused)
    outcome, reason = Outcome.NOT_APPLICABLE, ""
    if len(said) > excused:
        outcome = Outcome.FAIL
    elif lacking:
        outcome, reason = Outcome.NOT_ASSESSED, lacking[0].words
    elif unknown:
        outcome = Outcome.NOT_ASSESSED
        reason = tally.reasons.get(account) or (f"{UNSAID} {unknown} of {unknown + examined}")
    elif examined:
        outcome = Outcome.PASS
    return Assessment(
        check=check.id,
        account=account,
        outcome=outcome,
        examined=examined,
        failed=len(said),
        excused=excused,
        unknown=unknown,
        reason=reason,
    )
