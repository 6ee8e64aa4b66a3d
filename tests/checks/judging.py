"""Run one check over a few records, as the engine would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from socialaudit.check import Context, Counted, Observation, Scope
from socialaudit.models import AccountKind
from socialaudit.records import from_records
from tests.records import COUNCIL, NOW, SINCE, UNTIL

if TYPE_CHECKING:
    from socialaudit.check import Check
    from socialaudit.models import Record


@dataclass(frozen=True)
class Said:
    """What a check said: observations by record (or account), and what it looked at."""

    observations: dict[str | None, Observation]
    examined: int
    unknown: int

    @property
    def records(self) -> set[str | None]:
        return set(self.observations)

    @property
    def only(self) -> Observation:
        (observation,) = self.observations.values()
        return observation


def a_context(check: Check, **changes: Any) -> Context:
    plain: dict[str, Any] = {
        "now": NOW,
        "since": SINCE,
        "until": UNTIL,
        "timezone": ZoneInfo("Europe/London"),
        "council": COUNCIL,
        "accounts": {"facebook": AccountKind.COUNCIL},
        "titles": {"facebook": "Facebook", "x": "X (Twitter)", "youtube": "YouTube"},
        "coverage": {"facebook": ()},
        "parameters": check.parameters(),
    }
    return Context(**(plain | changes))


def judged(check: Check, *records: Record, **context: Any) -> Said:
    observations: dict[str | None, Observation] = {}
    examined = unknown = 0
    for said in check.judge(from_records(records), a_context(check, **context)):
        if isinstance(said, Observation):
            observations[said.record or said.account] = said
        elif isinstance(said, Counted):
            examined, unknown = examined + said.examined, unknown + said.unknown
        else:
            assert isinstance(said, Scope)
            mask = said.unknown
            doubtful = 0 if mask is None else int(mask.fillna(value=True).sum())
            examined, unknown = examined + len(said.rows) - doubtful, unknown + doubtful
    return Said(observations, examined, unknown)
