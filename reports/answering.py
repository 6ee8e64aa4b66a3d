"""Answering from a report: a link at each thing to do that begins a message to the deciding officer.

The message names the reference and offers the choices; the officer records what was decided, and
the next report shows it. It holds our own words alone: nothing that a platform or the public wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from reports.quoting import clean
from reports.wording import listed, number

if TYPE_CHECKING:
    from reports.audit import Audit
    from reports.items import Item
    from reports.signposts import Piece, Signposts

REFERENCES = 10
"""References that a message names: Outlook on Windows cuts a link at 2,083 characters."""
CHOICES = """\
Keep one of these and delete the others:

It is a mistake because ...
Leave it until ... because ...
Done

My name and job: """
_PLAIN = str.maketrans("‘’“”–", "''\"\"-")


@dataclass(frozen=True, slots=True)
class Answer:
    """The link of one item; ``short`` is the same address without the choices, to be read as text."""

    link: Piece
    short: str


def answer(audit: Audit, item: Item, signposts: Signposts) -> Answer | None:
    """The link to answer an item with; ``None`` where no officer is named to answer to."""
    if not audit.replies_to:
        return None
    refs = [f.ref for f in item.findings]
    if len(refs) > REFERENCES:
        refs = [*refs[: REFERENCES - 1], f"{number(len(refs) - REFERENCES + 1)} more"]
    about = f"{listed(refs)}: {item.kind}".translate(_PLAIN)
    body = f"{about}\nItem {item.number} of report {clean(audit.run.id)}\n\n{CHOICES}"
    subject = f"Reply about item {item.number}, {refs[0]}"
    address = mailto(audit.replies_to, subject, body)
    link = signposts.ours(f"Reply about item {item.number}", address, refs[0])
    return Answer(link, mailto(audit.replies_to, subject)) if link else None


def mailto(address: str, subject: str, body: str = "") -> str:
    r"""An address that begins a message, as RFC 6068 has it: spaces as %20, lines end with CRLF.

    >>> mailto("clerk+web@example.org", "Item 1", "a & b\nc")
    'mailto:clerk%2Bweb@example.org?subject=Item%201&body=a%20%26%20b%0D%0Ac'
    """
    text = f"&body={quote(body.replace(chr(10), chr(13) + chr(10)), safe='')}" if body else ""
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}{text}"
