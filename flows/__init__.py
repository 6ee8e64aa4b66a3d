"""The only place that joins the parts, and the only one that imports Prefect.

This module and ``flows.embedded`` never import Prefect: they set up what must be in place first.
"""

import os

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
