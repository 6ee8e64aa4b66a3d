"""The accounts that a council file registers, and the references that their findings begin with."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path  # noqa: TC003 - pydantic reads these annotations
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from socialaudit import models
from socialaudit.document import Document, Id, Line, an_id, shown, suggestion
from socialaudit.looking import BY_HAND, EVERY_DAYS
from socialaudit.written import Address, web_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

RESERVED_REFS = frozenset({"POL", "STF", "RUN"})
"""Starts of the references of findings about the council itself: policy, statements, runs."""

_REF = re.compile(r"[A-Z]{1,4}")
_REFS = {
    "bluesky": "BS",
    "comments": "COM",
    "discourse": "DIS",
    "facebook": "FB",
    "feed": "WEB",
    "forum": "FRM",
    "instagram": "IG",
    "linkedin": "LI",
    "mastodon": "MA",
    "mediawiki": "WIKI",
    "podcast": "POD",
    "wordpress": "WP",
    "x": "X",
    "youtube": "YT",
}


def _ref(text: str) -> str:
    if not _REF.fullmatch(text):
        raise ValueError("must be 1 to 4 capital letters: FB")
    if text in RESERVED_REFS:
        raise ValueError(f"{text} is kept for findings about the council itself; choose another")
    return text


def _credentials(text: str) -> str:
    try:
        return an_id(text)
    except ValueError:
        raise ValueError(
            'must be a name such as "cromer-facebook", never the secret itself; see README'
        ) from None


Days = Annotated[int, Field(ge=1, le=3650)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredAccount:
    """One account of the council, as its file registers it.

    ``ref`` starts the references of its findings; ``load`` derives one where the file gives none.
    ``credentials`` names the secrets to read it
    with, ``None`` for none. ``base_url`` replaces the platform's own address. ``archive`` is the
    path of the platform's own data export, read instead of the platform; ``None`` for none.
    ``month_limit`` is the most that reading it may cost in a calendar month, in the money that the
    platform charges (USD for X); ``None`` for no limit of ours.
    Where only people look (``by-hand``), ``handle`` is the address of the place, ``title`` its name
    for people, ``every_days`` how often to look and ``look_for`` what at; others have none of these.
    """

    id: Id
    platform: Line
    handle: Line
    kind: models.AccountKind = models.AccountKind.COUNCIL
    ref: Annotated[str, AfterValidator(_ref)] = ""
    credentials: Annotated[str, AfterValidator(_credentials)] | None = None
    base_url: Address | None = None
    archive: Path | None = None
    month_limit: Annotated[float, Field(gt=0, le=100_000)] | None = None
    title: Line | None = None
    every_days: Days | None = None
    look_for: Line | None = None

    @property
    def by_hand(self) -> bool:
        """Whether people look at it and no program can."""
        return self.platform == BY_HAND

    @property
    def look_days(self) -> int:
        """Days that a look holds where nobody says otherwise."""
        return self.every_days or EVERY_DAYS


def read_accounts(
    document: Document, platforms: Collection[str], archives: Collection[str]
) -> tuple[RegisteredAccount, ...]:
    """The accounts of a council file, each with a reference and with its export where it lies.

    ``platforms`` are the names that an account may have, ``archives`` those whose exports can be
    read. Raises ``UsageError``.
    """
    accounts = document.tables("account", RegisteredAccount)
    _examine_accounts(document, accounts, platforms, archives)
    return tuple(_with_refs(_with_paths(accounts, document.path.parent)))


def _examine_accounts(
    document: Document,
    accounts: Iterable[RegisteredAccount],
    platforms: Collection[str],
    archives: Collection[str],
) -> None:
    for account in accounts:
        where = f"[[account]] {shown(account.id)}"
        if account.by_hand:
            _examine_place(document, where, account)
        elif account.platform not in platforms:
            raise document.fault(
                f"{where} platform",
                f"unknown platform {shown(account.platform)}"
                f"{suggestion(account.platform, [*platforms, BY_HAND])}",
            )
        if account.archive is not None and account.platform not in archives:
            raise document.fault(
                f"{where} archive",
                f"{account.platform} has no export that can be read; remove this line",
            )
        if account.archive is not None and not str(account.archive).strip(" ."):
            raise document.fault(
                f"{where} archive", 'must be the path of a file or folder: "x.zip"'
            )
        if not account.by_hand and (account.title or account.every_days or account.look_for):
            raise document.fault(
                where, f'title, every_days and look_for go with platform = "{BY_HAND}" alone'
            )
    document.once("[[account]] id", (a.id for a in accounts))
    document.once("[[account]] ref", (a.ref for a in accounts if a.ref))
    document.once(
        "[[account]]", (f"{a.platform} {a.handle} {a.base_url or ''}".rstrip() for a in accounts)
    )


def _examine_place(document: Document, where: str, account: RegisteredAccount) -> None:
    """Raise ``UsageError`` for a place to look at by hand that people could not find."""
    if not account.title:
        raise document.fault(f"{where} title", "is missing: its name for people")
    try:
        web_address(account.handle)
    except ValueError as fault:
        raise document.fault(f"{where} handle", str(fault)) from None
    if account.credentials or account.base_url:
        raise document.fault(where, "only people look there: remove credentials and base_url")


def _with_paths(
    accounts: Iterable[RegisteredAccount], folder: Path
) -> tuple[RegisteredAccount, ...]:
    """The accounts, each with its export where it lies: a relative path starts at the file."""
    return tuple(
        replace(one, archive=folder / one.archive) if one.archive is not None else one
        for one in accounts
    )


def _with_refs(accounts: tuple[RegisteredAccount, ...]) -> Iterator[RegisteredAccount]:
    """The accounts, each with a reference of its own; those written in the file come first."""
    taken = RESERVED_REFS | {a.ref for a in accounts}
    for account in accounts:
        ref = account.ref or next(r for r in _possible_refs(account) if r not in taken)
        taken |= {ref}
        yield replace(account, ref=ref)


def _possible_refs(account: RegisteredAccount) -> Iterator[str]:
    """FB, then FB and a letter of the handle, then FB and any one or two letters."""
    letters = string.ascii_uppercase
    start = _REFS.get(account.platform) or account.platform[:2].upper()
    yield start
    for letter in dict.fromkeys(c for c in account.handle.upper() + letters if c in letters):
        yield start[:3] + letter
    for pair in product(letters, repeat=2):
        yield start[:2] + "".join(pair)
