"""Keeps what checks of private matters found out of every other finding.

A check marked ``private`` speaks of a record without its words. Another check's finding on the same
record must not bring them back: it keeps no evidence of words, its message quotes none, and no report
quotes the record. What a message quotes of a record stands in “double quotation marks”.
"""

from __future__ import annotations

import re
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
_QUOTED = re.compile("“([^”]*)”")


def private_records(
    known: Mapping[str, Check], observed: Iterable[Observed], stood: Iterable[Finding] = ()
) -> frozenset[str]:
    """Keys of the records that a private check speaks of, now or in a finding that stands."""
    now = {o.observation.record for o in observed if known[o.check].private}
    before = {f.subject.key for f in stood if f.subject and _private(known, f.check)}
    return frozenset(key for key in now | before if key is not None)


def discreet(judged: Judged, known: Mapping[str, Check], private: frozenset[str]) -> Judged:
    """The same judgement, of which no finding holds the words of a private record.

    Evidence and quotations of other records are kept without the private details that stand in them.
    """
    return replace(judged, observed=tuple(_discreet(o, known, private) for o in judged.observed))


def _discreet(one: Observed, known: Mapping[str, Check], private: frozenset[str]) -> Observed:
    said = one.observation
    if known[one.check].private:
        return one
    withheld = said.record in private
    kept = {name: hidden(value) for name, value in said.evidence.items()}
    quoting = replace(
        said,
        message=_without(said.message, withheld=withheld),
        would_pass=_without(said.would_pass, withheld=withheld),
        evidence=WITHHELD if withheld and kept else kept,
    )
    return replace(one, observation=quoting)


def _without(text: str, *, withheld: bool) -> str:
    """A sentence of ours without private details in what it quotes, or without the quotation."""
    return _QUOTED.sub(lambda quote: "“…”" if withheld else f"“{hidden(quote[1])}”", text)


def _private(known: Mapping[str, Check], check: str) -> bool:
    return check in known and known[check].private
