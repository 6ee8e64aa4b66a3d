"""Texts that nobody writes in earnest: every check of words reads them, and soon."""

from __future__ import annotations

import time

import pytest

import checks
from flows.trying import KINDS
from socialaudit.models import AccountKind
from tests.checks.judging import judged
from tests.records import a_comment, a_post, an_account

LONG = 100_000
SECONDS = 3
"""Of the processor, for two texts; a second each where nothing else runs."""
TEXTS = {
    "letters": "a" * LONG,
    "spaces": " " * LONG,
    "lines": "\n" * LONG,
    "5,000 digits": "7" * 5_000,
    "digits apart": "0 7 " * (LONG // 4),
    "pictures": "😀" * LONG,
    "nothing": "\0" * LONG,
    "right to left": "\u202e\u0633\u0644\u0627\u0645 " * (LONG // 6),
    "half pairs": "\ud83d 07700 900123 \udc00 " * (LONG // 16),
    "marks": "e\u0301" * (LONG // 2),
    "unseen": "a\u200b" * (LONG // 2),
    "questions": "how? " * (LONG // 5),
    "addresses": "14 Aa NR27 9EX " * (LONG // 15),
    "councils": "council committee " * (LONG // 18),
    "names": "John Smith " * (LONG // 11),
    "quotation marks": '"“' * (LONG // 2),
}
READING = sorted(i for i, c in checks.load().items() if c.reads_text and c.examines in KINDS)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("name", READING)
def test_a_text_that_nobody_writes_is_read_soon(name: str, text: str) -> None:
    check = checks.load()[name]
    kind = AccountKind.STAFF if AccountKind.COUNCIL not in check.kinds else AccountKind.COUNCIL
    records = (an_account(kind=kind), a_post(text=text), a_comment(text=text))
    start = time.process_time()
    judged(check, *records, accounts={"facebook": kind})
    assert time.process_time() - start < SECONDS
