"""What of a Discourse board an account is: a user, a category, a topic or all of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from socialaudit.errors import NotFound

if TYPE_CHECKING:
    from connectors import Access

_LISTS = re.compile(
    r"/(?:latest|top|new|hot|unread|categories|login|signup|search)(?:\.json)?/?$|/top/.*"
)
"""Pages of a board that show it as a whole."""
_PLACE = re.compile(r"(.*?)/(u|users|c|t)/(.+?)/?(?:\.json)?")


@dataclass(frozen=True, slots=True)
class Place:
    """``home`` is the board's address, ``of`` is ``u``, ``c``, ``t`` or ``""``, ``path`` what follows.

    ``users`` are the council's, in small letters.
    """

    home: str
    of: str
    users: frozenset[str]
    path: tuple[str, ...]

    @property
    def address(self) -> str:
        """The address for people."""
        return "/".join(filter(None, [self.home, self.of, *self.path]))


def place_of(access: Access) -> Place:
    """What the handle names. Raises ``NotFound`` for an address that names nothing."""
    written, _, names = access.handle.strip().partition("#")
    users = {n.strip().lstrip("@").casefold() for n in unquote(names).split(",") if n.strip(" @")}
    if "/" not in written and "." not in written and access.base_url:
        written = f"{access.base_url}/u/{written.lstrip('@')}"
    parts = urlsplit(written if "//" in written else f"https://{written}")
    found = _PLACE.fullmatch(parts.path)
    home = f"{parts.scheme}://{parts.netloc}"
    if not found:
        return Place(home + _LISTS.sub("", parts.path).rstrip("/"), "", frozenset(users), ())
    prefix, of, rest = found.groups()
    path = tuple(unquote(part) for part in rest.split("/") if part)
    if of in {"u", "users"}:
        users.add(path[0].removesuffix(".json").casefold())
        return Place(home + prefix, "u", frozenset(users), (path[0].removesuffix(".json"),))
    if of == "t":
        number = next((part for part in path if part.isdecimal()), None)
        if number is None:
            raise NotFound(f"not the address of a topic: {access.handle}")
        return Place(home + prefix, "t", frozenset(users), (number,))
    upto = next((n for n, part in enumerate(path) if part.isdecimal()), len(path) - 1)
    return Place(home + prefix, "c", frozenset(users), path[: upto + 1])
