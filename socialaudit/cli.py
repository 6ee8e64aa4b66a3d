"""The command line. Nothing imports it; its commands import flows and pandas when they run."""

from __future__ import annotations

import logging
import sys

import click

from socialaudit import __version__
from socialaudit.commands import auditing, explaining, keeping, recording, reporting, watching


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
@click.option("--verbose", "-v", is_flag=True, help="Log what happens.")
def main(*, verbose: bool) -> None:
    """Holds a council's social media accounts against its own social media policy.

    COUNCIL is a council file, or the id of one in the folder SOCIALAUDIT_COUNCILS.
    """
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s"
    )
    logging.getLogger("socialaudit").setLevel(logging.INFO if verbose else logging.WARNING)


for _command in (
    auditing.demo,
    auditing.audit,
    reporting.report,
    reporting.assess,
    reporting.archive,
    reporting.summary,
    explaining.checks,
    explaining.platforms,
    explaining.try_,
    recording.decide,
    recording.state,
    recording.register,
    recording.look,
    keeping.purge,
    keeping.evidence,
    watching.doctor,
    watching.overdue,
    watching.fleet,
):
    main.add_command(_command)
