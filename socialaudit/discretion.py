"""Keeps what checks of private matters found out of every other finding.

A check marked ``private`` speaks of a record without its words. Another check's finding on the same
record must not bring them back: it keeps no evidence of words, and no report quotes the record.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from socialaudit.personal.reading import hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from socialaudit.check import Check
    from socialaudit.engine import Judged, Observed
    from socialaudit.finding import Finding

WITHHELD = {"words": "not repeated here, as they may be private"}
"""The evidence of any other finding on such a record."""


def private_records(
    known: Mapping[str, Check], observed: Iterable[Observed], stood: Iterable[Finding] = ()
) -> frozenset[str]:
    """Keys of the records that a private check speaks of, now or in a finding that stands."""
    now = {o.observation.record for o in observed if known[o.check].private}
    before = {f.subject.key for f in stood if f.subject and _private(known, f.check)}
    return frozenset(key for key in now | before if key is not None)


def discreet(judged: Judged, known: Mapping[str, Check], private: frozenset[str]) -> Judged:
    """The same judgement, of which no finding holds the words of a private record.

    Evidence on other records is kept without the private details that stand in it.
    """
    return replace(judged, observed=tuple(_discreet(o, known, private) for o in judged.observed))


def _discreet(one: Observed, known: Mapping[str, Check], private: frozenset[str]) -> Observed:
    said = one.observation
    if not said.evidence or known[one.check].private:
        return one
    kept = {name: hidden(value) for name, value in said.evidence.items()}
    evidence = WITHHELD if said.record in private else kept
    return replace(one, observation=replace(said, evidence=evidence))


def _private(known: Mapping[str, Check], check: str) -> bool:
    return check in known and known[check].private
