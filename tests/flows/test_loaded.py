from __future__ import annotations

import subprocess
import sys


def test_what_a_fork_server_loads_is_all_there() -> None:
    """It passes over a module that cannot be imported, and each council would pay for it."""
    asked = "import sys, flows.loaded; print(*sys.modules)"
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    )
    loaded = set(told.stdout.split())
    assert {"pandas", "googleapiclient", "connectors.mastodon", "checks.complaints"} <= loaded
    assert "prefect" not in loaded
