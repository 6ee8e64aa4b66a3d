"""The weekly email and its kin: subject, preview, HTML part and text part from one view."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from reports import rendering
from reports.entries import DETAILS
from reports.view import View, view

if TYPE_CHECKING:
    from reports.audit import Audit

WORDS = 1300
BYTES = 80_000
_HIDDEN = re.compile(r"<head>.*?</head>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Email:
    """A message's words, ready for ``mail.message``."""

    subject: str
    preview: str
    html: str
    text: str


def render(audit: Audit) -> Email:
    """The email of one run, in as much detail as its limits of words and bytes allow."""
    for detail in DETAILS:
        email = rendered(view(audit, detail))
        if words(email.html) <= WORDS and len(email.html.encode()) <= BYTES:
            break
    return email


def words(document: str) -> int:
    """How many words a reader of an HTML document sees."""
    return len(unescape(_TAG.sub(" ", _HIDDEN.sub("", document))).split())


def rendered(seen: View) -> Email:
    """Both parts of one view."""
    return Email(
        subject=seen.subject,
        preview=seen.preview,
        html=rendering.inlined(rendering.html("email.html", view=seen), "email.css"),
        text=rendering.text("email.txt", view=seen).strip() + "\n",
    )
