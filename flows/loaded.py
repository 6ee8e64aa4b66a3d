"""What every council's process finds loaded: a fork server imports this once, before it forks.

Connectors, checks and the libraries that are otherwise imported where they are first used. Without
it each council's process would import them again: half a second of processor time, a quarter of
all that a town's week costs.
"""

from __future__ import annotations

import gc
from importlib import import_module

import checks
import connectors

_USED_LATER = (
    "flows.alone",
    "socialaudit.engine",
    "socialaudit.judge",
    "reports.web",
    "holidays",
    "httpx",
    "phonenumbers",
    "psycopg",
    "pyarrow.compute",
    "regex",
    "sqlite3",
    "stdnum.gb.nhs",
    "stdnum.iban",
)

for _name in _USED_LATER:
    import_module(_name)
for _name in connectors.NAMES:
    connectors.connector(_name)
checks.load()
gc.freeze()  # else the first collection in each process would copy every page
