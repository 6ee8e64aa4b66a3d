"""What the page of an incident's run says when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo import manifest
from flows import plan as plans
from flows.stages import Result
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from demo.world import World

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect")]
ENDED = Result("run", to_do=3, read=True, undelivered=0, folder="/reports/run")


def said(world: World, result: Result, web_url: str = "", *, email: bool = True) -> list[str]:
    from flows import incident  # noqa: PLC0415 - Prefect reads its settings on import

    more = f'[report]\nweb_url = "{web_url}"' if web_url else "[report]"
    council = council_with(world, (r"\[report\]", more))
    plan = plans.incident(council, manifest.load().weekly, reason="A complaint")
    text = incident.said(plan, result, email=email).replace(plan.run.id, "RUN")
    return text.strip().split("\n\n")


def test_it_says_what_is_to_do_who_was_written_to_and_where_the_report_is(world: World) -> None:
    assert said(world, ENDED, "https://reports.example.gov.uk/social/") == [
        "**Marchwardine Town Council**: 3 things to do.",
        "The report was emailed to clerk@marchwardine.example.org.",
        "[The report](https://reports.example.gov.uk/social/RUN.html), as soon as the archive is published again.",
        "Its files are in `/reports/run` on the machine that made it.",
    ]


@pytest.mark.parametrize(
    ("result", "email", "line"),
    [
        (ENDED, False, "No email was sent."),
        (
            Result("run", to_do=3, read=True, undelivered=1, folder="/reports/run"),
            True,
            "Not delivered: 1 message of the council. The next run sends them again.",
        ),
        (
            Result("run", to_do=1, read=False, undelivered=0, folder="/reports/run"),
            True,
            "**Marchwardine Town Council**: no account could be read.",
        ),
        (
            Result("run", to_do=1, read=False, undelivered=0, folder="/reports/run"),
            True,
            "That was emailed to clerk@marchwardine.example.org.",
        ),
        (
            Result("run", to_do=1, read=True, undelivered=0, folder="/reports/run"),
            True,
            "**Marchwardine Town Council**: 1 thing to do.",
        ),
    ],
)
def test_it_never_says_more_than_was_done(
    world: World, result: Result, line: str, *, email: bool
) -> None:
    assert line in said(world, result, email=email)
