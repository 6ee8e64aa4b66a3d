"""Details of every kind are planted; then all that a run leaves, but the records, is searched."""

from __future__ import annotations

import logging
import re
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from demo import manifest
from demo.facebook import FacebookSite
from demo.town import TownComment
from demo.world import TOKENS
from flows import plan as plans
from flows import stages
from socialaudit.personal.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from demo.town import TownAccount, TownPost
    from demo.world import World

KNOWN = manifest.load()
PLANTED = {
    Kind.CARD: ("My card 4929 1234 5678 9015 is lost", "4929 1234 5678 9015"),
    Kind.BANK: ("Sort code 20-00-09, account 55779917", "55779917"),
    Kind.INSURANCE: ("Her NI number is JG103759A", "JG103759A"),
    Kind.HEALTH_NUMBER: ("My NHS number is 943 476 5919", "943 476 5919"),
    Kind.LICENCE: ("Found a licence MORGA657054SM9IJ", "MORGA657054SM9IJ"),
    Kind.PASSPORT: ("Found a passport, 925665416", "925665416"),
    Kind.BIRTH: ("She was born on 13 March 1961", "13 March 1961"),
    Kind.EMAIL: ("Write to jemima.tuckwell@gmail.com", "jemima.tuckwell"),
    Kind.PHONE: ("Ring Jemima on 07700 900143", "07700 900143"),
    Kind.ADDRESS: ("Jemima lives at 47 Quince Lane", "47 Quince"),
    Kind.VEHICLE: ("A blue van, MR13 UTT, dumps rubbish", "MR13 UTT"),
    Kind.SENSITIVE: ("Dave Tuckwell has leukaemia again", "leukaemia"),
}
"""A sentence of each kind, and the words of it that nothing may repeat."""


def planted(account: TownAccount) -> TownAccount:
    """Each sentence opens a post, and stands in a question that nobody answers and in abuse."""
    sentences = [sentence for sentence, _ in PLANTED.values()]
    latest = sorted(account.post, key=lambda post: post.at)[-len(sentences) :]
    chosen = {post.id: _with(post, s) for post, s in zip(latest, sentences, strict=True)}
    return replace(account, post=tuple(chosen.get(p.id, p) for p in account.post))


def _with(post: TownPost, sentence: str) -> TownPost:
    said = (f"{sentence}. When is the tip open?", f"{sentence}, you useless wanker")
    comments = tuple(
        TownComment(id=f"{post.id}-private-{n}", at=post.at, by="Jo Public", text=text)
        for n, text in enumerate(said)
    )
    return replace(post, text=f"{sentence}. Mill Lane is closed.", comment=comments)


def spellings(words: str) -> Iterator[str]:
    yield words.lower()
    if re.search(r"\d{4}", words):
        yield re.sub(r"\W", "", words).lower()


def kept(database: Path) -> Iterator[tuple[str, str]]:
    """Every row of the store, but for the records themselves."""
    with sqlite3.connect(database) as store:
        tables = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table != "records":
                for row in store.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - our own table
                    yield f"table {table}", repr(row)


def test_no_private_detail_is_in_anything_that_a_run_leaves_but_its_records(
    world: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    town = planted(world.accounts["facebook"])
    world.servers["facebook"].site = FacebookSite(town, KNOWN.weekly, TOKENS["facebook"])
    plan = plans.weekly(world.council_file(), KNOWN.weekly, fixed=True)
    stages.run(plan, stages.Plain(), str(world.out / "report"))
    said = capfd.readouterr()
    left = [
        ("standard output", said.out + said.err),
        *((f"log of {r.name}", caplog.handler.format(r)) for r in caplog.records),
        *kept(world.out / "socialaudit.db"),
        *((str(p), p.read_text("utf-8", "replace")) for p in _files(world.out)),
    ]
    told = "".join(text for where, text in left if where == "table findings")
    missed = [kind.value for kind in Kind if kind.value not in told]
    assert missed == []
    leaks = [
        (kind.value, where)
        for where, text in left
        for kind, (_, words) in PLANTED.items()
        if any(spelling in text.lower() for spelling in spellings(words))
    ]
    assert leaks == []


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("socialaudit.db"):
            yield path
