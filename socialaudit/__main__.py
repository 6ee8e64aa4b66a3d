"""``python -m socialaudit``: the command line without an installed script."""

from socialaudit.cli import main

main(prog_name="socialaudit")
