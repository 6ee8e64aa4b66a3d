"""Deliver: send what is queued, one message to each reader, and log what became of it."""

from __future__ import annotations

import logging
from email import message_from_bytes
from email.policy import SMTP
from typing import TYPE_CHECKING

from flows import reporting
from reports import failed, mail
from socialaudit import settings
from socialaudit.errors import NotDelivered, SocialAuditError
from socialaudit.store import outbox
from socialaudit.store.outbox import Event

if TYPE_CHECKING:
    from flows.plan import Plan
    from socialaudit.settings import Settings
    from socialaudit.store import Store
    from socialaudit.store.outbox import Letter

LOG = logging.getLogger("socialaudit.deliver")


def deliver(plan: Plan, store: Store) -> int:
    """Send every pending message of the council, of earlier runs too; how many are left.

    A message is noted as *sending* before and as *sent* after. One that was left in between by a
    death is sent again under its own Message-ID, which the log says.
    """
    chosen = settings.load()
    if not chosen.smtp_host:
        LOG.warning(
            "no email: SOCIALAUDIT_SMTP_HOST names no mail server; the report is in its folder"
        )
        return 0
    with store.begin() as tx:
        letters = outbox.pending(tx, plan.run.council)
    server = server_of(chosen)
    return sum(not _send(plan, store, letter, server) for letter in letters)


def server_of(chosen: Settings) -> mail.MailServer:
    """The mail server that the settings name."""
    host = str(chosen.smtp_host)
    return mail.MailServer(
        host=host,
        port=chosen.smtp_port,
        security="starttls" if chosen.smtp_starttls else "none",
        verify=not mail.is_loopback(host),
        user=chosen.smtp_user or "",
        password=chosen.smtp_password.get_secret_value() if chosen.smtp_password else "",
    )


def _send(plan: Plan, store: Store, letter: Letter, server: mail.MailServer) -> bool:
    if letter.doubtful:
        LOG.warning("%s to %s may have been sent twice", letter.message_id, letter.recipient)
    again = "may have been sent twice" if letter.doubtful else ""
    _note(plan, store, letter, Event.SENDING, again)
    try:
        mail.send(message_from_bytes(letter.message, policy=SMTP), server)
    except NotDelivered as fault:
        event = Event.REFUSED if fault.permanent else Event.DEFERRED
        if fault.uncertain:
            event = Event.SENDING
        _note(plan, store, letter, event, str(fault))
        LOG.warning("not delivered to %s: %s", letter.recipient, fault)
        return False
    _note(plan, store, letter, Event.SENT, again)
    return True


def _note(plan: Plan, store: Store, letter: Letter, event: Event, detail: str) -> None:
    with store.begin() as tx:
        outbox.note(tx, letter, event, plan.moment(), detail)


def tell_failure(plan: Plan, fault: Exception) -> None:
    """Send the short email that says that no check was made, as far as there is a mail server.

    The store may be what failed, so it is not asked. Never raises: the fault itself is what counts.
    """
    try:
        chosen = settings.load()
        if not chosen.smtp_host:
            return
        words = failed.render(reporting.failure(plan, fault))
        for reader in reporting.told_of_failure(plan, chosen):
            mail.send(
                reporting.message_of(plan, words, reader, chosen, "failed"), server_of(chosen)
            )
    except SocialAuditError as also:
        LOG.error("the failure could not be told by email: %s", also)  # noqa: TRY400 - one line is enough
