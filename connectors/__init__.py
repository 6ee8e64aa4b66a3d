"""One file per platform; what they all are, and the list of them.

A connector reads one account of one platform and never writes. It makes **one attempt** at each
request: waiting and retrying belong to the flow. It yields what it read as it reads it, so that a
fault half-way keeps what came before, and yields ``Unread`` for each fact that it could not read
when reading can go on without it. It raises only the errors of ``socialaudit.errors``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from socialaudit.models import AccountKind, Known, Reading

NAMES = (
    "bluesky",
    "comments",
    "discourse",
    "facebook",
    "feed",
    "forum",
    "instagram",
    "mastodon",
    "mediawiki",
    "podcast",
    "wordpress",
    "linkedin",
    "x",
    "youtube",
)
"""Every platform, by the name that a council file uses; the module has the same name."""
ARCHIVES = ("facebook", "instagram", "linkedin", "mastodon", "wordpress", "x", "youtube")
"""Platforms whose own data export may be named as ``archive``; read by ``<name>_archive``."""
EXPORTED = "export#"
"""How ids begin of records that an export shows without an id; no platform can be asked for them."""


class Limiter(Protocol):
    """Asked before every request; returns when it may be sent."""

    def acquire(self, cost: int = 1) -> None:
        """Wait until ``cost`` units may be spent; raise ``RateLimited`` when that is too long."""


@dataclass(slots=True)
class Usage:
    """What reading has cost so far. ``amount`` is in ``unit`` (``units``, ``USD``, ``calls``)."""

    requests: int = 0
    amount: float = 0.0
    unit: str = "requests"


@dataclass(frozen=True, slots=True)
class Access:
    """Everything a connector is given: whose account, where, with which keys and limits.

    ``secrets`` holds the credential's fields by lower-case name (``token``, ``key``, …) and is
    empty when there are none. ``salt`` keys the pseudonyms of commenters. ``cache`` outlives the
    run (validators of conditional requests, caption tracks); values are short texts. ``archive``
    is the platform's own data export, where that is read instead.
    """

    account: str
    handle: str
    kind: AccountKind
    limiter: Limiter
    base_url: str | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    salt: bytes = field(default=b"", repr=False)
    cache: MutableMapping[str, str] = field(default_factory=dict, repr=False)
    archive: Path | None = None


class Connector(Protocol):
    """Reads one account. Built from an ``Access``; building it sends nothing."""

    name: ClassVar[str]
    """As in the council file: ``facebook``."""
    title: ClassVar[str]
    """For people: ``X (Twitter)``."""
    secrets: ClassVar[tuple[str, ...]]
    """Fields of the credential, in upper case as they end the environment variable's name."""
    hosts: ClassVar[tuple[str, ...]]
    """Hosts that links in a report may point to; sub-domains included."""
    usage: Usage

    def __init__(self, access: Access) -> None:
        """Keep the access; raise ``Unauthorized`` when a field without which nothing works is missing."""

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """Profile, settings, and every post, medium and comment published in [since, until).

        Comments of the window are read under whatever post they stand, as far as the platform
        lists them without asking post by post; ``reread`` finds the others. In any order.
        """

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The records the store knows, as they are now, with what hangs on them; or ``Gone``.

        A post comes with its media; a medium with its post; a comment with the account's own
        replies under it. A post whose ``comment_count`` is given is only probed, and its comments
        are read when the count changed.
        """

    def close(self) -> None:
        """Close connections."""


def connector(name: str) -> type[Connector]:
    """The connector class of a platform.

    Raises ``KeyError`` for a name that is not in ``NAMES``.
    """
    if name not in NAMES:
        raise KeyError(name)
    found: type[Connector] = import_module(f"connectors.{name}").CONNECTOR
    return found


def title(name: str) -> str:
    """What people call a platform.

    Raises ``KeyError`` for a name that is not in ``NAMES``.
    """
    return connector(name).title


def card(name: str) -> str:
    """The operator's card of a platform: what it reads, credentials, price, limits, cannot see.

    It ends with how to read the platform's data export instead, where that can be read. Raises
    ``KeyError`` for a name that is not in ``NAMES``.
    """
    if name not in NAMES:
        raise KeyError(name)
    modules = [name, f"{name}_archive"] if name in ARCHIVES else [name]
    cards = [import_module(f"connectors.{module}").__doc__ or "" for module in modules]
    return "\n\n".join(written.strip() for written in cards)
