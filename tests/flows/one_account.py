"""A weekly audit of a council that has a single account, on a site of ours."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demo.server import LoopbackServer, Site
from flows import plan as plans
from flows import stages
from socialaudit.settings import packaged
from socialaudit.store import Store, evidence, runs
from tests.connectors.case import NOW

if TYPE_CHECKING:
    import pytest

    from demo.world import World
    from socialaudit.models import Record


@dataclass(frozen=True)
class Audited:
    """What an audit left: ``results.json``, and the records of all its runs by key."""

    results: dict[str, Any]
    records: dict[str, Record]

    def findings(self, account: str) -> set[tuple[str, str]]:
        """Check, and the native id of the record, of everything open on an account."""
        return {
            (f["check"], f["record"]["id"] if f["record"] else "")
            for f in self.results["findings"]
            if f["account"] == account
        }

    def outcome(self, check: str) -> tuple[str, str]:
        """What came of a check on the account, and why."""
        found = next(a for a in self.results["assessments"] if a["check"] == check)
        return found["outcome"], found["reason"] or ""


def audited(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    site: Site,
    platform: str,
    handle: str,
    token: str = "",
) -> Audited:
    """Audit one account of ``platform`` at ``NOW``; its credential, if any, is ``one``, with a TOKEN."""
    monkeypatch.setenv("ONE_TOKEN", token)
    council = world.out / "one.toml"
    folder = world.out / "one"
    with LoopbackServer(site) as server:
        council.write_text(
            f"""
[council]
id = "one"
name = "Little Snoring Parish Council"
timezone = "Europe/London"
website = "https://www.example.gov.uk"
policy = "{packaged("policies") / "cromer-2016.toml"}"
[report]
recipients = ["clerk@example.gov.uk"]
[[account]]
id = "{platform}"
platform = "{platform}"
handle = "{handle}"
{'credentials = "one"' if token else ""}
base_url = "{server.url}"
""",
            "utf-8",
        )
        stages.run(plans.weekly(council, NOW, fixed=True), stages.Plain(), str(folder))
    results = json.loads((folder / "results.json").read_text("utf-8"))
    address = world.environment()["SOCIALAUDIT_DATABASE_URL"]
    with closing(Store.open(address)) as store, store.begin() as tx:
        read = runs.of_council(tx, "one")
        return Audited(results, {r.key: r for run in read for r in evidence.read(tx, run)})
