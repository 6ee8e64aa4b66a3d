"""A weekly check of one account with nothing but a council file, and what it found."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flows import plan as plans
from flows import stages

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

POLICY = Path(__file__).parents[2] / "policies" / "cromer-2016.toml"
TODAY = datetime.now(ZoneInfo("Europe/London"))
CHECKED = TODAY + timedelta(days=11 - TODAY.weekday())
"""The Friday after the week in which the tests write: a comment may wait for 72 hours."""


def audited(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> dict[str, Any]:
    """The results of a council with one account, ``news``, of which ``lines`` say the rest."""
    folder.mkdir()
    monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{folder}/store.db")
    monkeypatch.setenv("SOCIALAUDIT_SECRETS_DIR", str(folder))
    council = folder / "council.toml"
    account = "\n".join(['[[account]]\nid = "news"', *lines])
    council.write_text(
        f"""[council]\nid = "snoring"\nname = "Little Snoring Town Council"
timezone = "Europe/London"\npolicy = "{POLICY}"\n[report]\nrecipients = ["clerk@example.gov.uk"]
{account}\n""",
        "utf-8",
    )
    plan = plans.weekly(council, CHECKED, fixed=True)
    stages.run(plan, stages.Plain(), str(folder / "report"))
    found: dict[str, Any] = json.loads((folder / "report" / "results.json").read_text("utf-8"))
    return found


def account(results: dict[str, Any]) -> dict[str, Any]:
    """What the results say of the account."""
    (found,) = results["accounts"]
    return dict(found)


def outcomes(results: dict[str, Any]) -> dict[str, str]:
    """How each check ended for the account."""
    return {a["check"]: a["outcome"] for a in results["assessments"] if a["account"] == "news"}


def seen(results: dict[str, Any], written: Mapping[str, str]) -> set[tuple[str, str]]:
    """Each finding on a record, as its check and the name under which we wrote it."""
    names = {native: name for name, native in written.items()}
    ids = [(f["check"], str(f["record"]["id"])) for f in results["findings"] if f["record"]]
    return {(check, names.get(native.partition("#")[0], native)) for check, native in ids}
