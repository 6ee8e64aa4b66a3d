from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo import manifest, town
from demo.podcast import post_id
from demo.town import number
from demo.world import World
from demo.x_posts import media_key
from demo.youtube_resources import video_id
from flows import plan as plans
from flows import stages
from socialaudit.finding import fingerprint
from socialaudit.models import Account, Comment, Post, Record, Setting
from socialaudit.store import Store, evidence, findings, runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from demo.manifest import Planted
    from demo.town import TownPost

KNOWN = manifest.load()
TOWN = {name: town.load(name) for name in ("facebook", "podcast", "x", "youtube")}


class Audited:
    """The demo town after both Mondays: what each run lists, and every record by key."""

    def __init__(self, world: World) -> None:
        council = world.council_file()
        first = plans.weekly(council, KNOWN.first, fixed=True)
        looked_back = stages.look_back(first, stages.Plain(), first.run.window.until).run
        world.at(KNOWN.weekly)
        second = plans.weekly(council, KNOWN.weekly, fixed=True)
        stages.run(second, stages.Plain(), str(world.out))
        store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
        with store.begin() as tx:
            self.listed = {
                "first": self._open(findings.of_run(tx, looked_back)),
                "weekly": self._open(findings.of_run(tx, second.run.id)),
            }
            read = [runs.read(tx, id_) for id_ in (looked_back, second.run.id)]
            self.records = {r.key: r for run in read if run for r in evidence.read(tx, run)}
        store.close()

    @staticmethod
    def _open(standings: object) -> set[tuple[str, str]]:
        assert isinstance(standings, dict)
        found = list(standings.values())
        return {
            (f.check, f.subject.key if f.subject else f"account {f.account or f.fingerprint}")
            for f in found
            if f.to_do
        }

    def key(self, planted: Planted) -> str:
        """The key of the record that a line of the manifest speaks of; "" when it was never read."""
        kind, local = planted.record
        if kind == "clause":
            subject = f"statement {local} {planted.statement}" if planted.statement else ""
            return f"account {fingerprint(planted.check, None, None, subject)}"
        account = TOWN[planted.platform]
        if kind == "setting":
            return next(
                (k for k, r in self._of(planted, Setting) if getattr(r, "name", "") == local), ""
            )
        if kind == "account":
            return next(k for k, _ in self._of(planted, Account))
        post = next(p for p in account.post if p.id == planted.post)
        if kind == "media":
            return self._medium(planted, post)
        if kind == "comment":
            comment = next(c for c in post.comment if c.id == local)
            return self._at(planted, comment.at, Comment)
        return self._at(planted, post.at, Post) or self._at(planted, post.at, Comment)

    def _of(self, planted: Planted, kind: type[Record]) -> Iterator[tuple[str, Record]]:
        for key, record in self.records.items():
            if record.account == planted.platform and isinstance(record, kind):
                yield key, record

    def _at(self, planted: Planted, moment: datetime, kind: type[Record]) -> str:
        seconds = moment.replace(microsecond=0)
        found = [
            key
            for key, record in self._of(planted, kind)
            if getattr(record, "published_at").replace(microsecond=0) == seconds  # noqa: B009 - two models have it
        ]
        assert len(found) <= 1, (planted, found)
        return found[0] if found else ""

    def _medium(self, planted: Planted, post: TownPost) -> str:
        if planted.platform == "youtube":
            return f"youtube:{video_id(post.id)}/video"
        if planted.platform == "facebook":
            native = f"facebook:{number('facebook', planted.media)}"
            return f"{native}/video" if f"{native}/video" in self.records else native
        if planted.platform == "podcast":
            return f"podcast:{post_id(post)}#recording"
        medium = next(m for m in post.media if m.id == planted.media)
        return f"x:{media_key(medium)}"


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    with World(tmp_path_factory.mktemp("town"), KNOWN.first).running() as world:
        return Audited(world)


def described(audited: Audited, found: set[tuple[str, str]]) -> list[str]:
    lines = []
    for check, key in sorted(found):
        record = audited.records.get(key)
        text = getattr(record, "text", None) or getattr(record, "name", "")
        lines.append(f"{check} {key} {text!r:.90}")
    return lines


@pytest.mark.parametrize("run", ["first", "weekly"])
def test_every_planted_problem_is_listed_and_nothing_else(audited: Audited, run: str) -> None:
    wanted = {(p.check, audited.key(p)): p for p in KNOWN.problem if p.open_at(run)}
    missed = [
        f"{p.check} {p.post} {p.record} {p.why}"
        for k, p in wanted.items()
        if k not in audited.listed[run]
    ]
    extra = described(audited, audited.listed[run] - wanted.keys())
    assert (missed, extra) == ([], [])


def test_no_near_miss_is_listed(audited: Audited) -> None:
    tripped = [
        f"{p.check} {p.post} {p.record} {p.why}"
        for p in KNOWN.near_miss
        if (p.check, audited.key(p)) in audited.listed["first"] | audited.listed["weekly"]
    ]
    assert tripped == []
