"""How good the judge of offensive text is: on the project's own held-out talk, and on published sets.

The first half needs nothing but the project; ``outside`` needs the published sets and place names.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from typing import TYPE_CHECKING

from socialaudit.judge import Tier, judge
from socialaudit.tone.normal import normal
from socialaudit.tone.traits import see
from socialaudit.tone.words import meanings
from training import sources, talk
from training.__main__ import WEIGHTS
from training.page import PAGE, share, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from socialaudit.rating import Rating
    from training.talk import Sentence

PLACES = "gb_place_names_sample.csv"
AROUND = (
    "{}",
    "The road is closed in {} today",
    "Has anyone in {} had their bins emptied this week?",
    "You are at {} now, he said",
)
OUTSIDE = "### On published sets\n"
_HEAD = """\
## The judge of offensive text

The judge is a lexicon and a compact model (`docs/adr/{adr}`). Everything it says is *possible*: a
person reads the comment and decides. It is for putting comments in front of that person first. It is
not for hiding or deleting anything by itself, not for judging the person who wrote it, not for any
language but English, and not for text about which a decision has legal effect. It misses abuse that
needs knowledge of the world, and it can flag plain talk about protected people.

Groups are hidden from the model before it reads: a sentence gets the same answer for every group
that `socialaudit/tone/meanings.toml` knows, and a group that it does not know is not seen.
"""
_OWN = """\
### On the project's own held-out talk

All of it is invented (`training/held_out.toml`), by the same hand as the training talk but in other
lines and words; so it says what works, not how often it works on real comments. Errors on it were
looked at while the model was made (lines that training then came close to were replaced by new ones),
so it flatters a little. *Right* for hateful lines means flagged as discriminatory, for others not so flagged.
"""


_SECOND = """\
### On a second suite

Written after the model was trained, by another hand and without a look at the talk that it was
trained on (`training/second_suite.toml`); it trains nothing and sets no threshold. Lines on protected
people: measured once. For *a person abused* it was .25 at first look; the lexicon then learnt how
violence is promised and contempt is put, looking at these lines and at those of the first suite, so
that figure flatters in both.
"""


def suite(path: Path = talk.HELD_OUT) -> list[Sentence]:
    """The held-out sentences that say something of protected people, or could be mistaken for it."""
    return [s for s in talk.read(path) if not s.british and not s.abusive]


def hateful(ratings: Sequence[Rating]) -> list[bool]:
    """Which are said to attack people for who they are."""
    return [rating.tier is Tier.DISCRIMINATORY for rating in ratings]


def right(sentences: Sequence[Sentence]) -> list[bool]:
    """Which sentences the judge is right about."""
    said = hateful(judge().score([s.text for s in sentences]))
    return [flag == s.hateful for flag, s in zip(said, sentences, strict=True)]


def balanced(sentences: Sequence[Sentence]) -> float:
    """The mean of the shares right of hateful and of other sentences."""
    found = list(zip(right(sentences), sentences, strict=True))
    return sum(share([ok for ok, s in found if s.hateful is h]) for h in (True, False)) / 2


def false_flags() -> dict[str, float]:
    """The share of held-out British talk that set no threshold, by what it is flagged as."""
    calm = [s.text for s in talk.read(talk.HELD_OUT) if s.british and not talk.calibrates(s.text)]
    ratings = judge().score(calm)
    return {
        "texts": float(len(calm)),
        "discriminatory": share(hateful(ratings)),
        "anything": share([r.tier is not None for r in ratings]),
    }


def own() -> Iterator[str]:
    """The part that needs nothing but the project."""
    header = json.loads(WEIGHTS.read_bytes().partition(b"\n")[0])
    yield _HEAD.format(adr=next(p.name for p in (PAGE.parent / "adr").glob("*-a-compact-model.md")))
    sentences = suite()
    flagged = false_flags()
    kind = [s for s in sentences if s.phenomenon == "kind words"]
    yield _OWN
    yield from table(
        ("measure", "value"),
        [
            ("balanced accuracy", f"{balanced(sentences):.2f}"),
            ("kind words about protected people right", f"{share(right(kind)):.2f}"),
            ("British talk that set no threshold, texts", f"{flagged['texts']:.0f}"),
            ("of that flagged as discriminatory", f"{flagged['discriminatory']:.1%}"),
            ("of that flagged at all", f"{flagged['anything']:.1%}"),
            ("abuse of a person flagged at all", f"{_abuse_found():.2f}"),
        ],
    )
    yield "#### By phenomenon\n"
    yield from _by("phenomenon", sentences, [s.phenomenon for s in sentences])
    yield "#### By protected characteristic\n"
    yield from _by("of those spoken of", *spoken_of())
    yield from _second()
    yield "### What the weights are made of\n"
    yield from table(
        ("source", "licence", "SHA-256"),
        [(s["title"], s["licence"], f"`{s['sha256'][:16]}…`") for s in header["sources"]],
    )
    yield (
        "The header of `socialaudit/tone/weights.bin` has the whole hashes, the settings, and the "
        "hashes of the project's own talk. `python -m training --data DIR --without dynahate` makes "
        "them without the set that has no licence file.\n"
    )


def _abuse_found(path: Path = talk.HELD_OUT) -> float:
    rude = [s.text for s in talk.read(path) if s.abusive]
    return share([r.tier is not None for r in judge().score(rude)])


def _second() -> Iterator[str]:
    sentences = suite(talk.SECOND)
    kind = [s for s in sentences if s.phenomenon.startswith("kind words")]
    yield _SECOND
    yield from table(
        ("measure", "value"),
        [
            ("balanced accuracy", f"{balanced(sentences):.2f}"),
            ("kind words about protected people right", f"{share(right(kind)):.2f}"),
            ("a person abused: flagged at all", f"{_abuse_found(talk.SECOND):.2f}"),
        ],
    )
    yield from _by("phenomenon", sentences, [s.phenomenon for s in sentences])


def spoken_of() -> tuple[list[Sentence], list[str]]:
    """The sentences that name a group, and the protected characteristic of each."""
    named = [s for s in suite() if s.target]
    characteristics = meanings().characteristics
    found = [""] * len(named)
    at = 0
    for seen in see(normal(s.text) for s in named):
        for row, about in zip(seen.tokens.rows, seen.tokens.about, strict=True):
            found[at + row] = found[at + row] or characteristics[about]
        at += len(seen.texts)
    return named, [name or "not seen" for name in found]


def _by(title: str, sentences: Sequence[Sentence], names: Sequence[str]) -> Iterator[str]:
    cells: dict[str, dict[bool, list[bool]]] = {}
    for ok, sentence, name in zip(right(sentences), sentences, names, strict=True):
        cells.setdefault(name, {}).setdefault(sentence.hateful, []).append(ok)
    rows = [
        (name, str(sum(map(len, found.values()))), *(_cell(found.get(h)) for h in (True, False)))
        for name, found in cells.items()
    ]
    yield from table((title, "sentences", "hateful: right", "other: right"), rows)


def _cell(flags: list[bool] | None) -> str:
    return f"{share(flags):.2f}" if flags else ""


def outside(folder: Path) -> Iterator[str]:
    """The part that needs the published sets: rows that no head was trained on."""
    yield OUTSIDE
    yield "Rows of each set that were kept out of training; the sets were mostly written to fool models.\n"
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in sources.published(folder):
        if row.held_out:
            labels = ", ".join(f"{head} {'yes' if y else 'no'}" for head, y in row.labels.items())
            cells[row.source, labels].append(row.text)
    rows = []
    for (source, labels), texts in sorted(cells.items()):
        ratings = judge().score(texts)
        anything = share([r.tier is not None for r in ratings])
        said = (f"{share(hateful(ratings)):.1%}", f"{anything:.1%}")
        rows.append((source, labels, str(len(texts)), *said))
    yield from table(("set", "labelled", "rows", "discriminatory", "flagged at all"), rows)
    with (folder / PLACES).open(encoding="utf-8", newline="") as lines:
        names = sorted({line["name"] for line in csv.DictReader(lines)})
    texts = [sentence.format(name) for sentence in AROUND for name in names]
    flagged = sum(r.tier is not None for r in judge().score(texts))
    yield f"Of {len(names):,} names of British places, alone and in three sentences: {flagged} flagged.\n"
