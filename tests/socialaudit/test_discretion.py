from __future__ import annotations

from typing import TYPE_CHECKING

import checks
from socialaudit.check import Observation
from socialaudit.discretion import WITHHELD, discreet, private_records
from socialaudit.engine import Judged, Observed

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN = checks.load()


def seen(check: str, record: str, **evidence: str) -> Observed:
    return Observed(check, "facebook", Observation(record, "Seen.", evidence=evidence))


def evidence_of(*observed: Observed) -> list[Mapping[str, str]]:
    judged = Judged((), observed)
    kept = discreet(judged, KNOWN, private_records(KNOWN, observed))
    return [one.observation.evidence for one in kept.observed]


def test_no_other_finding_keeps_the_words_of_a_private_record() -> None:
    private = seen("personal-data-in-comments", "a", details="telephone number ending 23")
    said = evidence_of(private, seen("unanswered-comments", "a", question="can Jean ring me?"))
    assert said == [{"details": "telephone number ending 23"}, WITHHELD]


def test_the_words_of_other_records_stay_but_for_private_details() -> None:
    said = evidence_of(seen("unanswered-comments", "b", question="is 07700 900123 the office?"))
    assert said == [{"question": "is [number removed] the office?"}]


def said_of(*observed: Observed) -> list[str]:
    judged = Judged((), observed)
    kept = discreet(judged, KNOWN, private_records(KNOWN, observed))
    return [one.observation.message for one in kept.observed]


def quoting(record: str) -> Observed:
    message = "A sentence has 30 words: “Ring Jean on 07700 900123 and…”."
    return Observed("plain-english", "facebook", Observation(record, message))


def test_no_message_quotes_a_private_record() -> None:
    private = seen("personal-data", "a", details="telephone number ending 23")
    assert said_of(private, quoting("a")) == ["Seen.", "A sentence has 30 words: “…”."]


def test_a_quotation_of_another_record_has_no_private_details() -> None:
    assert said_of(quoting("b")) == [
        "A sentence has 30 words: “Ring Jean on [number removed] and…”."
    ]
