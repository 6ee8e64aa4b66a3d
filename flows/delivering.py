"""Deliver: send what is queued, one message to each reader, and log what became of it."""

from __future__ import annotations

import hashlib
import logging
from email import message_from_bytes
from email.policy import SMTP
from typing import TYPE_CHECKING, Protocol

from flows import reporting
from reports import failed, mail, microsoft
from socialaudit import settings
from socialaudit.errors import NotDelivered, SocialAuditError, UsageError
from socialaudit.store import outbox
from socialaudit.store.outbox import Event

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage

    from flows.plan import Plan
    from reports.email import Email
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
    if not chosen.sends:
        LOG.warning(
            "no email: SOCIALAUDIT_SMTP_HOST names no mail server; the report is in its folder"
        )
        return 0
    with store.begin() as tx:
        letters = outbox.pending(tx, plan.run.council)
    postbox = postbox_of(chosen)
    return sum(not _send(plan, store, letter, postbox) for letter in letters)


class Postbox(Protocol):
    """Where messages are handed in."""

    def send(self, built: EmailMessage) -> None:
        """Hand one in. Raises ``NotDelivered``."""

    def knock(self) -> str:
        """Log in and hand in nothing; what answered, in words. Raises ``NotDelivered``."""


def postbox_of(chosen: Settings) -> Postbox:
    """The mail server that the settings name, or Microsoft 365 where they name none."""
    application = None
    if chosen.microsoft_tenant and chosen.microsoft_client_secret:
        application = microsoft.Application(
            tenant=chosen.microsoft_tenant,
            client_id=str(chosen.microsoft_client_id),
            client_secret=chosen.microsoft_client_secret.get_secret_value(),
            mailbox=str(chosen.mail_from),
        )
        if not chosen.smtp_host:
            return application
    host = str(chosen.smtp_host)
    return mail.MailServer(
        host=host,
        port=chosen.smtp_port,
        security="starttls" if chosen.smtp_starttls else "none",
        verify=not mail.is_loopback(host),
        user=chosen.smtp_user or (application.mailbox if application else ""),
        password=chosen.smtp_password.get_secret_value() if chosen.smtp_password else "",
        token=application.token if application else None,
    )


def _send(plan: Plan, store: Store, letter: Letter, postbox: Postbox) -> bool:
    if letter.doubtful:
        LOG.warning("%s to %s may have been sent twice", letter.message_id, letter.recipient)
    again = "may have been sent twice" if letter.doubtful else ""
    _note(plan, store, letter, Event.SENDING, again)
    try:
        postbox.send(message_from_bytes(letter.message, policy=SMTP))
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
        if not chosen.sends:
            return
        postbox = postbox_of(chosen)
        words = failed.render(reporting.failure(plan, fault))
        for reader in reporting.told_of_failure(plan, chosen):
            postbox.send(reporting.message_of(plan, words, reader, chosen, "failed"))
    except SocialAuditError as also:
        LOG.error("the failure could not be told by email: %s", also)  # noqa: TRY400 - one line is enough


def tell_operator(words: Email, now: datetime, what: str) -> None:
    """Send the operator one email; again on the same day it has the same Message-ID.

    Raises ``UsageError`` where nobody can be told, ``NotDelivered``.
    """
    chosen = settings.load()
    if not (chosen.sends and chosen.operator):
        raise UsageError("set SOCIALAUDIT_OPERATOR and a mail server, so that somebody can be told")
    sender = str(chosen.mail_from)
    mark = hashlib.sha256(f"{what}\n{now.date()}\n{chosen.operator}".encode()).hexdigest()[:24]
    built = mail.message(
        words,
        str(chosen.operator),
        mail.Sender(
            name="Social media check", address=sender, reply_to=str(chosen.reply_to or sender)
        ),
        f"<{mark}@{sender.partition('@')[2]}>",
        now,
    )
    postbox_of(chosen).send(built)
