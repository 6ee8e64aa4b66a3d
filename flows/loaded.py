"""What every council's process finds loaded: a fork server imports this once, before it forks.

Connectors, checks, templates, and the libraries that are otherwise imported where they are first
used. Without it each council's process would load them again: 0.7 of the 2.4 seconds of processor
time that the demo town's week took.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module

import checks
import connectors
from reports import rendering

_USED_LATER = (
    "flows.alone",
    "socialaudit.engine",
    "socialaudit.judge",
    "reports.web",
    "holidays",
    "httpx",
    "phonenumbers",
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
with suppress(ImportError):  # only where the store is on PostgreSQL
    import_module("psycopg")
checks.load()
rendering.prepare()
gc.freeze()  # else the first collection in each process would copy every page
