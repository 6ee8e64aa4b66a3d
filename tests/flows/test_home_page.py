"""Profiles on the council's home page, from council file to report."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flows import plan as plans
from flows import stages
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from pathlib import Path

    from demo.world import World

MONDAY = datetime(2026, 11, 16, 6, tzinfo=UTC)
NEW = ("https://www.instagram.com/marchwardine_tc/", "Instagram")


def audited(world: World, path: Path, now: datetime = MONDAY) -> tuple[dict[str, Any], str]:
    world.at(now)
    folder = world.out / now.date().isoformat()
    stages.run(plans.weekly(path, now, fixed=True), stages.Plain(), str(folder), email=False)
    text = " ".join((folder / "email.txt").read_text("utf-8").split())
    return json.loads((folder / "results.json").read_text("utf-8")), text


def told(results: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (f["message"], f["status"])
        for f in results["findings"]
        if f["check"] == "unregistered-accounts"
    ]


def outcome(results: dict[str, Any]) -> str:
    (one,) = (a for a in results["assessments"] if a["check"] == "unregistered-accounts")
    return str(one["outcome"])


def asked(world: World) -> list[str]:
    """The paths that were asked of the website since this was last called."""
    requests = world.servers["website"].log
    paths = [request.path for request in requests]
    requests.clear()
    return paths


def test_a_new_profile_on_the_home_page_is_a_thing_to_do_until_it_is_set_down(world: World) -> None:
    path = world.council_file()
    results, _ = audited(world, path)
    assert (told(results), outcome(results)) == ([], "pass")
    world.website.profiles += (NEW,)
    later = datetime(2026, 11, 23, 6, tzinfo=UTC)
    asked(world)
    results, _ = audited(world, path, later)
    assert asked(world).count("/") == 1
    message = (
        "The website links to “marchwardine_tc” on Instagram, which is not on the list. "
        "It may be somebody else’s."
    )
    assert told(results) == [(message, "new")]
    path = council_with(world, (r"groups = ", f'not_ours = ["{NEW[0]}"]\ngroups = '))
    results, _ = audited(world, path, datetime(2026, 11, 30, 6, tzinfo=UTC))
    assert (told(results), outcome(results)) == ([(message, "fixed")], "pass")


def test_a_home_page_that_cannot_be_read_is_told_and_takes_nothing_else_with_it(
    world: World,
) -> None:
    path = council_with(world, ('home_page = "(.*)/"', r'home_page = "\1/gone"'))
    results, text = audited(world, path)
    assert outcome(results) == "not assessed"
    assert (
        "Council website: we could not read its home page. Accounts that are shown there may be missed."
        in text
    )
    notices = {a["outcome"] for a in results["assessments"] if a["check"] == "notice-alternative"}
    assert "not assessed" not in notices


def test_a_website_without_a_feed_is_looked_at_too(world: World) -> None:
    world.website.profiles += (NEW,)
    path = council_with(world, ("website_feed = .*", ""))
    results, text = audited(world, path)
    assert len(told(results)) == 1
    assert set(asked(world)) == {"/"}
    assert "Council website" not in text


def test_an_extra_check_does_not_read_the_home_page(world: World) -> None:
    path = council_with(world, ("website_feed = .*", ""))
    plan = plans.incident(path, MONDAY, accounts=("x",), reason="a complaint", fixed=True)
    stages.run(plan, stages.Plain(), str(world.out / "extra"), email=False)
    assert asked(world) == []
