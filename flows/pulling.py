"""One pull: read an account with its credentials, once, and sort what came. Writes nothing."""

from __future__ import annotations

import logging
import time
import traceback
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import connectors
from connectors import Access, Usage
from connectors.archive import Archive
from connectors.transport import redact
from flows.shared_limits import limiter
from socialaudit import settings
from socialaudit.errors import (
    Malformed,
    PaymentRequired,
    PlatformError,
    RateLimited,
    Unauthorized,
)
from socialaudit.models import Gone, Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping, Sequence

    from connectors import Connector, Limiter
    from socialaudit.models import Known, Reading, Record
    from socialaudit.registered import RegisteredAccount

LOG = logging.getLogger("socialaudit.pull")
MAX_WAIT = 60.0
"""Seconds that a pull waits for a platform that says when to come back."""
MONEY = "USD"
"""The unit in which a connector that costs money counts."""
_RATE_WAITS = 2


@dataclass(frozen=True, slots=True)
class Ask:
    """What to read: a window, and records to read again, for no more money than ``budget`` (USD)."""

    since: datetime
    until: datetime
    known: Sequence[Known] = ()
    budget: float | None = None


@dataclass(slots=True)
class Ceiling:
    """A limiter that lets no request through once an account has cost as much as it may."""

    inner: Limiter
    budget: float
    usage: Usage = field(default_factory=Usage)

    def acquire(self, cost: int = 1) -> None:
        """Ask the limiter within; raise ``PaymentRequired`` when the money is used up."""
        if self.usage.unit == MONEY and self.usage.amount >= self.budget:
            raise PaymentRequired(
                "the month's limit on what reading this account may cost is used up",
                "Wait for the next month, or raise month_limit in the council file.",
            )
        self.inner.acquire(cost)


@dataclass(slots=True)
class Pull:
    """What was read of one account before the end or a fault."""

    records: list[Record] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    fault: PlatformError | None = None
    export: str = ""
    """What export it was read from; empty where it was read from the platform."""
    usage: Usage = field(default_factory=Usage)

    def take(self, reading: Reading) -> None:
        """Sort one reading."""
        if isinstance(reading, Unread):
            self.unread.append(reading)
        elif isinstance(reading, Gone):
            self.gone.append(reading)
        else:
            self.records.append(reading)


def pull(entry: RegisteredAccount, ask: Ask, salt: bytes, cache: MutableMapping[str, str]) -> Pull:
    """Read an account with its credentials; faults of the platform are part of what comes back."""
    reader = connectors.connector(entry.platform)
    secrets: dict[str, str] = {}
    found = Pull()
    try:
        if entry.credentials and entry.archive is None:
            directory = settings.load().secrets_dir
            secrets = settings.credentials(entry.credentials, reader.secrets, directory)
            if reader.secrets and not secrets:
                raise _unset(entry.credentials, reader.secrets)
        access = _access(entry, secrets, salt, cache)
        ceiling = None if ask.budget is None else Ceiling(access.limiter, ask.budget)
        access = replace(access, limiter=ceiling) if ceiling else access
        export = Archive(entry.platform, access) if entry.archive is not None else None
        connector = export or reader(access)
        if ceiling:
            ceiling.usage = connector.usage
        try:
            found = _read(connector, ask)
        finally:
            found.usage = connector.usage
            found.export = export.said if export else ""
            connector.close()
    except PlatformError as fault:
        found.fault = fault
    _hide(found, secrets.values())
    return found


def held(entry: RegisteredAccount) -> str:
    """What an account's export is, from when and with how much in it.

    Raises ``ExportUnusable``.
    """
    return Archive(entry.platform, _access(entry, {}, b"", {})).look()


def _access(
    entry: RegisteredAccount,
    secrets: Mapping[str, str],
    salt: bytes,
    cache: MutableMapping[str, str],
) -> Access:
    return Access(
        account=entry.id,
        handle=entry.handle,
        kind=entry.kind,
        limiter=limiter(entry.platform),
        base_url=entry.base_url,
        secrets=secrets,
        salt=salt,
        cache=cache,
        archive=entry.archive,
    )


def _unset(credential: str, fields: Sequence[str]) -> Unauthorized:
    """For a credential that the council file names and nobody has set.

    Where the public can read, an account would else be read as the public sees it, and look well.
    """
    names = ", ".join(settings.variable(credential, field) for field in fields)
    return Unauthorized(
        f"nothing of the credential {credential} is set ({names})",
        "Set it, or take its name out of the council file to read what is public.",
    )


def _read(connector: Connector | Archive, ask: Ask) -> Pull:
    """Read, and wait for the platform at most ``MAX_WAIT`` each time it asks for it."""
    for _ in range(_RATE_WAITS):
        pull = _attempt(connector, ask)
        wait = _seconds_to_wait(pull.fault)
        if wait is None:
            return pull
        time.sleep(wait)
    return _attempt(connector, ask)


def _attempt(connector: Connector | Archive, ask: Ask) -> Pull:
    found = Pull()
    try:
        for reading in connector.read(ask.since, ask.until):
            found.take(reading)
        for reading in connector.reread(ask.known) if ask.known else ():
            found.take(reading)
        found.gone = _still_gone(connector, ask, found.gone)
    except PlatformError as fault:
        found.fault = fault
    except Exception as fault:  # noqa: BLE001 - one account's oddity must not end the others
        where = "".join(traceback.format_tb(fault.__traceback__))
        LOG.error("a fault of ours, %s, while reading:\n%s", type(fault).__name__, where)  # noqa: TRY400 - its text may hold a token
        found.fault = Malformed(f"a fault of ours ({type(fault).__name__}); the log says where")
    if found.fault is not None:
        found.gone = []
    return found


def _still_gone(connector: Connector | Archive, ask: Ask, missing: Sequence[Gone]) -> list[Gone]:
    """What is missing twice, with everything else read well: only that counts as gone."""
    if not missing:
        return []
    once = set(missing)
    asked = [known for known in ask.known if Gone(known.kind, known.id) in once]
    twice = {reading for reading in connector.reread(asked) if isinstance(reading, Gone)}
    return [gone for gone in missing if gone in twice]


def _seconds_to_wait(fault: PlatformError | None) -> float | None:
    """How long to wait before another attempt; ``None`` when waiting is too long or no use."""
    if not isinstance(fault, RateLimited) or fault.retry_at is None:
        return None
    wait = max((fault.retry_at - datetime.now(UTC)).total_seconds(), 0.0)
    return wait if wait <= MAX_WAIT else None


def _hide(pull: Pull, secrets: Iterable[str]) -> None:
    """Remove the account's own secrets from every text that will be kept."""
    secrets = tuple(secrets)
    pull.unread = [replace(u, reason=redact(u.reason, secrets)) for u in pull.unread]
    if pull.fault is not None:
        pull.fault.message = redact(pull.fault.message, secrets)
