"""Everything that can go wrong, named for what happened.

::

    SocialAuditError
    ├── UsageError            arguments, council or policy file: exit 2, before any request
    ├── StoreError            the store cannot be read or written: exit 1
    │   └── StoreUnreachable  its server does not answer: the run waits, and goes on
    ├── Busy                  another run of this council is at work: not begun
    ├── NotDelivered          a message was not accepted: exit 1, retried by the next run
    └── PlatformError         one account's platform; never stops another account
        ├── RateLimited       wait until ``retry_at``, else not assessed and a follow-up
        ├── Unreachable       no usable answer (network, time-out, 5xx, HTML): retry
        ├── Unauthorized      the token is dead or missing: not assessed, ask for a new one
        ├── Forbidden         the token lacks a permission: not assessed, name the permission
        ├── NotFound          no such account or record: not assessed, correct the council file
        ├── PaymentRequired   credits or quota bought are used up: not assessed
        ├── Malformed         an answer that is not what the platform documents: not assessed
        ├── ExportOutdated    the export ends before what is asked: not assessed, ask for a new one
        └── ExportUnusable    no export, a damaged one, or another's: not assessed, give it again

Messages are for people and hold no token: build them with ``connectors.transport.redact``.
All of them can be pickled (Prefect and process pools send them between processes).
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - read at run time by get_type_hints


class SocialAuditError(Exception):
    """The root of every error that this project raises on purpose."""


class UsageError(SocialAuditError):
    """A fault in what a person wrote: says what, where and what to do, in one line."""


class StoreError(SocialAuditError):
    """The audit store cannot be opened, read or written."""


class StoreUnreachable(StoreError):
    """The server that keeps the store does not answer, or broke off."""


class Busy(SocialAuditError):
    """Another run of the same council is at work."""


class NotDelivered(SocialAuditError):
    """A message was not accepted by the mail server.

    ``permanent`` when asking again will not help. ``uncertain`` when the connection broke after
    the text was sent, so that the server may have taken it all the same.
    """

    def __init__(self, message: str, *, permanent: bool = False, uncertain: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.uncertain = uncertain


class PlatformError(SocialAuditError):
    """One platform did not give what was asked; ``remedy`` says who can do what about it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return self.message


class RateLimited(PlatformError):
    """The platform asks to wait until ``retry_at`` (aware UTC), or does not say until when."""

    def __init__(self, message: str, retry_at: datetime | None = None, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.args = (message, retry_at, remedy)
        self.retry_at = retry_at


class Unreachable(PlatformError):
    """No usable answer: connection, time-out, 5xx, or a page where data was expected."""


class Unauthorized(PlatformError):
    """The token is missing, expired or revoked."""


class Forbidden(PlatformError):
    """The token lacks a permission, or the platform does not offer this to us."""


class NotFound(PlatformError):
    """No such account or record, or it may not be seen."""


class PaymentRequired(PlatformError):
    """Bought credits or the daily quota are used up."""


class Malformed(PlatformError):
    """An answer that is not what the platform documents."""


class ExportOutdated(PlatformError):
    """A platform's data export was made before the time that is asked for."""


class ExportUnusable(PlatformError):
    """A platform's data export is missing, damaged, unsafe, or another account's or platform's."""
