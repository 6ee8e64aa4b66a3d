"""Which addresses a reader may be sent to.

Escaping does not stop ``javascript:`` links, so an address is shown only if it is plain https to a
host on a fixed list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 2000
_PLAIN = re.compile(r"https://[!#$%&'()*+,\-./:;=?@\[\]_~0-9A-Za-z]+")


def host_of(address: str) -> str:
    """The host of an https address in lower case, or ``""`` for anything else."""
    if len(address) > LONGEST or not _PLAIN.fullmatch(address):
        return ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if "@" in parts.netloc or port not in {None, 443}:
        return ""
    return (parts.hostname or "").rstrip(".")


def safe(address: str | None, hosts: Iterable[str]) -> str | None:
    """The address if it is https to one of the hosts or their sub-domains, else ``None``."""
    host = host_of(address or "")
    allowed = any(host == h.lower() or host.endswith(f".{h.lower()}") for h in hosts)
    return address if host and allowed else None
